import type { CellStyle } from 'hucre/xlsx';
import { type Cut, cuts } from '../../domain/report/cuts.js';
import {
  distinctFigures,
  type FigureName,
  type Figures,
  figureNames,
  noFigures,
  type YearReport,
} from '../../domain/report/figures.js';
import type { SafeReport } from '../../domain/report/safe-report.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import type { Column } from './columns.js';
import { rowLabel, sortedRows } from './labels.js';
import { dayFormat, numberFormat, type Sheet, styled } from './xlsx.js';

/** What a workbook is made from; with `hidden`, what must not be shown of it because it leaves the company. */
export interface Content {
  readonly report: YearReport;
  readonly last: YearReport;
  readonly hidden?: SafeReport['hidden'];
  /** "Année scolaire 2026-2027" */
  readonly title: string;
  readonly t: Text;
  readonly services: Services;
}

type Line = readonly (string | number | null | ReturnType<typeof styled>)[];

const thin = { style: 'thin', color: { rgb: 'BFBFBF' } } as const;
export const headStyle: CellStyle = {
  font: { bold: true },
  alignment: { wrapText: true, vertical: 'center' },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E8E8F4' } },
  border: { bottom: thin },
};
const headNumberStyle: CellStyle = {
  ...headStyle,
  alignment: { ...headStyle.alignment, horizontal: 'right' },
};
const totalStyle: CellStyle = { font: { bold: true }, border: { top: thin }, numFmt: numberFormat };
const noteStyle: CellStyle = {
  font: { italic: true, color: { rgb: '595959' } },
  alignment: { wrapText: true, vertical: 'top' },
};
const wrapped: CellStyle = { alignment: { wrapText: true, vertical: 'top' } };
const hiddenStyle: CellStyle = { alignment: { horizontal: 'right' }, font: { color: { rgb: '595959' } } };

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

const printed = (orientation: 'portrait' | 'landscape', pages?: 1) =>
  ({
    paperSize: 'a4',
    orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: pages ?? 0,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  }) as const;

/** The figures of a cut that may be shown outside: those of pupils who can be told apart are in the totals only. */
const safeFigures: readonly FigureName[] = ['actions', 'pupils', 'schools', 'employees'];

const hiddenCell = (t: Text) => styled(t('report.hidden'), hiddenStyle);
const figureCell = (value: number) => styled(value, { numFmt: numberFormat });

/** A sheet for a cut: a row each, the total, and what does not add up. */
export function cutSheet(cut: Cut, { report, last, hidden, t, services }: Content): Sheet {
  const names = hidden ? safeFigures : figureNames;
  const lastNames: readonly FigureName[] = hidden || cut === 'month' ? [] : ['actions', 'pupils'];
  const head: Line = [
    styled(t.at(`report.column.${cut}`), headStyle),
    ...names.map((name) => styled(t.at(`report.figure.${name}`), headNumberStyle)),
    ...lastNames.map((name) =>
      styled(t('report.lastYearColumn', { what: t.at(`report.figure.${name}`) }), headNumberStyle),
    ),
  ];
  const line = (
    label: string,
    figures: Figures,
    before: Figures,
    style: CellStyle,
    isHidden: boolean,
  ): Line => [
    styled(label, { ...style, alignment: { wrapText: true } }),
    ...names.map((name) =>
      isHidden ? hiddenCell(t) : styled(figures[name], { numFmt: numberFormat, ...style }),
    ),
    ...lastNames.map((name) => styled(before[name], { numFmt: numberFormat, ...style })),
  ];
  const rows = sortedRows(cut, report).filter(([, { actions }]) => !hidden || actions > 0);
  const lines: Line[] = [
    head,
    ...rows.map(([key, figures]) =>
      line(
        rowLabel(cut, key, report, t, services),
        figures,
        last.cuts[cut].get(key) ?? noFigures,
        {},
        hidden?.rows[cut].has(key) ?? false,
      ),
    ),
    line(t('report.total'), report.total, last.total, totalStyle, hidden?.everything ?? false),
    [],
    [styled(t('report.note.distinct'), noteStyle)],
    ...(hidden ? [[styled(hiddenNote(services, t), noteStyle)]] : []),
  ];
  const width = head.length - 1;
  const notes = [lines.length - (hidden ? 2 : 1), ...(hidden ? [lines.length - 1] : [])];
  return toSheet(t.at(`report.sheet.${cut}`), lines, {
    columns: [{ width: 38 }, ...head.slice(1).map(() => ({ width: 13 }))],
    freezePane: { rows: 1, columns: 1 },
    // The total is no row to filter.
    ...(rows.length > 0 ? { autoFilter: { range: `A1:${columnLetter(width)}${rows.length + 1}` } } : {}),
    merges: notes.map((row) => ({ startRow: row, endRow: row, startCol: 0, endCol: width })),
    rowDefs: new Map(notes.map((row) => [row, { height: 32 }])),
    pageSetup: { ...printed('landscape'), printTitlesRow: '$1:$1' },
    headerFooter: footer(t),
  });
}

const footer = (t: Text) => ({ oddFooter: `&L${t('report.title')} · &A&R&P / &N` });

const hiddenNote = ({ convention }: Services, t: Text): string =>
  t('report.note.hidden', { count: convention.minPupilsShown, sign: t('report.hidden') });

/** The sheet for the steering committee, which prints on one A4 page. */
export function committeeSheet(content: Content): Sheet {
  const { report, last, hidden, title, t, services } = content;
  const width = 4;
  const section = (key: 'figures' | 'commitments' | 'kinds', ...heads: string[]): Line => [
    styled(t(`report.section.${key}`), headStyle),
    ...heads.map((head) => styled(head, headNumberStyle)),
    ...Array.from({ length: width - heads.length }, () => styled(null, headStyle)),
  ];
  const isHiddenTotal = (name: FigureName): boolean =>
    hidden !== undefined &&
    (hidden.everything ||
      (hidden.hosted && (name === 'hosted' || name === 'filled')) ||
      (hidden.personDays && name === 'personDays'));
  const figures = figureNames.map((name): Line => {
    const [now, before] = [report.total[name], last.total[name]];
    const label = styled(t.at(`report.figure.${name}`), {});
    if (isHiddenTotal(name)) return [label, hiddenCell(t)];
    // What leaves the company was safe for its own year only.
    if (hidden) return [label, figureCell(now)];
    return [label, figureCell(now), figureCell(before), styled(now - before, { numFmt: '+#,##0;-#,##0;0' })];
  });
  const commitments = report.commitments.map(({ commitment, target, achieved, planned }): Line => {
    const label = t(`report.promise.${commitment.measure}`, { article: String(commitment.article) });
    const isHidden = hidden?.everything || hidden?.commitments.has(commitment.id);
    return [
      styled(label, wrapped),
      isHidden ? hiddenCell(t) : figureCell(achieved),
      target === undefined ? styled(t('report.noTarget'), hiddenStyle) : figureCell(target),
      figureCell(planned),
      isHidden || target === undefined || target === 0 ? null : styled(achieved / target, { numFmt: '0 %' }),
    ];
  });
  const kinds = sortedRows('kind', report).filter(([, { actions }]) => actions > 0);
  const kindLines = kinds.map(([key, row]): Line => {
    const label = styled(rowLabel('kind', key, report, t, services), {});
    if (hidden?.rows.kind.has(key)) return [label, hiddenCell(t), hiddenCell(t), hiddenCell(t)];
    return [label, figureCell(row.actions), figureCell(row.pupils), figureCell(row.employees)];
  });
  const notes = [
    t('report.note.distinct'),
    t('report.note.planned'),
    ...(hidden ? [hiddenNote(services, t)] : []),
  ].map((note): Line => [styled(note, noteStyle)]);
  const lines: Line[] = [
    [
      styled(t('report.committee', { company: services.convention.company }), {
        font: { bold: true, size: 16 },
      }),
    ],
    [
      styled(
        `${title} · ${t('report.asOf', { day: t.dates.short(dayAt(services.clock.now())) })}`,
        {},
      ),
    ],
    [],
    section(
      'figures',
      t('report.thisYear'),
      ...(hidden ? [] : [t('report.previousYear'), t('report.difference')]),
    ),
    ...figures,
    [],
    section(
      'commitments',
      t('report.achieved'),
      t('report.target'),
      t('report.plannedColumn'),
      t('report.share'),
    ),
    ...commitments,
    [],
    section('kinds', t('report.figure.actions'), t('report.figure.pupils'), t('report.figure.employees')),
    ...kindLines,
    [],
    ...notes,
  ];
  const firstNote = lines.length - notes.length;
  const heads = [3, 5 + figures.length, 7 + figures.length + commitments.length];
  const whole = (row: number) => ({ startRow: row, endRow: row, startCol: 0, endCol: width });
  return toSheet(t('report.sheet.committee'), lines, {
    columns: [{ width: 46 }, ...Array.from({ length: width }, () => ({ width: 15 }))],
    view: { showGridLines: false },
    merges: [whole(0), whole(1), ...notes.map((_, i) => whole(firstNote + i))],
    rowDefs: new Map([...heads, ...notes.map((_, i) => firstNote + i)].map((row) => [row, { height: 32 }])),
    pageSetup: { ...printed('portrait', 1), horizontalCentered: true },
    headerFooter: footer(t),
  });
}

/** What every figure is, whether it adds up, and why not. */
export function definitionsSheet({ hidden, t, services }: Content): Sheet {
  const lines: Line[] = [
    [t('report.definitions.figure'), t('report.definitions.what'), t('report.definitions.adds')].map((head) =>
      styled(head, headStyle),
    ),
    ...figureNames.map(
      (name): Line => [
        styled(t.at(`report.figure.${name}`), { ...wrapped, font: { bold: true } }),
        styled(t.at(`report.definition.${name}`), wrapped),
        styled(
          distinctFigures.includes(name)
            ? t('report.definitions.distinct')
            : t('report.definitions.additive'),
          wrapped,
        ),
      ],
    ),
    ...(hidden
      ? [
          [
            styled(t('report.definitions.hidden'), { ...wrapped, font: { bold: true } }),
            styled(hiddenNote(services, t), wrapped),
          ],
        ]
      : []),
  ];
  return toSheet(t('report.sheet.definitions'), lines, {
    columns: [{ width: 24 }, { width: 70 }, { width: 44 }],
    rowDefs: new Map(lines.slice(1).map((_, i) => [i + 1, { height: 48 }])),
    freezePane: { rows: 1 },
    pageSetup: printed('landscape'),
    headerFooter: footer(t),
  });
}

/** The list of actions, with one sample row whose styles those of all actions get. */
export function actionsSheet(columns: readonly Column[], count: number, t: Text): Sheet {
  const samples = {
    text: styled('-', {}),
    number: styled(0, { numFmt: numberFormat }),
    id: styled(0, { numFmt: '0' }),
    day: styled(0, { numFmt: dayFormat }),
  };
  const lines: Line[] = [
    columns.map(({ title, type }) => styled(title, type === 'number' ? headNumberStyle : headStyle)),
    columns.map(({ type }) => samples[type]),
  ];
  return toSheet(t('report.sheet.actions'), lines, {
    columns: columns.map(({ width }) => ({ width })),
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${columnLetter(columns.length - 1)}${count + 1}` },
    pageSetup: { ...printed('landscape'), printTitlesRow: '$1:$1' },
    headerFooter: footer(t),
  });
}

/** The sheets of a report other than its list: for the committee, one a cut, and the definitions. */
export const reportSheets = (content: Content): Sheet[] => [
  committeeSheet(content),
  ...cuts.map((cut) => cutSheet(cut, content)),
  definitionsSheet(content),
];
