import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importEngagements } from '../../../scripts/import-engagements.js';
import { createApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { yearOfId } from '../../../src/domain/convention/programme-year.js';
import { createReportCounter } from '../../../src/domain/report/counter.js';
import { storeClosing } from '../../../src/features/report/closed.js';
import { tidy } from '../../support/flows.js';
import { aLine, aPlacementLine, toCsv } from '../../support/import-files.js';
import { readRecords } from '../../support/records.js';

const folder = mkdtempSync(join(tmpdir(), 'passerelle-console-'));
const data = join(folder, 'records.json');
const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, { DATA_FILE: data, LOG_LEVEL: 'silent' });
  delete process.env.DATABASE_URL;
  delete process.env.DATABASE_URL_FILE;
});
afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

const run = (content: string, { dryRun = false, by = '', name = 'engagements.csv' } = {}) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return importEngagements(file, { dryRun, by: by || undefined, onProgress: () => undefined });
};
const count = (kind: string) => Object.keys(readRecords(data)[kind] ?? {}).length;
const sound = toCsv([aLine(), aPlacementLine()]);

it('a file with a fault is told by line and column, and nothing is added', async () => {
  const { report, isFaulty } = await run(toCsv([aLine(), aLine({ kind: 'Conférence' })]));
  expect(isFaulty).toBe(true);
  expect(report).toContain('2 lines, 0 engagements to add in 0 actions, 0 lines there already, 1 faults');
  expect(report).toContain('fault   Line 3 · Kind: “Conférence” is no kind of action of the agreement');
  expect(report).toContain('Nothing is added.');
});

it('a dry run says what would be added, and adds nothing', async () => {
  const { report } = await run(sound, { dryRun: true });
  expect(report).toContain('2 lines, 2 engagements to add in 2 actions (2025-2026: 2)');
  expect(report).toContain('Dry run: nothing is added.');
});

it('without it all is added, in the name of whoever is given; the second time nothing', async () => {
  expect((await run(sound, { by: 'aad-hugo' })).report).toContain('Added 2 engagements in 2 actions.');
  expect([count('actions'), count('engagements'), count('tallies')]).toEqual([2, 2, 1]);
  expect(Object.values(readRecords(data).imports ?? {})).toMatchObject([
    { by: 'aad-hugo', fileName: 'engagements.csv', state: 'added', engagements: 2 },
  ]);
  const again = await run(sound);
  expect(again).toMatchObject({ isFaulty: false });
  expect(again.report).toContain('0 engagements to add in 0 actions, 2 lines there already');
  expect([count('actions'), count('imports')]).toEqual([2, 1]);
});

it('without a name it is Passerelle’s', async () => {
  await run(toCsv([aLine({ firstDay: '13/03/2026' })]));
  expect(Object.values(readRecords(data).imports ?? {}).map((one) => (one as { by: string }).by)).toContain(
    'passerelle',
  );
});

it('a year that is closed is named, with what becomes of the lines', async () => {
  const app = await createApp(readConfig(process.env));
  await app.services.store.transact((tx) =>
    storeClosing(
      tx,
      {
        year: '2025-2026',
        firstDay: '2025-09-01',
        version: 1,
        by: 'hugo',
        at: '2026-06-29T08:00:00.000Z',
        total: createReportCounter(yearOfId('2025-2026'), []).finish().total,
        commitments: [],
        lines: 0,
      },
      [],
    ),
  );
  await app.close();
  const said =
    'School year 2025-2026: the report is closed already (version 1, Monday 29 June 2026 at 10:00). Its figures do not change.';
  const content = toCsv([aLine({ firstDay: '16/03/2026' })]);
  expect(tidy((await run(content, { dryRun: true })).report)).toContain(said);
  expect(tidy((await run(content)).report)).toContain(said);
});

it.each([
  ['no table', '<html>', 'engagements.csv', /is no table.*XLSX and CSV/],
  ['a name with personal data', sound, 'Léa 06 12 34 56 78.csv', /name of this file cannot be kept/],
])('%s is refused with what to do', async (_, content, name, said) => {
  await expect(run(content, { name })).rejects.toThrow(said);
});
