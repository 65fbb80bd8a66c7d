import type { RecordKind, Records } from '../ports.js';
import { frozenCopy } from './plain-json.js';
import { createTables, recordKinds, type Tables } from './tables.js';

const version = 1;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const startsRecord = (line: string): boolean => line.startsWith('"') && !line.endsWith(':{');

/**
 * The tables as they are at this moment as JSON, one record a line, so that a person can repair it and `grep` finds
 * things in it.
 * @param journal names the journal that continues this file
 * @returns what gives the parts of it, one after the other: all together take longer than people should wait
 */
export function format(tables: Tables, journal: string): (() => Buffer)[] {
  const text = (said: string) => () => Buffer.from(said);
  const between = text(',\n');
  const parts: (() => Buffer)[] = [text(`{"version":${version},"journal":"${journal}"`)];
  for (const kind of recordKinds) {
    const pages = tables[kind].snapshot();
    parts.push(text(`,\n"${kind}":{${pages.length > 0 ? '\n' : ''}`));
    for (const [i, page] of pages.entries()) parts.push(...(i > 0 ? [between, page] : [page]));
    parts.push(text(pages.length > 0 ? '\n}' : '}'));
  }
  parts.push(text('\n}\n'));
  return parts;
}

/** Reads what `format` wrote. Throws an Error that says what is wrong, and on which line when it can. */
export function parse(bytes: Uint8Array): { tables: Tables; journal: string | undefined } {
  const text = decode(bytes);
  if (text.trim() === '') throw new Error('it is empty');
  const content = parseJson(text);
  if (!isObject(content)) throw new Error('it is not a JSON object');
  if (content.version !== version) {
    throw new Error(`its version is ${JSON.stringify(content.version) ?? 'missing'}, ${version} is expected`);
  }
  const tables = createTables();
  for (const [kind, records] of Object.entries(content)) {
    if (kind === 'version' || kind === 'journal') continue;
    if (!isKind(kind)) throw new Error(`"${kind}" is not a kind of record`);
    if (!isObject(records)) throw new Error(`"${kind}" is not an object of records`);
    for (const [id, record] of Object.entries(records)) load(tables, kind, id, record);
  }
  return { tables, journal: typeof content.journal === 'string' ? content.journal : undefined };
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
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error('it is not UTF-8 text', { cause: error });
  }
}

/** The engine's own message quotes the text, that is personal data, in a place people paste into tickets. */
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

/** Does to the tables what a commit of the journal says about a record. */
export function replay(tables: Tables, kind: string, id: string, record: unknown): void {
  if (!isKind(kind)) throw new Error(`"${kind}", in its journal, is not a kind of record`);
  if (record === null) tables[kind].delete(id, 0);
  else load(tables, kind, id, record);
}
