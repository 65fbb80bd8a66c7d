import { isPlacement, type Kind } from '../action.js';
import type { Academie } from '../calendar/school-calendar.js';
import { departementOf, findUaiLike, parseUai } from '../schools/uai.js';
import type { LineReader } from './line-reader.js';

/** Where an action took place. */
export interface ImportPlace {
  readonly schools: readonly string[];
  /** A school that has no code, as typed. */
  readonly school: string;
  /** The codes of its académies. */
  readonly academies: readonly string[];
  /** The académies whose calendars must allow it, narrowed to the schools' départements. */
  readonly calendars: readonly Academie[];
}

/** Reads the schools and académies of a line; nothing if they have a fault. */
export function readPlace(reader: LineReader, kind: Kind | undefined): ImportPlace | undefined {
  const named = readSchools(reader);
  const given = readAcademies(reader);
  if (!reader.isSound('school', 'academie')) return undefined;
  const located = named.schools.flatMap((uai) => locate(uai, reader) ?? []);
  const ofSchools = [...new Set(located.map(({ code }) => code))];
  const other = given.find(({ code }) => ofSchools.length > 0 && !ofSchools.includes(code));
  if (other) {
    const names = reader.context.calendar.academies.filter(({ code }) => ofSchools.includes(code));
    reader.fail('academie', 'academieDiffers', { academie: names.map(({ name }) => name).join(', ') });
  }
  if (named.schools.length === 0 && given.length === 0) {
    if (!named.school) reader.fail('school', 'placeMissing');
    // Without its académie, nobody can say whether the days of a placement were possible.
    else if (kind && isPlacement(kind)) reader.fail('academie', 'academieMissing');
  }
  if (!reader.isSound('school', 'academie')) return undefined;
  const calendars = located.length > 0 ? located : given;
  const academies = ofSchools.length > 0 ? ofSchools : given.map(({ code }) => code);
  return { ...named, academies, calendars };
}

/** The schools of a line, by UAI code or by a name that only one has; otherwise the name as typed. */
function readSchools(reader: LineReader): { schools: string[]; school: string } {
  const text = reader.cell('school');
  const codes = findUaiLike(text);
  const schools: string[] = [];
  for (const code of codes) {
    const uai = parseUai(code);
    if (!uai) reader.fail('school', 'uai', { code: code.toUpperCase() });
    else if (!locate(uai, reader)) reader.fail('school', 'schoolAbroad', { code: uai });
    else schools.push(uai);
  }
  if (codes.length > 0) {
    reader.guard('school', text);
    return { schools: [...new Set(schools)], school: '' };
  }
  const school = reader.text('school') ?? '';
  const known = school && reader.context.words.school(school);
  return known ? { schools: [known.uai], school: '' } : { schools: [], school };
}

function readAcademies(reader: LineReader): Academie[] {
  const names = reader
    .cell('academie')
    .split(/[,;/]/)
    .map((name) => name.trim());
  const found = new Map<string, Academie>();
  for (const name of names.filter(Boolean)) {
    const academie = reader.context.words.academie(name);
    if (academie) found.set(academie.code, academie);
    else reader.failQuoting('academie', 'academieUnknown');
  }
  return [...found.values()];
}

/** The académie of a school, preferably by the directory; nothing if it is abroad. */
function locate(uai: string, { context }: LineReader): Academie | undefined {
  const departement = context.schools.byUai(uai)?.departement ?? departementOf(uai);
  return context.academieOf(departement);
}
