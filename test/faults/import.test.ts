import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { addDays } from '../../src/domain/days.js';
import { recount } from '../../src/domain/engagements/tally.js';
import type { ImportColumn } from '../../src/domain/imports/finding.js';
import type { Services } from '../../src/features/feature.js';
import { addNext, beginAdding } from '../../src/features/imports/add.js';
import { checkFile } from '../../src/features/imports/check-file.js';
import { addAll } from '../../src/features/imports/job.js';
import { keepChecked } from '../../src/features/imports/keep.js';
import { yearChangesId } from '../../src/features/shared/records.js';
import type { Store } from '../../src/ports.js';
import type { RecordKind, Records } from '../../src/records.js';
import { openLowdbStore } from '../../src/storage/lowdb/index.js';
import { openPostgresStore } from '../../src/storage/postgres/index.js';
import { hideUnfinishedImports } from '../../src/storage/unfinished-imports.js';
import { countUnder } from '../support/counting.js';
import { aLine, aPlacementLine, type FileLine, toCsv } from '../support/import-files.js';
import { createMemoryStore } from '../support/memory-store.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

const [count, planted] = process.env.FULL_FAULTS ? [20_000, 200] : [400, 25];
const now = '2026-11-23T08:00:00.000Z';
const schoolYearOf = (day: string) => (day < '2025-09-01' ? '2024-2025' : '2025-2026');

/** A line and what an independent count makes of it. */
const toLine = (i: number) => {
  const person = `Prénom${i % 7} Nom${i % 311}`;
  const reference = `R${i - (i % 5 === 1 ? 1 : 0)}`;
  // Every fifth action has two people, and their lines agree.
  const n = i % 5 === 1 ? i - 1 : i;
  if (n % 10 === 0) {
    const line = aPlacementLine({ employee: person, reference });
    return { line, person, action: reference, kind: 'placement-3e', day: '2026-03-23', pupils: 2 };
  }
  const day = addDays('2024-09-02', n % 600);
  const pupils = 10 + (n % 23);
  const line = aLine({ employee: person, reference, firstDay: day, pupils: String(pupils) });
  return { line, person, action: reference, kind: 'classroom-talk', day, pupils };
};
const rows = Array.from({ length: count }, (_, i) => toLine(i));
const sound = rows.map(({ line }) => line);

/** Whatever the line was before. */
const talk = { kind: 'Intervention en classe', places: '', filled: '' };
/** Faults of many kinds, each in a line of its own. */
const wrongs: readonly [ImportColumn, FileLine][] = [
  ['pupils', { pupils: 'beaucoup' }],
  ['kind', { kind: 'Conférence' }],
  ['firstDay', { firstDay: '31/02/2026' }],
  ['remark', { remark: 'Léa, 06 12 34 56 78, PAI asthme' }],
  ['school', { school: '0932030C' }],
  ['academie', { academie: 'Atlantide' }],
  ['employee', { employee: '' }],
  ['employee', { employee: 'Élise Dupond; Karim Xavier' }],
  ['lastDay', { ...talk, firstDay: '02/11/2025', lastDay: '30/11/2025' }],
  ['event', { event: 'Fête de la musique' }],
];
const step = Math.floor(count / planted);
const faults = Array.from({ length: planted }, (_, i) => {
  const [column, cells] = wrongs[i % wrongs.length] as (typeof wrongs)[number];
  // Not of an action of two, whose lines would no longer agree.
  return { at: i * step + 3, column, cells };
});
const faulty = sound.map((line, i) => ({ ...line, ...faults.find(({ at }) => at === i)?.cells }));

let wired: Services;
let server: PostgresServer;
const folder = mkdtempSync(join(tmpdir(), 'passerelle-import-'));
beforeAll(async () => {
  wired = (await createApp(readConfig({ LOG_LEVEL: 'silent' }), { store: createMemoryStore() })).services;
  server = await startPostgres();
}, 60_000);
afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['the data file', () => openLowdbStore({ file: join(folder, 'records.json'), clock: { now: () => now } })],
  ['PostgreSQL', async () => openPostgresStore({ url: await server.createDatabase() })],
])(`a file of ${count} lines, on %s`, (_, open) => {
  let raw: Store;
  let services: Services;
  beforeAll(async () => {
    raw = await open();
    services = { ...wired, store: hideUnfinishedImports(raw), clock: { now: () => now } };
  });
  afterAll(() => raw.close());

  const all = <K extends RecordKind>(kind: K, store: Pick<Store, 'read'> = services.store) =>
    store.read((reader) => reader.all(kind)) as Promise<readonly Records[K][]>;
  const written = async () =>
    Promise.all(
      (['actions', 'engagements', 'history', 'people', 'tallies'] as const).map((kind) => all(kind, raw)),
    ).then((kinds) => kinds.map((records) => records.length));
  const check = (lines: readonly FileLine[]) => checkFile(Buffer.from(toCsv(lines)), services);

  it(`with ${planted} faults: each is found with its line and column, and nothing is written`, async () => {
    const { findings, actions } = await check(faulty);
    const found = findings.filter(({ blocks }) => blocks).map(({ line, column }) => `${line} ${column}`);
    expect(found).toEqual(faults.map(({ at, column }) => `${at + 2} ${column}`));
    expect([actions.length, await written()]).toEqual([0, [0, 0, 0, 0, 0]]);
  }, 60_000);

  it('mended, it adds all at once, over a restart, and is counted right', async () => {
    const checked = await check(sound);
    expect(checked.faults).toBe(0);
    const kept = await keepChecked(
      { id: wired.ids.derive('file'), name: 'a.csv', by: 'hugo' },
      checked,
      services,
    );
    expect(await written()).toEqual([0, 0, 0, 0, 0]);
    let at = await beginAdding(kept.id, services, 'hugo');
    for (let n = 0; n < 3 && at && at !== 'busy'; n++) at = await addNext(at, services, { tells: true });
    if (!at || at === 'busy') throw new Error('it was not begun');
    // What is written exists for nobody.
    expect((await all('engagements', raw)).length).toBeGreaterThan(200);
    for (const kind of ['actions', 'engagements', 'history', 'tallies', 'mobilised'] as const)
      expect([kind, (await all(kind)).length]).toEqual([kind, 0]);
    const listed = await services.store.read((reader) =>
      reader.list('actions', 'byState', 'held', { limit: 5 }),
    );
    expect(listed).toEqual([]);
    // Two processes go on with it after a restart.
    await Promise.all([addAll(at, services), addAll(at, { ...services })]);
    expect((await services.store.read((r) => r.get('imports', kept.id)))?.state).toBe('added');
    expect([(await all('engagements')).length, (await all('actions')).length]).toEqual([
      count,
      new Set(rows.map(({ action }) => action)).size,
    ]);
  }, 120_000);

  it('its figures equal an independent count, a recount, and are known to have changed', async () => {
    const tallies = new Map((await all('tallies')).map((tally) => [tally.id, tally]));
    const counted = recount(await all('actions'), await all('engagements'), countUnder(wired.convention));
    expect(tallies).toEqual(counted.tallies);
    for (const year of ['2024-2025', '2025-2026']) {
      const ofYear = rows.filter(({ day }) => schoolYearOf(day) === year);
      const tally = tallies.get(year);
      for (const kind of ['classroom-talk', 'placement-3e'] as const) {
        const once = new Map(
          ofYear.filter((row) => row.kind === kind).map((row) => [row.action, row.pupils]),
        );
        const pupils = [...once.values()].reduce((sum, n) => sum + n, 0);
        expect([year, tally?.kinds[kind].held, tally?.kinds[kind].pupils]).toEqual([year, once.size, pupils]);
      }
      expect(tally?.achieved).toBe(new Set(ofYear.map(({ person }) => person)).size);
      const changes = await services.store.read((r) => r.get('counters', yearChangesId(year)));
      expect(changes?.value).toBe(1);
    }
    const numbers = (await all('actions')).map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  it('twice, it adds nothing', async () => {
    const before = await written();
    const { actions, known, faults: more } = await check(sound);
    expect([actions.length, known, more, await written()]).toEqual([0, count, 0, before]);
  }, 60_000);
});
