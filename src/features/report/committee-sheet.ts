import { type FigureName, figureNames } from '../../domain/report/figures.js';
import { isTotalHidden } from '../../domain/report/safe-report.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { isOther, type YearComparison } from './compare.js';
import { rowLabel, sortedRows } from './labels.js';
import {
  type Content,
  figureCell,
  footer,
  headNumberStyle,
  headStyle,
  hiddenCell,
  hiddenNote,
  hiddenStyle,
  type Line,
  noteStyle,
  printed,
  toSheet,
  wrapped,
} from './sheet-layout.js';
import { type Sheet, styled } from './xlsx.js';

/** "au 23 novembre 2026", or of a version when it was closed, and in the company by whom. */
function momentText({ closing, closedBy, t, services }: Content): string {
  if (!closing) return t('report.asOf', { day: t.dates.short(dayAt(services.clock.now())) });
  const closed = { day: t.dates.short(dayAt(closing.at)), n: String(closing.version) };
  return closedBy ? t('report.closedAtBy', { ...closed, name: closedBy }) : t('report.closedAt', closed);
}

const changeCell = (n: number) => styled(n, { numFmt: '+#,##0;-#,##0;0' });
/** Today's figure, and by how much it differs from the closed one. */
const todayCells = (closed: number, change: number | undefined) =>
  change === undefined ? [] : [figureCell(closed + change), changeCell(change)];

/** What has changed since the closing, and where that is explained. */
function lateNote({ differences: { length: count } }: YearComparison, t: Text): string {
  const sheet = t('report.sheet.late');
  return count > 0 ? t('report.note.late', { count, sheet }) : t('report.note.lateRules', { sheet });
}

const targetCell = (target: number | undefined, t: Text) =>
  target === undefined ? styled(t('report.noTarget'), hiddenStyle) : figureCell(target);

/** The sheet for the steering committee, which prints on one A4 page. */
export function committeeSheet(content: Content): Sheet {
  const { report, last, hidden, late, title, t, services } = content;
  // Today's figures stand beside closed ones when they are others.
  const now = late && isOther(late) ? late : undefined;
  const targetsDiffer = now?.results.some(({ before, after }) => before?.target !== after?.target) ?? false;
  const width = 4 + (now ? 2 : 0) + (targetsDiffer ? 1 : 0);
  const section = (key: 'figures' | 'commitments' | 'kinds', ...heads: string[]): Line => [
    styled(t(`report.section.${key}`), headStyle),
    ...heads.map((head) => styled(head, headNumberStyle)),
    ...Array.from({ length: width - heads.length }, () => styled(null, headStyle)),
  ];
  const isHiddenTotal = (name: FigureName): boolean => hidden !== undefined && isTotalHidden(hidden, name);
  const todayHeads = now ? [t('report.todayColumn'), t('report.sinceColumn')] : [];
  const figures = figureNames.map((name): Line => {
    const [is, before] = [report.total[name], last.total[name]];
    const label = styled(t.at(`report.figure.${name}`), {});
    if (isHiddenTotal(name)) return [label, hiddenCell(t)];
    // What leaves the company was safe for its own year only.
    if (hidden) return [label, figureCell(is)];
    return [
      label,
      figureCell(is),
      figureCell(before),
      changeCell(is - before),
      ...(now ? [null] : []),
      ...todayCells(is, now?.figures[name]),
    ];
  });
  const commitments = report.commitments.map(({ commitment, target, achieved, planned }): Line => {
    const label = t(`report.promise.${commitment.measure}`, { article: String(commitment.article) });
    const today = now?.results.find(({ before }) => before?.commitment.id === commitment.id);
    const isHidden = hidden?.everything || hidden?.commitments.has(commitment.id);
    return [
      styled(label, wrapped),
      isHidden ? hiddenCell(t) : figureCell(achieved),
      targetCell(target, t),
      figureCell(planned),
      isHidden || target === undefined || target === 0 ? null : styled(achieved / target, { numFmt: '0 %' }),
      ...(today ? todayCells(achieved, (today.after?.achieved ?? 0) - achieved) : []),
      ...(targetsDiffer ? [targetCell(today?.after?.target, t)] : []),
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
    ...(now ? [lateNote(now, t)] : []),
    ...(hidden ? [hiddenNote(services, t)] : []),
  ].map((note): Line => [styled(note, noteStyle)]);
  const lines: Line[] = [
    [
      styled(t('report.committee', { company: services.convention.company }), {
        font: { bold: true, size: 16 },
      }),
    ],
    [styled(`${title} · ${momentText(content)}`, {})],
    [],
    section(
      'figures',
      t('report.thisYear'),
      ...(hidden ? [] : [t('report.previousYear'), t('report.difference')]),
      ...(now ? [''] : []),
      ...todayHeads,
    ),
    ...figures,
    [],
    section(
      'commitments',
      t('report.achieved'),
      t('report.target'),
      t('report.plannedColumn'),
      t('report.share'),
      ...todayHeads,
      ...(targetsDiffer ? [t('report.late.targetToday')] : []),
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
