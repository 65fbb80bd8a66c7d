import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../../src/ports.js';
import { type ReplaceFile, replaceFile } from '../../../src/storage/lowdb/replace-file.js';
import { type DataFolder, dataFolder } from './data-folder.js';

/** What a process that was killed at some moment has left. */
interface Left {
  readonly files: DataFolder;
  /** How many commits had been answered before, and how many had been asked for by then. */
  readonly answered: number;
  readonly asked: number;
}

let data: DataFolder;
let lefts: Left[];
let counts: { answered: number; asked: number };
beforeEach(async () => {
  data = await dataFolder();
  lefts = [];
  counts = { answered: 0, asked: 0 };
});
afterEach(async () => {
  for (const { files } of lefts) await files.clean();
  await data.clean();
});

async function keepFiles(): Promise<void> {
  const { answered } = counts;
  const files = await dataFolder();
  files.now = data.now;
  for (const name of await readdir(data.folder, { withFileTypes: true })) {
    // One that is being written can be gone by now.
    if (name.isFile())
      await copyFile(join(data.folder, name.name), join(files.folder, name.name)).catch(() => undefined);
  }
  lefts.push({ files, answered, asked: counts.asked });
}

/** The disk, on which the process could be killed before and after anything is replaced. */
const watchedDisk: ReplaceFile = async (file, content) => {
  await keepFiles();
  await replaceFile(file, content);
  await keepFiles();
};

const open = (maxJournalBytes: number) => data.open({ replaceFile: watchedDisk, maxJournalBytes });
async function commit(store: Store, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    counts.asked += 1;
    const value = counts.asked;
    await store.transact(async (tx) => {
      await tx.put('counters', { id: `c${value % 5}`, value });
      await tx.put('counters', { id: 'last', value });
      if (value % 4 === 0) await tx.remove('counters', `c${(value + 1) % 5}`);
    });
    counts.answered += 1;
    if (counts.answered % 5 === 1) await keepFiles();
  }
}
/** What those commits make, one after the other. */
function recordsAfter(commits: number): Record<string, number> {
  const records: Record<string, number> = {};
  for (let value = 1; value <= commits; value++) {
    records[`c${value % 5}`] = value;
    records.last = value;
    if (value % 4 === 0) delete records[`c${(value + 1) % 5}`];
  }
  return records;
}
const recordsIn = async (store: Store): Promise<Record<string, number>> =>
  Object.fromEntries((await store.read((r) => r.all('counters'))).map(({ id, value }) => [id, value]));

/** Starts on all that could be left: it says what was answered and goes on, also after it was killed once more. */
async function expectStarts(): Promise<void> {
  expect(lefts.length).toBeGreaterThan(3);
  for (const { files, answered, asked } of lefts) {
    const store = await files.open({ maxJournalBytes: 200 });
    const found = await recordsIn(store);
    const { last = 0 } = found;
    expect(last).toBeGreaterThanOrEqual(answered);
    expect(last).toBeLessThanOrEqual(asked);
    expect(found).toEqual(recordsAfter(last));
    expect(files.warnings).toEqual([]);
    await store.transact((tx) => tx.put('counters', { id: 'a', value: 1 }));
    await store.transact((tx) => tx.put('counters', { id: 'b', value: 2 }));
    const again = await dataFolder();
    for (const end of ['', '.journal']) await copyFile(files.file + end, again.file + end);
    expect(await recordsIn(await again.open())).toEqual({ ...found, a: 1, b: 2 });
    await again.clean();
  }
}

test.each([
  ['its first commits', 1_000_000],
  ['commits that fold the journal again and again', 200],
  ['commits that each write the whole file', 0],
])('a start after a kill at any step of %s has all that was answered', async (_, maxJournalBytes) => {
  await commit(await open(maxJournalBytes), 30);
  await expectStarts();
});

test('a start after a kill at any step of the first commits after a kill has all that was answered', async () => {
  await commit(await data.open(), 8);
  await keepFiles();
  const killed = lefts.at(-1)?.files;
  if (!killed) throw new Error('nothing was kept');
  lefts = lefts.slice(0, -1);
  await data.clean();
  data = killed;
  await commit(await open(1_000_000), 3);
  await expectStarts();
});

test('a start after a kill at any step of the first commit of a day, or of a stop, has all that was answered', async () => {
  const store = await open(1_000_000);
  await commit(store, 8);
  data.now = '2026-11-24T08:00:00.000Z';
  await commit(store, 8);
  await store.close();
  await commit(await open(1_000_000), 3);
  await expectStarts();
});

describe('records from before commits were numbered', () => {
  const name = '00000000-0000-4000-8000-000000000001';
  const newName = '00000000-0000-4000-8000-000000000002';
  const fileOf = (journal: string, commits: number): string => {
    const records = Object.entries(recordsAfter(commits)).map(([id, value]) => [id, { id, value }]);
    return JSON.stringify({ version: 1, journal, counters: Object.fromEntries(records) });
  };
  const journalOf = (journal: string, from: number, until: number): string => {
    const lines = [JSON.stringify({ journal })];
    for (let value = from; value <= until; value++) {
      const [before, after] = [recordsAfter(value - 1), recordsAfter(value)];
      const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
      const changes = [...ids]
        .filter((id) => before[id] !== after[id])
        .map((id) => ['counters', id, id in after ? { id, value: after[id] } : null]);
      lines.push(JSON.stringify(changes));
    }
    return `${lines.join('\n')}\n`;
  };

  const forms: [string, Record<string, string>][] = [
    ['a stopped bot', { '': fileOf(name, 9) }],
    ['a killed bot', { '': fileOf(name, 3), '.journal': journalOf(name, 4, 9) }],
    ['a bot killed in a write', { '': fileOf(name, 3), '.journal': `${journalOf(name, 4, 9)}[["coun` }],
    ['a bot killed in its first line', { '': fileOf(name, 9), '.journal': '{"journal":"00000' }],
    [
      'a bot killed while the file was written anew',
      { '': fileOf(name, 3), '.journal': journalOf(name, 4, 9), '.journal.next': journalOf(newName, 7, 9) },
    ],
    [
      'a bot killed after that',
      {
        '': fileOf(newName, 6),
        '.journal': journalOf(name, 4, 9),
        '.journal.next': journalOf(newName, 7, 9),
      },
    ],
  ];

  test.each(
    forms,
  )('as %s left them are read once and continued, whenever the next one is killed', async (_, files) => {
    for (const [end, text] of Object.entries(files)) await writeFile(data.file + end, text);
    counts = { answered: 9, asked: 9 };
    await commit(await open(1_000_000), 3);
    await expectStarts();
    const left = (await readdir(data.folder)).filter((file) => file.startsWith('data'));
    expect(left).toEqual(['data.json', 'data.json.journal']);
    expect(await readFile(`${data.file}.journal`, 'utf8')).toMatch(/^\{"after":1,.*\n2 /);
  });

  test.each([
    ['is not UTF-8', Buffer.from([0xff]), 3],
    ['is not JSON', Buffer.from('x'), 3],
    ['has no commit', Buffer.from('[1]'), 3],
  ])('with a line in the journal that %s stop the start', async (_, bytes, line) => {
    await writeFile(data.file, fileOf(name, 3));
    const [first = '', ...rest] = journalOf(name, 4, 9).split(/(?<=\n)/);
    const damaged = [first, rest[0] ?? '', bytes, Buffer.from('\n'), ...rest.slice(1)];
    await writeFile(`${data.file}.journal`, Buffer.concat(damaged.map((part) => Buffer.from(part))));
    await expect(data.open()).rejects.toThrow(`line ${line} of its journal`);
  });

  test.each([
    ['of another file', journalOf(newName, 4, 9)],
    ['whose first line is damaged', journalOf(name, 4, 9).replace('journal', 'jxurnal')],
  ])('with a journal %s stop the start', async (_, text) => {
    await writeFile(data.file, fileOf(name, 3));
    await writeFile(`${data.file}.journal`, text);
    await expect(data.open()).rejects.toThrow('line 1 of its journal');
    await rm(`${data.file}.journal`);
    expect(await recordsIn(await data.open())).toEqual(recordsAfter(3));
  });
});
