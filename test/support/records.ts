import { existsSync, readFileSync } from 'node:fs';

/** All that is on the disk of a lowdb store, the data file and its journal, as a test reads it from outside. */
export function readRecords(file: string): Record<string, Record<string, unknown>> {
  const { version: _, at, before: __, checksum: ___, ...kinds } = JSON.parse(readFileSync(file, 'utf8'));
  const path = `${file}.journal`;
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // The last line is empty, or was being written when the process was killed.
  for (const line of text.split('\n').slice(1, -1)) {
    const [, commit, changes] = /^(\d+) \w+ (.*)$/.exec(line) ?? [];
    if (Number(commit) <= at.commit) continue;
    for (const [kind, id, record] of JSON.parse(changes ?? '')) {
      kinds[kind] ??= {};
      if (record === null) delete kinds[kind][id];
      else kinds[kind][id] = record;
    }
  }
  return kinds;
}

/** Its text, to look for what must not be there. */
export const recordsText = (file: string): string => JSON.stringify(readRecords(file));
