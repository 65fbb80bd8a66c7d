import { StoreUnavailable } from '../../src/ports.js';
import { aRow, type House, openHouse } from './harness.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const sent = () => house.connector.personal('chat-1').map(({ activity }) => activity.summary);

describe('a restart', () => {
  beforeEach(async () => {
    const sending = { state: 'sending', dueAt: '2026-11-23T08:01:00.000Z' } as const;
    await house.owe({ key: 'card', actionId: '7' });
    await house.outbox.drain();
    await house.put(aRow({ id: 'post', ...sending }));
    await house.put(aRow({ id: 'update:card', op: 'update', target: 'card', ...sending }));
  });

  it('sends the update again that was under way, and lists the post', async () => {
    await house.another().drain();
    expect(await house.row('post')).toMatchObject({ state: 'unknown', error: expect.any(String) });
    expect(await house.row('update:card')).toMatchObject({ state: 'sent' });
    expect([house.connector.posts.length, house.connector.updates.length]).toEqual([1, 1]);
  });

  it('leaves alone what another instance is sending, and waits behind it', async () => {
    await house.owe({ key: 'next' });
    await house.another({ singleInstance: false }).drain();
    expect(await house.row('post')).toMatchObject({ state: 'sending' });
    expect(await house.row('next')).toMatchObject({ state: 'due' });
    house.pass(60_000);
    await house.another({ singleInstance: false }).drain();
    expect(await house.row('post')).toMatchObject({ state: 'unknown' });
    expect(await house.row('next')).toMatchObject({ state: 'sent' });
  });
});

describe('the loop', () => {
  it('says sending durably before it sends', async () => {
    let seen: string | undefined;
    await house.owe({ key: 'a' });
    const post = async () => {
      seen = (await house.row('a'))?.state;
      return { outcome: 'sent' } as const;
    };
    await house.another({ messenger: { post, update: post } }).drain();
    expect(seen).toBe('sending');
  });

  it('finishes what is under way when it is stopped, and takes nothing new', async () => {
    house.connector.fail({ delayMs: 30 });
    for (const key of ['a', 'b']) await house.owe({ key });
    house.outbox.start();
    await house.untilSending('a');
    await house.outbox.stop();
    expect(await house.row('a')).toMatchObject({ state: 'sent' });
    expect(await house.row('b')).toMatchObject({ state: 'due' });
  });

  it('sends what is owed later as soon as it is woken', async () => {
    house.outbox.start();
    await house.outbox.drain();
    await house.owe({ key: 'a' });
    const before = performance.now();
    house.outbox.wake();
    await house.connector.waitFor(() => house.connector.posts.length === 1);
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('lists only what is due or being sent', async () => {
    const listed = new Set<string>();
    const spied: typeof house.store = {
      ...house.store,
      read: (work) =>
        house.store.read((reader) => {
          const list: typeof reader.list = (kind, by, partition, listOptions) => {
            listed.add(partition);
            return reader.list(kind, by, partition, listOptions);
          };
          return work({ ...reader, list });
        }),
    };
    await house.owe({ key: 'a' });
    await house.another({ store: spied }).drain();
    expect([...listed].sort()).toEqual(['due', 'sending']);
  });

  it('sends once the store answers again, when it did not', async () => {
    let down = 1;
    await house.owe({ key: 'a' });
    const flaky: typeof house.store = {
      ...house.store,
      transact: (work) =>
        down-- > 0 ? Promise.reject(new StoreUnavailable('disk full')) : house.store.transact(work),
    };
    await house.another({ store: flaky, backoff: () => 20 }).drain();
    expect(sent()).toEqual(['a']);
    expect(house.logged).toContain('a message could not be taken from the outbox');
  });

  it('sends once when what came of it could not be recorded at first', async () => {
    let transactions = 0;
    await house.owe({ key: 'a' });
    const flaky: typeof house.store = {
      ...house.store,
      transact: (work) =>
        ++transactions === 2 ? Promise.reject(new StoreUnavailable('disk full')) : house.store.transact(work),
    };
    await house.another({ store: flaky, backoff: () => 20 }).drain();
    expect(sent()).toEqual(['a']);
    expect(await house.row('a')).toMatchObject({ state: 'sent' });
    expect(house.logged).toEqual(['what came of a message could not be recorded']);
  });
});
