import type { PersonalDataKind } from './kinds.js';
import { normalise } from './normalise.js';

/** Names of columns with such data, in French and English; `=` matches the whole name only. */
const namesByKind: readonly (readonly [PersonalDataKind, string])[] = [
  ['birth-date', 'naissance, date naiss, ddn, ne le, nee le, age, birth, birthday, birthdate, dob'],
  ['ine', 'ine, identifiant national, numero eleve, num eleve, student number, pupil number'],
  ['nir', 'nir, secu, securite sociale, numero insee, ssn, social security'],
  ['phone', 'tel, telephone, portable, mobile, gsm, fax, phone, cell'],
  ['email', 'mail, mails, email, emails, e mail, courriel, messagerie'],
  ['handle', 'instagram, snapchat, discord, tiktok, facebook'],
  [
    'health',
    'sante, medical, pai, pap, pps, mdph, aesh, handicap, allergie, allergies, health, allergy, disability',
  ],
  ['address', 'domicile, adresse personnelle, home address'],
  [
    'teacher',
    `professeur, professeurs, prof, profs, enseignant, enseignante, enseignants, proviseur, cpe, chef etablissement,
    chef d etablissement, referent, interlocuteur, correspondant, contact, teacher, teachers, headteacher`,
  ],
  [
    'pupil',
    `eleve, stagiaire, enfant, prenom, prenoms, nom famille, nom de famille, nom usage, nom naissance, patronyme,
    responsable legal, parents, nom mere, nom pere, sexe, civilite, pupil, student, child, first name, last name,
    firstname, lastname, given name, family name, surname, guardian, gender, =nom, =nom prenom,
    =name, =full name`,
  ],
];
const columnNames = namesByKind.flatMap(([kind, list]) =>
  list.split(',').map((entry) => ({ kind, words: entry.trim().replaceAll(/\s+/g, ' ') })),
);

/** A column that counts people says nothing about any of them. */
const countingWords = /(?:^| )(?:nombre|nb|nbre|effectif|effectifs|total|count|number of) /;

/** Treats "dateNaissance", "DATE_NAISSANCE" and "Date de naissance" alike. */
const toWords = (column: string): string =>
  normalise(column)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export interface PersonalColumn {
  readonly column: string;
  readonly kind: PersonalDataKind;
}

/**
 * Finds the columns of a file whose names announce personal data of pupils or teachers; a single one refuses the file
 * (article 7). `expected` are the columns that the importer knows, either dropped unread or about the school itself:
 * the public directory of schools needs it for Telephone, Fax and Mail. The values of the columns that are kept also
 * go through `findPersonalSigns`.
 */
export function findPersonalColumns(
  columns: readonly string[],
  expected: readonly string[] = [],
): PersonalColumn[] {
  const known = new Set(expected.map(toWords));
  return columns.flatMap((column) => {
    const columnWords = toWords(column);
    if (known.has(columnWords) || countingWords.test(columnWords)) return [];
    const found = columnNames.find(({ words }) =>
      words.startsWith('=') ? columnWords === words.slice(1) : ` ${columnWords} `.includes(` ${words} `),
    );
    return found ? [{ column, kind: found.kind }] : [];
  });
}
