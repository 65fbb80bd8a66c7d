import { existsSync, readFileSync } from 'node:fs';
import type { Academie } from '../../domain/calendar/school-calendar.js';
import { findPersonalSigns } from '../../domain/personal-data/index.js';
import type { School } from '../../domain/schools/school.js';
import { indexAcademiesByName } from '../calendar/academies.js';
import { countLeftOut, formatLeftOut, formatNumber, type LeftOutTally } from '../files/left-out.js';
import { type CsvOptions, readCsv } from '../files/read-csv.js';
import { replaceFile } from '../files/write-rows.js';
import {
  droppedColumns,
  optionalSchoolColumns,
  type Places,
  readSchool,
  type SchoolLeftOut,
  type SchoolRow,
  schoolColumns,
} from './official-schools.js';
import { formatSchools, readSchools } from './school-list.js';

const source = 'the directory of schools (fr-en-annuaire-education) from data.education.gouv.fr';
const about =
  'Schools of the official directory (data.education.gouv.fr, fr-en-annuaire-education, Licence Ouverte): collèges, lycées and EREA that are open. Made by "npm run import -- schools FILE"; not to be edited.';

/**
 * Imports the official directory in place of the current list of schools, and reports what changed and what was left
 * out. Importing the same file twice changes nothing.
 * @throws Error if it is another file, or has no school relevant to placements; nothing is written then
 */
export async function importSchools(
  file: string,
  target: string,
  academies: readonly Academie[],
  { dryRun, onProgress }: { readonly dryRun: boolean } & Pick<CsvOptions, 'onProgress'>,
): Promise<string> {
  const places: Places = {
    byName: indexAcademiesByName(academies),
    byDepartement: new Map(academies.flatMap((a) => a.departements.map((d) => [d, a]))),
  };
  const schools = new Map<string, School>();
  const sections = new Map<string, { readonly sectionOf: string; readonly example: string }>();
  const leftOut: LeftOutTally<SchoolLeftOut> = new Map();
  let count = 0;
  let last: SchoolRow | undefined;
  let missing: readonly string[] = [];
  const options = {
    source,
    dropped: droppedColumns,
    optional: optionalSchoolColumns,
    onMissing: (columns: readonly string[]) => {
      missing = columns;
    },
    ...(onProgress ? { onProgress } : {}),
  };
  for await (const row of readCsv(file, schoolColumns, options)) {
    count++;
    last = row;
    const read = readSchool(row, places);
    if (typeof read === 'string') countLeftOut(leftOut, read, describeExample(row));
    else if (schools.has(read.school.uai)) countLeftOut(leftOut, 'twice in the file', describeExample(row));
    else {
      schools.set(read.school.uai, read.school);
      if (read.sectionOf)
        sections.set(read.school.uai, { sectionOf: read.sectionOf, example: describeExample(row) });
    }
  }
  // The list is replaced as a whole, so half a download would lose the other half.
  if (last?.misshapen)
    throw new Error(
      `${file} is not whole: its last row, line ${last.line}, is cut: ${last.misshapen}. Download ${source} again as CSV.`,
    );
  for (const [uai, { sectionOf, example }] of sections)
    if (schools.has(sectionOf) && !sections.has(sectionOf)) {
      schools.delete(uai);
      countLeftOut(leftOut, 'a section of a school that has its own row', example);
    }
  const columns = missing.map((column) => `"${column}"`).join(', ');
  const lines = [
    ...(columns ? [`The file has no column ${columns}: what it says is not known of any school.`] : []),
    ...formatLeftOut(leftOut, `${formatNumber(count)} rows`),
  ];
  if (schools.size === 0)
    throw new Error(
      [`${file} has no collège or lycée that is open: nothing is imported.`, ...lines].join('\n'),
    );
  const list = { demonstration: false, schools: [...schools.values()] };
  const text = formatSchools(about, list);
  const same = existsSync(target) && readFileSync(target, 'utf8') === text;
  const changes = same ? 'nothing changed' : summariseChanges(target, list.schools);
  if (!same && !dryRun) replaceFile(target, text);
  return [
    `${target} from ${file}: ${formatNumber(schools.size)} schools, ${changes}${dryRun ? ' (dry run: nothing is written)' : ''}`,
    ...lines,
  ].join('\n');
}

/** Never repeats what looks like personal data, nor a row whose cells may be in the wrong columns. */
const describeExample = ({ line, uai, name, misshapen }: SchoolRow): string => {
  const text = misshapen
    ? []
    : [uai.slice(0, 8), name.slice(0, 60)].filter((text) => !findPersonalSigns(text));
  return [`line ${line}`, ...text].join(', ');
};

/** How many schools are added, changed and removed compared with the current file. */
function summariseChanges(target: string, schools: readonly School[]): string {
  if (!existsSync(target)) return 'all new';
  let old: ReturnType<typeof readSchools>;
  try {
    old = readSchools(target);
  } catch {
    return 'in the place of a file that cannot be read';
  }
  if (old.demonstration) return 'in the place of the list for demonstration';
  const before = new Map(old.schools.map((s) => [s.uai, JSON.stringify(s)]));
  const added = schools.filter((s) => !before.has(s.uai)).length;
  const kept = schools.length - added;
  const changed = schools.filter((s) => before.has(s.uai) && before.get(s.uai) !== JSON.stringify(s)).length;
  return `${formatNumber(added)} added, ${formatNumber(changed)} changed, ${formatNumber(before.size - kept)} removed`;
}
