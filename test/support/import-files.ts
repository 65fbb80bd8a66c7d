/** Files of past engagements, as companies keep them. */
import type { ImportColumn } from '../../src/domain/imports/finding.js';
import { importColumns } from '../../src/domain/imports/finding.js';
import { textIn } from '../../src/text/text.js';

export type FileLine = Partial<Record<ImportColumn, string>>;

/** A class talk of Inès with 28 pupils, on a school day of the year before. */
export const aLine = (overrides: FileLine = {}): FileLine => ({
  employee: 'Inès Exemple',
  kind: 'Intervention en classe',
  level: '4e',
  firstDay: '12/03/2026',
  school: 'Collège Jean-Fictif',
  academie: 'Lyon',
  pupils: '28',
  ...overrides,
});

export const aPlacementLine = (overrides: FileLine = {}): FileLine =>
  aLine({
    kind: 'Stage de 3e',
    level: '',
    firstDay: '23/03/2026',
    lastDay: '27/03/2026',
    places: '2',
    filled: '2',
    pupils: '2',
    ...overrides,
  });

export const titles = (lang: 'fr' | 'en' = 'fr'): string[] =>
  importColumns.map((column) => textIn(lang).at(`imports.column.${column}`));

export const rowsOf = (lines: readonly FileLine[]): string[][] =>
  lines.map((line) => importColumns.map((column) => line[column] ?? ''));

const cell = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** As a French Excel saves it. */
export const toCsv = (lines: readonly FileLine[], lang: 'fr' | 'en' = 'fr'): string =>
  [titles(lang), ...rowsOf(lines)].map((row) => row.map(cell).join(';')).join('\r\n');
