import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import type { Engagement } from '../../../src/domain/action.js';
import { DuplicateKey, type ListOptions, type Reader, type Store } from '../../../src/ports.js';
import { openPostgresStore } from '../../../src/storage/postgres/index.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';

let server: PostgresServer;
let stores: [Store, Store];
beforeAll(async () => {
  server = await startPostgres();
  const url = await server.createDatabase();
  stores = [await openPostgresStore({ url }), await openPostgresStore({ url })];
}, 60_000);
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await server.remove();
});

const increment = (store: Store, id: string): Promise<number> =>
  store.transact(async (tx) => {
    const value = ((await tx.get('counters', id))?.value ?? 0) + 1;
    await tx.put('counters', { id, value });
    return value;
  });

describe('two instances on one database', () => {
  test('that increment one counter 500 times each make 1000, and each sees another value', async () => {
    const values = await Promise.all(
      Array.from({ length: 1000 }, (_, i) => increment(stores[i % 2 ? 1 : 0], 'both')),
    );
    expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
  });

  test('that add one id: one adds it, the other gets DuplicateKey, at once or later', async () => {
    const add = (store: Store, id: string) => store.transact((tx) => tx.add('counters', { id, value: 0 }));
    for (let i = 0; i < 20; i++) {
      const results = await Promise.allSettled(stores.map((store) => add(store, `id${i}`)));
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const store of stores) await expect(add(store, `id${i}`)).rejects.toThrow(DuplicateKey);
    }
  });

  test('each read what the other has just written, in place of what they knew', async () => {
    for (let i = 1; i <= 20; i++) {
      const [writer, reader] = i % 2 ? stores : [stores[1], stores[0]];
      await writer.transact((tx) => tx.put('counters', { id: 'ping', value: i }));
      expect((await reader.read((r) => r.get('counters', 'ping')))?.value).toBe(i);
    }
  });
});

const ids = ['e1', 'e2', 'e3', 'e4', 'e5'];
const people = ['ana', 'bob'];
const days = ['2026-11-03', '2026-11-04', '2026-11-05'];
const lists: ListOptions[] = [{}, { limit: 1 }, { limit: 2, reverse: true }, { from: '2026-11-04' }];

const aRecord: fc.Arbitrary<Engagement> = fc.record({
  id: fc.constantFrom(...ids),
  actionId: fc.constant('a1'),
  employeeId: fc.constantFrom(...people),
  state: fc.constantFrom('pending' as const, 'approved' as const),
  since: fc.constant('2026-11-02T08:00:00.000Z'),
  firstDay: fc.constantFrom(...days),
});
const anOperation = fc.record({
  at: fc.constantFrom<0 | 1>(0, 1),
  /** Nothing for a read. */
  steps: fc.option(
    fc.array(fc.record({ record: aRecord, removes: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  ),
  throws: fc.boolean(),
  /** What was begun is waited for first. */
  waits: fc.boolean(),
});
type Operation = typeof anOperation extends fc.Arbitrary<infer T> ? T : never;
type State = ReadonlyMap<string, Engagement>;

/** Everything that can be asked of a state. */
async function everythingOf(reader: Reader): Promise<unknown> {
  const found: unknown[] = [];
  for (const id of ids) found.push(await reader.get('engagements', id));
  for (const person of people)
    for (const options of lists)
      found.push((await reader.list('engagements', 'byEmployee', person, options)).map(({ id }) => id));
  return found;
}

function everythingIn(state: State): unknown {
  const key = (record: Engagement) => `${record.firstDay} ${record.id}`;
  const list = (person: string, { from = '', limit, reverse }: ListOptions): string[] => {
    const rows = [...state.values()]
      .filter((record) => record.employeeId === person && record.firstDay >= from)
      .sort((a, b) => (key(a) < key(b) ? -1 : 1));
    return (reverse ? rows.reverse() : rows).slice(0, limit).map(({ id }) => id);
  };
  return [
    ...ids.map((id) => state.get(id)),
    ...people.flatMap((person) => lists.map((o) => list(person, o))),
  ];
}

/** What somebody saw, after how many commits, and how many had been answered before they began. */
interface Seen {
  readonly after: number;
  readonly answeredBefore: number;
  readonly everything: unknown;
}
const commitsSeen = async (reader: Reader): Promise<number> =>
  (await reader.get('counters', 'commits'))?.value ?? 0;

/** Runs operations, many at once; gives what they saw and what they changed. */
async function runAll(operations: readonly Operation[]) {
  const seen: Seen[] = [];
  const changed = new Map<number, Operation['steps']>();
  let answered = 0;
  const runOne = async ({ at, steps, throws }: Operation): Promise<void> => {
    const answeredBefore = answered;
    const look = async (reader: Reader): Promise<Seen> => {
      const after = await commitsSeen(reader);
      return { after, answeredBefore, everything: await everythingOf(reader) };
    };
    if (!steps) return void seen.push(await stores[at].read(look));
    let saw: Seen | undefined;
    const running = stores[at].transact(async (tx) => {
      saw = await look(tx);
      await tx.put('counters', { id: 'commits', value: saw.after + 1 });
      for (const { record, removes } of steps)
        await (removes ? tx.remove('engagements', record.id) : tx.put('engagements', record));
      if (throws) throw new Error('thrown on purpose');
    });
    const [result] = await Promise.allSettled([running]);
    if (!saw) throw new Error('it did not run');
    seen.push(saw);
    if (result.status === 'rejected') return expect(result.reason.message).toBe('thrown on purpose');
    changed.set(saw.after + 1, steps);
    answered = Math.max(answered, saw.after + 1);
  };

  const underWay: Promise<void>[] = [];
  for (const operation of operations) {
    if (operation.waits) await Promise.all(underWay);
    else await setImmediate();
    underWay.push(runOne(operation));
  }
  await Promise.all(underWay);
  return { seen, changed };
}

test('whatever two instances do at once, each sees the states of one history, and none that is over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anOperation, { maxLength: 40 }), async (operations) => {
      await stores[0].transact(async (tx) => {
        await tx.put('counters', { id: 'commits', value: 0 });
        for (const id of ids) await tx.remove('engagements', id);
      });
      const { seen, changed } = await runAll(operations);

      const states: State[] = [new Map()];
      for (let n = 1; n <= changed.size; n++) {
        const next = new Map(states[n - 1]);
        for (const { record, removes } of changed.get(n) ?? [])
          removes ? next.delete(record.id) : next.set(record.id, record);
        states.push(next);
      }
      for (const { after, answeredBefore, everything } of seen) {
        expect(after).toBeGreaterThanOrEqual(answeredBefore);
        expect(everything).toEqual(everythingIn(states[after] ?? new Map()));
      }
      expect(seen).toHaveLength(operations.length);
    }),
    { numRuns: Number(process.env.FULL_FAULTS ? 300 : 30) },
  );
}, 60_000);
