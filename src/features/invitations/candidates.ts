import { type Action, type Engagement, levels } from '../../domain/action.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { fits, overlaps, sortVolunteers, type Volunteer } from '../../domain/engagements/matching.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { isMuted } from '../shared/people.js';
import { engagementId, type Request } from '../shared/records.js';

/** Somebody who can be invited to a session, and the availability that fits it. */
export interface Candidate extends Volunteer {
  readonly availability: Action;
}

/**
 * Who can be invited to a session, the least solicited first: those with an approved availability that fits, who have
 * no part in the session, are not invited to it, are not engaged at that time, and have not asked to be left alone.
 * @param only restricts it to these employees
 */
export async function readCandidates(
  reader: Reader,
  { action: need, engagements }: Request,
  services: Services,
  only?: ReadonlySet<string>,
): Promise<Candidate[]> {
  const invited = await reader.list('invitations', 'byAction', need.id);
  const known = new Set([...invited, ...engagements].map(({ employeeId }) => employeeId));
  const byEmployee = new Map<string, Action>();
  for (const availability of await readAvailabilities(reader, need, services)) {
    const { createdBy } = availability;
    if (known.has(createdBy) || (only && !only.has(createdBy))) continue;
    const other = byEmployee.get(createdBy);
    if (!other || availability.number < other.number) byEmployee.set(createdBy, availability);
  }
  const candidates = await Promise.all(
    [...byEmployee.values()].map((availability) => readCandidate(reader, need, availability, services)),
  );
  return sortVolunteers(candidates.flatMap((candidate) => candidate ?? []));
}

async function readAvailabilities(reader: Reader, need: Action, { convention }: Services): Promise<Action[]> {
  const partitions = (need.level ? [need.level] : ['', ...levels]).map((level) => `${need.kind}|${level}`);
  const lists = await Promise.all(
    partitions.map((partition) => reader.list('actions', 'byAvailable', partition, { from: need.lastDay })),
  );
  const fitting = lists.flat().filter((availability) => fits(need, availability, convention.halfDays));
  const approved = await Promise.all(
    fitting.map(async ({ id, createdBy }) => {
      const own = await reader.get('engagements', engagementId(id, createdBy));
      return own?.state === 'approved';
    }),
  );
  return fitting.filter((_, i) => approved[i]);
}

async function readCandidate(
  reader: Reader,
  need: Action,
  availability: Action,
  { clock, convention }: Services,
): Promise<Candidate | undefined> {
  const employeeId = availability.createdBy;
  const today = dayAt(clock.now());
  const person = await reader.get('people', employeeId);
  if (!person?.conversationId || isMuted(person, 'invitations', today)) return undefined;
  const invitations = await reader.list('invitations', 'byEmployee', employeeId);
  const year = programmeYear(today, convention);
  const own = await readEngaged(reader, employeeId);
  if (own.some(({ action, engagement }) => engagement.state === 'approved' && overlaps(need, action)))
    return undefined;
  const inYear = (day: string) => day >= year.firstDay && day <= year.lastDay;
  return {
    employeeId,
    availability,
    number: availability.number,
    invitations: invitations.filter(({ askedOn }) => inYear(askedOn)).length,
    engagements: own.filter(({ action }) => !action.halfDays && inYear(action.firstDay)).length,
  };
}

/** What somebody takes part in or has taken part in. */
async function readEngaged(
  reader: Reader,
  employeeId: string,
): Promise<{ readonly action: Action; readonly engagement: Engagement }[]> {
  const all = await reader.list('engagements', 'byEmployee', employeeId);
  const engaged = all.filter(({ state }) => state === 'approved' || state === 'attended');
  const actions = await Promise.all(engaged.map(({ actionId }) => reader.get('actions', actionId)));
  return engaged.flatMap((engagement, i) => {
    const action = actions[i];
    return action && (action.state === 'open' || action.state === 'held') ? { action, engagement } : [];
  });
}
