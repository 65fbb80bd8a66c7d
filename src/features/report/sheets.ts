import type { CellStyle } from 'hucre/xlsx';
import { type Cut, cuts } from '../../domain/report/cuts.js';
import {
  distinctFigures,
  type FigureName,
  type Figures,
  figureNames,
  noFigures,
} from '../../domain/report/figures.js';
import type { Text } from '../../text/text.js';
import type { Column } from './columns.js';
import { committeeSheet } from './committee-sheet.js';
import { rowLabel, sortedRows } from './labels.js';
import {
  type Content,
  columnLetter,
  footer,
  headNumberStyle,
  headStyle,
  hiddenCell,
  hiddenNote,
  type Line,
  noteStyle,
  printed,
  toSheet,
  totalStyle,
  wrapped,
} from './sheet-layout.js';
import { dayFormat, numberFormat, type Sheet, styled } from './xlsx.js';

/** The figures of a cut that may be shown outside: those of pupils who can be told apart are in the totals only. */
const safeFigures: readonly FigureName[] = ['actions', 'pupils', 'schools', 'employees'];

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
