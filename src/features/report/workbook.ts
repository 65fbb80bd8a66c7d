import type { Text } from '../../text/text.js';
import type { MakeFile, Services } from '../feature.js';
import type { MadeFile } from '../shared/files.js';
import { langOf } from '../shared/people.js';
import { yearTitle } from '../shared/year-title.js';
import { actionColumns, readEmployeeNames } from './columns.js';
import { isOther, readComparison } from './compare.js';
import { yearBefore } from './read.js';
import { readSafe } from './safe.js';
import { readHeld } from './shown.js';
import { readClosers } from './version-words.js';
import { inGroups, type Opened, openLink, readYear } from './year.js';

const toFile = (name: string, content: Uint8Array): MadeFile => ({
  name: `${name}.xlsx`,
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  content,
  isExport: true,
});

/** What is the same in both workbooks. */
const describe = async (
  { year, closing }: Pick<Opened, 'year' | 'closing'>,
  t: Text,
  services: Services,
) => ({
  last: await readHeld(services, yearBefore(year, services)),
  title: yearTitle(year, t),
  closing,
  t,
  services,
});

/**
 * The report with the list of its actions, for the coordinators. Of a closed year it has the closed figures, those of
 * today beside, and what has changed since.
 */
export const makeWorkbook: MakeFile = async (link, services) => {
  const opened = await openLink(link, services);
  if (!opened) return undefined;
  const { year, closing, person } = opened;
  // The library is loaded when it is first needed, which is seldom.
  const [{ actionsSheet, reportSheets }, { writeWorkbook }, { lateSheet }] = await Promise.all([
    import('./sheets.js'),
    import('./xlsx.js'),
    import('./late-sheet.js'),
  ]);
  const t = services.textIn(langOf(person));
  const { report, actions } = await readYear(services, year, closing);
  const nameOf = await services.store.read((reader) => readEmployeeNames(reader, actions, t));
  const closer = await services.store.read((reader) => readClosers(reader, closing ? [closing] : [], t));
  const columns = actionColumns(report, nameOf, t, services);
  async function* rows() {
    for await (const group of inGroups(actions))
      yield group.map((counted) => columns.map(({ value }) => value(counted)));
  }
  const late = closing && { year, closing, comparison: await readComparison(services, year, closing) };
  const sheets = reportSheets({
    report,
    ...(await describe(opened, t, services)),
    ...(late ? { late: late.comparison } : {}),
    ...(closing ? { closedBy: closer(closing.by) } : {}),
  });
  if (late && isOther(late.comparison)) sheets.splice(1, 0, await lateSheet(late, t, services));
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
  const [{ reportSheets }, { writeWorkbook }] = await Promise.all([
    import('./sheets.js'),
    import('./xlsx.js'),
  ]);
  const { year, closing, person } = opened;
  const t = services.textIn(langOf(person));
  const safe = await readSafe(services, year, closing);
  const sheets = reportSheets({ ...safe, ...(await describe(opened, t, services)) });
  return toFile(t('report.files.ministry.name', { year: year.id }), await writeWorkbook(sheets));
};
