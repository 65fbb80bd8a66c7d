import { type Academie, holidayZone, inDepartement } from './calendar.js';

const keys = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/**
 * A school's UAI code, upper case, or nothing when the key letter is wrong.
 * Seven digits and a key: the letter at their number modulo 23 in an alphabet without I, O and Q.
 */
export function readUai(text: string): string | undefined {
  const match = /^(\d{7})([a-z])$/i.exec(text.trim());
  if (!match?.[1] || !match[2]) return undefined;
  const uai = withKey(match[1]);
  return uai.endsWith(match[2].toUpperCase()) ? uai : undefined;
}

/** The UAI code of seven digits: the digits and their key letter. */
export const withKey = (digits: string): string => `${digits}${keys[Number(digits) % 23]}`;

/** Everything in a text that has the form of a UAI code, right or wrong. */
export const uaiLike = (text: string): string[] => text.match(/\b\d{7}[a-z]\b/gi) ?? [];

/** The département of a valid UAI code, as `data/academies.json` writes it: 075… is 75, 620 is 2A, 974 is 974. */
export function departementOf(uai: string): string {
  const prefix = uai.slice(0, 3);
  if (prefix === '620') return '2A';
  if (prefix === '720') return '2B';
  return prefix.startsWith('0') ? prefix.slice(1) : prefix;
}

/** The three digits with which the UAI codes of a département start: the other way round. */
export const uaiPrefix = (departement: string): string =>
  ({ '2A': '620', '2B': '720' })[departement] ?? departement.padStart(3, '0');

/** The académie of a département, the part of it that the département is; nothing when there is none. */
export function academieOf(departement: string, academies: readonly Academie[]): Academie | undefined {
  const found = academies.find((a) => a.departements.includes(departement));
  return found && inDepartement(found, departement);
}

/** Where a school is: what the rules on its calendar and public holidays need. */
export interface SchoolPlace {
  readonly departement: string;
  /** Only the département's part of it, so that public holidays are the school's own. */
  readonly academie: Academie;
  /** A, B, C, or the zone of an own calendar. */
  readonly zone: string;
}

/**
 * Where the school of a valid UAI code is, by the code alone; nothing when its département has no académie (a
 * school abroad). The directory knows better: schools of Saint-Martin have codes of Guadeloupe, so a school that
 * is in it is placed by `placeOf(school.departement)`.
 */
export const placeOfUai = (uai: string, academies: readonly Academie[]): SchoolPlace | undefined =>
  placeOf(departementOf(uai), academies);

/** Where the schools of a département are; nothing when it has no académie. */
export function placeOf(departement: string, academies: readonly Academie[]): SchoolPlace | undefined {
  const academie = academieOf(departement, academies);
  return academie && { departement, academie, zone: holidayZone(academie) };
}
