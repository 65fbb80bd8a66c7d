import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { createSafeCounter } from '../../domain/report/safe-report.js';
import type { Text } from '../../text/text.js';
import type { MadeFile, MakeFile, Services } from '../feature.js';
import { langOf } from '../shared/people.js';
import { yearTitle } from '../shared/year-title.js';
import { actionColumns, readEmployeeNames } from './columns.js';
import { countYear, readReport, yearBefore } from './read.js';
import { inGroups, openLink, readYear } from './year.js';

const toFile = (name: string, content: Uint8Array): MadeFile => ({
  name: `${name}.xlsx`,
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  content,
  isExport: true,
});

/** What is the same in both workbooks. */
const describe = async (year: ProgrammeYear, t: Text, services: Services) => ({
  last: await readReport(services, yearBefore(year, services)),
  title: yearTitle(year, t),
  t,
  services,
});

/** The report with the list of its actions, for the coordinators. */
export const makeWorkbook: MakeFile = async (link, services) => {
  const opened = await openLink(link, services);
  if (!opened) return undefined;
  const { year, person } = opened;
  // The library is loaded when it is first needed, which is seldom.
  const [{ actionsSheet, reportSheets }, { writeWorkbook }] = await Promise.all([
    import('./sheets.js'),
    import('./xlsx.js'),
  ]);
  const t = services.textIn(langOf(person));
  const { report, actions } = await readYear(services, year);
  const nameOf = await services.store.read((reader) => readEmployeeNames(reader, actions, t));
  const columns = actionColumns(report, nameOf, t, services);
  async function* rows() {
    for await (const group of inGroups(actions))
      yield group.map((counted) => columns.map(({ value }) => value(counted)));
  }
  const sheets = reportSheets({ report, ...(await describe(year, t, services)) });
  const list = { sheet: actionsSheet(columns, actions.length, t), groups: rows() };
  return toFile(
    t('report.files.workbook.name', { year: year.id }),
    await writeWorkbook(sheets, actions.length > 0 ? list : undefined),
  );
};

/**
 * The report for the ministry: nobody's name, nothing that somebody typed, no list of actions, and no figure of few
 * pupils, nor one from which it could be computed.
 */
export const makeMinistryWorkbook: MakeFile = async (link, services) => {
  const opened = await openLink(link, services);
  if (!opened) return undefined;
  const { year, person } = opened;
  const [{ reportSheets }, { writeWorkbook }] = await Promise.all([
    import('./sheets.js'),
    import('./xlsx.js'),
  ]);
  const t = services.textIn(langOf(person));
  const { commitments, minPupilsShown } = services.convention;
  const { value: safe } = await countYear(services, year, () => {
    const { add, finish } = createSafeCounter(year, commitments, minPupilsShown);
    return { visit: add, finish };
  });
  const sheets = reportSheets({ ...safe, ...(await describe(year, t, services)) });
  return toFile(t('report.files.ministry.name', { year: year.id }), await writeWorkbook(sheets));
};
