import { previousWorkingDay } from '../../domain/calendar/working-days.js';
import type { Convention } from '../../domain/convention/convention.js';
import {
  type Deadline,
  type DeadlineDates,
  deadlineId,
  upcomingDeadlines,
} from '../../domain/convention/deadlines.js';
import { type Day, daysBetween } from '../../domain/days.js';
import { type Ending, findEnding } from '../../domain/registers/ending.js';
import type { Reader } from '../../ports.js';
import type { DeadlineMark } from '../../records.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';

/** A deadline of the convention, and whether somebody has marked it as done. */
export interface MarkedDeadline extends Deadline {
  readonly id: string;
  readonly done: DeadlineMark['done'];
}

/** Reads whether deadlines are done. */
export const readMarks = (reader: Reader, deadlines: readonly Deadline[]): Promise<MarkedDeadline[]> =>
  Promise.all(
    deadlines.map(async (deadline) => {
      const id = deadlineId(deadline);
      return { ...deadline, id, done: (await reader.get('deadlines', id))?.done };
    }),
  );

/** Reads from the registers whether a convention has ended before its term, or a termination is notified. */
export async function readEnding(reader: Reader, convention: Convention): Promise<Ending> {
  const lists = await Promise.all(
    (['notices|done', 'terminations|waiting', 'terminations|done'] as const).map((partition) =>
      reader.list('entries', 'byRegister', partition),
    ),
  );
  return findEnding(lists.flat(), convention);
}

/** Reads what the deadlines of a convention depend on: its dates, and whether it has ended before its term. */
export async function readDeadlineDates(reader: Reader, convention: Convention): Promise<DeadlineDates> {
  const { ended } = await readEnding(reader, convention);
  return { ...convention, ...(ended ? { ended } : {}) };
}

/** The deadlines to come that nobody has marked as done, in order. */
export async function readOpenDeadlines(
  reader: Reader,
  today: Day,
  { convention }: Pick<Services, 'convention'>,
): Promise<MarkedDeadline[]> {
  const marked = await readMarks(
    reader,
    upcomingDeadlines(await readDeadlineDates(reader, convention), today),
  );
  return marked.filter(({ done }) => !done);
}

/** That the convention has ended before its term, or that a termination is notified; nothing if neither is so. */
export function describeEnding({ ended, notified }: Ending, t: Text): string {
  if (ended) {
    const key = ended.article === 6 ? 'convention.lapsed' : 'convention.terminated';
    return t(key, { day: t.dates.long(ended.day) });
  }
  if (!notified) return '';
  const { receivedOn, day } = notified;
  return t('convention.notified', { received: t.dates.long(receivedOn), day: t.dates.long(day) });
}

/** "Comité de pilotage" */
export const deadlineTitle = ({ kind }: Pick<Deadline, 'kind'>, t: Text): string =>
  t(`deadlines.kind.${kind}.title`);

/** "dans 25 jours", "demain", "il y a 3 jours" */
export function describeDaysLeft(day: Day, today: Day, t: Text): string {
  const left = daysBetween(today, day);
  if (left === 0) return t('deadlines.today');
  if (left === 1) return t('deadlines.tomorrow');
  return left > 0 ? t('deadlines.in', { count: left }) : t('deadlines.ago', { count: -left });
}

/** That the last day to tell the ministry is no working day, and which is the last one before; otherwise nothing. */
export function describeLastWorkingDay({ kind, day }: Deadline, t: Text, { calendar }: Services): string {
  const last = previousWorkingDay(day, calendar);
  if (kind !== 'renewal-notice' || last === day) return '';
  return t('deadlines.notWorking', { day: t.dates.long(day), last: t.dates.long(last) });
}
