import Holidays from 'date-holidays';
import type { Day } from '../domain/action.js';
import type { Academie } from '../domain/calendar.js';

/** Moselle, Bas-Rhin and Haut-Rhin keep Good Friday and 26 December. */
const alsaceMoselle = new Set(['57', '67', '68']);

/**
 * Tells whether a day is a public holiday in an académie: one that every département of it keeps. Nancy-Metz
 * holds Moselle and three others, so only the national days are sure there.
 */
export function createPublicHolidays(): (day: Day, academie: Academie) => boolean {
  const known = new Map<string, ReadonlySet<Day>>();
  const daysOff = (year: number, state: string | undefined): ReadonlySet<Day> => {
    const key = `${state ?? ''}${year}`;
    let days = known.get(key);
    if (!days) {
      const calendar = state ? new Holidays('FR', state) : new Holidays('FR');
      const all = calendar.getHolidays(year).filter((h) => h.type === 'public');
      days = new Set(all.map((h) => h.date.slice(0, 10)));
      known.set(key, days);
    }
    return days;
  };
  return (day, academie) => {
    const local = academie.departements.every((d) => alsaceMoselle.has(d))
      ? academie.departements[0]
      : undefined;
    return daysOff(Number(day.slice(0, 4)), local).has(day);
  };
}
