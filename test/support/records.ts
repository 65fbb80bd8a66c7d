import { existsSync, readFileSync } from 'node:fs';

/** All that is on the disk of a lowdb store, the data file and its journal, as a test reads it from outside. */
export function readRecords(file: string): Record<string, Record<string, unknown>> {
  const { version: _, journal, ...kinds } = JSON.parse(readFileSync(file, 'utf8'));
  const path = `${file}.journal`;
  const [first = '', ...lines] = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  if (first === '' || JSON.parse(first).journal !== journal) return kinds;
  // The last line is empty, or was being written when the process was killed.
  for (const line of lines.slice(0, -1)) {
    for (const [kind, id, record] of JSON.parse(line)) {
      kinds[kind] ??= {};
      if (record === null) delete kinds[kind][id];
      else kinds[kind][id] = record;
    }
  }
  return kinds;
}

/** Its text, to look for what must not be there. */
export const recordsText = (file: string): string => JSON.stringify(readRecords(file));
