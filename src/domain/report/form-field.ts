import { kinds, levels } from '../action.js';
import type { FormField } from '../convention/convention.js';
import { type Cut, cuts } from './cuts.js';
import { type FigureName, figureNames } from './figures.js';

/** A field of the ministry's form, whose figure and cut the report knows. */
export interface ReportField extends FormField {
  readonly figure: FigureName;
  readonly cut?: Cut | undefined;
}

/** The figures of a row that may leave the company: see `safe-report.ts`. Of the others only the totals may. */
const ofAnyCut: readonly FigureName[] = ['actions', 'pupils', 'schools', 'employees'];
/** A kind of placement has no pupils but those hosted, so these say no more. */
const ofKinds: readonly FigureName[] = [...ofAnyCut, 'hosted', 'offered'];

/** The rows that are known of cuts that have the same ones in every company. */
const knownRows: Partial<Record<Cut, readonly string[]>> = { kind: kinds, level: levels };

/** What is wrong with a field, by its part and for whoever writes `convention.json`; nothing if it can be filled. */
export function findFieldFault({ figure, cut, rows }: FormField): { part: string; why: string } | undefined {
  const known = figureNames.find((name) => name === figure);
  if (!known) return { part: 'figure', why: `one of ${figureNames.join(', ')}` };
  if (cut === undefined) return rows ? { part: 'rows', why: 'rows are those of a cut, name it' } : undefined;
  const knownCut = cuts.find((name) => name === cut);
  if (!knownCut) return { part: 'cut', why: `one of ${cuts.join(', ')}` };
  const allowed = knownCut === 'kind' ? ofKinds : ofAnyCut;
  if (!allowed.includes(known))
    return { part: 'figure', why: `in the cut "${cut}" only ${allowed.join(', ')} leave the company` };
  const unknown = rows?.find((row) => knownRows[knownCut]?.includes(row) === false);
  return unknown === undefined ? undefined : { part: 'rows', why: `"${unknown}" is no ${cut}` };
}

/** @throws Error if it cannot be filled, which whoever reads `convention.json` makes sure of */
export function toReportField(field: FormField): ReportField {
  const fault = findFieldFault(field);
  if (fault) throw new Error(`The field "${field.label}" of the form: ${fault.part}: ${fault.why}.`);
  return field as ReportField;
}
