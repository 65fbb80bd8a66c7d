import Holidays from 'date-holidays';
import type { Calendar, PublicHoliday } from '../../domain/calendar/school-calendar.js';
import type { Day } from '../../domain/days.js';

/** A region of France or a country, as named by date-holidays. */
interface Region {
  readonly country: string;
  readonly state?: string;
  /** What kind of holidays its additional days are, unless said otherwise for one: by law, by default. */
  readonly own?: PublicHoliday;
  readonly goodFriday?: PublicHoliday;
  /** Days for which date-holidays has another date, as `MM-DD`. */
  readonly moved?: Readonly<Record<string, string>>;
}

const france = (state: string, more: Partial<Region> = {}): Region => ({ country: 'FR', state, ...more });
/** The official list (data.gouv.fr, "Jours fériés en France") has only the eleven days of the mainland there. */
const unlisted = (country: string): Region => ({ country, own: 'to-check' });

/**
 * Départements with public holidays of their own; those under a different law are countries in date-holidays. All
 * others have the eleven statutory days (code du travail, article L. 3133-1).
 */
const regions: Readonly<Record<string, Region>> = {
  // Alsace-Moselle has Good Friday and 26 December (article L. 3134-13).
  '57': france('57'),
  '67': france('67'),
  '68': france('68'),
  // Overseas départements have their day of the abolition of slavery (article L. 3422-2). Good Friday is off in
  // Guadeloupe and Martinique by custom; no law makes it a public holiday.
  '971': france('GP', { goodFriday: 'custom' }),
  '972': france('MQ', { goodFriday: 'custom' }),
  '973': france('GF'),
  '974': france('RE'),
  '975': { country: 'PM' },
  '976': france('YT'),
  '977': france('BL'),
  // 28 May since 2018, by the State's circulars and the official list, whatever article L. 3422-2 still says.
  '978': france('MF', { moved: { '05-27': '05-28' } }),
  '986': unlisted('WF'),
  '987': unlisted('PF'),
  '988': unlisted('NC'),
};
const mainland: Region = { country: 'FR' };

/** Public holidays by département. */
export function createPublicHolidays(): Pick<Calendar, 'publicHoliday'> {
  const known = new Map<Region, Map<string, ReadonlyMap<Day, PublicHoliday>>>();
  const national = new Map<string, ReadonlySet<Day>>();
  const readNational = (year: string): ReadonlySet<Day> => {
    const days = national.get(year) ?? new Set(daysOf(mainland, Number(year)).map(({ day }) => day));
    national.set(year, days);
    return days;
  };
  const readYear = (region: Region, year: string): ReadonlyMap<Day, PublicHoliday> => {
    const found = known.get(region)?.get(year);
    if (found) return found;
    const days = holidaysOf(region, Number(year), readNational(year));
    known.set(region, new Map(known.get(region)).set(year, days));
    return days;
  };
  return {
    publicHoliday: (day, departement) => readYear(regions[departement] ?? mainland, day.slice(0, 4)).get(day),
  };
}

function holidaysOf(
  region: Region,
  year: number,
  national: ReadonlySet<Day>,
): ReadonlyMap<Day, PublicHoliday> {
  return new Map(
    daysOf(region, year).map(({ day, goodFriday }) => {
      const own = (goodFriday && region.goodFriday) || (region.own ?? 'law');
      return [day, national.has(day) ? 'law' : own];
    }),
  );
}

function daysOf({ country, state, moved = {} }: Region, year: number): { day: Day; goodFriday: boolean }[] {
  const calendar = state ? new Holidays(country, state) : new Holidays(country);
  return calendar
    .getHolidays(year)
    .filter((h) => h.type === 'public')
    .map(({ date, rule }) => ({
      day: `${date.slice(0, 5)}${moved[rule] ?? date.slice(5, 10)}`,
      goodFriday: rule === 'easter -2',
    }));
}
