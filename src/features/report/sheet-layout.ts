import type { CellStyle } from 'hucre/xlsx';
import type { Closing } from '../../domain/report/closing.js';
import type { YearReport } from '../../domain/report/figures.js';
import type { SafeReport } from '../../domain/report/safe-report.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import type { YearComparison } from './compare.js';
import { numberFormat, type Sheet, styled } from './xlsx.js';

/** What a workbook is made from; with `hidden`, what must not be shown of it because it leaves the company. */
export interface Content {
  readonly report: YearReport;
  readonly last: YearReport;
  readonly hidden?: SafeReport['hidden'];
  /** The version that it shows; nothing for the figures of today. */
  readonly closing?: Closing | undefined;
  /** Who closed it, in what stays in the company. */
  readonly closedBy?: string;
  /** What has changed since it was closed. */
  readonly late?: YearComparison;
  /** "Année scolaire 2026-2027" */
  readonly title: string;
  readonly t: Text;
  readonly services: Services;
}

export type Line = readonly (string | number | null | ReturnType<typeof styled>)[];

const thin = { style: 'thin', color: { rgb: 'BFBFBF' } } as const;
export const headStyle: CellStyle = {
  font: { bold: true },
  alignment: { wrapText: true, vertical: 'center' },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E8E8F4' } },
  border: { bottom: thin },
};
export const headNumberStyle: CellStyle = {
  ...headStyle,
  alignment: { ...headStyle.alignment, horizontal: 'right' },
};
export const totalStyle: CellStyle = { font: { bold: true }, border: { top: thin }, numFmt: numberFormat };
export const noteStyle: CellStyle = {
  font: { italic: true, color: { rgb: '595959' } },
  alignment: { wrapText: true, vertical: 'top' },
};
export const wrapped: CellStyle = { alignment: { wrapText: true, vertical: 'top' } };
export const hiddenStyle: CellStyle = {
  alignment: { horizontal: 'right' },
  font: { color: { rgb: '595959' } },
};

/** A sheet from lines whose cells may be styled. */
export function toSheet(
  name: string,
  lines: readonly Line[],
  rest: Omit<Sheet, 'name' | 'rows' | 'cells'>,
): Sheet {
  const cells: NonNullable<Sheet['cells']> = new Map();
  const rows = lines.map((line, r) =>
    line.map((cell, c) => {
      if (cell === null || typeof cell !== 'object') return cell;
      cells.set(`${r},${c}`, { ...cell, type: typeof cell.value === 'number' ? 'number' : 'string' });
      return cell.value as string | number | null;
    }),
  );
  return { name, rows, cells, ...rest };
}

export const columnLetter = (index: number): string =>
  (index >= 26 ? columnLetter(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

export const printed = (orientation: 'portrait' | 'landscape', pages?: 1) =>
  ({
    paperSize: 'a4',
    orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: pages ?? 0,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  }) as const;

export const hiddenCell = (t: Text) => styled(t('report.hidden'), hiddenStyle);
export const figureCell = (value: number) => styled(value, { numFmt: numberFormat });

export const footer = (t: Text) => ({ oddFooter: `&L${t('report.title')} · &A&R&P / &N` });

export const hiddenNote = ({ convention }: Services, t: Text): string =>
  t('report.note.hidden', { count: convention.minPupilsShown, sign: t('report.hidden') });
