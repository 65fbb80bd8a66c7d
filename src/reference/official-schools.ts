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
  mother: ['etablissement_mere'],
} satisfies Columns<string>;
/** Columns of the directory that would refuse another file: here they are the school's own. */
export const schoolDropped = ['Telephone', 'Fax', 'Mail'];
/** Without them a school is a school all the same. */
export const optionalSchoolColumns = ['priority', 'mother'] as const;
export type SchoolRow = CsvRow<keyof typeof schoolColumns>;

/** Why a row of the directory is no school of these placements. */
export type SchoolLeftOut =
  | 'closed, or not open yet'
  | 'of which the directory does not say whether it is open'
  | 'no collège, lycée or EREA'
  | 'a section of a school that has its own row'
  | 'without a UAI code, or with one whose key letter is wrong'
  | 'of an académie that data/academies.json does not have'
  | 'twice in the file'
  | 'with fewer or more cells than the header'
  | 'without a name or a town'
  | 'with what looks like personal data in its name or town (article 7)';

/** A school, and that it belongs to when it is a section (SEP, SEGPA): its own row stands for both, if it has one. */
export interface ReadSchool {
  readonly school: School;
  readonly sectionOf?: string;
}

/** What the directory calls what is imported, folded. */
const types: readonly string[] = ['college', 'lycee', 'erea'];

/**
 * The ministry's codes of what a school is by its nature, where they say more than its type and name: a lycée is
 * kept whatever its nature.
 */
const natures: Readonly<Record<string, SchoolKind>> = {
  '300': 'lycee-gt',
  '301': 'lycee-gt',
  '302': 'lycee-gt',
  '306': 'lycee-polyvalent',
  // Agricultural: general, technological and professional.
  '307': 'lycee-polyvalent',
  '310': 'lycee-gt',
  '320': 'lycee-pro',
  // A professional school that is specialised, a professional section, and a CETAD of Polynésie.
  '332': 'lycee-pro',
  '334': 'lycee-pro',
  '344': 'lycee-pro',
  '340': 'college',
  '350': 'college',
  '352': 'college',
  '370': 'erea',
};
const sections = ['334', '335', '390'];

/** Where the académies are found when a row is read. */
export interface Places {
  readonly byName: ReadonlyMap<string, Academie>;
  readonly byDepartement: ReadonlyMap<string, Academie>;
}

/** Reads one row of the directory: a school, or why it is none of those that matter here. */
export function readSchool(row: SchoolRow, places: Places): ReadSchool | SchoolLeftOut {
  if (row.misshapen) return 'with fewer or more cells than the header';
  // Primary schools are four rows in five: they go first.
  const type = folded(row.type);
  if (!types.includes(type)) return 'no collège, lycée or EREA';
  const state = folded(row.state);
  // A school that is to close is open until then.
  if (['ferme', 'a ouvrir'].includes(state)) return 'closed, or not open yet';
  if (!['ouvert', 'a fermer'].includes(state))
    return 'of which the directory does not say whether it is open';
  const uai = readUai(row.uai);
  if (!uai) return 'without a UAI code, or with one whose key letter is wrong';
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
  const school: School = {
    uai,
    name,
    kind: kindOf(row, type),
    town,
    postcode,
    departement,
    academie: academie.code,
    sector: folded(row.status).startsWith('prive') ? 'private' : 'public',
    ...(priority ? { priority } : {}),
  };
  const mother = readUai(row.mother);
  return mother && isSection(row) ? { school, sectionOf: mother } : { school };
}

function kindOf({ nature, name }: SchoolRow, type: string): SchoolKind {
  const known = natures[nature];
  // The type decides when it and the nature disagree.
  if (known?.startsWith(type)) return known;
  if (type !== 'lycee') return type === 'erea' ? 'erea' : 'college';
  const words = folded(name);
  if (/\bpolyvalent\b/.test(words)) return 'lycee-polyvalent';
  return /\bprofessionnel\b/.test(words) ? 'lycee-pro' : 'lycee-gt';
}

/** A section, by its nature or, without one, by its name. */
const isSection = ({ nature, name }: SchoolRow): boolean =>
  nature ? sections.includes(nature) : /\b(?:section|segpa|sep)\b/.test(folded(name));

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
