import { aRow, type House, openHouse } from './harness.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const sentCards = () => house.connector.posts.map(({ activity }) => activity.summary);

describe('owing a post', () => {
  it('sends it once, however often its key is owed, before and after it was sent', async () => {
    await house.owe({ key: 'weekly:2026-11-23' });
    await house.owe({ key: 'weekly:2026-11-23' });
    await house.outbox.drain();
    await house.owe({ key: 'weekly:2026-11-23' });
    await house.outbox.drain();
    expect(sentCards()).toEqual(['weekly:2026-11-23']);
    expect(await house.row('weekly:2026-11-23')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('sends nothing when the transaction that owed it fails', async () => {
    const failed = house.store.transact(async (tx) => {
      await tx.put('outbox', aRow({ id: 'a' }));
      throw new Error('the rule said no');
    });
    await expect(failed).rejects.toThrow('the rule said no');
    await house.outbox.drain();
    expect(sentCards()).toEqual([]);
  });

  it('remembers the post of an action from the moment it is being sent, and its activity once it is', async () => {
    house.connector.fail({ delayMs: 30 });
    await house.owe({ key: 'request:7', actionId: '7' });
    const draining = house.outbox.drain();
    await house.untilSending('request:7');
    const meanwhile = await house.post('request:7');
    await draining;
    const known = {
      id: 'request:7',
      actionId: '7',
      conversationId: 'chat-1',
      message: 'test.card',
      lang: 'fr',
    };
    expect(meanwhile).toEqual(known);
    expect(await house.post('request:7')).toEqual({
      ...known,
      activityId: house.connector.posts[0]?.activityId,
    });
  });

  it('keeps what a feature had already said of the post', async () => {
    const post = {
      id: 'request:7',
      actionId: '7',
      conversationId: 'chat-1',
      message: 'test.other',
      lang: 'en',
    } as const;
    await house.store.transact((tx) => tx.put('posts', post));
    await house.owe({ key: 'request:7', actionId: '7' });
    await house.outbox.drain();
    expect(await house.post('request:7')).toMatchObject({ ...post, activityId: expect.any(String) });
  });

  it('waits for the moment it was put off to, and holds up nothing meanwhile', async () => {
    await house.owe({ key: 'tomorrow', dueAt: '2026-11-24T08:00:00.000Z' });
    await house.owe({ key: 'today' });
    await house.outbox.drain();
    expect(sentCards()).toEqual(['today']);
    house.pass(24 * 3_600_000);
    await house.outbox.drain();
    expect(sentCards()).toEqual(['today', 'tomorrow']);
  });
});

describe('owing an update', () => {
  const update = (n: number) =>
    house.owe({ key: `update:request:7`, op: 'update', target: 'request:7', data: { n } });
  const updatedTo = () => house.connector.updates.map(({ card }) => (card as { n: number }).n);

  beforeEach(async () => {
    await house.owe({ key: 'request:7', actionId: '7' });
    await house.outbox.drain();
  });

  it('remembers a card that no post of the outbox made, from the moment its first update is being sent', async () => {
    house.connector.fail({ delayMs: 30 });
    const card = { target: 'author:5', activityId: '5', actionId: '8' };
    await house.owe({ key: 'update:author:5', op: 'update', ...card });
    const before = await house.post('author:5');
    const draining = house.outbox.drain();
    await house.untilSending('update:author:5');
    const meanwhile = await house.post('author:5');
    await draining;
    expect(before).toBeUndefined();
    expect(meanwhile).toEqual({
      id: 'author:5',
      actionId: '8',
      activityId: '5',
      conversationId: 'chat-1',
      message: 'test.card',
      lang: 'fr',
    });
  });

  it('must name what it updates', async () => {
    await expect(house.owe({ key: 'update:what', op: 'update' })).rejects.toThrow('names neither');
  });

  it('is sent once with the latest content when it was owed three times', async () => {
    for (const n of [1, 2, 3]) await update(n);
    await house.outbox.drain();
    expect(updatedTo()).toEqual([3]);
  });

  it('is sent again when it is owed again after it was sent', async () => {
    await update(1);
    await house.outbox.drain();
    await update(2);
    await house.outbox.drain();
    expect(updatedTo()).toEqual([1, 2]);
  });

  it('is sent again when it is owed while it is being sent, and only once', async () => {
    house.connector.fail({ delayMs: 30 });
    const before = house.connector.requests.length;
    await update(1);
    const draining = house.outbox.drain();
    await house.untilSending('update:request:7');
    await update(2);
    await update(3);
    await draining;
    await house.outbox.drain();
    expect(updatedTo()).toEqual([1, 3]);
    expect(house.connector.requests).toHaveLength(before + 2);
  });

  it('keeps waiting as long as Teams asked when a newer one takes its place', async () => {
    house.connector.fail({ status: 429, retryAfter: 60 });
    await update(1);
    await house.outbox.drain();
    await update(2);
    await house.outbox.drain();
    expect(updatedTo()).toEqual([]);
    house.pass(60_000);
    await house.outbox.drain();
    expect(updatedTo()).toEqual([2]);
  });

  it('redraws an activity that no post of the outbox made', async () => {
    const activityId = house.connector.posts[0]?.activityId;
    await house.owe({ key: 'update:form', op: 'update', activityId, data: { n: 1 } });
    await house.outbox.drain();
    expect(house.connector.updates).toMatchObject([{ activityId, conversationId: 'chat-1' }]);
  });
});

describe('an update owed before its post is sent', () => {
  const owePair = async () => {
    await house.owe({ key: 'request:7', actionId: '7' });
    await house.owe({ key: 'update:request:7', op: 'update', target: 'request:7' });
  };

  it('follows the post', async () => {
    await owePair();
    await house.outbox.drain();
    const [post] = house.connector.posts;
    expect(house.connector.updates).toMatchObject([{ activityId: post?.activityId }]);
  });

  it('is void when the post is refused', async () => {
    house.connector.fail({ status: 400, code: 'BadArgument' });
    await owePair();
    await house.outbox.drain();
    expect(await house.row('request:7')).toMatchObject({ state: 'failed' });
    expect(await house.row('update:request:7')).toMatchObject({ state: 'void' });
    expect(house.connector.requests).toHaveLength(1);
  });

  it('waits with the post when that was put off', async () => {
    await house.owe({ key: 'request:7', actionId: '7', dueAt: '2026-11-23T09:00:00.000Z' });
    await house.owe({ key: 'update:request:7', op: 'update', target: 'request:7' });
    await house.outbox.drain();
    expect(await house.row('update:request:7')).toMatchObject({ state: 'due' });
    house.pass(3_600_000);
    await house.outbox.drain();
    expect([house.connector.posts.length, house.connector.updates.length]).toEqual([1, 1]);
  });
});
