import type { PersonalData } from './index.js';
import { plain } from './plain.js';

/** What a column that holds such data is called, in French and in English; `=` is the whole name. */
const names: readonly (readonly [PersonalData, string])[] = [
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
const table = names.flatMap(([kind, list]) =>
  list.split(',').map((entry) => ({ kind, words: entry.trim().replaceAll(/\s+/g, ' ') })),
);

/** How many there are of them says nothing about one. */
const counted = /(?:^| )(?:nombre|nb|nbre|effectif|effectifs|total|count|number of) /;

/** "dateNaissance", "DATE_NAISSANCE" and "Date de naissance" are the same words. */
const wordsOf = (column: string): string =>
  plain(column)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export interface PersonalColumn {
  readonly column: string;
  readonly kind: PersonalData;
}

/**
 * The columns of a file that by their name hold personal data of pupils or teachers; one of them refuses the
 * file (article 7). `expected` are the columns that the importer knows: those it drops unread, and those that are
 * a school's own. The public school directory needs it for Telephone, Fax and Mail.
 * What is in the columns that are kept goes through `findPersonalSigns` besides.
 */
export function personalColumns(
  columns: readonly string[],
  expected: readonly string[] = [],
): PersonalColumn[] {
  const known = new Set(expected.map(wordsOf));
  return columns.flatMap((column) => {
    const said = wordsOf(column);
    if (known.has(said) || counted.test(said)) return [];
    const found = table.find(({ words }) =>
      words.startsWith('=') ? said === words.slice(1) : ` ${said} `.includes(` ${words} `),
    );
    return found ? [{ column, kind: found.kind }] : [];
  });
}
