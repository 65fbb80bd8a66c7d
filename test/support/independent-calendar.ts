import { readFileSync } from 'node:fs';

/**
 * A second reading of the official school calendar, to hold the import against: it shares no code with `src`, and says
 * what each row means in tables of its own.
 */
export interface ReadRow {
  readonly zone: string;
  readonly schoolYear: string;
  readonly firstDayOff: string;
  readonly lastDayOff: string;
  /** Nobody is sure of these days. */
  readonly toCheck: boolean;
}

export const ownZones = [
  ...['Corse', 'Guadeloupe', 'Guyane', 'Martinique', 'Mayotte', 'Polynésie', 'Réunion'],
  ...['Saint-Barthélemy', 'Saint-Martin', 'Saint-Pierre-et-Miquelon'],
];

const [G, SM, SB] = ['Guadeloupe', 'Saint-Martin', 'Saint-Barthélemy'];
/** Whom each population of the académie of Guadeloupe is, as the file calls them. */
const territories: Readonly<Record<string, readonly string[]>> = {
  '-': [G, SM, SB],
  Élèves: [G, SM, SB],
  'Guadeloupe, Saint-Martin & Saint-Barthélémy': [G, SM, SB],
  'Guadeloupe & Saint-Martin': [G, SM],
  'Guadeloupe & Saint-Barthélémy': [G, SB],
  'Guadeloupe sauf Saint-Martin': [G, SB],
  'Saint-Martin': [SM],
  'Saint Martin': [SM],
  'Saint-Barthélémy': [SB],
};
/** Those of all other académies that are pupils of collèges or lycées. */
const ofPupils = ['-', 'Élèves', 'Élèves du second degré', 'Second degré', 'Premier degré et collèges'];

const inParis = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });
const onDay = (text: string): string => inParis.format(new Date(text));
const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
/** 0 is a Sunday. */
export const dayOfWeek = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay();
const length = (first: string, last: string): number =>
  (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;

/** The rows of a file for the school years from the first to the last, by zone and day, each days off once. */
export function readIndependently(file: string, from: string, to: string): ReadRow[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const read = lines.flatMap((line): ReadRow[] => {
    const [what = '', who = '', start = '', end = '', academie = '', zone = '', schoolYear = ''] =
      line.split(';');
    if (schoolYear.length !== 9 || schoolYear < from || schoolYear > to) return [];
    const zones =
      academie === 'Guadeloupe' ? (territories[who] ?? []) : ofPupils.includes(who) ? [nameOf(zone)] : [];
    return zones.map((z) => ({
      zone: z,
      schoolYear,
      ...daysOf(what, onDay(start), onDay(end), z, schoolYear),
    }));
  });
  // The académies of a zone say the same, and days that lie in other days off are part of them.
  const distinct = [...new Map(read.map((row) => [JSON.stringify(row), row])).values()];
  const isPart = (a: ReadRow) =>
    distinct.some(
      (b) =>
        b !== a &&
        b.zone === a.zone &&
        !b.toCheck &&
        b.firstDayOff <= a.firstDayOff &&
        a.lastDayOff <= b.lastDayOff,
    );
  return inOrder(distinct.filter((row) => !isPart(row)));
}

const nameOf = (zone: string): string =>
  zone === 'Saint Pierre et Miquelon' ? 'Saint-Pierre-et-Miquelon' : zone.replace('Zone ', '');

export const inOrder = (rows: readonly ReadRow[]): ReadRow[] =>
  rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const keyOf = (row: ReadRow): string => [row.zone, row.firstDayOff, row.lastDayOff].join();

/** The day of the end is the day classes resume, but for what is one day. */
function daysOf(what: string, start: string, end: string, zone: string, schoolYear: string) {
  const own = ownZones.includes(zone);
  const last = end === start ? start : plus(end, -1);
  if (what.startsWith('Début')) {
    const august = ['Mayotte', 'Polynésie', 'Réunion'].includes(zone);
    const lastDayOff = `${schoolYear.slice(5)}-${own && !august ? '09-06' : '08-31'}`;
    return { firstDayOff: start, lastDayOff, toCheck: own };
  }
  if (what === "Pont de l'Ascension") {
    // From Ascension Thursday to the Sunday after it, whatever part of these days the row gives.
    const thursday = plus(start, 4 - (dayOfWeek(start) || 7));
    const sunday = plus(thursday, 3);
    return {
      firstDayOff: thursday < start ? thursday : start,
      lastDayOff: last > sunday ? last : sunday,
      toCheck: false,
    };
  }
  const summer = /Été|Grandes|Hiver austral/.test(what);
  return { firstDayOff: start, lastDayOff: last, toCheck: own && !summer && length(start, last) > 35 };
}
