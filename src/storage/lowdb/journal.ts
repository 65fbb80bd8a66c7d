import { createHash } from 'node:crypto';
import { closeSync, constants, fdatasync, ftruncate, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { damagedLine, Unreadable } from './repair.js';
import type { ReplaceFile } from './replace-file.js';

/** A changed record in a line: its kind, its id, and its new value, or null if it was removed. */
export type JournalChange = readonly [kind: string, id: string, record: unknown];

/** A point in the history of the records. */
export interface Point {
  /** The number of the last commit. */
  readonly commit: number;
  /** A checksum of that commit and, through its predecessor, of all earlier ones. */
  readonly sum: string;
}

/** A checksum of all added parts: against damage, not against deliberate changes. */
export function createChecksum(): { add(part: string | Uint8Array): void; read(): string } {
  const hash = createHash('sha256');
  return { add: (part) => void hash.update(part), read: () => hash.digest('hex').slice(0, 16) };
}

/** The point that a commit of these changes leads to. */
export function nextPoint({ commit, sum }: Point, changes: string | Uint8Array): Point {
  const next = createChecksum();
  next.add(`${sum} ${commit + 1} `);
  next.add(changes);
  return { commit: commit + 1, sum: next.read() };
}

export const formatLine = ({ commit, sum }: Point, changes: string): Buffer =>
  Buffer.from(`${commit} ${sum} ${changes}\n`);

/** The content of a journal that tells the start to read the data file alone; administrators can write it too. */
export const noJournal = Buffer.from('none\n');
export const isNoJournal = (bytes: Buffer): boolean => bytes.toString('latin1').trim() === 'none';

/** A journal as it was found on the disk. */
export interface FoundJournal {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Reads the commits of a journal that are not in the data file.
 *
 * They belong together if the data file stands at a point of the journal's history: at its beginning or, when the
 * process ended between rewriting the file and shortening the journal, at one of its lines. A file that was written
 * with changes that no line contains names the last point of its journal instead (`before`): everything in that
 * journal is in the file.
 *
 * A last line without its end was never acknowledged, and is ignored.
 * @throws Unreadable if they do not belong together, or if a line does not follow from the one before it
 */
export function readJournal(
  { path, bytes }: FoundJournal,
  file: { readonly at: Point; readonly before?: string | undefined },
): { changes: JournalChange[]; last: Point } {
  const [first, ...lines] = splitLines(bytes);
  const begin = parsePoint(first);
  if (!begin) throw damagedLine(path, 1);
  const commits: JournalChange[][] = [];
  let last = begin;
  let isBehind = true;
  for (let i = 0; ; i++) {
    isBehind &&= last.commit !== file.at.commit || last.sum !== file.at.sum;
    if (isBehind && last.sum === file.before) return { changes: [], last: file.at };
    const line = lines[i];
    if (!line) break;
    const isRest = i === lines.length - 1;
    // Perhaps only its end is missing or damaged.
    const read = parseLine(last, line) ?? (isRest ? parseLine(last, line.subarray(0, -1)) : undefined);
    if (!read && isRest) break;
    if (!read) throw damagedLine(path, i + 2);
    last = read.at;
    if (!isBehind) commits.push(read.changes);
  }
  if (isBehind) throw new Unreadable('journal', `its journal, ${path}, does not continue it`);
  return { changes: commits.flat(), last };
}

/**
 * Reads a journal from before commits were numbered: its first line is a name that the data file knows, and each
 * further line is a commit.
 * @returns nothing if there is none, or its first line was never completed
 * @throws Unreadable if it belongs to another file, or a line cannot be read
 */
export function readUnnumbered(
  found: readonly FoundJournal[],
  name: string | undefined,
): { path: string; changes: JournalChange[] } | undefined {
  const whole = found.filter(({ bytes }) => bytes.includes('\n'));
  const own = whole.find(({ bytes }) => name !== undefined && parsePoint(splitLines(bytes)[0])?.sum === name);
  if (!own) {
    if (whole[0]) throw damagedLine(whole[0].path, 1);
    return undefined;
  }
  const changes = splitLines(own.bytes).flatMap((line, i, { length }) => {
    if (i === 0) return [];
    const commit = parseJson(line);
    if (isCommit(commit)) return commit;
    if (i < length - 1) throw damagedLine(own.path, i + 1);
    return [];
  });
  return { path: own.path, changes };
}

/** Splits a journal into lines. The last one is what follows the last line break: nothing, or an interrupted write. */
function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return [...lines, bytes.subarray(from)];
}

/** The point where a journal begins, whether its commits are numbered or not. */
function parsePoint(first: Buffer | undefined): Point | undefined {
  const text = first?.toString('latin1') ?? '';
  const [, commit, sum = ''] = /^\{"after":(\d{1,15}),"sum":"([0-9a-f]{16})"\}$/.exec(text) ?? [];
  if (commit !== undefined) return { commit: Number(commit), sum };
  const [, name] = /^\{"journal":"([0-9a-f-]{36})"\}$/.exec(text) ?? [];
  return name === undefined ? undefined : { commit: 0, sum: name };
}

/** Parses a line, if it follows from this point. */
function parseLine(last: Point, line: Buffer): { at: Point; changes: JournalChange[] } | undefined {
  const [start = ''] = /^\d{1,15} [0-9a-f]{16} /.exec(line.toString('latin1', 0, 40)) ?? [];
  const content = line.subarray(start.length);
  const at = nextPoint(last, content);
  return start === `${at.commit} ${at.sum} `
    ? { at, changes: parseJson(content) as JournalChange[] }
    : undefined;
}

/** What this JSON says; undefined if it is none. */
export function parseJson(text: string | Uint8Array): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : JSON.parse(decodeText(text));
  } catch {
    return undefined;
  }
}

const isCommit = (value: unknown): value is JournalChange[] =>
  Array.isArray(value) && value.every((c) => Array.isArray(c) && c.length === 3);

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** @throws TypeError if it is not UTF-8 */
export const decodeText = (bytes: Uint8Array): string => utf8.decode(bytes);

/** The commits since the data file was last rewritten: a commit costs what it changes, not what is stored. */
export interface Journal {
  /** Its bytes. */
  size(): number;
  /** Appends a line, durable once it resolves. After a rejection the journal can no longer be used. */
  append(line: Buffer): Promise<void>;
  close(): void;
}

/**
 * Replaces the journal, all or nothing.
 * @param at where its history begins
 * @param lines the lines it starts with
 */
export async function createJournal(
  path: string,
  replaceFile: ReplaceFile,
  { commit, sum }: Point,
  lines: readonly Buffer[] = [],
): Promise<Journal> {
  const first = Buffer.from(`{"after":${commit},"sum":"${sum}"}\n`);
  // One chunk: each one takes a turn of the event loop, and commits are waiting.
  const content = Buffer.concat([first, ...lines]);
  await replaceFile(path, [content]);
  let { length } = content;
  let fd: number | undefined;

  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };

  return {
    size: () => length,
    async append(line) {
      fd ??= openSync(path, constants.O_WRONLY | constants.O_APPEND);
      try {
        // Takes microseconds; returning from a thread, as from the sync, takes a turn of a busy event loop.
        for (let from = 0; from < line.length; ) from += writeSync(fd, line, from);
        await sync(fd);
      } catch (error) {
        // What was never acknowledged goes, so that the next start does not find it.
        await promisify(ftruncate)(fd, length).catch(() => undefined);
        close();
        throw error;
      }
      length += line.length;
    },
    close,
  };
}

const sync = promisify(fdatasync);
