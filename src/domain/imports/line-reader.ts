import type { Kind, Level } from '../action.js';
import type { Academie, Calendar } from '../calendar/school-calendar.js';
import type { Day } from '../days.js';
import { findPersonalData } from '../personal-data/index.js';
import type { School } from '../schools/school.js';
import { type Finding, type ImportColumn, importColumns } from './finding.js';

/** The cells of a line as texts, on one line each; a day may be ISO. */
export type Cells = Readonly<Partial<Record<ImportColumn, string>>>;

/** What people write for what Passerelle knows; nothing for anything else. */
export interface ImportWords {
  kind(text: string): Kind | undefined;
  level(text: string): Level | undefined;
  isHeld(text: string): boolean;
  academie(text: string): Academie | undefined;
  /** The only school with this name. */
  school(text: string): School | undefined;
  /** An event of article 4, by its name or id. */
  event(text: string): string | undefined;
  day(text: string): Day | undefined;
}

export interface ImportContext {
  readonly words: ImportWords;
  readonly calendar: Calendar;
  readonly schools: { byUai(uai: string): School | undefined };
  /** The académie of a département, narrowed to it; the same object each time, by which its days are remembered. */
  academieOf(departement: string): Academie | undefined;
  readonly today: Day;
  readonly maxPlaces: number;
  readonly maxPupils: number;
  /** The longest texts of some columns, in characters. */
  readonly lengths: Readonly<Record<'employee' | 'school' | 'remark' | 'reference', number>>;
}

/** Cells of a spreadsheet whose formula failed. */
const formulaError = /^#(REF|N\/A|VALUE|NAME\?|DIV\/0|NUM|NULL|CALC|SPILL|NOM\?|VALEUR|NOMBRE|NUL)!?$/i;
/** Enough to recognise a value. */
const maxQuoteLength = 40;
const wholeNumber = /^(\d{1,9})(?:[.,]0{1,9})?$/;

/** Reads the cells of a line one by one, and collects what is wrong with them. */
export class LineReader {
  readonly findings: Finding[] = [];
  /** Columns with a fault: what is not known of them is not looked into further. */
  private readonly bad = new Set<ImportColumn>();

  constructor(
    readonly line: number,
    private readonly cells: Cells,
    readonly context: ImportContext,
  ) {
    for (const column of importColumns)
      if (formulaError.test(this.cell(column))) this.fail(column, 'formula');
  }

  cell(column: ImportColumn): string {
    return this.cells[column] ?? '';
  }

  isSound(...columns: readonly ImportColumn[]): boolean {
    return columns.every((column) => !this.bad.has(column));
  }

  add(column: ImportColumn, finding: DistributiveOmit<Finding, 'line' | 'column'>): void {
    if (finding.blocks) this.bad.add(column);
    this.findings.push({ line: this.line, column, ...finding } as Finding);
  }

  fail(column: ImportColumn, rule: SimpleRule, params?: Params): void {
    if (!this.bad.has(column)) this.add(column, { blocks: true, rule, ...(params ? { params } : {}) });
  }

  note(column: ImportColumn, rule: SimpleRule, params?: Params): void {
    this.add(column, { blocks: false, rule, ...(params ? { params } : {}) });
  }

  /** A fault that quotes the cell, unless that is what must not be kept. */
  failQuoting(column: ImportColumn, rule: SimpleRule, params: Params = {}): void {
    const typed = this.cell(column).slice(0, maxQuoteLength);
    if (this.guard(column, this.cell(column))) this.fail(column, rule, { ...params, typed });
  }

  /** Whether a text seems to hold no personal data (article 7). */
  guard(column: ImportColumn, text: string): boolean {
    const kind = this.bad.has(column) ? undefined : findPersonalData(text);
    if (kind) this.add(column, { blocks: true, rule: 'personalData', kind });
    return this.isSound(column);
  }

  /** A free text that is not too long and holds no personal data; nothing if there is none. */
  text(column: keyof ImportContext['lengths']): string | undefined {
    const text = this.cell(column);
    const max = this.context.lengths[column];
    if (text.length > max) this.fail(column, 'tooLong', { max, length: text.length });
    return text && this.guard(column, text) ? text : undefined;
  }

  /** What a cell means; a fault if it means nothing. */
  meaning<T>(column: ImportColumn, rule: SimpleRule, read: (text: string) => T | undefined): T | undefined {
    const text = this.cell(column);
    if (text === '' || !this.isSound(column)) return undefined;
    const value = read(text);
    if (value === undefined) this.failQuoting(column, rule);
    return value;
  }

  /** A whole number in digits, from `min` to `max`. */
  number(column: ImportColumn, range: SimpleRule, min: number, max: number): number | undefined {
    const number = this.meaning(column, 'numberUnread', (text) => {
      const digits = wholeNumber.exec(text)?.[1];
      return digits === undefined ? undefined : Number(digits);
    });
    if (number !== undefined && (number < min || number > max)) this.fail(column, range, { max });
    return this.isSound(column) ? number : undefined;
  }
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;
type SimpleRule = Extract<Finding, { params?: unknown }>['rule'];
type Params = Readonly<Record<string, string | number>>;
