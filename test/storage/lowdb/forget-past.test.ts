import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../../src/ports.js';
import { StoreUnavailable } from '../../../src/ports.js';
import { type DataFolder, dataFolder, disk } from './data-folder.js';

let data: DataFolder;
let store: Store;
beforeEach(async () => {
  data = await dataFolder();
  store = await data.open();
});
afterEach(() => data.clean());

const put = (value: string) =>
  store.transact((tx) =>
    tx.put('posts', { id: 'p', actionId: 'a', conversationId: value, message: 'm.m', lang: 'fr' }),
  );

/** Whether a text is in any byte of the folder. */
const isAnywhere = (text: string): boolean => {
  const files = readdirSync(data.folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  return files.some((f) => readFileSync(join(f.parentPath, f.name)).includes(text));
};

it('what was replaced or removed is in no byte of the files afterwards', async () => {
  await put('somebody');
  await put('nobody');
  expect(isAnywhere('somebody')).toBe(true);
  await store.forgetPast();
  expect(isAnywhere('somebody')).toBe(false);
  expect(isAnywhere('nobody')).toBe(true);
});

it('it stays so for what a commit that comes at the same moment writes, and for a store that is opened again', async () => {
  await put('somebody');
  await Promise.all([put('nobody'), store.forgetPast(), put('another')]);
  expect(isAnywhere('somebody')).toBe(false);
  await store.close();
  store = await data.open();
  expect(await store.read((r) => r.get('posts', 'p'))).toMatchObject({ conversationId: 'another' });
  await put('last');
  expect(isAnywhere('somebody')).toBe(false);
});

it('commits that are written meanwhile by a fold of the journal bring nothing back', async () => {
  await store.close();
  store = await data.open({ maxJournalBytes: 400 });
  for (let n = 0; n < 20; n++) await put(`somebody-${n}`);
  await put('nobody');
  await store.forgetPast();
  expect(isAnywhere('somebody')).toBe(false);
});

it('of a day’s first commit the backup has nothing of it either', async () => {
  await put('somebody');
  await put('nobody');
  await store.forgetPast();
  data.now = '2026-11-24T08:00:00.000Z';
  await put('another');
  const newest = readdirSync(join(data.folder, 'backups')).sort().at(-1) ?? '';
  expect(newest).toContain('2026-11-24');
  expect(readFileSync(join(data.folder, 'backups', newest)).includes('somebody')).toBe(false);
});

it('a disk that does not let it begin a new journal is an error, and the next attempt is whole', async () => {
  await store.close();
  const watched = disk();
  store = await data.open({ replaceFile: watched.replaceFile, maxJournalBytes: 1_000_000 });
  await put('somebody');
  await put('nobody');
  watched.failingJournal = true;
  await expect(store.forgetPast()).rejects.toThrow(StoreUnavailable);
  expect(await store.read((r) => r.get('posts', 'p'))).toMatchObject({ conversationId: 'nobody' });
  watched.failingJournal = false;
  await store.forgetPast();
  expect(isAnywhere('somebody')).toBe(false);
});
