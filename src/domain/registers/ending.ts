import {
  type EarlyEnd,
  formalNoticeEnd,
  lastDayOf,
  type TermDates,
  terminationDay,
} from '../convention/deadlines.js';
import type { Day } from '../days.js';
import { type Entry, findNote } from './entry.js';

/** What the registers say of the end of a convention before its term (articles 6 and 9). */
export interface Ending {
  /** It has ended: a termination has taken effect, or a formal notice has lapsed. */
  readonly ended?: EarlyEnd;
  /** A termination has been received, and its effect is not noted: when it takes effect at the earliest. */
  readonly notified?: { readonly receivedOn: Day; readonly day: Day };
}

/**
 * Finds how a convention ends before its term: of what has ended it, the first; otherwise of what is notified. What is
 * older than the signature was about the convention before, and what has come after the last day has ended nothing.
 */
export function findEnding(entries: readonly Entry[], dates: TermDates): Ending {
  const { signedOn } = dates;
  const last = lastDayOf(dates);
  const [ended] = entries
    .flatMap((entry) => toEarlyEnd(entry) ?? [])
    .filter(({ day }) => (!signedOn || day >= signedOn) && (!last || day < last))
    .sort(byDay);
  if (ended) return { ended };
  const [notified] = entries
    .flatMap(({ kind, state, day, due }) =>
      kind === 'termination' && state === 'notified' && day && (!signedOn || day >= signedOn)
        ? [{ receivedOn: day, day: due ?? terminationDay(day) }]
        : [],
    )
    .sort(byDay);
  return notified ? { notified } : {};
}

function toEarlyEnd(entry: Entry): EarlyEnd | undefined {
  const effect = entry.state === 'effective' ? findNote(entry, 'takeEffect')?.day : undefined;
  if (effect) return { day: effect, article: 9 };
  return entry.state === 'lapsed' && entry.day ? { day: formalNoticeEnd(entry.day), article: 6 } : undefined;
}

const byDay = (a: { readonly day: Day }, b: { readonly day: Day }): number => (a.day < b.day ? -1 : 1);
