import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createIds } from '../../src/ids.js';
import { keepAudit } from '../../src/storage/audit.js';
import { aRecordOf } from '../support/every-kind.js';
import { type DataFolder, dataFolder } from './lowdb/data-folder.js';

jest.setTimeout(90_000);

let data: DataFolder;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.clean());

/** Runs `npm run job -- verify-audit`; gives how it ended and what it said. */
async function verify(...flags: string[]): Promise<{ code: number; said: string }> {
  const { DATABASE_URL: _, ...rest } = process.env;
  const env = { ...rest, DATA_FILE: data.file, LOG_LEVEL: 'silent' };
  const args = ['--import', 'tsx', 'scripts/job.ts', 'verify-audit', ...flags];
  return promisify(execFile)(process.execPath, args, { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }) => ({ code, said: stderr }),
  );
}

test('it says how many rows there are, or which is wrong, with its exit code', async () => {
  const none = { code: 0, said: 'verify-audit: ok, no row yet\n' };
  expect(await verify('--dry-run', '--at', '2026-11-30T09:00:00Z')).toEqual(none);

  let raw = await data.open();
  const store = keepAudit(raw, { clock: { now: () => data.now }, ids: createIds() });
  for (const id of ['a', 'b', 'c'])
    await store.transact((tx) => tx.add('exports', { ...aRecordOf.exports, id }));
  const [first, second] = await raw.read((reader) => reader.list('audit', 'byNumber', 'all'));
  if (!first || !second) throw new Error('there are rows');
  await raw.close();
  const whole = await verify('--known', `1:${first.hash}`);
  expect(whole.code).toBe(0);
  expect(whole.said).toMatch(/^verify-audit: ok, 3 rows; the last is 3:[\w-]{43}\n/);

  raw = await data.open();
  await raw.transact((tx) => tx.put('audit', { ...second, about: 'elsewhere' }));
  await raw.close();
  const altered = await verify();
  expect(altered.code).toBe(1);
  expect(altered.said).toBe(
    'verify-audit: row 2 is wrong: it was altered. The rows before are right; ' +
      `the last of them is 1:${first.hash}.\n`,
  );
});

test('a row that is no number and hash is refused', async () => {
  const { code, said } = await verify('--known', '3');
  expect([code, said]).toEqual([1, '--known needs a row as an earlier run said it: NUMBER:HASH.\n']);
});
