import { type Day, daysBetween } from '../days.js';
import { type Entry, findNote } from './entry.js';

/** A committee is put off or brought forward by weeks; one that is further away is another one. */
const mostDays = 60;

/** The entry of the committee that meets about a day, with the day on which it met or will; nothing if there is none. */
export function findCommittee(
  entries: readonly Entry[],
  about: Day,
): { readonly entry: Entry; readonly day: Day } | undefined {
  const distance = ({ day }: { readonly day: Day }) => Math.abs(daysBetween(about, day));
  return entries
    .flatMap((entry) => {
      const day = findNote(entry, 'hold')?.day ?? entry.due;
      return entry.kind === 'committee' && entry.state !== 'abandoned' && day ? [{ entry, day }] : [];
    })
    .filter((found) => distance(found) <= mostDays)
    .sort((a, b) => distance(a) - distance(b))[0];
}
