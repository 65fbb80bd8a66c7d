import type { Academie } from '../../domain/calendar/school-calendar.js';
import { findPersonalSigns } from '../../domain/personal-data/index.js';
import type { School, SchoolKind } from '../../domain/schools/school.js';
import { departementOf, parseUai } from '../../domain/schools/uai.js';
import { fold } from '../../domain/schools/words.js';
import type { Columns, CsvRow } from '../files/read-csv.js';

/**
 * The columns of `fr-en-annuaire-education` that are read. The directory has sixty more, telephone and mail among
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
/** Columns that would refuse another file: in the directory they are about the school itself. */
export const droppedColumns = ['Telephone', 'Fax', 'Mail'];
/** Schools without these are valid. */
export const optionalSchoolColumns = ['priority', 'mother'] as const;
export type SchoolRow = CsvRow<keyof typeof schoolColumns>;

/** Why a row of the directory is left out. */
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

/**
 * A school, and the school it belongs to if it is a section (SEP, SEGPA): that school's row, if there is one, stands
 * for both.
 */
export interface ReadSchool {
  readonly school: School;
  readonly sectionOf?: string;
}

/** The types that are imported, as named in the directory, folded. */
const types: readonly string[] = ['college', 'lycee', 'erea'];

/**
 * The kinds of schools by the ministry's codes of their nature, where these say more than type and name: a lycée is
 * imported whatever its nature.
 */
const kindsByNature: Readonly<Record<string, SchoolKind>> = {
  '300': 'lycee-gt',
  '301': 'lycee-gt',
  '302': 'lycee-gt',
  '306': 'lycee-polyvalent',
  // Agricultural: general, technological and professional.
  '307': 'lycee-polyvalent',
  '310': 'lycee-gt',
  '320': 'lycee-pro',
  // A specialised professional school, a professional section, and a CETAD of Polynésie.
  '332': 'lycee-pro',
  '334': 'lycee-pro',
  '344': 'lycee-pro',
  '340': 'college',
  '350': 'college',
  '352': 'college',
  '370': 'erea',
};
const sections = ['334', '335', '390'];

/** Finds the académie of a row. */
export interface Places {
  readonly byName: ReadonlyMap<string, Academie>;
  readonly byDepartement: ReadonlyMap<string, Academie>;
}

/** Reads one row of the directory: a school, or the reason why it is left out. */
export function readSchool(row: SchoolRow, places: Places): ReadSchool | SchoolLeftOut {
  if (row.misshapen) return 'with fewer or more cells than the header';
  // Four rows in five are primary schools, so they are dismissed first.
  const type = fold(row.type);
  if (!types.includes(type)) return 'no collège, lycée or EREA';
  const state = fold(row.state);
  // A school that is about to close is open until then.
  if (['ferme', 'a ouvrir'].includes(state)) return 'closed, or not open yet';
  if (!['ouvert', 'a fermer'].includes(state))
    return 'of which the directory does not say whether it is open';
  const uai = parseUai(row.uai);
  if (!uai) return 'without a UAI code, or with one whose key letter is wrong';
  const given = toDepartement(row.departement);
  const known = places.byDepartement.get(given);
  const academie = known ?? places.byName.get(fold(row.academie));
  const departement = known ? given : departementOf(uai);
  if (!academie) return 'of an académie that data/academies.json does not have';
  const [name, postcode] = [joinLines(row.name), row.postcode.padStart(5, '0')];
  const town = toTown(row.town, postcode);
  if (!name || !town) return 'without a name or a town';
  if (findPersonalSigns(name) ?? findPersonalSigns(town))
    return 'with what looks like personal data in its name or town (article 7)';
  const priority = toPriority(row.priority);
  const school: School = {
    uai,
    name,
    kind: classifySchool(row, type),
    town,
    postcode,
    departement,
    academie: academie.code,
    sector: fold(row.status).startsWith('prive') ? 'private' : 'public',
    ...(priority ? { priority } : {}),
  };
  const mother = parseUai(row.mother);
  return mother && isSection(row) ? { school, sectionOf: mother } : { school };
}

function classifySchool({ nature, name }: SchoolRow, type: string): SchoolKind {
  const known = kindsByNature[nature];
  // If type and nature disagree, the type decides.
  if (known?.startsWith(type)) return known;
  if (type !== 'lycee') return type === 'erea' ? 'erea' : 'college';
  const words = fold(name);
  if (/\bpolyvalent\b/.test(words)) return 'lycee-polyvalent';
  return /\bprofessionnel\b/.test(words) ? 'lycee-pro' : 'lycee-gt';
}

/** A section, by its nature or, without one, by its name. */
const isSection = ({ nature, name }: SchoolRow): boolean =>
  nature ? sections.includes(nature) : /\b(?:section|segpa|sep)\b/.test(fold(name));

const joinLines = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Départements have three characters in the directory, and as few as possible in `data/academies.json`: 075 is 75,
 * 02A is 2A, 974 is 974.
 */
const toDepartement = (code: string): string => {
  const digits = code.toUpperCase().replace(/^0+/, '');
  return digits.padStart(2, '0');
};

/** `Lyon 3e  Arrondissement` is `Lyon 3e`, and so is `Lyon` with the postcode of the third arrondissement. */
function toTown(text: string, postcode: string): string {
  const town = joinLines(text).replace(/\s+arrondissement$/i, '');
  const number = /^(?:75[01]|6900|130)(\d\d?)$/.exec(postcode)?.[1];
  if (!number || !['paris', 'lyon', 'marseille'].includes(fold(town))) return town;
  const n = Number(number);
  return `${town} ${n}${n === 1 ? 'er' : 'e'}`;
}

function toPriority(text: string): School['priority'] {
  const network = text.replace(/\s/g, '').toUpperCase();
  return network === 'REP' || network === 'REP+' ? network : undefined;
}
