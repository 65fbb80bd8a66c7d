import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A fault of a row, by its index, and how to correct it. */
export interface RowFault {
  readonly row: number;
  readonly text: string;
}

/** A reference file: what it is about, and its rows. */
export interface Rows<T> {
  readonly about: string;
  readonly rows: readonly T[];
}

const envelope = z.object({ about: z.string().default(''), rows: z.array(z.unknown()) });
/** The maximum length of a quoted row: enough to find it. */
const maxQuoteLength = 200;
/** The most faults reported at once: in a file that is wrong throughout, every row has the same one. */
const maxFaultsTold = 20;

/**
 * Reads the rows of a reference file of `data/` and checks each on its own, then all of them together.
 * @param check finds faults that show when rows are compared; called once every row is valid on its own
 * @throws Error with the file, and for each fault the line, the row and how to correct it
 */
export function readRows<T>(
  file: string,
  schema: z.ZodType<T>,
  check: (rows: readonly T[]) => readonly RowFault[],
): Rows<T> {
  const text = readText(file);
  const { about, rows: raw } = parse(file, text);
  const faults: RowFault[] = [];
  const rows = raw.map((row, i) => {
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues)
      faults.push({ row: i, text: `${path.length > 0 ? `"${path.join('.')}": ` : ''}${message}` });
    return undefined;
  });
  const sound = rows.filter((row) => row !== undefined);
  if (faults.length === 0) faults.push(...check(sound));
  if (faults.length > 0) throw new Error(formatFault(file, text, raw, faults));
  return { about, rows: sound };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `${file} cannot be read: ${(error as Error).message}. It ships with Passerelle: put it back from the release.`,
    );
  }
}

function parse(file: string, text: string): Rows<unknown> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${file} cannot be read as JSON: ${(error as Error).message}. A comma after the last row, or one missing between two rows, is the usual cause.`,
    );
  }
  const result = envelope.safeParse(content);
  if (result.success) return result.data;
  throw new Error(`${file} is no reference file: it needs {"about": "…", "rows": [ … ]}.`);
}

function formatFault(
  file: string,
  text: string,
  raw: readonly unknown[],
  faults: readonly RowFault[],
): string {
  const lines = findLines(text, raw.length);
  const list = faults.slice(0, maxFaultsTold).map(({ row, text: fault }) => {
    const line = lines[row];
    return `  row ${row + 1}${line ? `, line ${line}` : ''}: ${fault}\n    ${JSON.stringify(raw[row]).slice(0, maxQuoteLength)}`;
  });
  const more = faults.length > maxFaultsTold ? [`  and ${faults.length - maxFaultsTold} more`] : [];
  return [`${file} has ${faults.length} fault(s) to mend:`, ...list, ...more].join('\n');
}

/** The line of each row if there is one row per line, as in the files that ship; otherwise nothing. */
function findLines(text: string, count: number): readonly number[] {
  const lines = text.split('\n').flatMap((line, i) => (/^\s*[{[].*[}\]],?\s*$/.test(line) ? [i + 1] : []));
  return lines.length === count ? lines : [];
}
