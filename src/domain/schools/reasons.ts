import type { SchoolKind } from './school.js';

/** Where in a school a word of a search may be found. */
export type Field = 'uai' | 'name' | 'town' | 'postcode' | 'kind' | 'initials' | 'also' | 'small';

/**
 * Why a school is found: what one word of the search is worth by where it stands, whole or as the beginning of a
 * longer word. Each word counts once, at its best; all must be found somewhere. The sum ranks: a UAI code before
 * everything, then the name, then where the school is, then its kind. Schools with the same sum come by how few
 * words their name has besides, then by name, town and code.
 */
export const reasons: Readonly<Record<Field, { readonly whole: number; readonly beginning: number }>> = {
  uai: { whole: 1000, beginning: 20 },
  name: { whole: 60, beginning: 30 },
  town: { whole: 50, beginning: 25 },
  postcode: { whole: 50, beginning: 25 },
  /** `collège`, `clg`, `lycée`, `lp`… */
  kind: { whole: 40, beginning: 20 },
  /** `jj` of Jean-Jacques, `vh` of Victor Hugo. */
  initials: { whole: 15, beginning: 1 },
  /** What the school is too: a lycée polyvalent has professional classes, a school may be `privé`. */
  also: { whole: 10, beginning: 5 },
  /** `de`, `la`… of its name, while nothing follows them. */
  small: { whole: 3, beginning: 2 },
};

/** Words that mean one letter else: found only when too few schools have the words as they are, and after those. */
export const typo: Readonly<Partial<Record<Field, number>>> = { name: 6, town: 5, kind: 4 };

/** What a kind of school is called, in full and for short. */
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
