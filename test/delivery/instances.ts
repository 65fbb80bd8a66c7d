import {
  createOutbox,
  enqueue,
  type Outbox,
  type OutboxOptions,
  type OutgoingMessage,
} from '../../src/delivery/outbox.js';
import type { Messenger, SendResult, Store } from '../../src/ports.js';
import type { Conversation, OutboxMessage } from '../../src/records.js';
import { createLimiter } from '../support/limits.js';
import { createMemoryStore } from '../support/memory-store.js';

/** What Teams does with a request. `late`: it takes it, and answers when nobody waits any more. */
export type Answer = 'ok' | 'lost' | 'cut' | 'late' | 412 | 429 | 502 | 504;

/** What Teams took. */
export interface Taken {
  /** The row's id. */
  readonly id: string;
  readonly conversationId: string;
  /** Which instance sent it. */
  readonly by: number;
  readonly at: number;
  /** An update's data, to tell several of one card apart. */
  readonly data: unknown;
}

export interface Instance {
  readonly outbox: Outbox;
  /** How often it has listed rows. */
  lists(): number;
  /** Ends it like `kill -9`: nothing that it does from here on has any effect. */
  kill(): void;
  /** Holds everything it does until it is resumed, as when its machine does. */
  pause(): () => void;
  /** Its database is not reachable. */
  cutOff(isCut: boolean): void;
  setClock(offsetMs: number): void;
}

export interface Company {
  readonly store: Store;
  readonly posts: Taken[];
  readonly updates: Taken[];
  /** How often Teams said that a limit was exceeded. */
  readonly overLimit: () => number;
  /** What the next requests meet; `ok` when it gives nothing. */
  answer: (request: number) => Answer | undefined;
  readonly instances: Instance[];
  add(): Instance;
  owe(owed: Partial<OutgoingMessage> & { key: string }): Promise<void>;
  row(id: string): Promise<OutboxMessage | undefined>;
  rows(): Promise<readonly OutboxMessage[]>;
  /** Lets time pass. */
  run(ms: number): Promise<void>;
  /** Lets time pass until nothing is owed any more; gives the milliseconds. */
  runUntilSent(mostMs: number): Promise<number>;
}

const latencyMs = 200;
const timeoutMs = 10_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const never = new Promise<never>(() => undefined);

/** Several instances on one store, and a double of Teams that holds them to its limits, in the test's own time. */
export function openCompany(count: number, options: Partial<OutboxOptions> = {}): Company {
  const store = createMemoryStore();
  const limiter = createLimiter();
  const posts: Taken[] = [];
  const updates: Taken[] = [];
  const instances: Instance[] = [];
  const known = new Set<string>();
  let requests = 0;
  let overLimit = 0;
  let last = 0;
  const ids = { next: () => String(++last).padStart(8, '0') };

  async function teams(by: number, { id: conversationId }: Conversation, into: Taken[], card: object) {
    const { id, data } = card as { id: string; data: unknown };
    const answer = company.answer(++requests) ?? 'ok';
    await sleep(latencyMs / 2);
    const wait = limiter.ask(conversationId, performance.now());
    if (wait > 0) {
      overLimit += 1;
      return { outcome: 'retry', afterMs: Math.ceil(wait / 1_000) * 1_000, reason: '429' } as const;
    }
    if (typeof answer === 'number') {
      const retryAfter = answer === 429 ? { afterMs: 2_000 } : {};
      return { outcome: 'retry', reason: String(answer), ...retryAfter } as const;
    }
    if (answer !== 'lost') into.push({ id, conversationId, by, at: performance.now(), data });
    if (answer === 'late') await sleep(timeoutMs);
    if (answer !== 'ok') return { outcome: 'unknown', reason: 'no answer in time' } as const;
    await sleep(latencyMs / 2);
    return { outcome: 'sent', activityId: `activity-${requests}` } as const;
  }

  function add(): Instance {
    const by = instances.length;
    let killed = false;
    let isCut = false;
    let offset = 0;
    let lists = 0;
    let resumed: Promise<void> | undefined;

    /** What the instance asks for happens when it is up, and is answered if it still is. */
    const through = async <T>(work: () => Promise<T>): Promise<T> => {
      await resumed;
      if (killed) return never;
      const result = await work();
      await resumed;
      return killed ? never : result;
    };
    const ofStore = async <T>(work: () => Promise<T>): Promise<T> => {
      if (isCut) throw new Error('the database is not reachable');
      return through(work);
    };
    const own: Store = {
      ...store,
      transact: (work) => ofStore(() => store.transact(work)),
      read: (work) =>
        ofStore(() =>
          store.read((reader) => {
            const list: typeof reader.list = (kind, ...rest) => {
              if (kind === 'outbox') lists += 1;
              return reader.list(kind, ...rest);
            };
            return work({ ...reader, list });
          }),
        ),
    };
    const messenger: Messenger = {
      post: (place, { content }) => through<SendResult>(() => teams(by, place, posts, content)),
      update: (place, _, { content }) => through<SendResult>(() => teams(by, place, updates, content)),
    };
    const outbox = createOutbox({
      store: own,
      messenger,
      clock: { now: () => new Date(Date.now() + offset).toISOString() },
      log: { warn: () => undefined, error: () => undefined },
      draw:
        async ({ id, data }) =>
        async () => ({ content: { id, data }, summary: id }),
      singleInstance: false,
      ...options,
    });
    const instance: Instance = {
      outbox,
      lists: () => lists,
      kill: () => {
        killed = true;
      },
      pause() {
        let resume = () => {};
        resumed = new Promise((resolve) => {
          resume = resolve;
        });
        return () => resume();
      },
      cutOff: (cut) => {
        isCut = cut;
      },
      setClock: (ms) => {
        offset = ms;
      },
    };
    instances.push(instance);
    outbox.start();
    return instance;
  }

  const company: Company = {
    store,
    posts,
    updates,
    overLimit: () => overLimit,
    answer: () => undefined,
    instances,
    add,
    owe: ({ conversationId = 'chat', ...owed }) =>
      store.transact(async (tx) => {
        if (!known.has(conversationId)) {
          const place = { kind: 'personal', serviceUrl: 'https://x', botId: '28:bot', active: true } as const;
          await tx.put('conversations', { id: conversationId, ...place });
          known.add(conversationId);
        }
        const clock = { now: () => new Date().toISOString() };
        await enqueue(tx, { message: 'test.card', lang: 'fr', conversationId, ...owed }, { clock, ids });
      }),
    row: (id) => store.read((reader) => reader.get('outbox', id)),
    rows: () => store.read((reader) => reader.all('outbox')),
    run: async (ms) => void (await jest.advanceTimersByTimeAsync(ms)),
    async runUntilSent(mostMs) {
      const began = performance.now();
      for (;;) {
        const left = (await company.rows()).filter(({ state }) => state === 'due' || state === 'sending');
        const ms = performance.now() - began;
        if (left.length === 0) return ms;
        if (ms > mostMs) throw new Error(`after ${ms} ms ${left.length} rows are still owed`);
        await company.run(100);
      }
    },
  };
  for (let i = 0; i < count; i++) add();
  return company;
}

/** The ids of what one conversation got, in the order in which it came. */
export const idsIn = (taken: readonly Taken[], conversationId: string): string[] =>
  taken.filter((t) => t.conversationId === conversationId).map(({ id }) => id);
