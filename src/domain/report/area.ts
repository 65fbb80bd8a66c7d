import type { Academie, Calendar } from '../calendar/school-calendar.js';
import { findAcademies, type PlacedAction, type ReportContext, regionOf } from './location.js';

/**
 * Where something takes place (article 2, "déclinaison régionale"): an académie by its code, a région académique by its
 * name; empty for everywhere. No name of a région is a code.
 */
export type Area = string;
export const everywhere: Area = '';

type Known = Pick<Calendar, 'academies'>;

/** The régions académiques, by name. */
export const listRegions = (academies: readonly Academie[]): string[] =>
  [...new Set(academies.map(regionOf))].sort((a, b) => a.localeCompare(b, 'fr'));

/** The codes of the académies of an area; none for everywhere, or for what is no area. */
export const academiesIn = (area: Area, { academies }: Known): string[] =>
  academies.filter((a) => a.code === area || regionOf(a) === area).map(({ code }) => code);

/** An area from a text of a client or a file: what nobody knows is everywhere. */
export const toArea = (text: string | undefined, known: Known): Area =>
  text && academiesIn(text, known).length > 0 ? text : everywhere;

/** The area of which these are all académies; everywhere if they are of no single one. */
export function areaOf(codes: readonly string[], { academies }: Known): Area {
  const [only, second] = codes;
  if (only !== undefined && second === undefined) return toArea(only, { academies });
  const region = listRegions(academies).find((name) => {
    const all = academiesIn(name, { academies });
    return all.length === codes.length && all.every((code) => codes.includes(code));
  });
  return region ?? everywhere;
}

/**
 * Whether an action concerns an area: at one of the schools that filled its places; without any, at one of those it is
 * for; without any, in one of its académies. One that concerns several is in each of them.
 */
export function isInArea(area: Area, action: PlacedAction, context: ReportContext): boolean {
  if (area === everywhere) return true;
  const codes = academiesIn(area, context.calendar);
  return findAcademies(action, context).some((code) => codes.includes(code));
}
