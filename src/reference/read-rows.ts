import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What is wrong with one row, by its index, and how to mend it. */
export interface RowFault {
  readonly row: number;
  readonly text: string;
}

/** A reference file: what it is, and one row a line. */
export interface Rows<T> {
  readonly about: string;
  readonly rows: readonly T[];
}

const envelope = z.object({ about: z.string().default(''), rows: z.array(z.unknown()) });
/** The most of a row that is quoted: enough to find it. */
const quoted = 200;
/** The most faults told at once: a file that is wrong throughout has the same one in every row. */
const told = 20;

/**
 * Reads the rows of a reference file of `data/` and checks each by itself, then all of them together.
 * @param check faults that only show when rows are compared; asked once every row is sound by itself
 * @throws with the file, and for each fault the line, the row and how to mend it
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
  if (faults.length > 0) throw new Error(faultText(file, text, raw, faults));
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

function faultText(file: string, text: string, raw: readonly unknown[], faults: readonly RowFault[]): string {
  const lines = linesOf(text, raw.length);
  const list = faults.slice(0, told).map(({ row, text: fault }) => {
    const line = lines[row];
    return `  row ${row + 1}${line ? `, line ${line}` : ''}: ${fault}\n    ${JSON.stringify(raw[row]).slice(0, quoted)}`;
  });
  const more = faults.length > told ? [`  and ${faults.length - told} more`] : [];
  return [`${file} has ${faults.length} fault(s) to mend:`, ...list, ...more].join('\n');
}

/** The line of each row when there is one row a line, as in the files that ship; nothing otherwise. */
function linesOf(text: string, count: number): readonly number[] {
  const lines = text.split('\n').flatMap((line, i) => (/^\s*[{[].*[}\]],?\s*$/.test(line) ? [i + 1] : []));
  return lines.length === count ? lines : [];
}
