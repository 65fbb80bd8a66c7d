import { noFigures } from './figures.js';
import type { ReportField } from './form-field.js';
import { isTotalHidden, type SafeReport, type Union } from './safe-report.js';

/** A figure of the ministry's form. */
export interface FormFigure {
  /** The row of the cut that it belongs to, when each is asked for. */
  readonly row?: string;
  /** Nothing if it must not leave the company. */
  readonly value: number | undefined;
}

/** A field of the form with its figures: one, or one for each row, in no particular order. */
export interface FilledField {
  readonly field: ReportField;
  readonly figures: readonly FormFigure[];
}

const isUnion = ({ rows }: ReportField): boolean => rows !== undefined && rows.length > 1;

/** The rows that fields ask for together, as the report for outside counts them. */
export const listUnions = (fields: readonly ReportField[]): Union[] =>
  fields.flatMap((field) => {
    const { cut, rows } = field;
    return cut && rows && isUnion(field) ? [{ cut, rows }] : [];
  });

/**
 * Fills the form from a report that may leave the company.
 * @param safe counted with `listUnions` of the same fields
 */
export function fillForm(
  fields: readonly ReportField[],
  { report, hidden, unions }: SafeReport,
): FilledField[] {
  let union = 0;
  return fields.map((field): FilledField => {
    const { figure, cut, rows } = field;
    if (!cut) {
      const value = isTotalHidden(hidden, figure) ? undefined : report.total[figure];
      return { field, figures: [{ value }] };
    }
    if (isUnion(field)) {
      const sums = unions[union++];
      return { field, figures: [{ value: sums?.hidden === false ? sums.figures[figure] : undefined }] };
    }
    const isHidden = (row: string): boolean => hidden.everything || hidden.rows[cut].has(row);
    const figureOf = (row: string): number | undefined =>
      isHidden(row) ? undefined : (report.cuts[cut].get(row) ?? noFigures)[figure];
    const [only] = rows ?? [];
    if (only !== undefined) return { field, figures: [{ value: figureOf(only) }] };
    const held = [...report.cuts[cut]].filter(([, { actions }]) => actions > 0);
    return { field, figures: held.map(([row]) => ({ row, value: figureOf(row) })) };
  });
}
