import { nextWorkingDay } from '../../domain/calendar/working-days.js';
import { addDays, type Day } from '../../domain/days.js';
import { checkRetention, dayOfPart, latestOf, type Retention } from '../../domain/erasure/retention.js';
import type { Reader } from '../../ports.js';
import type { Person } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { readActionsOf } from '../shared/records.js';

/** When somebody is looked at: today, and until when nobody will be told anything after today. */
export interface Moment {
  readonly today: Day;
  readonly nextAnnouncements: Day;
}

type Known = Pick<Person, 'id' | 'activeOn' | 'expiry'>;

export function momentOf({ clock, calendar }: Pick<Services, 'clock' | 'calendar'>): Moment {
  const today = dayAt(clock.now());
  return { today, nextAnnouncements: nextWorkingDay(addDays(today, 1), calendar) };
}

/**
 * The last day on which somebody did something here, took part in an action, or has one open, whoever entered it. What
 * else others wrote about them is none. Of records from before days of activity were kept, their moves and downloads say it.
 * @returns nothing if no record says
 */
async function readLastActivity(reader: Reader, { id, activeOn }: Known): Promise<Day | undefined> {
  const latest = { reverse: true, limit: 1 };
  const [engagements, [move], [download]] = await Promise.all([
    reader.list('engagements', 'byEmployee', id),
    reader.list('history', 'byPerson', id, latest),
    reader.list('exports', 'byPerson', id, latest),
  ]);
  const parts = await readActionsOf(reader, engagements);
  return latestOf([
    activeOn,
    move && dayAt(move.at),
    download && dayAt(download.at),
    ...parts.map(({ action, engagement }) => dayOfPart(action, engagement)),
  ]);
}

export interface Looked {
  readonly lastActivity: Day;
  readonly retention: Retention;
}

/** What becomes of somebody's data now. Of whom nothing says when they were active, today is the first day that counts. */
export async function lookAt(
  reader: Reader,
  person: Known,
  moment: Moment,
  { convention }: Pick<Services, 'convention'>,
): Promise<Looked> {
  const lastActivity = (await readLastActivity(reader, person)) ?? moment.today;
  const { expiry: announced } = person;
  const years = convention.retentionYears;
  return { lastActivity, retention: checkRetention({ lastActivity, announced, ...moment, years }) };
}

/** Somebody who is not to be erased, with their last activity noted. One to come is read again when it is past. */
export function asActive({ expiry: _, ...person }: Person, lastActivity: Day, { today }: Moment): Person {
  return { ...person, activeOn: lastActivity <= today ? lastActivity : (person.activeOn ?? today) };
}
