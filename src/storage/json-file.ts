import { randomUUID } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import type { RecordKind, Records } from '../ports.js';
import type { DailyBackup } from './backup.js';
import { createJournal, readJournal } from './journal.js';
import { frozenCopy } from './plain-json.js';
import type { ReplaceFile } from './replace-file.js';
import { createTables, recordKinds, type Tables, takeChanges } from './tables.js';

const version = 1;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const startsRecord = (line: string): boolean => line.startsWith('"') && !line.endsWith(':{');

/**
 * The tables as JSON, one record a line, so that a person can repair it and `grep` finds things in it.
 * @param journal names the journal that continues this file
 */
export function format(tables: Tables, journal: string): Buffer[] {
  const chunks: Buffer[] = [Buffer.from(`{"version":${version},"journal":"${journal}"`)];
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

const journalOf = (file: string): string => `${file}.journal`;

/**
 * Reads all that a data file and the journal that continues it say, and changes neither.
 * @param onOther is called when the journal beside it is that of another data file
 * @returns also the size of the file, 0 when there is none, and whether the journal says more than it
 * @throws Error that says what is wrong with them
 */
export async function readTables(
  file: string,
  onOther: () => Promise<void>,
): Promise<{ tables: Tables; fileBytes: number; replayed: boolean }> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const { tables, journal } = bytes ? parse(bytes) : { tables: createTables(), journal: undefined };
  const commits = await readJournal(journalOf(file), journal, onOther);
  for (const [kind, recordId, record] of commits) replay(tables, kind, recordId, record);
  takeChanges(tables);
  return { tables, fileBytes: bytes?.length ?? 0, replayed: commits.length > 0 };
}

/** How the data file and its journal are kept. */
export interface FileOptions {
  readonly replaceFile: ReplaceFile;
  readonly backup: DailyBackup;
  /**
   * Beyond this size of the journal, and beyond that of the data file, a commit writes the data file whole: a
   * record is then written twice on average, however many there are. 0: every commit does.
   */
  readonly maxJournalBytes: number;
  readonly log?: { warn(message: string): void };
}

export interface JsonFile extends Adapter<Tables> {
  /** Puts everything into the data file, so that it can be read by hand, and lets go of the journal. */
  close(tables: Tables): Promise<void>;
}

/** lowdb's adapter for one file and the journal of what changed since that was written whole. */
export function jsonFile(file: string, options: FileOptions): JsonFile {
  const { replaceFile, backup, maxJournalBytes, log } = options;
  const path = journalOf(file);
  const journal = createJournal(path);
  /** The data file says less than the journal and the memory, or nothing is known of the journal's end. */
  let mustBeWhole = true;
  /** The last process left a journal: what it says is in the memory only. */
  let replayed = false;
  /** Of the data file as it was last read or written. */
  let fileBytes = 0;
  const isLong = (): boolean => journal.size() >= (maxJournalBytes && Math.max(maxJournalBytes, fileBytes));

  const writeWhole = async (tables: Tables): Promise<void> => {
    const id = randomUUID();
    // First of all, before anything is waited for: transactions go on while the file is being written.
    const content = format(tables, id);
    takeChanges(tables);
    mustBeWhole = true;
    const complete = journal.size() === 0 && !replayed;
    if (complete) await backup.run();
    await replaceFile(file, content);
    fileBytes = content.reduce((sum, chunk) => sum + chunk.length, 0);
    await journal.startAnew(id);
    replayed = false;
    mustBeWhole = false;
    // The file alone was no complete copy before.
    if (!complete) await backup.run();
  };

  return {
    async read() {
      const found = await readTables(file, async () => {
        const aside = `${path}.${Date.now()}.old`;
        await rename(path, aside);
        log?.warn(`${path} does not continue ${file}, which says everything by itself: moved to ${aside}.`);
      });
      fileBytes = found.fileBytes;
      replayed = found.replayed;
      return found.tables;
    },
    async write(tables) {
      if (mustBeWhole || isLong() || backup.due()) return writeWhole(tables);
      const changes = takeChanges(tables);
      mustBeWhole = true;
      await journal.append(changes);
      mustBeWhole = false;
    },
    async close(tables) {
      if (journal.size() > 0 || replayed) await writeWhole(tables).catch(() => undefined);
      await journal.close();
    },
  };
}

function replay(tables: Tables, kind: string, id: string, record: unknown): void {
  if (!isKind(kind)) throw new Error(`"${kind}", in its journal, is not a kind of record`);
  if (record === null) tables[kind].delete(id, 0);
  else load(tables, kind, id, record);
}
