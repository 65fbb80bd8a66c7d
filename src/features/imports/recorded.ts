import type { Action, Engagement } from '../../domain/action.js';
import { addDays } from '../../domain/days.js';
import type { Finding } from '../../domain/imports/finding.js';
import type { GroupedAction } from '../../domain/imports/group-lines.js';
import { schoolKey } from '../../domain/report/location.js';
import type { Reader } from '../../ports.js';
import { engagementId, readActionsOf } from '../shared/records.js';

/**
 * Looks for an action of a file among those that Passerelle has: added from another file, or recorded here by itself.
 * @returns what is to be said about one that it has; nothing for one that it does not have
 */
export async function findRecorded(
  reader: Reader,
  action: GroupedAction,
): Promise<readonly Finding[] | undefined> {
  const same = await reader.get('actions', action.id);
  const stored = same ?? (await findAlike(reader, action));
  if (!stored) return undefined;
  const [line = 0] = action.lines;
  const params = { number: String(stored.number) };
  const missing = await findMissing(reader, action, stored);
  if (missing !== undefined)
    return [{ line: missing, column: 'reference', blocks: true, rule: 'referenceTaken', params }];
  const differs = stored.state !== 'held' || stored.outcome?.pupils !== action.pupils;
  if (same && !differs) return [];
  return [{ line, blocks: false, rule: differs ? 'differs' : 'recorded', params }];
}

/** The line of somebody who has no part in the action that is stored. */
async function findMissing(
  reader: Reader,
  { people, lines }: GroupedAction,
  stored: Action,
): Promise<number | undefined> {
  const engaged = await Promise.all(
    people.map(({ id }) => reader.get('engagements', engagementId(stored.id, id))),
  );
  const at = engaged.findIndex((engagement) => !engagement || !takesPart(engagement));
  return at < 0 ? undefined : lines[at];
}

const takesPart = ({ state }: Engagement): boolean => ['approved', 'attended', 'absent'].includes(state);

/**
 * An action of the same kind, on the same first day and in the same place, in which the first of the people took part. A
 * reference of its own tells an action from others with references.
 */
async function findAlike(reader: Reader, action: GroupedAction): Promise<Action | undefined> {
  const { firstDay, kind, people } = action;
  const employeeId = people[0]?.id ?? '';
  const range = { from: firstDay, until: addDays(firstDay, 1) };
  const engagements = await reader.list('engagements', 'byEmployee', employeeId, range);
  const others = await readActionsOf(reader, engagements.filter(takesPart));
  return others.find(
    ({ action: other }) =>
      other.kind === kind &&
      other.state !== 'cancelled' &&
      !(action.reference && other.reference) &&
      isSamePlace(action, other),
  )?.action;
}

type Placed = Pick<Action, 'schools' | 'school' | 'academies'>;

/** Whether two places could be one: a school that both name, or what one of them leaves open. */
function isSamePlace(a: Placed, b: Placed): boolean {
  const [ofA, ofB] = [keysOf(a), keysOf(b)];
  if (ofA.length > 0 && ofB.length > 0) return ofA.some((key) => ofB.includes(key));
  const [first, second] = [a.academies, b.academies];
  return first.length === 0 || second.length === 0 || first.some((code) => second.includes(code));
}

const keysOf = ({ schools = [], school }: Placed): string[] => [
  ...schools,
  ...(school ? [schoolKey(school)] : []),
];
