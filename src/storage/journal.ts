import { createHash } from 'node:crypto';
import { closeSync, constants, fdatasync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { damagedLine, Unreadable } from './repair.js';
import type { ReplaceFile } from './replace-file.js';

/** What became of a record: its kind, its id, and what it is now, or null when it was removed. */
export type Change = readonly [kind: string, id: string, record: unknown];

/** Where the history of the records has got to. */
export interface Point {
  /** The number of the last commit. */
  readonly commit: number;
  /** A checksum of that commit and, through the one before it, of all before. */
  readonly sum: string;
}

/** A checksum of all these, one after the other: against damage, not against somebody who means it. */
export function createSum(): { add(part: string | Uint8Array): void; read(): string } {
  const hash = createHash('sha256');
  return { add: (part) => void hash.update(part), read: () => hash.digest('hex').slice(0, 16) };
}

/** Where a commit of these changes leads to. */
export function follow({ commit, sum }: Point, changes: string | Uint8Array): Point {
  const next = createSum();
  next.add(`${sum} ${commit + 1} `);
  next.add(changes);
  return { commit: commit + 1, sum: next.read() };
}

const firstLine = ({ commit, sum }: Point): string => `{"after":${commit},"sum":"${sum}"}\n`;
export const lineOf = ({ commit, sum }: Point, changes: string): Buffer =>
  Buffer.from(`${commit} ${sum} ${changes}\n`);

/** All that a journal says when the data file is to be read without one: an administrator can write it, too. */
export const noJournal = Buffer.from('none\n');
export const isNoJournal = (bytes: Buffer): boolean => bytes.toString('latin1').trim() === 'none';

/**
 * Reads the commits that a journal has and the data file has not.
 *
 * Where the file stands in the journal's history says whether they belong together. It is its beginning or, when the
 * process ended after the file was written anew and before the journal was shortened, one of its lines. A file that
 * was written with what no line says names what its journal had come to (`before`): all in that one is in the file.
 *
 * A last line without its end was never answered, and is left out.
 * @throws Unreadable when they do not belong together, or when a line is not the one that was written after its
 *   predecessor
 */
export function readJournal(
  path: string,
  bytes: Buffer,
  file: { readonly at: Point; readonly before?: string | undefined },
): { changes: Change[]; last: Point } {
  const [first, ...lines] = linesOf(bytes);
  const begin = pointIn(first);
  if (!begin) throw new Unreadable('journal', `line 1 of its journal, ${path}, is damaged`);
  const commits: Change[][] = [];
  let last = begin;
  let isBehind = true;
  for (let i = 0; ; i++) {
    isBehind &&= last.commit !== file.at.commit || last.sum !== file.at.sum;
    if (isBehind && last.sum === file.before) return { changes: [], last: file.at };
    const line = lines[i];
    if (!line) break;
    const isRest = i === lines.length - 1;
    // It may lack its end only, or have it damaged.
    const read = readLine(last, line) ?? (isRest ? readLine(last, line.subarray(0, -1)) : undefined);
    if (!read && isRest) break;
    if (!read) throw damagedLine(path, i + 2);
    last = read.at;
    if (!isBehind) commits.push(read.changes);
  }
  if (isBehind) throw new Unreadable('journal', `its journal, ${path}, does not continue it`);
  return { changes: commits.flat(), last };
}

/** The last one is what comes after the last line's end: nothing, unless a write was cut. */
export function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return [...lines, bytes.subarray(from)];
}

/** Where a journal begins, the one that was kept before commits were numbered too. */
function pointIn(first: Buffer | undefined): Point | undefined {
  const text = first?.toString('latin1') ?? '';
  const [, commit, sum = ''] = /^\{"after":(\d{1,15}),"sum":"([0-9a-f]{16})"\}$/.exec(text) ?? [];
  if (commit !== undefined) return { commit: Number(commit), sum };
  const [, name] = /^\{"journal":"([0-9a-f-]{36})"\}$/.exec(text) ?? [];
  return name === undefined ? undefined : { commit: 0, sum: name };
}

/** What a line says, when it is the one that was written after that point. */
function readLine(last: Point, line: Buffer): { at: Point; changes: Change[] } | undefined {
  const [start = ''] = /^\d{1,15} [0-9a-f]{16} /.exec(line.toString('latin1', 0, 40)) ?? [];
  const said = line.subarray(start.length);
  const at = follow(last, said);
  return start === `${at.commit} ${at.sum} ` ? { at, changes: JSON.parse(textOf(said)) } : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** @throws TypeError when it is not UTF-8 */
export const textOf = (bytes: Uint8Array): string => utf8.decode(bytes);

const sync = promisify(fdatasync);

/** The commits since the data file was last written whole: a commit costs what it changed, not what is stored. */
export interface Journal {
  /** Bytes of commits, which the next start has to read. */
  size(): number;
  /** Adds a line, on the disk for good when it resolves. When it rejects, the journal is of no use any more. */
  append(line: Buffer): Promise<void>;
  close(): void;
}

/**
 * Puts a new journal in the place of the one there is, all or nothing.
 * @param at where its history begins
 * @param lines those it has already
 */
export async function createJournal(
  path: string,
  replaceFile: ReplaceFile,
  at: Point,
  lines: readonly Buffer[] = [],
): Promise<Journal> {
  const first = Buffer.from(firstLine(at));
  await replaceFile(path, [first, ...lines]);
  let bytes = lines.reduce((sum, { length }) => sum + length, 0);
  let fd: number | undefined;

  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };

  return {
    size: () => bytes,
    /**
     * Only the sync, which takes a millisecond, is asynchronous: the write fills the system's memory in microseconds,
     * whereas coming back from a thread takes a turn of a busy event loop.
     */
    async append(line) {
      fd ??= openSync(path, constants.O_WRONLY | constants.O_APPEND);
      try {
        for (let from = 0; from < line.length; ) from += writeSync(fd, line, from);
        await sync(fd);
      } catch (error) {
        cut(fd, first.length + bytes);
        close();
        throw error;
      }
      bytes += line.length;
    },
    close,
  };
}

/** Nobody is told that what comes after is there: the next start must not find it. */
function cut(fd: number, length: number): void {
  try {
    ftruncateSync(fd, length);
  } catch {
    // The next commit writes the data file whole, which the rest of this journal does not continue.
  }
}
