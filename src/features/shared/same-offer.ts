import type { Action } from '../../domain/action.js';

/** What the forms of an offer say. Its last check follows from it. */
const said = [
  'kind',
  'level',
  'firstDay',
  'lastDay',
  'hours',
  'weekdays',
  'shared',
  'halfDays',
  'academies',
  'schools',
  'school',
  'site',
  'places',
  'hosting',
  'remark',
  'event',
] as const satisfies readonly (keyof Action)[];

type Said = Pick<Action, (typeof said)[number]>;

/** Whether two offers say the same, whatever has become of them since. */
export const isSameOffer = (a: Said, b: Said): boolean =>
  said.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
