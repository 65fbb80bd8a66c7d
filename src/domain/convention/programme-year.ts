import { addDays, type Day, toDateTime, toDay } from '../days.js';
import type { Commitment, Convention } from './convention.js';
import { findInForce } from './in-force.js';

export interface ProgrammeYear {
  /** `2026-2027` (school), `2026` (civil) or `2026-09-01` (anniversary: its first day). */
  readonly id: string;
  readonly firstDay: Day;
  /** Inclusive. */
  readonly lastDay: Day;
}

/**
 * The programme year of a day. An action belongs to the year of its first day.
 * @throws Error if the mode is `anniversary` and the convention has no signature date
 */
export function programmeYear(of: Day, convention: Pick<Convention, 'yearMode' | 'signedOn'>): ProgrammeYear {
  const year = Number(of.slice(0, 4));
  switch (convention.yearMode) {
    case 'civil':
      return { id: String(year), firstDay: `${year}-01-01`, lastDay: `${year}-12-31` };
    case 'school': {
      const start = of.slice(5) >= '09-01' ? year : year - 1;
      return { id: `${start}-${start + 1}`, firstDay: `${start}-09-01`, lastDay: `${start + 1}-08-31` };
    }
    case 'anniversary': {
      if (!convention.signedOn) throw new Error('A year counted from the signature needs "signedOn".');
      const signed = toDateTime(convention.signedOn);
      let n = year - signed.year;
      if (signed.plus({ years: n }) > toDateTime(of)) n -= 1;
      const first = signed.plus({ years: n });
      const next = signed.plus({ years: n + 1 });
      return { id: toDay(first), firstDay: toDay(first), lastDay: toDay(next.minus({ days: 1 })) };
    }
  }
}

/** The year with an id, whatever kind of years the convention counts now. */
export function yearOfId(id: string): ProgrammeYear {
  if (/^\d{4}-\d{4}$/.test(id)) return programmeYear(`${id.slice(0, 4)}-09-01`, { yearMode: 'school' });
  if (/^\d{4}$/.test(id)) return programmeYear(`${id}-01-01`, { yearMode: 'civil' });
  return programmeYear(id, { yearMode: 'anniversary', signedOn: id });
}

/** The target in force on a day; nothing if the commitment has no number then (article 8). */
export const targetOn = ({ targets }: Commitment, day: Day): number | undefined =>
  findInForce(targets, day)?.value;

/** The target in force on the last day of a year; nothing if the commitment has no number (article 8). */
export const findTarget = (commitment: Commitment, year: ProgrammeYear): number | undefined =>
  targetOn(commitment, year.lastDay);

/** The months of a year, `2027-01`, in order. */
export function monthsOf({ firstDay, lastDay }: ProgrammeYear): string[] {
  const months: string[] = [];
  for (let month = firstDay.slice(0, 7); month <= lastDay.slice(0, 7); month = nextMonth(month))
    months.push(month);
  return months;
}
const nextMonth = (month: string): string => addDays(`${month}-28`, 4).slice(0, 7);
