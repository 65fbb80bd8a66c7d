import { type FigureName, figureNames } from '../../domain/report/figures.js';
import { dayAt } from '../../text/dates.js';
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
    [styled(`${title} · ${t('report.asOf', { day: t.dates.short(dayAt(services.clock.now())) })}`, {})],
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
