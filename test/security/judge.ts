/** Who may have changed what, said without the bot's own reading of an activity. */
import { hugo, louis } from '../support/bot.js';
import { people } from '../support/permissions.js';
import { tenantId } from '../support/roster.js';
import type { Change } from './watched-store.js';

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const known = Object.values(people);
const inCharge = new Set([hugo, louis, people.admin].map((who) => who.aadObjectId));
const blank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** The person whom Teams names as the sender; nothing if it names nobody of the company. */
export function senderOf(activity: unknown): string | undefined {
  const { from, conversation, channelData } = asRecord(activity);
  const { id, aadObjectId, tenantId: own, userRole, role } = asRecord(from);
  const tenants = [asRecord(conversation).tenantId, asRecord(asRecord(channelData).tenant).id, own];
  if (tenants.some((named) => !blank(named) && String(named).toLowerCase() !== tenantId)) return undefined;
  if ([userRole, role].some((one) => typeof one === 'string' && /guest|anonymous|federated|skill/i.test(one)))
    return undefined;
  if (typeof aadObjectId === 'string' && !/^[0\s-]*$/.test(aadObjectId))
    return aadObjectId.trim().toLowerCase();
  return known.find((who) => who.id === id)?.aadObjectId;
}

/** What every activity may change: places, what is owed to be said, and what is derived from other records. */
const derived = new Set<Change['kind']>([
  ...([
    'conversations',
    'outbox',
    'posts',
    'tasks',
    'words',
    'tallies',
    'mobilised',
    'counters',
    'jobs',
  ] as const),
  'leases',
]);
/** Whose a record is, by its kind; what is not here is the coordinators' and administrators' alone. */
const ownerOf: Partial<Record<Change['kind'], (record: Record<string, unknown>) => unknown>> = {
  people: ({ id }) => id,
  actions: ({ createdBy }) => createdBy,
  engagements: ({ employeeId }) => employeeId,
  invitations: ({ employeeId }) => employeeId,
  history: ({ by }) => by,
  links: ({ personId }) => personId,
  exports: ({ personId }) => personId,
  erasures: ({ person }) => asRecord(person).id,
};
const isSame = (a: object | undefined, b: object | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
const fromTeams = /^(conversationUpdate|installationUpdate)$/;

/** The changes that the sender of an activity had no right to, in words. */
export function findUnauthorised(activity: unknown, changes: readonly Change[]): string[] {
  const sender = senderOf(activity);
  if (sender !== undefined && inCharge.has(sender)) return [];
  const { type } = asRecord(activity);
  return changes.flatMap(({ kind, id, before, after }) => {
    if (derived.has(kind) || isSame(before, after)) return [];
    // Teams says that the app was added or removed. A channel from which somebody writes is not lost.
    const isFound = before && after && isSame({ ...before, lostAt: undefined }, after);
    if (kind === 'channels' && (isFound || (typeof type === 'string' && fromTeams.test(type)))) return [];
    const owner = ownerOf[kind];
    const whose = [before, after].flatMap((record) => (record ? [owner?.(record)] : []));
    if (owner && sender !== undefined && whose.every((one) => one === sender)) return [];
    const [was, is] = [before, after].map((record) => JSON.stringify(record));
    return [`${sender ?? 'nobody'} changed ${kind} ${id} of ${whose.join(' and ')} from ${was} to ${is}`];
  });
}
