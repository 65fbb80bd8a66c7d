import type { CellStyle } from 'hucre/xlsx';
import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import type { Closing } from '../../domain/report/closing.js';
import type { Change } from '../../domain/report/comparison.js';
import { figureNames } from '../../domain/report/figures.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst } from '../../text/typeset.js';
import { commitmentTitle } from '../amendments/words.js';
import type { Services } from '../feature.js';
import { metInsteadText, ruleText } from './commitment-words.js';
import type { YearComparison } from './compare.js';
import { type Explained, explain } from './explain.js';
import {
  footer,
  headNumberStyle,
  headStyle,
  type Line,
  noteStyle,
  printed,
  toSheet,
  totalStyle,
  wrapped,
} from './sheet-layout.js';
import { dayFormat, type Sheet, styled, toSerial } from './xlsx.js';

/** A closed year whose figures are other today. */
export interface Late {
  readonly year: ProgrammeYear;
  readonly closing: Closing;
  readonly comparison: YearComparison;
}

/** The most lines that are explained each: beyond, a calendar or a directory has changed, not so many records. */
const mostLines = 2_000;
/** The widths of the columns before the figures, in characters. */
const textWidths = [12, 28, 12, 50, 60];
const texts = textWidths.length;
/** In points. */
const lineHeight = 15;
const signedFormat = '+#,##0;-#,##0;0';

/**
 * What has changed since a year was closed, line by line, and before that the commitments that have changed themselves:
 * all of it adds up to the difference of each figure.
 */
export async function lateSheet(
  { year, closing, comparison }: Late,
  t: Text,
  services: Services,
): Promise<Sheet> {
  const listed = comparison.differences.slice(0, mostLines);
  const explained = await services.store.read((reader) =>
    explain(reader, listed, { year, from: closing }, t, services),
  );
  const rest = comparison.differences.slice(mostLines);
  const { results } = comparison;
  const width = figureNames.length + results.length;
  const restSums = Array.from({ length: width }, (_, i) =>
    rest.reduce((sum, difference) => sum + (listChanges(difference)[i] ?? 0), 0),
  );
  const head: Line = [
    ...['number', 'kind', 'firstDay'].map((name) => styled(t.at(`report.column.${name}`), headStyle)),
    styled(t('report.late.what'), headStyle),
    styled(t('report.late.since'), headStyle),
    ...figureNames.map((name) => styled(t.at(`report.figure.${name}`), headNumberStyle)),
    ...results.map(({ commitment: { measure, article } }) =>
      styled(t.at(`report.promise.${measure}`, { article: String(article) }), headNumberStyle),
    ),
  ];
  const empty = (style: CellStyle): Line => Array.from({ length: texts - 1 }, () => styled(null, style));
  const rows = [...rulesCells(results, t), ...explained.map((each) => toCells(each, t))];
  const total = [
    ...figureNames.map((name) => comparison.figures[name]),
    ...results.map(({ before, after }) => (after?.achieved ?? 0) - (before?.achieved ?? 0)),
  ];
  const lines: Line[] = [
    head,
    ...rows,
    ...(rest.length > 0
      ? [
          [
            styled(t('report.late.rest', { count: rest.length }), wrapped),
            ...empty(wrapped),
            ...restSums.map(signedCell),
          ],
        ]
      : []),
    [
      styled(t('report.late.total'), totalStyle),
      ...empty(totalStyle),
      ...total.map((n) => styled(n, { ...totalStyle, numFmt: signedFormat })),
    ],
    [],
    [styled(t('report.late.note'), noteStyle)],
  ];
  const note = lines.length - 1;
  const heights = rows.map((row, i) => [i + 1, { height: lineHeight * countLines(row) }] as const);
  return toSheet(t('report.sheet.late'), lines, {
    columns: [...textWidths, ...Array.from({ length: width }, () => 13)].map((each) => ({ width: each })),
    freezePane: { rows: 1 },
    merges: [{ startRow: note, endRow: note, startCol: 0, endCol: texts + width - 1 }],
    rowDefs: new Map([[0, { height: 48 }], ...heights, [note, { height: 32 }]]),
    pageSetup: { ...printed('landscape'), printTitlesRow: '$1:$1' },
    headerFooter: footer(t),
  });
}

const signedCell = (n: number) => styled(n === 0 ? null : n, { ...wrapped, numFmt: signedFormat });

/** By how much each figure differs, then what each commitment has achieved. */
const listChanges = ({ figures, commitments }: Change): number[] => [
  ...figureNames.map((name) => figures[name]),
  ...commitments.map(({ achieved }) => achieved),
];

/** A row for each commitment that has changed itself: by what, and how much of the same lines counts for it. */
const rulesCells = (results: YearComparison['results'], t: Text): Line[] =>
  results.flatMap((result, i): Line[] => {
    if (result.rules.length === 0) return [];
    const instead = metInsteadText(result, t);
    const changes = results.map((_, other) => (other === i ? result.byRules.achieved : 0));
    return [
      [
        ...Array.from({ length: texts - 2 }, () => styled(null, wrapped)),
        styled([commitmentTitle(result.commitment, t), instead].filter(Boolean).join('\n'), wrapped),
        styled(result.rules.map((rule) => ruleText(rule, t)).join('\n'), wrapped),
        ...[...figureNames.map(() => 0), ...changes].map(signedCell),
      ],
    ];
  });

function toCells({ difference, line, what, details, moves }: Explained, t: Text): Line {
  const { number, kind, firstDay } = line.action;
  const since = moves.map(({ said, at, why }) =>
    [t('report.late.move', { day: t.dates.short(dayAt(at)), said }), why ?? ''].filter(Boolean).join(' '),
  );
  return [
    styled(number, { ...wrapped, numFmt: '0' }),
    styled(t.at(`kinds.${kind}`), wrapped),
    styled(toSerial(firstDay), { ...wrapped, numFmt: dayFormat }),
    styled([capitaliseFirst(t(`report.late.${what}`)), ...details].join('\n'), wrapped),
    styled(since.length > 0 ? since.join('\n') : t('report.late.noMove'), wrapped),
    ...listChanges(difference).map(signedCell),
  ];
}

/** How many lines the longest text of a row takes: not every reader of workbooks finds out by itself. */
const countLines = (row: Line): number =>
  Math.max(
    ...row.slice(0, texts).map((cell, i) => {
      const text = cell !== null && typeof cell === 'object' ? String(cell.value) : '';
      return text
        .split('\n')
        .reduce((n, part) => n + Math.max(1, Math.ceil(part.length / (textWidths[i] ?? 1))), 0);
    }),
  );
