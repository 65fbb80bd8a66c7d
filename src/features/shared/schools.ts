import type { Action } from '../../domain/action.js';
import type { Academie } from '../../domain/calendar.js';
import { schoolLabel } from '../../domain/schools/school.js';
import { departementOf, placeOf, readUai, uaiLike } from '../../domain/uai.js';
import type { Services } from '../feature.js';

/** The data set under which Teams asks for schools while a person types. */
export const schoolsDataset = 'schools';

type Known = Pick<Services, 'schools' | 'calendar'>;
type Whose = Pick<Action, 'schools' | 'school' | 'academies'>;

/** What a verdict on days is given for: a school, whose name it has, or an académie of which no school is named. */
export type Place = Academie & { readonly uai?: string };

/** Where a school is; the directory knows better than its code. Nothing for one abroad. */
export function placeOfSchool(uai: string, { schools, calendar }: Known): Place | undefined {
  const departement = schools.byUai(uai)?.departement ?? departementOf(uai);
  const place = placeOf(departement, calendar.academies);
  return place && { ...place.academie, name: schoolName(uai, schools), uai };
}

/** All that the days of an action have to be right for. A code inside a text tells as well where its school is. */
export function placesOf({ schools = [], school = '', academies }: Whose, known: Known): Place[] {
  const codes = new Set([...schools, ...uaiLike(school).flatMap((code) => readUai(code) ?? [])]);
  const places = [...codes].flatMap((uai) => placeOfSchool(uai, known) ?? []);
  const named = new Set(places.map(({ code }) => code));
  return [
    ...places,
    ...known.calendar.academies.filter(({ code }) => academies.includes(code) && !named.has(code)),
  ];
}

/** "Collège Exemple de la Promenade, Nice"; the code of a school that is not in the list, or no longer. */
function schoolName(uai: string, schools: Services['schools']): string {
  const school = schools.byUai(uai);
  return school ? `${school.name}, ${school.town}` : uai;
}

/** The names of an action's schools, those typed last. */
export const schoolNames = ({ schools = [], school }: Whose, known: Known): string[] => [
  ...schools.map((uai) => schoolName(uai, known.schools)),
  ...(school ? [school] : []),
];

/** More of them only a forged form has. */
const mostShown = 20;

/** What an action keeps of the schools that a form says. */
export const schoolsSaid = (
  schools: readonly string[],
  school: string,
): Pick<Action, 'schools' | 'school'> => ({
  ...(schools.length > 0 ? { schools } : {}),
  ...(school ? { school } : {}),
});

/**
 * What the inputs for schools show: those chosen already, by their names, and the text beside them only for who
 * needs it.
 */
export function schoolsShown(
  values: { readonly schools: string; readonly school: string },
  faults: { readonly schools?: unknown; readonly school?: unknown },
  { schools }: Pick<Services, 'schools'>,
) {
  const chosen = values.schools
    .split(',')
    .slice(0, mostShown)
    .flatMap((code) => readUai(code) ?? []);
  return {
    schoolChoices: chosen.map((uai) => {
      const school = schools.byUai(uai);
      return { title: school ? schoolLabel(school) : uai, value: uai };
    }),
    schoolShown: values.school !== '' || faults.school !== undefined,
    schoolsShown: values.schools !== '' || values.school !== '' || Boolean(faults.schools ?? faults.school),
  };
}
