import fc from 'fast-check';
import type { Engagement } from '../../src/domain/action.js';
import { DuplicateKey, type ListOptions, type Store, type Transaction } from '../../src/ports.js';
import { indexes, type RecordKind, type Records } from '../../src/records.js';
import { aRecordOf } from './every-kind.js';

interface Opened {
  store: Store;
  /** Closes the store and opens another one on the same records. */
  reopen(): Promise<Store>;
  close(): Promise<void>;
}

const anEngagement = (overrides: Partial<Engagement> = {}): Engagement => ({
  id: 'e1',
  actionId: 'a1',
  employeeId: 'ana',
  state: 'pending',
  since: '2026-11-02T08:00:00.000Z',
  firstDay: '2026-11-23',
  ...overrides,
});

const add = (store: Store, ...records: Engagement[]): Promise<void> =>
  store.transact(async (tx) => {
    for (const record of records) await tx.add('engagements', record);
  });

const of = (store: Store, employee: string, options?: ListOptions): Promise<readonly Engagement[]> =>
  store.read((reader) => reader.list('engagements', 'byEmployee', employee, options));

const idsOf = (records: readonly { id: string }[]): string[] => records.map((record) => record.id);

const increment = async (tx: Transaction): Promise<number> => {
  const value = ((await tx.get('counters', 'c'))?.value ?? 0) + 1;
  await tx.put('counters', { id: 'c', value });
  return value;
};

/** A promise and what resolves it. */
function signal(): { promise: Promise<void>; give: () => void } {
  let give = () => {};
  const promise = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { promise, give };
}

/**
 * What every store must do; the rest of the house relies on nothing else.
 * @param open gives a store without records
 */
export function storeContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps the contract of a store:`, () => {
    let opened: Opened;
    let store: Store;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    describe('records', () => {
      test('what was added is found by its id, in its list and among all', async () => {
        await add(store, anEngagement());
        const found = await store.read(async (reader) => [
          await reader.get('engagements', 'e1'),
          ...(await reader.list('engagements', 'byEmployee', 'ana')),
          ...(await reader.all('engagements')),
        ]);
        expect(found).toEqual([anEngagement(), anEngagement(), anEngagement()]);
      });

      test('stay as they are when the past is forgotten, which can be done again and again', async () => {
        await add(store, anEngagement());
        await store.transact((tx) => tx.put('engagements', anEngagement({ state: 'approved' })));
        await Promise.all([store.forgetPast(), add(store, anEngagement({ id: 'e2' })), store.forgetPast()]);
        expect(await of(store, 'ana')).toEqual([
          anEngagement({ state: 'approved' }),
          anEngagement({ id: 'e2' }),
        ]);
        store = await opened.reopen();
        expect(await of(store, 'ana')).toEqual([
          anEngagement({ state: 'approved' }),
          anEngagement({ id: 'e2' }),
        ]);
      });

      test('of every kind come back as they were, after a reopening too', async () => {
        const kinds = Object.keys(indexes) as RecordKind[];
        await store.transact(async (tx) => {
          for (const kind of kinds) await tx.add(kind, aRecordOf[kind]);
        });
        store = await opened.reopen();
        for (const kind of kinds) {
          const record = aRecordOf[kind];
          const found = await store.read(async (r) => [await r.get(kind, record.id), ...(await r.all(kind))]);
          expect(found).toEqual([record, record]);
        }
      });

      test.each(
        everyIndex,
      )('in the index of %s, %s, they are listed from their place on', async (kind, by, placeOf) => {
        const record = aRecordOf[kind];
        const place = placeOf(record);
        expect(place).toBeDefined();
        await store.transact((tx) => tx.put(kind, record));
        store = await opened.reopen();
        const { partition, sort } = place ?? { partition: '', sort: '' };
        const list = (options: ListOptions) =>
          store.read((reader) => reader.list(kind, by as never, partition, options));
        expect(await list({ from: sort })).toEqual([record]);
        expect(await list({ until: sort })).toEqual([]);
      });

      test('what does not exist is undefined, and its list is empty', async () => {
        expect(await store.read((reader) => reader.get('engagements', 'e1'))).toBeUndefined();
        expect(await of(store, 'nobody')).toEqual([]);
        expect(await store.read((reader) => reader.all('engagements'))).toEqual([]);
      });

      test('many that are asked for at once are each what was asked for', async () => {
        await store.transact(async (tx) => {
          for (let value = 0; value < 50; value++) await tx.add('counters', { id: `c${value}`, value });
        });
        store = await opened.reopen();
        const ids = [...Array.from({ length: 60 }, (_, n) => `c${n}`).reverse(), 'c7', 'c\0', 'c7'];
        const wanted = ids.map((id) => (/^c[0-4]?\d$/.test(id) ? Number(id.slice(1)) : undefined));
        const valuesOf = (found: readonly (Records['counters'] | undefined)[]) => found.map((c) => c?.value);
        expect(
          valuesOf(await store.read((r) => Promise.all(ids.map((id) => r.get('counters', id))))),
        ).toEqual(wanted);
        store = await opened.reopen();
        const [counters, engagement] = await store.transact((tx) =>
          Promise.all([Promise.all(ids.map((id) => tx.get('counters', id))), tx.get('engagements', 'c7')]),
        );
        expect(valuesOf(counters)).toEqual(wanted);
        expect(engagement).toBeUndefined();
      });

      test('the same id may be used once in every kind', async () => {
        await store.transact(async (tx) => {
          await tx.add('counters', { id: 'x', value: 1 });
          await tx.add('jobs', { id: 'x', at: '2026-11-02T08:00:00.000Z' });
        });
        expect(await store.read((reader) => reader.get('counters', 'x'))).toEqual({ id: 'x', value: 1 });
      });

      test('adding a taken id throws DuplicateKey and keeps the first record', async () => {
        await add(store, anEngagement());
        await expect(add(store, anEngagement({ state: 'approved' }))).rejects.toThrow(DuplicateKey);
        expect(await of(store, 'ana')).toEqual([anEngagement()]);
      });

      test('a DuplicateKey that was caught leaves the transaction usable', async () => {
        await add(store, anEngagement());
        await store.transact(async (tx) => {
          await tx.add('engagements', anEngagement()).catch(() => {});
          await tx.add('engagements', anEngagement({ id: 'e2' }));
        });
        expect(idsOf(await of(store, 'ana'))).toEqual(['e1', 'e2']);
      });

      test('put replaces the whole record', async () => {
        await add(store, anEngagement({ decision: { by: 'leo', at: '2026-11-03T08:00:00.000Z' } }));
        await store.transact((tx) => tx.put('engagements', anEngagement()));
        expect(await of(store, 'ana')).toEqual([anEngagement()]);
      });

      test('a removed record is nowhere, and its id is free again', async () => {
        await add(store, anEngagement());
        await store.transact((tx) => tx.remove('engagements', 'e1'));
        expect(await of(store, 'ana')).toEqual([]);
        expect(await store.read((reader) => reader.get('engagements', 'e1'))).toBeUndefined();
        await add(store, anEngagement());
      });

      test('removing what does not exist is not an error', async () => {
        await store.transact((tx) => tx.remove('engagements', 'nothing'));
      });

      test('changing the object that was stored does not change the record', async () => {
        const decision = { by: 'leo', at: '2026-11-03T08:00:00.000Z' };
        await add(store, anEngagement({ decision }));
        decision.by = 'mallory';
        expect((await of(store, 'ana'))[0]?.decision?.by).toBe('leo');
      });

      test.each([
        ['accents and emoji', 'Élève à Noël 👩🏽‍🏫 — « œuvre » 日本語'],
        ['quotes, backslashes and expressions', '"\\"\' `$&` {{y}} <b>&amp;</b> \\u0041'],
        ['line ends and separators', 'a\nb\r\nc\u2028d\u2029e\tf'],
        ['nothing', ''],
      ])('text with %s comes back as it was, also after a reopening', async (_, text) => {
        const record = anEngagement({ decision: { by: text, at: '2026-11-03T08:00:00.000Z', text } });
        await add(store, record, anEngagement({ id: `id ${text}` }));
        expect(await store.read((reader) => reader.get('engagements', 'e1'))).toEqual(record);
        store = await opened.reopen();
        expect(await store.read((reader) => reader.get('engagements', 'e1'))).toEqual(record);
        expect(await store.read((reader) => reader.get('engagements', `id ${text}`))).toBeDefined();
      });

      test.each(['__proto__', 'constructor', '42', 'a:b|c/d'])('"%s" is an id like another', async (id) => {
        await add(store, anEngagement({ id, employeeId: id }));
        store = await opened.reopen();
        expect(idsOf(await of(store, id))).toEqual([id]);
      });
    });

    describe('lists', () => {
      const days = ['2026-11-05', '2026-11-03', '2026-11-04', '2026-11-03', '2026-11-06'];
      beforeEach(() => add(store, ...days.map((firstDay, i) => anEngagement({ id: `e${9 - i}`, firstDay }))));

      test.each<[string, ListOptions | undefined, string[]]>([
        ['in the order of the sort key, then of the id', undefined, ['e6', 'e8', 'e7', 'e9', 'e5']],
        ['from a sort key on, inclusive', { from: '2026-11-04' }, ['e7', 'e9', 'e5']],
        ['until a sort key, exclusive', { until: '2026-11-04' }, ['e6', 'e8']],
        ['between two keys', { from: '2026-11-04', until: '2026-11-06' }, ['e7', 'e9']],
        ['between keys no record has', { from: '2026-11-03T12', until: '2026-11-05T12' }, ['e7', 'e9']],
        ['the first ones', { limit: 2 }, ['e6', 'e8']],
        ['none', { limit: 0 }, []],
        ['last first', { reverse: true }, ['e5', 'e9', 'e7', 'e8', 'e6']],
        ['the last ones, last first', { limit: 2, reverse: true }, ['e5', 'e9']],
        ['the last ones of a part', { until: '2026-11-05', limit: 2, reverse: true }, ['e7', 'e8']],
        ['nothing when the end comes before the start', { from: '2026-11-06', until: '2026-11-03' }, []],
      ])('give records %s', async (_, options, expected) => {
        expect(idsOf(await of(store, 'ana', options))).toEqual(expected);
      });

      test('are ordered by code points, in a transaction that changes them too', async () => {
        const ordered = ['kz', 'ké', 'k～', 'k👩'].map((id) => `${id} of bob`);
        await add(store, ...ordered.toReversed().map((id) => anEngagement({ id, employeeId: 'bob' })));
        expect(idsOf(await of(store, 'bob'))).toEqual(ordered);
        await store.transact(async (tx) => {
          await tx.put(
            'engagements',
            anEngagement({ id: 'kz of bob', employeeId: 'bob', state: 'approved' }),
          );
          expect(idsOf(await tx.list('engagements', 'byEmployee', 'bob'))).toEqual(ordered);
        });
      });

      test('a record that changes leaves its old partition and enters the new one', async () => {
        await store.transact((tx) => tx.put('engagements', anEngagement({ id: 'e9', employeeId: 'bob' })));
        expect(idsOf(await of(store, 'ana'))).toEqual(['e6', 'e8', 'e7', 'e5']);
        expect(idsOf(await of(store, 'bob'))).toEqual(['e9']);
      });

      test('a record whose sort key changes moves within its partition', async () => {
        await store.transact((tx) =>
          tx.put('engagements', anEngagement({ id: 'e5', firstDay: '2026-11-01' })),
        );
        expect(idsOf(await of(store, 'ana'))).toEqual(['e5', 'e6', 'e8', 'e7', 'e9']);
      });
    });

    describe('transactions', () => {
      test('give what their work gives', async () => {
        expect(await store.transact(async () => 'done')).toBe('done');
        expect(await store.read(async () => 'seen')).toBe('seen');
      });

      test('see their own changes, in lists too', async () => {
        await add(store, anEngagement());
        const seen = await store.transact(async (tx) => {
          await tx.add('engagements', anEngagement({ id: 'e0' }));
          await tx.put('engagements', anEngagement({ state: 'approved' }));
          const approved = await tx.list('engagements', 'byState', 'approved');
          await tx.remove('engagements', 'e1');
          return [idsOf(approved), idsOf(await tx.list('engagements', 'byEmployee', 'ana'))];
        });
        expect(seen).toEqual([['e1'], ['e0']]);
      });

      test('that throw change nothing, and reject with what was thrown', async () => {
        await add(store, anEngagement(), anEngagement({ id: 'e2' }));
        const thrown = new Error('no');
        const failing = store.transact(async (tx) => {
          await tx.add('engagements', anEngagement({ id: 'e3' }));
          await tx.put('engagements', anEngagement({ state: 'approved' }));
          await tx.remove('engagements', 'e2');
          await tx.put('engagements', anEngagement({ id: 'e3', employeeId: 'bob' }));
          throw thrown;
        });
        await expect(failing).rejects.toBe(thrown);
        expect(await of(store, 'ana')).toEqual([anEngagement(), anEngagement({ id: 'e2' })]);
        expect(await of(store, 'bob')).toEqual([]);
        expect(await store.read((reader) => reader.list('engagements', 'byState', 'approved'))).toEqual([]);
      });

      test('that throw stop neither those before nor those after them', async () => {
        const results = await Promise.allSettled(
          [1, 2, 3, 4, 5, 6].map((i) =>
            store.transact(async (tx) => {
              await increment(tx);
              if (i % 2 === 0) throw new Error('no');
            }),
          ),
        );
        expect(results.map((result) => result.status)).toEqual(
          [1, 2, 3, 4, 5, 6].map((i) => (i % 2 === 0 ? 'rejected' : 'fulfilled')),
        );
        expect(await store.read((reader) => reader.get('counters', 'c'))).toEqual({ id: 'c', value: 3 });
      });

      test('500 increments at once lose none, and each sees another value', async () => {
        const values = await Promise.all(Array.from({ length: 500 }, () => store.transact(increment)));
        expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
        expect((await store.read((reader) => reader.get('counters', 'c')))?.value).toBe(500);
      });

      test('of many that add one id at once, one wins and the others get DuplicateKey', async () => {
        const results = await Promise.allSettled(
          Array.from({ length: 30 }, (_, i) => add(store, anEngagement({ employeeId: `p${i}` }))),
        );
        const lost = results.filter((result) => result.status === 'rejected');
        expect(lost).toHaveLength(29);
        for (const { reason } of lost) expect(reason).toBeInstanceOf(DuplicateKey);
        const winner = results.findIndex((result) => result.status === 'fulfilled');
        expect(await of(store, `p${winner}`)).toHaveLength(1);
        expect(await store.read((reader) => reader.all('engagements'))).toHaveLength(1);
      });

      test('a read sees a transaction whole or not at all', async () => {
        await store.transact((tx) => tx.put('counters', { id: 'c', value: 1 }));
        const halfWay = signal();
        const goOn = signal();
        const writing = store.transact(async (tx) => {
          await tx.put('counters', { id: 'c', value: 2 });
          halfWay.give();
          await goOn.promise;
          await tx.put('counters', { id: 'c', value: 3 });
        });
        await halfWay.promise;
        const reading = store.read((reader) => reader.get('counters', 'c'));
        goOn.give();
        expect([1, 3]).toContain((await reading)?.value);
        await writing;
        expect((await store.read((reader) => reader.get('counters', 'c')))?.value).toBe(3);
      });

      test('all that one read sees is of one moment', async () => {
        const both = (value: number) =>
          store.transact(async (tx) => {
            await tx.put('counters', { id: 'left', value });
            await tx.put('counters', { id: 'right', value });
          });
        await both(0);
        const reads = Array.from({ length: 20 }, async (_, i) => {
          const writing = both(i);
          const [left, right] = await store.read(async (reader) => [
            await reader.get('counters', 'left'),
            await reader.get('counters', 'right'),
          ]);
          await writing;
          expect(left?.value).toBe(right?.value);
        });
        await Promise.all(reads);
      });

      test('all that one read sees is of one moment, however long it takes', async () => {
        const both = (value: number) =>
          store.transact(async (tx) => {
            await tx.put('counters', { id: 'left', value });
            await tx.put('counters', { id: 'right', value });
          });
        await both(0);
        const begun = signal();
        const reading = store.read(async (reader) => {
          const left = await reader.get('counters', 'left');
          begun.give();
          for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
          return [left?.value, (await reader.get('counters', 'right'))?.value];
        });
        await begun.promise;
        const writing = both(1);
        expect(await reading).toEqual([0, 0]);
        await writing;
      });
    });

    describe('durability', () => {
      test('what was committed is there after a reopening, and what was not is not', async () => {
        await add(store, anEngagement(), anEngagement({ id: 'e2' }), anEngagement({ id: 'e3' }));
        await store.transact((tx) => tx.put('engagements', anEngagement({ id: 'e2', employeeId: 'bob' })));
        await store.transact((tx) => tx.remove('engagements', 'e3'));
        const failing = store.transact(async (tx) => {
          await tx.add('engagements', anEngagement({ id: 'e4' }));
          throw new Error('no');
        });
        await expect(failing).rejects.toThrow('no');
        store = await opened.reopen();
        expect(await of(store, 'ana')).toEqual([anEngagement()]);
        expect(idsOf(await of(store, 'bob'))).toEqual(['e2']);
        expect(idsOf(await store.read((reader) => reader.all('engagements'))).sort()).toEqual(['e1', 'e2']);
      });

      test('closing waits for the transactions under way', async () => {
        const writing = Promise.all(Array.from({ length: 20 }, () => store.transact(increment)));
        store = await opened.reopen();
        await writing;
        expect((await store.read((reader) => reader.get('counters', 'c')))?.value).toBe(20);
      });

      test('a store that works says so', async () => {
        await store.check();
      });
    });

    test('any sequence of transactions leaves what a plain map would have', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(aTransaction, { maxLength: 8 }), aRange, async (transactions, range) => {
          await store.transact(async (tx) => {
            for (const { id } of await tx.all('engagements')) await tx.remove('engagements', id);
          });
          let model = new Map<string, Engagement>();
          for (const { steps, throws } of transactions) {
            const draft = new Map(model);
            const running = store.transact(async (tx) => {
              // The work may be run again by a store that retries.
              draft.clear();
              for (const [id, record] of model) draft.set(id, record);
              for (const step of steps) await takeStep(tx, draft, step);
              if (throws) throw new Error('thrown on purpose');
            });
            if (throws) await expect(running).rejects.toThrow('thrown on purpose');
            else {
              await running;
              model = draft;
            }
          }
          await store.read(async (reader) => {
            expect(byId(await reader.all('engagements'))).toEqual(byId([...model.values()]));
            for (const employee of employees) {
              const found = await reader.list('engagements', 'byEmployee', employee, range);
              expect(found).toEqual(listOf(model, employee, range));
            }
          });
        }),
        { numRuns: 30 },
      );
    });
  });
}

/** Each index that ports.ts declares: its kind, its name, and where it has a record. */
const everyIndex = Object.entries(indexes).flatMap(([kind, declared]) =>
  Object.entries(declared).map(([by, placeOf]) => [kind as RecordKind, by, placeOf as PlaceOf] as const),
);
type PlaceOf = (record: Records[RecordKind]) => { partition: string; sort: string } | undefined;

const employees = ['ana', 'bob'];
const days = ['2026-11-03', '2026-11-04', '2026-11-05'];

const aRecord = fc
  .record({
    id: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
    employeeId: fc.constantFrom(...employees),
    firstDay: fc.constantFrom(...days),
    state: fc.constantFrom('pending' as const, 'approved' as const),
  })
  .map(anEngagement);
const aStep = fc.record({ op: fc.constantFrom('add', 'put', 'remove', 'list'), record: aRecord });
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;
const aTransaction = fc.record({
  steps: fc.array(aStep, { maxLength: 6 }),
  throws: fc.boolean(),
});
const aRange: fc.Arbitrary<ListOptions> = fc.record(
  {
    from: fc.constantFrom(...days),
    until: fc.constantFrom(...days),
    limit: fc.nat({ max: 4 }),
    reverse: fc.boolean(),
  },
  { requiredKeys: [] },
);

async function takeStep(
  tx: Transaction,
  model: Map<string, Engagement>,
  { op, record }: Step,
): Promise<void> {
  if (op === 'list') {
    const { partition } = indexes.engagements.byEmployee(record) ?? { partition: '' };
    expect(await tx.list('engagements', 'byEmployee', partition)).toEqual(listOf(model, partition, {}));
  } else if (op === 'remove') {
    await tx.remove('engagements', record.id);
    model.delete(record.id);
  } else if (op === 'put') {
    await tx.put('engagements', record);
    model.set(record.id, record);
  } else if (model.has(record.id)) {
    await expect(tx.add('engagements', record)).rejects.toThrow(DuplicateKey);
  } else {
    await tx.add('engagements', record);
    model.set(record.id, record);
  }
  expect(await tx.get('engagements', record.id)).toEqual(model.get(record.id));
}

const byId = (records: readonly Engagement[]): Engagement[] =>
  [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

function listOf(model: Map<string, Engagement>, employee: string, options: ListOptions): Engagement[] {
  const key = (record: Engagement) => `${record.firstDay} ${record.id}`;
  const sorted = [...model.values()]
    .filter((record) => record.employeeId === employee)
    .filter(({ firstDay }) => options.from === undefined || firstDay >= options.from)
    .filter(({ firstDay }) => options.until === undefined || firstDay < options.until)
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return (options.reverse ? sorted.reverse() : sorted).slice(0, options.limit);
}
