/** Who may have changed what, said without the bot's own reading of an activity. */
import { hugo, louis } from '../support/bot.js';
import { people } from '../support/permissions.js';
import { tenantId } from '../support/roster.js';
import type { Change } from '../support/watched-store.js';

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const known = Object.values(people);
const inCharge = new Set([hugo, louis, people.admin].map((who) => who.aadObjectId));
const blank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** By their `29:…` ids, for clients that leave out the other one: whoever was named with it before. */
const byTeamsId = new Map<unknown, Set<string>>(known.map((who) => [who.id, new Set([who.aadObjectId])]));

/** The person whom Teams names as the sender, or those whom it may mean; none if it names nobody of the company. */
function sendersOf(activity: unknown): ReadonlySet<string> {
  const { from, conversation, channelData } = asRecord(activity);
  const { id, aadObjectId, tenantId: own, userRole, role } = asRecord(from);
  const tenants = [asRecord(conversation).tenantId, asRecord(asRecord(channelData).tenant).id, own];
  const isOurs = (named: unknown) =>
    blank(named) || (typeof named === 'string' && named.toLowerCase() === tenantId);
  if (!tenants.every(isOurs)) return new Set();
  if ([userRole, role].some((one) => typeof one === 'string' && /guest|anonymous|federated|skill/i.test(one)))
    return new Set();
  const namesakes = byTeamsId.get(id) ?? new Set();
  if (typeof aadObjectId !== 'string' || /^[0\s-]*$/.test(aadObjectId)) return namesakes;
  const sender = aadObjectId.trim().toLowerCase();
  byTeamsId.set(id, namesakes.add(sender));
  return new Set([sender]);
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
    'audithead',
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
  audit: ({ by }) => by,
  links: ({ personId }) => personId,
  exports: ({ personId }) => personId,
  erasures: ({ person }) => asRecord(person).id,
};
const isSame = (a: object | undefined, b: object | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
const fromTeams = /^(conversationUpdate|installationUpdate)$/;

/** Whether it gives a seat that the sender has left to whoever waits longest for it. */
function isPromotion(
  { kind, before, after }: Change,
  changes: readonly Change[],
  senders: ReadonlySet<string>,
) {
  const isLeft = changes.some(
    ({ kind: of, before: was, after: is }) =>
      of === 'engagements' &&
      senders.has(String(was?.employeeId)) &&
      was?.actionId === after?.actionId &&
      was?.state === 'approved' &&
      is?.state === 'withdrawn',
  );
  const moves =
    kind === 'engagements'
      ? before?.state === 'waitlisted' && after?.state === 'approved'
      : kind === 'history' && !before && after?.by === 'passerelle' && after.move === 'promote';
  return isLeft && moves;
}

/** The changes that the sender of an activity had no right to, in words: what is refused changes nothing. */
export function findUnauthorised(activity: unknown, changes: readonly Change[], status: number): string[] {
  const senders = sendersOf(activity);
  const { type, name } = asRecord(activity);
  // The answer to the offer of a file has no card that could refuse.
  const isRefused = status >= 400 && name !== 'fileConsent/invoke';
  if (!isRefused && [...senders].some((sender) => inCharge.has(sender))) return [];
  return changes.flatMap((change) => {
    const { kind, id, before, after } = change;
    if (derived.has(kind) || (!isRefused && isPromotion(change, changes, senders))) return [];
    // Teams says that the app was added or removed. A channel from which somebody writes is not lost.
    const isFound = before && after && isSame({ ...before, lostAt: undefined }, after);
    if (kind === 'channels' && (isFound || (typeof type === 'string' && fromTeams.test(type)))) return [];
    const owner = ownerOf[kind];
    const whose = [before, after].flatMap((record) => (record ? [owner?.(record)] : []));
    if (owner && !isRefused && whose.every((one) => senders.has(String(one)))) return [];
    const [was, is] = [before, after].map((record) => JSON.stringify(record));
    return [
      `${[...senders].join(' or ') || 'nobody'} changed ${kind} ${id} of ${whose.join(' and ')} from ${was} to ${is}`,
    ];
  });
}
