import type { RecordKind, Records } from '../../ports.js';
import { frozenCopy } from '../plain-json.js';
import { createChecksum, decodeText, type Point } from './journal.js';
import { createTables, recordKinds, type Tables } from './tables.js';

const version = 1;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const startsRecord = (line: string): boolean => line.startsWith('"') && !line.endsWith(':{');

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
 * The current state of the tables as JSON, one record per line, so that a person can repair it and `grep` is useful;
 * the last line is a checksum of the rest.
 * @returns functions that render the parts; all at once would take longer than people should wait
 */
export function format(tables: Tables, { at, before }: FileHead): (() => Buffer)[] {
  const sum = createChecksum();
  const text = (said: string) => () => Buffer.from(said);
  const between = text(',\n');
  const head = JSON.stringify({ version, at, before });
  const parts: (() => Buffer)[] = [text(head.slice(0, -1))];
  for (const kind of recordKinds) {
    const pages = tables[kind].snapshot();
    parts.push(text(`,\n"${kind}":{${pages.length > 0 ? '\n' : ''}`));
    for (const [i, page] of pages.entries()) parts.push(...(i > 0 ? [between, page] : [page]));
    parts.push(text(pages.length > 0 ? '\n}' : '}'));
  }
  const summed = parts.map((part) => () => {
    const made = part();
    sum.add(made);
    return made;
  });
  return [...summed, () => Buffer.from(`\n,"checksum":"${sum.read()}"}\n`)];
}

const lastLine = /\n,"checksum":"([0-9a-f]{16})"\}\s*$/;

/**
 * Parses what `format` wrote.
 * @throws Error that says what is wrong, and on which line if possible
 */
export function parse(bytes: Uint8Array): { tables: Tables; head: FileHead } {
  const text = decode(bytes);
  if (text.trim() === '') throw new Error('it is empty');
  const content = parseJson(text);
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

function load<K extends RecordKind>(tables: Tables, kind: K, id: string, record: unknown): void {
  try {
    if (!isObject(record) || id === '' || record.id !== id)
      throw new Error('it is not a record with this id');
    tables[kind].set(frozenCopy(record, id) as Records[K], 0);
  } catch (error) {
    throw new Error(`"${id}" in "${kind}" cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

const isKind = (name: string): name is RecordKind => (recordKinds as string[]).includes(name);

function decode(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    throw new Error('it is not UTF-8 text', { cause: error });
  }
}

/** The engine's own message quotes the text, which is personal data, and people paste messages into tickets. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const bad = text.split('\n').findIndex((line) => startsRecord(line) && !isRecordLine(line));
    throw new Error(
      bad >= 0
        ? `line ${bad + 1} is not valid JSON`
        : 'it is not valid JSON: its end or a bracket is missing',
    );
  }
}

function isRecordLine(line: string): boolean {
  try {
    JSON.parse(`{${line.replace(/,\s*$/, '')}}`);
    return true;
  } catch {
    return false;
  }
}

/** Applies a change from the journal to the tables. */
export function replay(tables: Tables, kind: string, id: string, record: unknown): void {
  if (!isKind(kind)) throw new Error(`"${kind}" is not a kind of record`);
  if (record === null) tables[kind].delete(id, 0);
  else load(tables, kind, id, record);
}
