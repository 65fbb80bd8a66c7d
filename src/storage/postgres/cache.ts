import type { ListOptions } from '../../ports.js';
import { createLru, weightOf } from './lru.js';
import type { AnyRecord } from './names.js';
import { createRecent } from './recent.js';
import type { Commit } from './write.js';

/** A state of the records: the one after the commit `seq`. */
export interface Moment {
  readonly seq: number;
  /** Counts how often the cache has lost its place: what was read before that says nothing about what came after. */
  readonly epoch: number;
}

/** Up to where the cache has followed the log. */
export interface Position extends Moment {
  readonly id: string;
}

/** A list, and what was asked. */
export interface CachedList {
  readonly options: ListOptions;
  readonly rows: readonly AnyRecord[];
}

/**
 * What a process knows of the records. It follows the log of commits, so that all in it holds at its position; since
 * when it has held is known too, so that a read of an earlier moment can use it, or knows that it cannot.
 */
export interface Cache {
  position(): Position;
  /** A moment, as `performance.now()` counts, before which nobody committed anything that the cache has not met. */
  completeAt(): number;
  /**
   * Follows the log.
   * @param asked the position from which on the log was asked
   * @param commits what it said, the commit of that position first
   * @param at when it was asked, as `performance.now()` counts
   * @returns the moment of the last commit; nothing when the log does not have that position: it was cut, or the
   *   database is another one now, a restored backup for one
   */
  follow(asked: Position, commits: readonly Commit[], at: number): Moment | undefined;
  /**
   * Forgets everything and starts at this commit, the last one.
   * @param at when that was asked
   */
  restart(last: Pick<Commit, 'seq' | 'id'>, at: number): Moment;
  /** A record, or null when there is none; nothing when it is not known for this moment. */
  record(name: string, moment: Moment): AnyRecord | null | undefined;
  /** What is known of a partition at this moment. */
  lists(name: string, moment: Moment): readonly CachedList[];
  /** Takes in what was read at a moment, unless a commit has changed it since. */
  keepRecord(name: string, record: AnyRecord | null, moment: Moment): void;
  keepList(name: string, list: CachedList, moment: Moment): void;
}

interface Entry {
  /** The commit since which it has held. */
  readonly since: number;
  readonly record?: AnyRecord | null;
  readonly lists?: readonly CachedList[];
}

/** More ways to ask for one partition than any feature has. */
const mostLists = 8;

export const sameOptions = (a: ListOptions, b: ListOptions): boolean =>
  a.from === b.from && a.until === b.until && a.limit === b.limit && !a.reverse === !b.reverse;

/** Makes a cache that knows nothing, not even its place in the log. */
export function createCache(mostBytes: number): Cache {
  const entries = createLru<Entry>(mostBytes);
  const recent = createRecent();
  let completeAt = Number.NEGATIVE_INFINITY;
  let position: Position = { seq: Number.MAX_SAFE_INTEGER, epoch: 0, id: '' };

  const entryAt = (name: string, { seq, epoch }: Moment): Entry | undefined => {
    const entry = epoch === position.epoch ? entries.get(name) : undefined;
    return entry && entry.since <= seq ? entry : undefined;
  };
  /** Since when a thing read at a moment can be said to hold; nothing when it may not hold any more. */
  const sinceOf = (name: string, { seq, epoch }: Moment): number | undefined => {
    if (epoch !== position.epoch || recent.mayHaveChanged(name, seq, position.seq)) return undefined;
    return Math.min(seq, entries.get(name)?.since ?? seq);
  };

  return {
    position: () => position,
    completeAt: () => completeAt,
    follow(asked, commits, at) {
      const [first, last] = [commits[0], commits.at(-1)];
      if (!first || !last || asked.epoch !== position.epoch) return undefined;
      if (first.seq !== asked.seq || first.id !== asked.id) return undefined;
      for (const { seq, id, changed } of commits) {
        if (seq <= position.seq) continue;
        if (seq > position.seq + 1) return undefined;
        for (const name of changed) entries.delete(name);
        recent.add(seq, changed);
        position = { seq, id, epoch: position.epoch };
      }
      completeAt = Math.max(completeAt, at);
      return { seq: last.seq, epoch: position.epoch };
    },
    restart({ seq, id }, at) {
      entries.clear();
      recent.clear();
      position = { seq, id, epoch: position.epoch + 1 };
      completeAt = at;
      return position;
    },
    record: (name, moment) => entryAt(name, moment)?.record,
    lists: (name, moment) => entryAt(name, moment)?.lists ?? [],
    keepRecord(name, record, moment) {
      const since = sinceOf(name, moment);
      if (since !== undefined) entries.set(name, { since, record }, weightOf(record));
    },
    keepList(name, list, moment) {
      const since = sinceOf(name, moment);
      if (since === undefined) return;
      const others = (entries.get(name)?.lists ?? []).filter(
        (other) => !sameOptions(other.options, list.options),
      );
      const lists = [list, ...others.slice(0, mostLists - 1)];
      entries.set(name, { since, lists }, weightOfLists(lists));
    },
  };
}

/** The records of one list are much alike. */
const weightOfLists = (lists: readonly CachedList[]): number =>
  lists.reduce((sum, { rows }) => sum + 100 + rows.length * (8 + weightOf(rows[0])), 0);
