import Holidays from 'date-holidays';
import type { Day } from '../domain/action.js';
import type { Calendar } from '../domain/calendar.js';

/** A region of France or a country, as date-holidays names them. */
type Region = readonly [country: string, state?: string];

/**
 * Départements with public holidays of their own; where the law is another one date-holidays has them as a
 * country. All others keep the eleven days of the law.
 */
const regions: Readonly<Record<string, Region>> = {
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
const mainland: Region = ['FR'];

/**
 * Tells who has a public holiday on a day, département by département. A day is one for an académie when all its
 * départements keep it: Nancy-Metz holds Moselle and three others, so only the national days are sure there.
 */
export function createPublicHolidays(): Pick<Calendar, 'isPublicHoliday' | 'departementsOff'> {
  const known = new Map<Region, Map<string, ReadonlySet<Day>>>();
  const isOff = (day: Day, region: Region): boolean => {
    const year = day.slice(0, 4);
    let days = known.get(region)?.get(year);
    if (!days) {
      days = daysOff(region, Number(year));
      known.set(region, new Map(known.get(region)).set(year, days));
    }
    return days.has(day);
  };
  // The regions of the départements meant, found once: verdicts ask for days by the hundred.
  const found = new WeakMap<readonly string[], readonly Region[]>();
  const regionsOf = (departements: readonly string[]): readonly Region[] => {
    let all = found.get(departements);
    if (!all) {
      all = [...new Set(departements.map(regionOf))];
      found.set(departements, all);
    }
    return all;
  };
  return {
    isPublicHoliday: (day, { departements }) => regionsOf(departements).every((r) => isOff(day, r)),
    departementsOff: (day, { departements }) => departements.filter((d) => isOff(day, regionOf(d))),
  };
}

const regionOf = (departement: string): Region => regions[departement] ?? mainland;

function daysOff([country, state]: Region, year: number): ReadonlySet<Day> {
  const calendar = state ? new Holidays(country, state) : new Holidays(country);
  const all = calendar.getHolidays(year).filter((h) => h.type === 'public');
  return new Set(all.map((h) => h.date.slice(0, 10)));
}
