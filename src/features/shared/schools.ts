import type { Action } from '../../domain/action.js';
import type { Academie } from '../../domain/calendar/school-calendar.js';
import { schoolLabel } from '../../domain/schools/school.js';
import { departementOf, findUaiLike, locateByDepartement, parseUai } from '../../domain/schools/uai.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Services } from '../feature.js';

/** The data set under which Teams requests schools while a person types. */
export const schoolsDataset = 'schools';

type SchoolContext = Pick<Services, 'schools' | 'calendar'>;
type SchoolFields = Pick<Action, 'schools' | 'school' | 'academies'>;

/** What a verdict on dates applies to: a school, or an académie if no school is named. */
export type Place = Academie & { readonly uai?: string };

/** Locates a school, preferably by the directory; nothing if it is abroad. */
export function locateSchool(uai: string, { schools, calendar }: SchoolContext): Place | undefined {
  const departement = schools.byUai(uai)?.departement ?? departementOf(uai);
  const place = locateByDepartement(departement, calendar.academies);
  return place && { ...place.academie, name: schoolName(uai, schools), uai };
}

/**
 * Every school and académie for which the days of an action must be right. UAI codes inside a typed text count too.
 */
export function findPlaces(
  { schools = [], school = '', academies }: SchoolFields,
  known: SchoolContext,
): Place[] {
  const codes = new Set([...schools, ...findUaiLike(school).flatMap((code) => parseUai(code) ?? [])]);
  const places = [...codes].flatMap((uai) => locateSchool(uai, known) ?? []);
  const named = new Set(places.map(({ code }) => code));
  return [
    ...places,
    ...known.calendar.academies.filter(({ code }) => academies.includes(code) && !named.has(code)),
  ];
}

/** "Collège Exemple de la Promenade, Nice"; the code of a school that is not, or no longer, in the list. */
function schoolName(uai: string, schools: Services['schools']): string {
  const school = schools.byUai(uai);
  return school ? `${school.name}, ${school.town}` : uai;
}

/** The names of an action's schools, typed ones last. */
export const schoolNames = ({ schools = [], school }: SchoolFields, known: SchoolContext): string[] => [
  ...schools.map((uai) => schoolName(uai, known.schools)),
  ...(school ? [school] : []),
];

/** "Collège Exemple de la Promenade, Nice : 2 places", for each school that has filled some, in Markdown. */
export const describeFilled = (
  { filled = [] }: Pick<Action, 'filled'>,
  t: Text,
  { schools }: Pick<Services, 'schools'>,
): string[] =>
  filled.map(({ school, places }) =>
    t('request.filledBy', {
      school: escapeMarkdown(parseUai(school) ? schoolName(school, schools) : school),
      count: places,
    }),
  );

/** Only a forged form has more. */
const maxShown = 20;

/** The fields of an action that a form's schools become. */
export const toSchoolFields = (
  schools: readonly string[],
  school: string,
): Pick<Action, 'schools' | 'school'> => ({
  ...(schools.length > 0 ? { schools } : {}),
  ...(school ? { school } : {}),
});

/** What the inputs for schools show: the chosen ones by name, and the text input only if needed. */
export function schoolInputData(
  values: { readonly schools: string; readonly school: string },
  faults: { readonly schools?: unknown; readonly school?: unknown },
  { schools }: Pick<Services, 'schools'>,
) {
  const chosen = values.schools
    .split(',')
    .slice(0, maxShown)
    .flatMap((code) => parseUai(code) ?? []);
  return {
    schoolChoices: chosen.map((uai) => {
      const school = schools.byUai(uai);
      return { title: school ? schoolLabel(school) : uai, value: uai };
    }),
    schoolShown: values.school !== '' || faults.school !== undefined,
    schoolsShown: values.schools !== '' || values.school !== '' || Boolean(faults.schools ?? faults.school),
  };
}
