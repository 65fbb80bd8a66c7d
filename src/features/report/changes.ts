import { type FigureName, type Figures, figureNames } from '../../domain/report/figures.js';
import type { Text } from '../../text/text.js';

/** "+2", "−3": by how much something differs. */
export const signed = (n: number, t: Text): string => `${n < 0 ? '−' : '+'}${t.number(Math.abs(n))}`;

/** The figures that differ. */
export const changedFigures = (figures: Figures): FigureName[] =>
  figureNames.filter((name) => figures[name] !== 0);

/** "Actions tenues : +2 · Élèves : −3"; empty if no figure differs. */
export const changesText = (figures: Figures, t: Text): string =>
  changedFigures(figures)
    .map((name) => t('report.change', { what: t.at(`report.figure.${name}`), n: signed(figures[name], t) }))
    .join(' · ');
