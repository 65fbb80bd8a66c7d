import { type Academie, holidayZone, narrowToDepartement } from '../calendar/school-calendar.js';

const keyLetters = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/**
 * Parses a school's UAI code, upper case; nothing if the key letter is wrong. Seven digits and a key: the letter at
 * their number modulo 23 in an alphabet without I, O and Q.
 */
export function parseUai(text: string): string | undefined {
  const match = /^(\d{7})([a-z])$/i.exec(text.trim());
  if (!match?.[1] || !match[2]) return undefined;
  const uai = addKeyLetter(match[1]);
  return uai.endsWith(match[2].toUpperCase()) ? uai : undefined;
}

/** Completes seven digits with their key letter. */
export const addKeyLetter = (digits: string): string => `${digits}${keyLetters[Number(digits) % 23]}`;

/** Everything in a text that looks like a UAI code, valid or not. */
export const findUaiLike = (text: string): string[] => text.match(/\b\d{7}[a-z]\b/gi) ?? [];

/** The département of a valid UAI code, as written in `data/academies.json`: 075… is 75, 620 is 2A, 974 is 974. */
export function departementOf(uai: string): string {
  const prefix = uai.slice(0, 3);
  if (prefix === '620') return '2A';
  if (prefix === '720') return '2B';
  return prefix.startsWith('0') ? prefix.slice(1) : prefix;
}

/** The first three digits of a département's UAI codes, the inverse of `departementOf`. */
export const uaiPrefix = (departement: string): string =>
  ({ '2A': '620', '2B': '720' })[departement] ?? departement.padStart(3, '0');

/** The académie of a département, narrowed to that département; nothing if there is none. */
export function findAcademie(departement: string, academies: readonly Academie[]): Academie | undefined {
  const found = academies.find((a) => a.departements.includes(departement));
  return found && narrowToDepartement(found, departement);
}

/** The location of a school, as far as its calendar and public holidays depend on it. */
export interface SchoolLocation {
  readonly departement: string;
  /** Narrowed to the département, so that the public holidays are the school's own. */
  readonly academie: Academie;
  /** A, B, C, or the zone of an own calendar. */
  readonly zone: string;
}

/**
 * Locates a school by its valid UAI code alone; nothing if the département has no académie (a school abroad). Schools
 * of Saint-Martin have codes of Guadeloupe, so a school in the directory is located with
 * `locateByDepartement(school.departement)`.
 */
export const locateByUai = (uai: string, academies: readonly Academie[]): SchoolLocation | undefined =>
  locateByDepartement(departementOf(uai), academies);

/** Locates the schools of a département; nothing if it has no académie. */
export function locateByDepartement(
  departement: string,
  academies: readonly Academie[],
): SchoolLocation | undefined {
  const academie = findAcademie(departement, academies);
  return academie && { departement, academie, zone: holidayZone(academie) };
}
