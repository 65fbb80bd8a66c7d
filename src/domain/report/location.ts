import type { Action } from '../action.js';
import { type Academie, type Calendar, narrowToDepartement } from '../calendar/school-calendar.js';
import type { School } from '../schools/school.js';
import { departementOf, findAcademie, findUaiLike, parseUai } from '../schools/uai.js';
import { fold } from '../schools/words.js';

/** What the figures of a report depend on beside the records. */
export interface ReportContext {
  readonly calendar: Calendar;
  readonly schools: { byUai(uai: string): School | undefined };
}

/** The row of what concerns several schools, académies or regions at once: its pupils cannot be told apart. */
export const several = 'several';
/** The row of what is not known. */
export const unknown = 'unknown';

/** Where an action counts: in exactly one row of each cut by place, so that the rows add up. */
export interface ActionLocation {
  readonly schools: readonly string[];
  readonly typedSchools: readonly (readonly [key: string, name: string])[];
  readonly school: string;
  readonly departement: string;
  readonly academie: string;
  readonly region: string;
  /** The académie whose calendar its pupils follow, narrowed to the département if that is known. */
  readonly calendarOf: Academie | undefined;
}

/** What tells a typed school from another: its name without case, accents and punctuation, marked as typed. */
export const schoolKey = (name: string): string => `~${fold(name)}`;
export const isTypedSchool = (key: string): boolean => key.startsWith('~');

/**
 * Where an action counts: at the schools that filled its places; without any, at those it is for; without any, in its
 * académies.
 */
export function locateAction(action: Action, context: ReportContext): ActionLocation {
  const { schools, calendar } = context;
  const { codes, typedSchools } = schoolsOf(action);
  const keys = distinct([...codes, ...typedSchools.map(([key]) => key)]);
  const departements = distinct(codes.map((uai) => schools.byUai(uai)?.departement ?? departementOf(uai)));
  const academies = academiesOf(action, codes, context);
  const known = academies.flatMap((code) => calendar.academies.find((a) => a.code === code) ?? []);
  const [only] = known;
  const single = academies.length === 1 ? only : undefined;
  const departement =
    departements.length > 0 || single?.departements.length !== 1
      ? pickRow(departements)
      : (single.departements[0] ?? unknown);
  const isKnown = departement !== several && departement !== unknown;
  return {
    schools: keys,
    typedSchools,
    school: pickRow(keys),
    departement,
    academie: pickRow(academies),
    region: pickRow(distinct(known.map(regionOf))),
    calendarOf: single && isKnown ? narrow(single, departement) : single,
  };
}

/** The région académique of an académie; its own name where the list does not say. */
export const regionOf = ({ region, name }: Academie): string => region ?? name;

/** The codes of all académies that an action concerns, by the same rule as `locateAction`. */
export const findAcademies = (action: PlacedAction, context: ReportContext): string[] =>
  academiesOf(action, schoolsOf(action).codes, context);

/** Of an action, what says where it is. */
export type PlacedAction = Pick<Action, 'academies' | 'filled' | 'schools' | 'school'>;

function academiesOf(
  action: PlacedAction,
  codes: readonly string[],
  { schools, calendar }: ReportContext,
): string[] {
  const found = codes.flatMap((uai) => {
    const departement = schools.byUai(uai)?.departement ?? departementOf(uai);
    return schools.byUai(uai)?.academie ?? findAcademie(departement, calendar.academies)?.code ?? [];
  });
  return distinct(found.length > 0 ? found : action.academies);
}

/** The schools of an action: by UAI code, and by name where only that was typed. */
function schoolsOf({ filled = [], schools = [], school = '' }: PlacedAction) {
  const names = filled.length > 0 ? filled.map((row) => row.school) : [...schools, school];
  const codes: string[] = [];
  const typedSchools: (readonly [string, string])[] = [];
  for (const name of names.map((each) => each.trim()).filter(Boolean)) {
    const inText = findUaiLike(name).flatMap((code) => parseUai(code) ?? []);
    if (inText.length > 0) codes.push(...inText);
    else typedSchools.push([schoolKey(name), name]);
  }
  return { codes: distinct(codes), typedSchools };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
const pickRow = ([first = unknown, ...others]: readonly string[]): string =>
  others.length > 0 ? several : first;

// The days of an académie are remembered by its object.
const narrowed = new WeakMap<Academie, Map<string, Academie>>();
function narrow(academie: Academie, departement: string): Academie {
  const known = narrowed.get(academie) ?? new Map<string, Academie>();
  const found = known.get(departement) ?? narrowToDepartement(academie, departement);
  narrowed.set(academie, known.set(departement, found));
  return found;
}
