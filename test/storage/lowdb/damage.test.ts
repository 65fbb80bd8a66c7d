import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { type Store, StoreUnavailable } from '../../../src/ports.js';
import type { Records } from '../../../src/records.js';
import { aRecordOf } from '../../support/every-kind.js';
import { type DataFolder, dataFolder, disk } from './data-folder.js';

/** What is on the disk, by what it is. */
interface OnDisk {
  readonly file: Buffer | undefined;
  readonly journal: Buffer | undefined;
}
type Part = keyof OnDisk;

/** What a bot that was killed or stopped has left, and what its store said after each commit, the first one first. */
interface Left {
  readonly disk: OnDisk;
  readonly states: readonly string[];
}

const pathOf = (data: DataFolder, part: Part): string =>
  part === 'file' ? data.file : `${data.file}.journal`;
const read = async (data: DataFolder, part: Part) => readFile(pathOf(data, part)).catch(() => undefined);
const onDisk = async (data: DataFolder): Promise<OnDisk> => ({
  file: await read(data, 'file'),
  journal: await read(data, 'journal'),
});
/** Byte by byte, jest would compare for seconds. */
const textOf = ({ file, journal }: OnDisk) => [file?.toString('latin1'), journal?.toString('latin1')];
const stateOf = async (store: Store): Promise<string> => {
  const [people, counters] = await store.read((r) => Promise.all([r.all('people'), r.all('counters')]));
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return JSON.stringify([[...people].sort(byId), [...counters].sort(byId)]);
};

const names = ['Inès Exemple', 'Œuvre “citée”', '山田 👩🏽‍🏫', 'Zoé\nSpécimen', 'JJJJ'];
/** Commits this many times, each another thing: people come, change and go, a number is given. */
async function commit(store: Store, count: number, states: string[]): Promise<void> {
  for (let i = 0; i < count; i++) {
    const n = states.length;
    await store.transact(async (tx) => {
      const person: Records['people'] = { ...aRecordOf.people, id: `p${n % 7}`, name: names[n % 5] ?? '' };
      if (n % 6 === 5) await tx.remove('people', `p${(n * 3) % 7}`);
      else await tx.put('people', person);
      await tx.put('counters', { id: 'requests', value: n });
    });
    states.push(await stateOf(store));
  }
}

const maxJournalBytes = 3_000;
const grounds: Record<string, (data: DataFolder, states: string[]) => Promise<OnDisk>> = {
  'killed with a journal of 30 commits': async (data, states) => {
    await commit(await data.open(), 31, states);
    return onDisk(data);
  },
  'killed after the file was written anew, before the journal was shortened': async (data, states) => {
    const watched = disk();
    const store = await data.open({ maxJournalBytes, replaceFile: watched.replaceFile });
    const release = watched.hold();
    release();
    await commit(store, 1, states);
    const old = await readFile(data.file);
    const open = watched.hold();
    await commit(store, 30, states);
    open();
    while (old.equals(await readFile(data.file))) await new Promise(setImmediate);
    return onDisk(data);
  },
  'killed after the journal was shortened': async (data, states) => {
    const store = await data.open({ maxJournalBytes });
    let [before, now] = [0, 0];
    while (now >= before) {
      await commit(store, 1, states);
      [before, now] = [now, (await read(data, 'journal'))?.length ?? 0];
    }
    await commit(store, 5, states);
    return onDisk(data);
  },
  'stopped in order': async (data, states) => {
    const store = await data.open();
    await commit(store, 10, states);
    await store.close();
    return onDisk(data);
  },
};

const linesOf = (bytes: Buffer): string[] => bytes.toString('latin1').split(/(?<=\n)/);
const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''), 'latin1');
const cutAt = (bytes: Buffer, length: number): Buffer => bytes.subarray(0, length);
const flip = (bytes: Buffer, bit: number): Buffer => {
  const damaged = Buffer.from(bytes);
  damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return damaged;
};

describe.each(Object.entries(grounds))('what a bot has left that was %s', (_, make) => {
  let left: Left;
  let data: DataFolder;
  beforeAll(async () => {
    data = await dataFolder();
    const states: string[] = [];
    left = { disk: await make(data, states), states };
  });
  afterAll(() => data.clean());

  /** Starts on what is on the disk but for this part; gives what the store says, or why it did not start. */
  async function startWith(
    part: Part,
    damaged: Buffer | undefined,
  ): Promise<{ state?: string; error?: string }> {
    const other = await dataFolder();
    try {
      for (const [name, bytes] of Object.entries({ ...left.disk, [part]: damaged }))
        if (bytes) await writeFile(pathOf(other, name as Part), bytes);
      const store = await other.open();
      return { state: await stateOf(store) };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      expect(textOf(await onDisk(other))).toEqual(textOf({ ...left.disk, [part]: damaged }));
      expect(error.message).toContain(pathOf(other, part));
      expect(error.message).toMatch(/: (head|echo|cp) |move it/);
      return { error: error.message };
    } finally {
      await other.clean();
    }
  }

  /** So many lines of the journal are whole: the state that they lead to, if the file allows for it. */
  const statesAfter = (journal: Buffer): string[] => {
    const whole = linesOf(left.disk.journal ?? Buffer.of());
    let length = 0;
    const ends = whole.map((line) => (length += line.length));
    const lost = ends.filter((end) => end - 1 > journal.length).length;
    return left.states.slice(left.states.length - 1 - lost, left.states.length - lost);
  };

  const last = () => left.states.at(-1);

  test('is all there as it is', async () => {
    expect(await startWith('file', left.disk.file)).toEqual({ state: last() });
  });

  test.each([
    'file',
    'journal',
  ] as const)('stops the start without the %s, or with an empty one', async (part) => {
    for (const gone of [undefined, Buffer.of()]) {
      expect(await startWith(part, gone)).toEqual({ error: expect.stringMatching(/missing|empty|line 1 /) });
    }
  });

  const lineDamage: Record<string, (lines: readonly string[], at: number) => string[]> = {
    removed: (lines, at) => lines.toSpliced(at, 1),
    repeated: (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
    'swapped with the next': (lines, at) => [
      ...lines.slice(0, at),
      lines[at + 1] ?? '',
      lines[at] ?? '',
      ...lines.slice(at + 2),
    ],
    emptied: (lines, at) => lines.with(at, '\n'),
  };
  test.each(
    Object.entries(lineDamage),
  )('gives no other records when any line is %s', async (_name, damage) => {
    for (const part of ['file', 'journal'] as const) {
      const lines = linesOf(left.disk[part] ?? Buffer.of()).filter(Boolean);
      const startDamaged = async (at: number) => {
        const damaged = bytesOf(damage(lines, at));
        if (damaged.equals(left.disk[part] ?? Buffer.of())) return;
        const { state, error } = await startWith(part, damaged);
        // Without its last lines a journal is what it was before them.
        const isCut = part === 'journal' && left.disk.journal?.subarray(0, damaged.length).equals(damaged);
        if (state !== undefined)
          expect([part, at, state]).toEqual([part, at, isCut ? statesAfter(damaged)[0] : last()]);
        else if (part === 'journal') expect(error).toMatch(/line \d+ of its journal|does not continue/);
      };
      await Promise.all([...lines.keys()].map(startDamaged));
    }
  });

  const runs = { seed: 20261123, numRuns: 40 };
  const anyPart = fc.constantFrom<Part>('file', 'journal');

  test('gives no other records when any bit is flipped', async () => {
    await fc.assert(
      fc.asyncProperty(anyPart, fc.nat(), async (part, n) => {
        const bytes = left.disk[part] ?? Buffer.of();
        const { state } = await startWith(part, flip(bytes, n % (8 * bytes.length)));
        if (state !== undefined) expect(state).toBe(last());
      }),
      runs,
    );
  });

  test('gives the commits that are whole, or nothing, when it ends too early', async () => {
    await fc.assert(
      fc.asyncProperty(anyPart, fc.nat(), async (part, n) => {
        const bytes = left.disk[part] ?? Buffer.of();
        const damaged = cutAt(bytes, n % bytes.length);
        const { state } = await startWith(part, damaged);
        if (part === 'journal' && state !== undefined) expect(statesAfter(damaged)).toEqual([state]);
        if (part === 'file' && state !== undefined)
          expect([damaged.length, state]).toEqual([bytes.length - 1, last()]);
      }),
      runs,
    );
  });

  test('gives no other records when a part of it is that of another moment', async () => {
    const other = await dataFolder();
    const states: string[] = [];
    await commit(await other.open(), 12, states);
    for (const part of ['file', 'journal'] as const) {
      const { error } = await startWith(part, await read(other, part));
      expect(error).toContain('does not continue');
    }
    await other.clean();
  });
});
