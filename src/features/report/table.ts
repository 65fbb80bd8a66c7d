import type { MakeFile } from '../feature.js';
import { langOf } from '../shared/people.js';
import { actionColumns, type CellValue, readEmployeeNames } from './columns.js';
import { inGroups, openLink, readYear } from './year.js';

/**
 * The list of actions as CSV for a French Excel: UTF-8 with its mark, semicolons, days as it writes them. A text that
 * somebody typed never becomes a formula.
 */
export const makeTable: MakeFile = async (link, services) => {
  const opened = await openLink(link, services);
  if (!opened) return undefined;
  const { year, closing, person } = opened;
  // Loaded when it is first needed, which is seldom.
  const { stringify } = await import('csv-stringify/sync');
  const t = services.textIn(langOf(person));
  const { report, actions } = await readYear(services, year, closing);
  const nameOf = await services.store.read((reader) => readEmployeeNames(reader, actions, t));
  const columns = actionColumns(report, nameOf, t, services);
  const write = (rows: readonly (readonly (string | number)[])[], bom: boolean): string =>
    stringify(rows as (string | number)[][], {
      bom,
      delimiter: ';',
      record_delimiter: 'windows',
      escape_formulas: true,
    });
  const parts = [write([columns.map(({ title }) => title)], true)];
  for await (const group of inGroups(actions))
    parts.push(
      write(
        group.map((counted) => columns.map(({ value }) => toText(value(counted)))),
        false,
      ),
    );
  return {
    name: `${t('report.files.table.name', { year: year.id })}.csv`,
    type: 'text/csv; charset=utf-8',
    content: parts.join(''),
    isExport: true,
  };
};

/** A day as Excel reads it in France, 18/01/2027. Numbers are whole, so that they need no decimal comma. */
function toText(value: CellValue): string | number {
  if (typeof value === 'object') return value.day.split('-').reverse().join('/');
  return typeof value === 'string' ? oneLine(value) : (value ?? '');
}

/** A typed text on one line, without the spaces behind which a formula could hide. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
