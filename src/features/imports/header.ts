import { type Finding, type ImportColumn, requiredColumns } from '../../domain/imports/finding.js';
import type { Cells } from '../../domain/imports/line-reader.js';
import { findPersonalColumns, findPersonalData } from '../../domain/personal-data/index.js';
import { fold } from '../../domain/schools/words.js';
import type { Services } from '../feature.js';
import type { Row } from './read-rows.js';
import { columnNames } from './vocabulary.js';

/** Longer names are cut in faults. */
const maxNameLength = 40;
/** More columns than these are not told one by one. */
const maxUnknown = 20;

/** The columns of a file in its order, and what is wrong with its header. */
export interface Header {
  readonly columns: readonly (ImportColumn | undefined)[];
  readonly faults: readonly Finding[];
}

/**
 * Reads the first row of a file. A column of personal data refuses the file (article 7), and so does one that Passerelle
 * does not know: what is in it could be anything.
 */
export function readHeader({ line, cells }: Row, services: Pick<Services, 'textIn'>): Header {
  const names = columnNames(services);
  const columns = cells.map((cell) => names.get(fold(cell)));
  const faults: Finding[] = [];
  const fail = (rule: (Finding & { params?: unknown })['rule'], params: Record<string, string>) =>
    void faults.push({ line, blocks: true, rule, params } as Finding);
  for (const column of requiredColumns) if (!columns.includes(column)) fail('columnMissing', { column });
  for (const [i, column] of columns.entries())
    if (column && columns.indexOf(column) < i) fail('columnTwice', { column });
  const unknown = cells.filter((cell, i) => cell !== '' && !columns[i]);
  const personal = new Set(findPersonalColumns(unknown).map(({ column }) => column));
  for (const name of unknown.slice(0, maxUnknown)) {
    const isQuotable = findPersonalData(name) === undefined;
    fail(personal.has(name) || !isQuotable ? 'columnPersonal' : 'columnUnknown', {
      name: isQuotable ? name.slice(0, maxNameLength) : '…',
    });
  }
  return { columns, faults };
}

/** The cells of a row by column; nothing if there is something outside of the columns. */
export function toCells({ cells }: Row, columns: Header['columns']): Cells | undefined {
  const found: Partial<Record<ImportColumn, string>> = {};
  for (const [i, cell] of cells.entries()) {
    const column = columns[i];
    if (column) found[column] = cell;
    else if (cell !== '') return undefined;
  }
  return found;
}
