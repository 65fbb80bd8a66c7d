import { existsSync, readFileSync } from 'node:fs';
import type { Academie } from '../domain/calendar.js';
import { findPersonalSigns } from '../domain/personal-data/index.js';
import type { School } from '../domain/schools/school.js';
import { academiesByName } from './academies.js';
import { type LeftOutTally, leaveOut, leftOutLines, number } from './left-out.js';
import {
  optionalSchoolColumns,
  type Places,
  readSchool,
  type SchoolLeftOut,
  type SchoolRow,
  schoolColumns,
  schoolDropped,
} from './official-schools.js';
import { type CsvOptions, readCsv } from './read-csv.js';
import { readSchools, schoolsText } from './schools.js';
import { replaceText } from './write-rows.js';

const source = 'the directory of schools (fr-en-annuaire-education) from data.education.gouv.fr';
const about =
  'Schools of the official directory (data.education.gouv.fr, fr-en-annuaire-education, Licence Ouverte): collèges, lycées and EREA that are open. Made by "npm run import -- schools FILE"; not to be edited.';

/**
 * Imports the official directory into the list of schools, in the place of the one that is there, and says what
 * changed and what was left out. The same file twice changes nothing.
 * @throws when the file is another one, or has no school of these placements; nothing is written then
 */
export async function importSchools(
  file: string,
  target: string,
  academies: readonly Academie[],
  { dryRun, onProgress }: { readonly dryRun: boolean } & Pick<CsvOptions, 'onProgress'>,
): Promise<string> {
  const places: Places = {
    byName: academiesByName(academies),
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
    dropped: schoolDropped,
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
    if (typeof read === 'string') leaveOut(leftOut, read, exampleOf(row));
    else if (schools.has(read.school.uai)) leaveOut(leftOut, 'twice in the file', exampleOf(row));
    else {
      schools.set(read.school.uai, read.school);
      if (read.sectionOf)
        sections.set(read.school.uai, { sectionOf: read.sectionOf, example: exampleOf(row) });
    }
  }
  // The list is replaced as a whole: half of a download would lose the other half.
  if (last?.misshapen)
    throw new Error(
      `${file} is not whole: its last row, line ${last.line}, is cut: ${last.misshapen}. Download ${source} again as CSV.`,
    );
  for (const [uai, { sectionOf, example }] of sections)
    if (schools.has(sectionOf) && !sections.has(sectionOf)) {
      schools.delete(uai);
      leaveOut(leftOut, 'a section of a school that has its own row', example);
    }
  const columns = missing.map((column) => `"${column}"`).join(', ');
  const lines = [
    ...(columns ? [`The file has no column ${columns}: what it says is not known of any school.`] : []),
    ...leftOutLines(leftOut, `${number(count)} rows`),
  ];
  if (schools.size === 0)
    throw new Error(
      [`${file} has no collège or lycée that is open: nothing is imported.`, ...lines].join('\n'),
    );
  const list = { demonstration: false, schools: [...schools.values()] };
  const text = schoolsText(about, list);
  const same = existsSync(target) && readFileSync(target, 'utf8') === text;
  const changes = same ? 'nothing changed' : changesOf(target, list.schools);
  if (!same && !dryRun) replaceText(target, text);
  return [
    `${target} from ${file}: ${number(schools.size)} schools, ${changes}${dryRun ? ' (dry run: nothing is written)' : ''}`,
    ...lines,
  ].join('\n');
}

/** What looks like personal data is not repeated, nor a row whose cells may be those of other columns. */
const exampleOf = ({ line, uai, name, misshapen }: SchoolRow): string => {
  const said = misshapen
    ? []
    : [uai.slice(0, 8), name.slice(0, 60)].filter((text) => !findPersonalSigns(text));
  return [`line ${line}`, ...said].join(', ');
};

/** How many schools come, change and go, of those in the file that is replaced. */
function changesOf(target: string, schools: readonly School[]): string {
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
  return `${number(added)} added, ${number(changed)} changed, ${number(before.size - kept)} removed`;
}
