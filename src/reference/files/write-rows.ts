import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** A reference file as text with one row per line, so that changing a row changes a line. */
export const formatRows = (head: Readonly<Record<string, unknown>>, rows: readonly unknown[]): string => {
  const first = Object.entries(head).map(
    ([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  return `{\n${first.join('')} "rows": [\n${rows.map((row) => `  ${formatRow(row)}`).join(',\n')}\n ]\n}\n`;
};

const formatRow = (row: unknown): string =>
  Array.isArray(row) || typeof row !== 'object' || row === null
    ? JSON.stringify(row)
    : `{${Object.entries(row)
        .map(([key, value]) => `${JSON.stringify(key)}: ${spaced(value)}`)
        .join(', ')}}`;

const spaced = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map((v) => JSON.stringify(v)).join(', ')}]` : JSON.stringify(value);

/** Replaces a file atomically: readers, and a restart, find the old text or the new one, never a part. */
export function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.new`;
  try {
    const fd = openSync(temporary, 'w');
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
