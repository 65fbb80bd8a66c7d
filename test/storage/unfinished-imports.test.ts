import type { ListOptions, Store } from '../../src/ports.js';
import type { Import } from '../../src/records.js';
import { hideUnfinishedImports } from '../../src/storage/unfinished-imports.js';
import { anAction, anEngagement } from '../support/builders.js';
import { aRecordOf } from '../support/every-kind.js';
import { createMemoryStore } from '../support/memory-store.js';
import { storeContract } from '../support/store-contract.js';
import { dataFolder } from './lowdb/data-folder.js';

storeContract('A store that hides unfinished imports', async () => {
  const data = await dataFolder();
  let raw = await data.open();
  return {
    store: hideUnfinishedImports(raw),
    async reopen() {
      await raw.close();
      raw = await data.open();
      return hideUnfinishedImports(raw);
    },
    close: data.clean,
  };
});

describe('of two imports, one of which is complete', () => {
  let raw: Store;
  let store: Store;
  const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id);
  const anImport = (id: string, state: Import['state']): Import => ({ ...aRecordOf.imports, id, state });
  beforeEach(async () => {
    raw = createMemoryStore();
    store = hideUnfinishedImports(raw);
    await raw.transact(async (tx) => {
      await tx.put('imports', anImport('done', 'added'));
      await tx.put('imports', anImport('going', 'adding'));
      for (let n = 1; n <= 9; n++) {
        const importId = ['done', 'going', undefined][n % 3];
        const own = importId ? { importId } : {};
        const action = anAction({ id: `a${n}`, state: 'held', firstDay: `2026-03-0${n}`, ...own });
        await tx.put('actions', action);
        await tx.put('engagements', { ...anEngagement(action, 'ines'), ...own });
        await tx.put('history', { ...aRecordOf.history, id: `h${n}`, actionId: action.id, ...own });
      }
    });
  });

  it.each<[string, ListOptions, string[]]>([
    ['all', {}, ['a2', 'a3', 'a5', 'a6', 'a8', 'a9']],
    ['the first', { limit: 3 }, ['a2', 'a3', 'a5']],
    ['the last', { limit: 4, reverse: true }, ['a9', 'a8', 'a6', 'a5']],
    ['none', { limit: 0 }, []],
    ['more than there are', { limit: 100, from: '2026-03-05' }, ['a5', 'a6', 'a8', 'a9']],
  ])('a list has what is complete: %s', async (_, options, expected) => {
    const list = await store.read((reader) => reader.list('actions', 'byState', 'held', options));
    expect(ids(list)).toEqual(expected);
  });

  it('nothing of the other is found, listed or among all, until it is complete', async () => {
    const found = () =>
      store.read(async (reader) => [
        (await reader.get('actions', 'a1'))?.id,
        (await reader.get('engagements', 'a1:ines'))?.id,
        (await reader.get('history', 'h1'))?.id,
        (await reader.all('actions')).length,
        (await reader.all('engagements')).length,
        (await reader.list('engagements', 'byEmployee', 'ines')).length,
        (await reader.list('history', 'byAction', 'a1')).length,
      ]);
    expect(await found()).toEqual([undefined, undefined, undefined, 6, 6, 6, 0]);
    await store.transact(async (tx) => {
      await tx.put('imports', anImport('going', 'added'));
      // Within its own transaction already.
      expect((await tx.get('actions', 'a1'))?.id).toBe('a1');
    });
    expect(await found()).toEqual(['a1', 'a1:ines', 'h1', 9, 9, 9, 1]);
  });
});
