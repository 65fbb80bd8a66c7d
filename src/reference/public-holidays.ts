import Holidays from 'date-holidays';
import type { Day } from '../domain/action.js';
import type { Calendar } from '../domain/calendar.js';

/**
 * Départements with public holidays of their own, as date-holidays names them: a region of France or, where the
 * law is another one, a country. All others keep the eleven days of the law.
 */
const regions: Readonly<Record<string, readonly [country: string, state?: string]>> = {
  // Alsace-Moselle keeps Good Friday and 26 December.
  '57': ['FR', '57'],
  '67': ['FR', '67'],
  '68': ['FR', '68'],
  // Overseas has the day slavery was abolished there, Guadeloupe and Martinique also Good Friday.
  '971': ['FR', 'GP'],
  '972': ['FR', 'MQ'],
  '973': ['FR', 'GF'],
  '974': ['FR', 'RE'],
  '975': ['PM'],
  '976': ['FR', 'YT'],
  '977': ['FR', 'BL'],
  '978': ['FR', 'MF'],
  '986': ['WF'],
  '987': ['PF'],
  '988': ['NC'],
};
const mainland = ['FR'] as const;

/**
 * Tells who has a public holiday on a day, département by département. A day is one for an académie when all its
 * départements keep it: Nancy-Metz holds Moselle and three others, so only the national days are sure there.
 */
export function createPublicHolidays(): Pick<Calendar, 'isPublicHoliday' | 'departementsOff'> {
  const known = new Map<string, ReadonlySet<Day>>();
  const daysOff = (year: number, departement: string): ReadonlySet<Day> => {
    const [country, state] = regions[departement] ?? mainland;
    const key = `${country}${state ?? ''}${year}`;
    let days = known.get(key);
    if (!days) {
      const calendar = state ? new Holidays(country, state) : new Holidays(country);
      const all = calendar.getHolidays(year).filter((h) => h.type === 'public');
      days = new Set(all.map((h) => h.date.slice(0, 10)));
      known.set(key, days);
    }
    return days;
  };
  const isOff = (day: Day, departement: string) => daysOff(Number(day.slice(0, 4)), departement).has(day);
  return {
    isPublicHoliday: (day, { departements }) => departements.every((d) => isOff(day, d)),
    departementsOff: (day, { departements }) => departements.filter((d) => isOff(day, d)),
  };
}
