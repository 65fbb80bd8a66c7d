/** Kinds of schools whose pupils the convention is about (articles 2 and 3). */
export const schoolKinds = ['college', 'lycee-gt', 'lycee-polyvalent', 'lycee-pro', 'erea'] as const;
export type SchoolKind = (typeof schoolKinds)[number];

/** A school from the official directory; nothing in it is about a person. */
export interface School {
  readonly uai: string;
  readonly name: string;
  readonly kind: SchoolKind;
  /** With its arrondissement: `Lyon 3e`. */
  readonly town: string;
  readonly postcode: string;
  /** As written in `data/academies.json`: 75, 2A, 974. Not always the one its UAI code begins with. */
  readonly departement: string;
  /** A code of `data/academies.json`. */
  readonly academie: string;
  readonly sector: 'public' | 'private';
  /** Its network of priority education, if any. */
  readonly priority?: 'REP' | 'REP+';
}

/** The label of a school in a list of choices: `Collège Jean Moulin, Lyon 3e (69003), 0690000X`. */
export const schoolLabel = ({ name, town, postcode, uai }: School): string =>
  `${name}, ${town} (${postcode}), ${uai}`;
