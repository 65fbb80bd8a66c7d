import { groupBy } from './check-rows.js';

/** What an import leaves out, by reason. */
export type LeftOutTally<R extends string> = Map<R, { count: number; readonly examples: string[] }>;

/** Examples per reason: enough to recognise the problem. */
const maxExamples = 3;

/** Counts a row that is left out, and keeps the first few as examples. */
export function countLeftOut<R extends string>(tally: LeftOutTally<R>, reason: R, example: string): void {
  const known = tally.get(reason) ?? { count: 0, examples: [] };
  known.count++;
  if (known.examples.length < maxExamples) known.examples.push(example);
  tally.set(reason, known);
}

/** What was left out and why, most frequent first, as lines of a report; empty if nothing was. */
export function formatLeftOut<R extends string>(tally: LeftOutTally<R>, of: string): string[] {
  const reasons = [...tally].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  if (reasons.length === 0) return [];
  return [
    `Left out of ${of}:`,
    ...reasons.map(
      ([reason, { count, examples }]) =>
        `  ${formatNumber(count)} ${reason}: ${examples.join('; ')}${count > examples.length ? '; …' : ''}`,
    ),
  ];
}

/** A row that is left out, with its line and the reason. */
interface Impossible {
  readonly line: number;
  readonly about?: string;
  readonly reason: string;
}

/** The lines of rows that cannot be true, grouped by reason; empty if there are none. */
export function formatImpossible(rows: readonly Impossible[]): string[] {
  if (rows.length === 0) return [];
  const told = [...groupBy(rows, ({ about, reason }) => `${about ? ` (${about})` : ''}: ${reason}`)];
  const count = new Set(rows.map(({ line }) => line)).size;
  return [
    `Left out for what is wrong with ${count === 1 ? 'it (1 row)' : `them (${formatNumber(count)} rows)`}:`,
    ...told
      .map(([text, same]) => ({ text, lines: same.map(({ line }) => line).sort((a, b) => a - b) }))
      .sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0))
      .map(({ text, lines }) => `  ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}${text}`),
  ];
}

/** A number as written in reports: 15,000. */
export const formatNumber = (n: number): string => n.toLocaleString('en-GB');
