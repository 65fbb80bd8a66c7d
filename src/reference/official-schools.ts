import type { Academie } from '../domain/calendar.js';
import { findPersonalSigns } from '../domain/personal-data/index.js';
import type { School, SchoolKind } from '../domain/schools/school.js';
import { folded } from '../domain/schools/words.js';
import { departementOf, readUai } from '../domain/uai.js';
import type { Columns, CsvRow } from './read-csv.js';

/**
 * The columns of `fr-en-annuaire-education` that are read; the directory has sixty more, telephone and mail among
 * them, which are never read.
 */
export const schoolColumns = {
  uai: ['Identifiant_de_l_etablissement'],
  name: ['Nom_etablissement'],
  type: ['Type_etablissement'],
  status: ['Statut_public_prive'],
  postcode: ['Code_postal'],
  town: ['Nom_commune'],
  departement: ['Code_departement'],
  academie: ['Libelle_academie'],
  priority: ['Appartenance_Education_Prioritaire'],
  state: ['etat'],
  nature: ['code_nature'],
} satisfies Columns<string>;
/** Columns of the directory that would refuse another file: here they are the school's own. */
export const schoolDropped = ['Telephone', 'Fax', 'Mail'];
export type SchoolRow = CsvRow<keyof typeof schoolColumns>;

/** Why a row of the directory is no school of these placements. */
export type SchoolLeftOut =
  | 'closed, or not open yet'
  | 'no collège, lycée or EREA'
  | 'a section of a school that has its own row'
  | 'with a UAI code whose key letter is wrong'
  | 'of an académie that data/academies.json does not have'
  | 'twice in the file'
  | 'without a name or a town'
  | 'with what looks like personal data in its name or town (article 7)';

/** The ministry's codes of what a school is by its nature; a section belongs to a school that is there too. */
const natures: Readonly<Record<string, SchoolKind | 'section'>> = {
  '300': 'lycee-gt',
  '301': 'lycee-gt',
  '302': 'lycee-gt',
  '306': 'lycee-polyvalent',
  '310': 'lycee-gt',
  '320': 'lycee-pro',
  '334': 'section',
  '335': 'section',
  '340': 'college',
  '350': 'college',
  '352': 'college',
  '370': 'erea',
  '390': 'section',
};

/** What a school is by its type and name, for a row without a nature. */
const byType: readonly (readonly [type: string, name: RegExp, SchoolKind | 'section'])[] = [
  ['college', /\bsegpa\b|\bsection\b/, 'section'],
  ['college', /^/, 'college'],
  ['erea', /^/, 'erea'],
  ['lycee', /\bsection\b/, 'section'],
  ['lycee', /\bpolyvalent\b/, 'lycee-polyvalent'],
  ['lycee', /\bprofessionnel\b/, 'lycee-pro'],
  ['lycee', /^/, 'lycee-gt'],
];

/** Where the académies are found when a row is read. */
export interface Places {
  readonly byName: ReadonlyMap<string, Academie>;
  readonly byDepartement: ReadonlyMap<string, Academie>;
}

/** Reads one row of the directory: a school, or why it is none of those that matter here. */
export function readSchool(row: SchoolRow, places: Places): School | SchoolLeftOut {
  // Primary schools are four rows in five: they go first.
  const kind = kindOf(row);
  if (!kind) return 'no collège, lycée or EREA';
  if (kind === 'section') return 'a section of a school that has its own row';
  // A school that is to close is open until then.
  if (!['ouvert', 'a fermer'].includes(folded(row.state))) return 'closed, or not open yet';
  const uai = readUai(row.uai);
  if (!uai) return 'with a UAI code whose key letter is wrong';
  const given = departementAs(row.departement);
  const known = places.byDepartement.get(given);
  const academie = known ?? places.byName.get(folded(row.academie));
  const departement = known ? given : departementOf(uai);
  if (!academie) return 'of an académie that data/academies.json does not have';
  const [name, postcode] = [oneLine(row.name), row.postcode.padStart(5, '0')];
  const town = townAs(row.town, postcode);
  if (!name || !town) return 'without a name or a town';
  if (findPersonalSigns(name) ?? findPersonalSigns(town))
    return 'with what looks like personal data in its name or town (article 7)';
  const priority = priorityOf(row.priority);
  return {
    uai,
    name,
    kind,
    town,
    postcode,
    departement,
    academie: academie.code,
    sector: folded(row.status).startsWith('prive') ? 'private' : 'public',
    ...(priority ? { priority } : {}),
  };
}

function kindOf({ nature, type, name }: SchoolRow): SchoolKind | 'section' | undefined {
  if (nature) return natures[nature];
  const [t, n] = [folded(type), folded(name)];
  return byType.find(([known, pattern]) => known === t && pattern.test(n))?.[2];
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Three characters in the directory, as few as `data/academies.json` has here: 075 is 75, 02A is 2A, 974 is 974. */
const departementAs = (code: string): string => {
  const digits = code.toUpperCase().replace(/^0+/, '');
  return digits.padStart(2, '0');
};

/** `Lyon 3e  Arrondissement` is `Lyon 3e`, and so is `Lyon` with the postcode of the third arrondissement. */
function townAs(text: string, postcode: string): string {
  const town = oneLine(text).replace(/\s+arrondissement$/i, '');
  const number = /^(?:75[01]|6900|130)(\d\d?)$/.exec(postcode)?.[1];
  if (!number || !['paris', 'lyon', 'marseille'].includes(folded(town))) return town;
  const n = Number(number);
  return `${town} ${n}${n === 1 ? 'er' : 'e'}`;
}

function priorityOf(text: string): School['priority'] {
  const network = text.replace(/\s/g, '').toUpperCase();
  return network === 'REP' || network === 'REP+' ? network : undefined;
}
