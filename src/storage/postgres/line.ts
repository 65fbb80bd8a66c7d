import type { StoreUnavailable } from '../../ports.js';
import { unavailable } from './faults.js';

/** Somebody who asked for something of the database. */
export interface Waiter {
  refuse(error: StoreUnavailable): void;
}

/** Those who wait for the database, first come first served. Each waits for a limited time only. */
export interface Line<T extends Waiter> {
  add(waiter: T): void;
  /** The first ones, up to so many, as long as they may be; they stay in the line. */
  first(most: number, mayBe: (waiter: T) => boolean): T[];
  /** Takes these out, if they are the first ones still. */
  takeFirst(waiters: readonly T[]): boolean;
  /** Takes the first one out, if it may be taken now. */
  take(mayBe?: (first: T) => boolean): T | undefined;
  /** Says who was there, for `takeUpTo`. */
  mark(): number;
  /** Takes out all who were there at the mark. */
  takeUpTo(mark: number): T[];
  /** Puts back, at the front, those who were taken out and got nothing; their time goes on. */
  putBack(waiters: readonly T[]): void;
  isEmpty(): boolean;
  /** What those who wait too long are told, until somebody is taken again. */
  blame(cause: Error): void;
}

interface Place<T> {
  readonly waiter: T;
  readonly number: number;
  readonly timer: NodeJS.Timeout;
}

/** Less than the 2.5 s in which every call is answered. */
const longestWaitMs = 2_200;

/** Makes a line with nobody in it. */
export function createLine<T extends Waiter>(): Line<T> {
  let line: Place<T>[] = [];
  let last = 0;
  let blamed: Error | undefined;
  const until = new WeakMap<T, number>();

  const placeOf = (waiter: T, number: number): Place<T> => {
    const end = until.get(waiter) ?? performance.now() + longestWaitMs;
    until.set(waiter, end);
    const giveUp = (): void => {
      line = line.filter((place) => place.waiter !== waiter);
      waiter.refuse(unavailable(blamed ?? new Error('it is too busy')));
    };
    return { waiter, number, timer: setTimeout(giveUp, end - performance.now()) };
  };
  const taken = ({ waiter, timer }: Place<T>): T => {
    blamed = undefined;
    clearTimeout(timer);
    return waiter;
  };

  return {
    add: (waiter) => void line.push(placeOf(waiter, ++last)),
    first(most, mayBe) {
      const end = line.findIndex(({ waiter }, i) => i >= most || !mayBe(waiter));
      return line.slice(0, end < 0 ? line.length : end).map(({ waiter }) => waiter);
    },
    takeFirst(waiters) {
      if (!waiters.every((waiter, i) => line[i]?.waiter === waiter)) return false;
      line.splice(0, waiters.length).forEach(taken);
      return true;
    },
    take(mayBe) {
      const [first] = line;
      if (!first || mayBe?.(first.waiter) === false) return undefined;
      line.shift();
      return taken(first);
    },
    mark: () => last,
    takeUpTo(mark) {
      const later = line.findIndex(({ number }) => number > mark);
      return line.splice(0, later < 0 ? line.length : later).map(taken);
    },
    putBack: (waiters) => void line.unshift(...waiters.map((waiter) => placeOf(waiter, 0))),
    isEmpty: () => line.length === 0,
    blame: (cause) => {
      blamed = cause;
    },
  };
}
