import { readFile } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import type { RecordKind, Records } from '../ports.js';
import { frozenCopy } from './plain-json.js';
import type { ReplaceFile } from './replace-file.js';
import { createTables, recordKinds, type Tables } from './tables.js';

const version = 1;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const startsRecord = (line: string): boolean => line.startsWith('"') && !line.endsWith(':{');

/** The tables as JSON, one record a line, so that a person can repair it and `grep` finds things in it. */
export function format(tables: Tables): Buffer[] {
  const chunks: Buffer[] = [Buffer.from(`{"version":${version}`)];
  const between = Buffer.from(',\n');
  for (const kind of recordKinds) {
    const pages = tables[kind].texts();
    chunks.push(Buffer.from(`,\n"${kind}":{${pages.length > 0 ? '\n' : ''}`));
    for (const [i, page] of pages.entries()) chunks.push(...(i > 0 ? [between, page] : [page]));
    chunks.push(Buffer.from(pages.length > 0 ? '\n}' : '}'));
  }
  chunks.push(Buffer.from('\n}\n'));
  return chunks;
}

/** Reads what `format` wrote. Throws an Error that says what is wrong, and on which line when it can. */
export function parse(bytes: Uint8Array): Tables {
  const text = decode(bytes);
  if (text.trim() === '') throw new Error('it is empty');
  const content = parseJson(text);
  if (!isObject(content)) throw new Error('it is not a JSON object');
  if (content.version !== version) {
    throw new Error(`its version is ${JSON.stringify(content.version) ?? 'missing'}, ${version} is expected`);
  }
  const tables = createTables();
  for (const [kind, records] of Object.entries(content)) {
    if (kind === 'version') continue;
    if (!isKind(kind)) throw new Error(`"${kind}" is not a kind of record`);
    if (!isObject(records)) throw new Error(`"${kind}" is not an object of records`);
    for (const [id, record] of Object.entries(records)) load(tables, kind, id, record);
  }
  return tables;
}

function load<K extends RecordKind>(tables: Tables, kind: K, id: string, record: unknown): void {
  try {
    if (!isObject(record) || id === '' || record.id !== id)
      throw new Error('it is not a record with this id');
    tables[kind].set(frozenCopy(record, id) as Records[K]);
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

/**
 * lowdb's adapter for one file.
 * @param beforeWrite is waited for before the file is replaced
 */
export function jsonFile(
  file: string,
  replaceFile: ReplaceFile,
  beforeWrite: () => Promise<void>,
): Adapter<Tables> {
  return {
    async read() {
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      return bytes && parse(bytes);
    },
    async write(tables) {
      // First of all, before anything is waited for: transactions go on while the file is being written.
      const content = format(tables);
      await beforeWrite();
      await replaceFile(file, content);
    },
  };
}
