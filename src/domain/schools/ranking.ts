import type { SchoolKind } from './school.js';

/** Where in a school a search word may be found. */
export type Field = 'uai' | 'name' | 'town' | 'postcode' | 'kind' | 'initials' | 'also' | 'small';

/**
 * The ranking: what a word of the search scores by the field it is found in, as a whole word or as the beginning of
 * one. Each word counts once, with its best score, and all words must be found. Schools are ranked by the sum: UAI
 * code first, then name, location and kind. Ties are broken by the fewest other words in the name, then by name, town
 * and code.
 */
export const fieldWeights: Readonly<Record<Field, { readonly whole: number; readonly beginning: number }>> = {
  uai: { whole: 1000, beginning: 20 },
  name: { whole: 60, beginning: 30 },
  town: { whole: 50, beginning: 25 },
  postcode: { whole: 50, beginning: 25 },
  /** `collège`, `clg`, `lycée`, `lp`… */
  kind: { whole: 40, beginning: 20 },
  /** `jj` for Jean-Jacques, `vh` for Victor Hugo. */
  initials: { whole: 15, beginning: 1 },
  /** What else the school is: a lycée polyvalent has professional classes, a school may be `privé`. */
  also: { whole: 10, beginning: 5 },
  /** `de`, `la`… in its name, while nothing follows them. */
  small: { whole: 3, beginning: 2 },
};

/** Scores of words with one wrong letter: used only when too few schools match exactly, and ranked after those. */
export const typoWeights: Readonly<Partial<Record<Field, number>>> = { name: 6, town: 5, kind: 4 };

/** The names of a kind of school, in full and abbreviated. */
export const kindWords: Readonly<Record<SchoolKind, { readonly kind: string[]; readonly also: string[] }>> = {
  college: { kind: ['college', 'clg'], also: [] },
  'lycee-gt': { kind: ['lycee', 'general', 'technologique', 'lgt', 'legt', 'legta'], also: [] },
  'lycee-polyvalent': {
    kind: ['lycee', 'polyvalent', 'lpo'],
    also: ['general', 'technologique', 'professionnel', 'lgt', 'lp', 'pro'],
  },
  'lycee-pro': { kind: ['lycee', 'professionnel', 'lp', 'pro'], also: ['metiers'] },
  erea: { kind: ['erea'], also: ['etablissement', 'regional', 'enseignement', 'adapte', 'lea'] },
};
