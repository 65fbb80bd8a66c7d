import type { AuditEntry } from '../../src/domain/audit/chain.js';
import { createIds } from '../../src/ids.js';
import type { Store } from '../../src/ports.js';
import type { RecordKind, Records } from '../../src/records.js';
import { digest, keepAudit } from '../../src/storage/audit.js';
import { keepSettings } from '../../src/storage/audit-settings.js';
import { openPostgresStore } from '../../src/storage/postgres/index.js';
import { verifyAudit } from '../../src/storage/verify-audit.js';
import { anEntry } from '../support/builders.js';
import { aRecordOf } from '../support/every-kind.js';
import { createMemoryStore } from '../support/memory-store.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { dataFolder } from './lowdb/data-folder.js';

const at = '2026-11-23T08:00:00.000Z';
const keep = (store: Store): Store => keepAudit(store, { clock: { now: () => at }, ids: createIds() });
const trailOf = (store: Store): Promise<readonly AuditEntry[]> =>
  store.read((reader) => reader.list('audit', 'byNumber', 'all'));

const row = { ...aRecordOf.history, move: 'approve', by: 'hugo', from: 'pending', to: 'approved' };
const { channels, closings, events, exports, imports, erasures, terms } = aRecordOf;
const { startedWith } = terms;
if (!startedWith) throw new Error('a record has all that a record can have');
const { reopened: _, ...closed } = closings;
const entry = anEntry();
const moved = { id: 'f', move: 'edit', from: 'planned', to: 'planned', by: 'hugo', at } as const;

type Written = readonly {
  [K in RecordKind]: readonly ['add' | 'put' | 'remove', K, Records[K]];
}[RecordKind][];

const write = async (store: Store, written: Written): Promise<void> => {
  for (const [how, kind, record] of written)
    await store.transact((tx) =>
      how === 'remove' ? tx.remove(kind, record.id) : tx[how](kind, record as never),
    );
};

describe('what is noted', () => {
  it.each<[string, Written, string[]]>([
    ['a decision', [['add', 'history', row]], ['request approve talk hugo pending approved']],
    [
      'a seat that a coordinator takes for somebody',
      [['add', 'history', { ...row, move: 'join', engagementId: 'talk:ines', onBehalfOf: 'ines' }]],
      ['request join talk hugo pending approved'],
    ],
    [
      'that a coordinator says who was there',
      [['add', 'history', { ...row, move: 'attend', engagementId: 'talk:ines' }]],
      ['request attend talk hugo pending approved'],
    ],
    [
      'an offer that somebody approves of their own',
      [['add', 'history', { ...row, engagementId: 'talk:hugo' }]],
      ['request approve talk hugo pending approved'],
    ],
    [
      'a correction',
      [['add', 'history', { ...row, move: 'correctNumber', from: '27', to: '28' }]],
      ['correction correctNumber talk hugo 27 28'],
    ],
    [
      'an amendment and the day of signature',
      [
        ['add', 'history', { ...row, id: 'a', actionId: 'amendment', move: 'amendment-sign' }],
        ['add', 'history', { ...row, id: 'b', actionId: 'convention', move: 'signature' }],
      ],
      [
        'setting amendment-sign amendment hugo pending approved',
        'setting signature convention hugo pending approved',
      ],
    ],
    [
      'a deadline',
      [['add', 'history', { ...row, move: 'deadlineDone' }]],
      ['register deadlineDone talk hugo pending approved'],
    ],
    [
      'each move of an entry of a register, once',
      [
        ['put', 'entries', { ...entry, history: [] }],
        ['put', 'entries', { ...entry, history: [moved] }],
        ['put', 'entries', { ...entry, title: 'Autre', history: [moved] }],
        ['put', 'entries', { ...entry, history: [moved, { ...moved, move: 'drop' as never }] }],
      ],
      [`register edit ${entry.id} hugo planned planned`, `register drop ${entry.id} hugo planned planned`],
    ],
    [
      'an event',
      [
        ['add', 'events', events],
        ['put', 'events', { ...events, held: false }],
      ],
      ['setting event-hold semaine-industrie:2026 hugo'],
    ],
    [
      'a channel that is chosen, chosen again, moved and stopped',
      [
        ['put', 'channels', channels],
        ['put', 'channels', { ...channels, by: 'louis' }],
        ['put', 'channels', { ...channels, conversationId: '19:other' }],
        ['put', 'channels', { ...channels, conversationId: '19:other', by: 'louis' }],
        ['remove', 'channels', channels],
        ['remove', 'channels', channels],
      ],
      [
        'role channel-chosen coordinators hugo',
        'role channel-moved coordinators hugo',
        'role channel-stopped coordinators louis',
      ],
    ],
    [
      'other settings at a start',
      [
        ['put', 'terms', { id: 'convention', countedBy: 'kinds' }],
        ['put', 'terms', terms],
        ['put', 'terms', { ...terms, countedBy: 'others' }],
        ['put', 'terms', { ...terms, startedWith: { ...startedWith, admins: { hash: 'new', size: 3 } } }],
        [
          'put',
          'terms',
          {
            ...terms,
            startedWith: {
              convention: { hash: 'new', size: 1 },
              admins: { hash: 'new', size: 3 },
              coordinators: { hash: 'new', size: 1 },
            },
          },
        ],
        ['put', 'terms', { id: 'convention' }],
      ],
      [
        'role started-admins convention passerelle 2 3',
        'setting started-convention convention passerelle 1 1',
        'role started-coordinators convention passerelle 0 1',
      ],
    ],
    [
      'a year that is closed and reopened',
      [
        ['add', 'closings', closed],
        ['put', 'closings', { ...closed, lines: 1 }],
        ['put', 'closings', { ...closings, reopened: { by: 'louis', at, why: 'Oubli.' } }],
        ['put', 'closings', closings],
      ],
      ['closing closed 2026-2027:1 hugo', 'closing reopened 2026-2027:1 louis'],
    ],
    [
      'an import from the moment that it is added',
      [
        ['put', 'imports', { ...imports, state: 'receiving' }],
        ['put', 'imports', { ...imports, state: 'ready' }],
        ['put', 'imports', { ...imports, state: 'adding' }],
        ['put', 'imports', { ...imports, state: 'adding', written: 1 }],
        ['put', 'imports', { ...imports, state: 'added' }],
      ],
      [`import adding ${imports.id} hugo 1`, `import added ${imports.id} hugo 1`],
    ],
    [
      'a file that was downloaded, and an erasure',
      [
        ['add', 'exports', exports],
        ['add', 'erasures', erasures],
        ['put', 'erasures', { id: 'random', at }],
        ['remove', 'erasures', erasures],
      ],
      ['export report.table 2026-09-01 hugo', 'erasure begun random ines'],
    ],
    [
      'nothing of what people do about themselves, of what follows from a rule, and of imported rows',
      [
        ['add', 'history', aRecordOf.history],
        ['add', 'history', { ...row, id: 'b', by: 'passerelle', move: 'promote' }],
        ['add', 'history', { ...row, id: 'c', importId: 'import' }],
        ['add', 'history', { ...row, id: 'd', move: 'prepare-tutor' }],
        ['put', 'history', { ...row, id: 'e' }],
        ['put', 'people', aRecordOf.people],
      ],
      [],
    ],
  ])('%s', async (_name, written, expected) => {
    const store = keep(createMemoryStore());
    const history = written.map(([how, kind, record]) =>
      kind === 'history' && how === 'add'
        ? ([
            how,
            kind,
            { ...record, actionId: record.actionId === row.actionId ? 'talk' : record.actionId },
          ] as never)
        : ([how, kind, record] as never),
    );
    await write(store, history);
    const said = (await trailOf(store)).map(({ kind, what, about, by, from, to }) =>
      [kind, what, about, by, from, to].filter((part) => part !== undefined).join(' '),
    );
    expect(said).toEqual(expected);
    expect(await verifyAudit(store)).toMatchObject({ rows: expected.length });
    expect((await verifyAudit(store)).fault).toBeUndefined();
  });

  it('a row of the history is named by an id of our own making, never by one that may name somebody', async () => {
    const store = keep(createMemoryStore());
    await write(store, [
      ['add', 'history', { ...row, id: '01J000000000000000000000H1' }],
      ['add', 'history', { ...row, id: 'moved:ines' }],
    ]);
    const rows = await trailOf(store);
    expect(rows.map((each) => each.row)).toEqual(['01J000000000000000000000H1', undefined]);
  });
});

it('the settings of a start are kept as hashes, and noted when they are others', async () => {
  const store = keep(createMemoryStore());
  const start = (admins: readonly string[], coordinators: readonly string[] = [], file = 'file') =>
    keepSettings(store, { convention: [file], admins, coordinators });
  const whats = async () => (await trailOf(store)).map(({ what, from, to }) => `${what} ${from} ${to}`);
  await start(['ines', 'hugo']);
  await start(['hugo', 'ines']);
  expect(await whats()).toEqual([]);
  await start(['hugo']);
  await start(['louis']);
  await start(['louis'], ['zoe']);
  await start(['louis'], ['zoe'], 'another file');
  await start(['louis'], ['zoe'], 'another file');
  expect(await whats()).toEqual([
    'started-admins 2 1',
    'started-admins 1 1',
    'started-coordinators 0 1',
    'started-convention 1 1',
  ]);
  const kept = JSON.stringify(await store.read((reader) => reader.all('terms')));
  for (const name of ['ines', 'hugo', 'louis', 'zoe']) expect(kept).not.toContain(name);
});

describe('a row of the trail', () => {
  let store: Store;
  beforeEach(async () => {
    store = keep(createMemoryStore());
    await write(store, [['add', 'history', row]]);
  });

  it('is neither changed nor removed nor added by others, but somebody can be taken out of it', async () => {
    const [first] = await trailOf(store);
    if (!first) throw new Error('there is a row');
    const { salt: _salt, ...rest } = first;
    const changed = { ...first, to: 'declined', hash: 'another' };
    await expect(store.transact((tx) => tx.put('audit', changed))).rejects.toThrow('never changed');
    await expect(store.transact((tx) => tx.put('audit', { ...first, id: 'new' }))).rejects.toThrow(
      'never changed',
    );
    await expect(store.transact((tx) => tx.remove('audit', first.id))).rejects.toThrow('never removed');
    await store.transact((tx) => tx.put('audit', { ...rest, by: 'random' }));
    expect(await trailOf(store)).toEqual([{ ...rest, by: 'random' }]);
  });

  it('is not written when its transaction fails', async () => {
    const fails = store.transact(async (tx) => {
      await tx.add('exports', aRecordOf.exports);
      throw new Error('no');
    });
    await expect(fails).rejects.toThrow('no');
    expect(await trailOf(store)).toHaveLength(1);
  });
});

describe('the history that tells more of a row', () => {
  const id = '01J000000000000000000000H1';
  let raw: Store;
  beforeEach(async () => {
    raw = createMemoryStore();
    await write(keep(raw), [
      ['add', 'exports', aRecordOf.exports],
      ['add', 'history', { ...row, id }],
      ['add', 'exports', { ...aRecordOf.exports, id: 'other' }],
    ]);
  });

  it('is named by its row when it says otherwise or is gone', async () => {
    expect(await verifyAudit(raw)).toMatchObject({ rows: 3 });
    const others = [
      { move: 'decline' },
      { to: 'declined' },
      { from: 'held' },
      { by: 'louis' },
      { actionId: 'x' },
    ];
    for (const other of others) {
      await write(raw, [['put', 'history', { ...row, id, ...other }]]);
      const { fault, last } = await verifyAudit(raw);
      expect([fault, last?.number]).toEqual([{ number: 2, because: 'record' }, 1]);
    }
    await write(raw, [['put', 'history', { ...row, id, why: 'Complet.', onBehalfOf: 'ines' }]]);
    expect((await verifyAudit(raw)).fault).toBeUndefined();
    await write(raw, [['remove', 'history', { ...row, id }]]);
    expect((await verifyAudit(raw)).fault).toEqual({ number: 2, because: 'record' });
  });

  it('names the random id before its row does, while somebody is being erased', async () => {
    const erasure = { id: 'random', at, person: { id: 'hugo', ids: ['hugo', '29:hugo'] } };
    await write(raw, [['put', 'history', { ...row, id, by: 'random' }]]);
    expect((await verifyAudit(raw)).fault).toEqual({ number: 2, because: 'record' });
    await write(raw, [['put', 'erasures', erasure]]);
    expect((await verifyAudit(raw)).fault).toBeUndefined();
    await write(raw, [['put', 'history', { ...row, id, by: 'louis' }]]);
    expect((await verifyAudit(raw)).fault).toEqual({ number: 2, because: 'record' });
  });
});

describe('on both stores', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.remove());

  const openers: [string, () => Promise<{ raw: Store; end: () => Promise<void> }>][] = [
    [
      'lowdb',
      async () => {
        const data = await dataFolder();
        return { raw: await data.open(), end: data.clean };
      },
    ],
    [
      'PostgreSQL',
      async () => {
        const raw = await openPostgresStore({ url: await server.createDatabase() });
        return { raw, end: () => raw.close() };
      },
    ],
  ];

  describe.each(openers)('%s', (_name, open) => {
    let raw: Store;
    let end: () => Promise<void>;
    beforeEach(async () => {
      ({ raw, end } = await open());
      await Promise.all(
        Array.from({ length: 9 }, (_, n) =>
          keep(raw).transact((tx) => tx.add('exports', { ...aRecordOf.exports, id: `e${n}` })),
        ),
      );
    });
    afterEach(() => end());

    /** Changes the records behind the back of the trail, as whoever can write to the file or database can. */
    const tamper = async (change: (rows: readonly AuditEntry[]) => Written): Promise<void> =>
      write(raw, change(await trailOf(raw)));
    const nth = (rows: readonly AuditEntry[], number: number): AuditEntry => rows[number - 1] as AuditEntry;

    it('the trail is whole, however many wrote at once, and its last row is told', async () => {
      const rows = await trailOf(raw);
      const last = { number: 9, hash: nth(rows, 9).hash };
      expect(await verifyAudit(raw)).toEqual({ rows: 9, last });
      expect(await verifyAudit(raw, nth(rows, 4))).toEqual({ rows: 9, last });
      expect(new Set(rows.map(({ salt }) => salt)).size).toBe(9);
      expect(rows.every(({ salt = '' }) => salt.length >= 22)).toBe(true);
    });

    it.each<[string, (rows: readonly AuditEntry[]) => Written, { number: number; because: string }]>([
      ['removed', (rows) => [['remove', 'audit', nth(rows, 4)]], { number: 4, because: 'missing' }],
      ['the first one', (rows) => [['remove', 'audit', nth(rows, 1)]], { number: 1, because: 'missing' }],
      [
        'altered',
        (rows) => [['put', 'audit', { ...nth(rows, 5), about: 'elsewhere' }]],
        { number: 5, because: 'altered' },
      ],
      [
        'of somebody else',
        (rows) => [['put', 'audit', { ...nth(rows, 5), by: 'louis' }]],
        { number: 5, because: 'author' },
      ],
      [
        'swapped with the next',
        (rows) => [
          ['put', 'audit', { ...nth(rows, 3), number: 4 }],
          ['put', 'audit', { ...nth(rows, 4), number: 3 }],
        ],
        { number: 3, because: 'altered' },
      ],
      [
        'numbered as another one',
        (rows) => [['put', 'audit', { ...nth(rows, 3), number: 1 }]],
        { number: 3, because: 'missing' },
      ],
      [
        'the last one, numbered as another one',
        (rows) => [['put', 'audit', { ...nth(rows, 9), number: 1 }]],
        { number: 9, because: 'missing' },
      ],
      [
        'numbered as none',
        (rows) => [['put', 'audit', { ...nth(rows, 3), number: -1 }]],
        { number: 3, because: 'missing' },
      ],
      [
        'the last one, numbered as none, and the end before it',
        (rows) => [
          ['put', 'audit', { ...nth(rows, 9), number: -1 }],
          ['put', 'audithead', { id: 'chain', number: 8, hash: nth(rows, 8).hash }],
        ],
        { number: 9, because: 'altered' },
      ],
      [
        'copied and altered',
        (rows) => [['put', 'audit', { ...nth(rows, 7), id: 'another', about: 'elsewhere' }]],
        { number: 7, because: 'twice' },
      ],
      [
        'given another field',
        (rows) => [['put', 'audit', { ...nth(rows, 6), note: 'by Louis' } as AuditEntry]],
        { number: 6, because: 'altered' },
      ],
      [
        'there twice',
        (rows) => [['put', 'audit', { ...nth(rows, 7), id: 'another' }]],
        { number: 7, because: 'twice' },
      ],
      [
        'the last ones',
        (rows) => [
          ['remove', 'audit', nth(rows, 8)],
          ['remove', 'audit', nth(rows, 9)],
        ],
        { number: 8, because: 'missing' },
      ],
    ])('a row is found that was altered or is gone: %s', async (_what, change, fault) => {
      await tamper(change);
      const verdict = await verifyAudit(raw);
      expect(verdict.fault).toEqual(fault);
      expect(verdict.last?.number).toBe(fault.number === 1 ? undefined : fault.number - 1);
    });

    it('a trail that was cut with the end kept beside it differs from what was noted elsewhere', async () => {
      const [known] = (await trailOf(raw)).slice(-1);
      await tamper((rows) => [
        ['remove', 'audit', nth(rows, 9)],
        ['put', 'audithead', { id: 'chain', number: 8, hash: nth(rows, 8).hash }],
      ]);
      expect((await verifyAudit(raw)).fault).toBeUndefined();
      expect((await verifyAudit(raw, known)).fault).toEqual({ number: 9, because: 'missing' });
    });
  });

  const historyId = (n: number): string => `01J000000000000000000000H${n}`;
  const listsOfAudit = ['by_number', 'by_kind', 'by_person'];
  it.each([
    ...listsOfAudit.flatMap((by) => [
      [`${by}_partition = 'gone'`],
      [`${by}_partition = null`],
      [`${by}_sort = '000000000009'`],
      [`${by}_sort = '000000000002'`],
    ]),
    [`id = 'gone'`],
  ])('a row that the database does not list where it belongs is named: %s', async (set) => {
    const url = await server.createDatabase();
    const open = (): Promise<Store> => openPostgresStore({ url });
    let raw = await open();
    for (const n of [1, 2, 3, 4]) await write(keep(raw), [['add', 'history', { ...row, id: historyId(n) }]]);
    await raw.close();
    raw = await open();
    expect((await verifyAudit(raw)).fault).toBeUndefined();
    await raw.close();
    await server.query(url, `update audit set ${set} where record->>'number' = '3'`);
    raw = await open();
    const { fault, last } = await verifyAudit(raw);
    expect([fault, last?.number]).toEqual([{ number: 3, because: 'unlisted' }, 2]);
    await raw.close();
  });

  it('two instances that write at once make one chain', async () => {
    const url = await server.createDatabase();
    const instances = await Promise.all([openPostgresStore({ url }), openPostgresStore({ url })]);
    await Promise.all(
      instances.flatMap((raw, i) =>
        Array.from({ length: 40 }, (_, n) =>
          keep(raw).transact((tx) => tx.add('exports', { ...aRecordOf.exports, id: `e${i}-${n}` })),
        ),
      ),
    );
    const rows = await trailOf(instances[0] as Store);
    expect(await verifyAudit(instances[1] as Store)).toEqual({
      rows: 80,
      last: { number: 80, hash: rows.at(-1)?.hash },
    });
    await Promise.all(instances.map((store) => store.close()));
  });

  it('the digest is SHA-256', () => {
    expect(digest('')).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
  });
});
