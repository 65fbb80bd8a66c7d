import { z } from 'zod';
import { type School, schoolKinds } from '../../domain/schools/school.js';
import { createSchoolIndex, type SchoolIndex } from '../../domain/schools/search.js';
import { parseUai } from '../../domain/schools/uai.js';
import { parseJsonFile } from '../files/read-json.js';
import { formatRows } from '../files/write-rows.js';

/** The stored list of schools. */
export interface SchoolList {
  /** True for the invented schools that ship, until the official directory is imported. */
  readonly demonstration: boolean;
  readonly schools: readonly School[];
}

/** Schools are stored as lists of values, which halves the file: 12,000 of them take 1.2 MB. */
const columns = [
  'uai',
  'name',
  'kind',
  'town',
  'postcode',
  'departement',
  'academie',
  'sector',
  'priority',
] as const;

const text = z.string().min(1);
const row = z.tuple([
  z.string().refine((uai) => parseUai(uai) === uai, 'the UAI code or its key letter is wrong'),
  text,
  z.enum(schoolKinds),
  text,
  z.string(),
  text,
  text,
  z.enum(['public', 'private']),
  z.enum(['', 'REP', 'REP+']),
]);
const file = z.object({
  about: z.string(),
  demonstration: z.boolean().default(false),
  columns: z.tuple(columns.map((c) => z.literal(c)) as [z.ZodLiteral<string>, ...z.ZodLiteral<string>[]]),
  rows: z.array(row),
});

const mend =
  'Import the directory again: npm run import -- schools FILE. Or put back the file that ships with Passerelle.';

/**
 * Reads the list of schools (`SCHOOLS_FILE`).
 * @throws Error if it is missing or invalid, with the row and what to do
 */
export function readSchools(path: string): SchoolList {
  let content: unknown;
  try {
    content = parseJsonFile(path);
  } catch (error) {
    throw new Error(`${(error as Error).message}. ${mend}`);
  }
  const parsed = file.safeParse(content);
  if (!parsed.success) {
    const faults = parsed.error.issues.slice(0, 5).map(({ path: [field, at], message }) => {
      if (field !== 'rows' || typeof at !== 'number')
        return `  ${String(field ?? '(the whole file)')}: ${message}`;
      return `  row ${at + 1}: ${message}\n    ${JSON.stringify((content as { rows: unknown[] }).rows[at])}`;
    });
    throw new Error(`${path} is no list of schools. ${mend}\n${faults.join('\n')}`);
  }
  const { demonstration, rows } = parsed.data;
  return { demonstration, schools: rows.map(toSchool) };
}

/**
 * Reads and validates a file of schools now, and builds its search index at the first search, so that the start does
 * not wait for it.
 */
export function openSchools(path: string): SchoolIndex {
  const { schools } = readSchools(path);
  const byUai = new Map(schools.map((school) => [school.uai, school]));
  let index: SchoolIndex | undefined;
  const ready = (): SchoolIndex => {
    index ??= createSchoolIndex(schools);
    return index;
  };
  return {
    size: schools.length,
    byUai: (uai) => byUai.get(uai),
    search: (query, options) => ready().search(query, options),
    findTown: (name) => ready().findTown(name),
  };
}

const toSchool = ([uai, name, kind, town, postcode, departement, academie, sector, priority]: z.infer<
  typeof row
>): School => ({
  uai,
  name,
  kind,
  town,
  postcode,
  departement,
  academie,
  sector,
  ...(priority ? { priority } : {}),
});

/** The list as the text of a file, one school per line, sorted by code, so that a diff shows what changed. */
export const formatSchools = (about: string, { demonstration, schools }: SchoolList): string =>
  formatRows(
    { about, ...(demonstration ? { demonstration } : {}), columns },
    schools.toSorted((a, b) => (a.uai < b.uai ? -1 : 1)).map((s) => columns.map((c) => s[c] ?? '')),
  );
