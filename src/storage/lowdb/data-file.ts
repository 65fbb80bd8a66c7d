import { isUtf8 } from 'node:buffer';
import type { RecordKind } from '../../records.js';
import { type AnyRecord, type Change, recordKinds } from '../kinds.js';
import { freeze } from '../plain-json.js';
import { createChecksum, decodeText, type JournalChange, type Point, parseJson } from './journal.js';
import { createTables, type Tables } from './tables.js';

const version = 1;
/** Few enough to be put into JSON within a millisecond. */
const recordsPerChunk = 200;

/** The header of a data file. */
export interface FileHead {
  /** The commits it contains; absent before commits were numbered. */
  readonly at?: Point;
  /** The last point of its journal, if the file was written with changes that no line contains. */
  readonly before?: string | undefined;
  /** The name of its journal, before commits were numbered. */
  readonly journal?: string;
}

/**
 * The tables with these changes as JSON, one record per line, so that a person can repair it and `grep` is useful;
 * the last line is a checksum of the rest.
 * @returns chunks that are rendered as they are asked for, of the records of this moment: these are replaced, never
 *   changed
 */
export function format(
  tables: Tables,
  { at, before }: FileHead,
  changes: readonly Change[] = [],
): Iterable<string> {
  const records = recordKinds.map((kind) => {
    const changed = new Map(changes.filter((c) => c.kind === kind).map(({ id, record }) => [id, record]));
    const kept = tables[kind].all().filter(({ id }) => !changed.has(id));
    return [kind, [...kept, ...[...changed.values()].filter((record) => record !== null)]] as const;
  });
  return addChecksum(render(JSON.stringify({ version, at, before }), records));
}

function* render(
  head: string,
  kinds: readonly (readonly [RecordKind, readonly AnyRecord[]])[],
): Iterable<string> {
  yield head.slice(0, -1);
  for (const [kind, records] of kinds) {
    yield `,\n"${kind}":{`;
    for (let i = 0; i < records.length; i += recordsPerChunk)
      yield (i > 0 ? ',\n' : '\n') +
        records
          .slice(i, i + recordsPerChunk)
          .map(toLine)
          .join(',\n');
    yield records.length > 0 ? '\n}' : '}';
  }
}

const toLine = (record: AnyRecord): string => `${JSON.stringify(record.id)}:${JSON.stringify(record)}`;

function* addChecksum(chunks: Iterable<string>): Iterable<string> {
  const sum = createChecksum();
  for (const chunk of chunks) {
    sum.add(chunk);
    yield chunk;
  }
  yield `\n,"checksum":"${sum.read()}"}\n`;
}

const lastLine = /\n,"checksum":"([0-9a-f]{16})"\}\s*$/;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Parses what `format` wrote.
 * @throws Error that says what is wrong, and on which line if possible
 */
export function parse(bytes: Uint8Array): { tables: Tables; head: FileHead } {
  if (!isUtf8(bytes)) throw new Error('it is not UTF-8 text');
  const text = decodeText(bytes);
  if (text.trim() === '') throw new Error('it is empty');
  const content = parseOrLocate(text);
  if (!isObject(content)) throw new Error('it is not a JSON object');
  const { version: found, at, before, journal, checksum, ...kinds } = content;
  if (found !== version) {
    throw new Error(`its version is ${JSON.stringify(found) ?? 'missing'}, ${version} is expected`);
  }
  if (checksum !== undefined && !isWhole(bytes, text)) {
    throw new Error('its checksum says that it is not as it was written');
  }
  const tables = createTables();
  for (const [kind, records] of Object.entries(kinds)) {
    if (!isKind(kind)) throw new Error(`"${kind}" is not a kind of record`);
    if (!isObject(records)) throw new Error(`"${kind}" is not an object of records`);
    for (const [id, record] of Object.entries(records)) load(tables, kind, id, record);
  }
  return { tables, head: { at, before, journal } as FileHead };
}

/** Whether the checksum in the last line matches everything before it. */
function isWhole(bytes: Uint8Array, text: string): boolean {
  const [line = '', wanted] = lastLine.exec(text.slice(-100)) ?? [];
  const sum = createChecksum();
  sum.add(bytes.subarray(0, bytes.length - line.length));
  return sum.read() === wanted;
}

function load(tables: Tables, kind: RecordKind, id: string, record: unknown): void {
  try {
    if (!isObject(record) || id === '' || record.id !== id)
      throw new Error('it is not a record with this id');
    tables[kind].set(id, freeze(record) as unknown as AnyRecord);
  } catch (error) {
    throw new Error(`"${id}" in "${kind}" cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Applies a change from the journal to the tables.
 * @throws Error that says why it cannot be used
 */
export function replay(tables: Tables, [kind, id, record]: JournalChange): void {
  if (!isKind(kind)) throw new Error(`"${kind}" is not a kind of record`);
  if (record === null) tables[kind].set(id, null);
  else load(tables, kind, id, record);
}

const isKind = (name: string): name is RecordKind => (recordKinds as string[]).includes(name);

/** The engine's own message quotes the text, which is personal data, and people paste messages into tickets. */
function parseOrLocate(text: string): unknown {
  const content = parseJson(text);
  if (content !== undefined) return content;
  const isDamaged = (line: string) =>
    /^".*(?<!:\{)$/.test(line) && parseJson(`{${line.replace(/,\s*$/, '')}}`) === undefined;
  const bad = text.split('\n').findIndex(isDamaged);
  throw new Error(
    bad >= 0 ? `line ${bad + 1} is not valid JSON` : 'it is not valid JSON: its end or a bracket is missing',
  );
}
