import { StoreUnavailable } from '../../src/ports.js';
import { type House, openHouse } from './harness.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  await house.addConversation({ id: 'chat-2' });
});
afterEach(() => house.close());

const sentTo = (conversationId: string) =>
  house.connector.personal(conversationId).map(({ activity }) => activity.summary);
const posted = (id: string) => (request: { body?: { summary?: string } | undefined }) =>
  request.body?.summary === id;

describe('the order', () => {
  it('is kept within a conversation', async () => {
    const keys = Array.from({ length: 20 }, (_, i) => `m${i}`);
    for (const key of keys) await house.owe({ key });
    await house.outbox.drain();
    expect(sentTo('chat-1')).toEqual(keys);
  });

  it('is kept when a message has to be tried again, while other conversations go on', async () => {
    house.connector.fail({ status: 502, match: posted('a') });
    for (const key of ['a', 'b']) await house.owe({ key });
    for (const key of ['x', 'y']) await house.owe({ key, conversationId: 'chat-2' });
    await house.outbox.drain();
    expect([sentTo('chat-1'), sentTo('chat-2')]).toEqual([[], ['x', 'y']]);
    house.pass(1_000);
    await house.outbox.drain();
    expect(sentTo('chat-1')).toEqual(['a', 'b']);
    expect(await house.row('a')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('holds up no conversation for another that answers slowly', async () => {
    house.connector.fail({ delayMs: 40, match: posted('slow') });
    await house.owe({ key: 'slow' });
    await house.owe({ key: 'quick', conversationId: 'chat-2' });
    await house.outbox.drain();
    expect(house.connector.posts.map(({ activity }) => activity.summary)).toEqual(['quick', 'slow']);
  });
});

describe('an answer that says later', () => {
  it('is heeded to the moment, and wins over the backoff', async () => {
    house.connector.fail({ status: 429, retryAfter: 30 });
    await house.owe({ key: 'a' });
    await house.outbox.drain();
    expect(await house.row('a')).toMatchObject({ state: 'due', dueAt: '2026-11-23T08:00:30.000Z' });
    house.pass(29_999);
    await house.outbox.drain();
    expect(sentTo('chat-1')).toEqual([]);
    house.pass(1);
    await house.outbox.drain();
    expect(sentTo('chat-1')).toEqual(['a']);
    expect(house.results).toEqual(['post retry', 'post sent']);
  });

  it('is taken for a no after twelve attempts', async () => {
    house.connector.fail({ status: 503, times: 100 });
    await house.owe({ key: 'a' });
    for (let i = 0; i < 15; i++) {
      await house.outbox.drain();
      house.pass(1_000);
    }
    expect(await house.row('a')).toMatchObject({ state: 'failed', attempts: 12 });
    expect(house.connector.requests).toHaveLength(12);
  });

  it('is tried again by itself, without anybody waking the outbox', async () => {
    await house.close();
    house = await openHouse({ backoff: () => 20, clock: { now: () => new Date().toISOString() } });
    house.connector.fail({ status: 504, times: 2 });
    await house.owe({ key: 'a' });
    house.outbox.start();
    await house.connector.waitFor(() => house.connector.posts.length === 1);
    expect(house.connector.requests).toHaveLength(3);
  });
});

describe('an answer that says no', () => {
  it('fails the message and lets the next one go', async () => {
    house.connector.fail({ status: 413, code: 'MessageSizeTooBig' });
    for (const key of ['a', 'b']) await house.owe({ key });
    await house.outbox.drain();
    expect(sentTo('chat-1')).toEqual(['b']);
    expect(await house.row('a')).toMatchObject({ state: 'failed', error: expect.stringContaining('413') });
    expect(house.logged).toContain('a message was not sent');
  });

  it('deactivates a conversation that is gone, and all that was due in it fails', async () => {
    house.connector.fail({ status: 403, code: 'ConversationBlockedByUser', match: posted('a') });
    for (const key of ['a', 'b']) await house.owe({ key });
    await house.owe({ key: 'c', dueAt: '2026-12-01T08:00:00.000Z' });
    await house.owe({ key: 'x', conversationId: 'chat-2' });
    await house.outbox.drain();
    const conversation = await house.store.read((reader) => reader.get('conversations', 'chat-1'));
    const rows = await Promise.all(['a', 'b', 'c'].map(house.row));
    expect(conversation).toMatchObject({
      active: false,
      inactiveReason: expect.stringContaining('ConversationBlockedByUser'),
    });
    expect(rows.map((row) => row?.state)).toEqual(['failed', 'failed', 'failed']);
    expect(sentTo('chat-2')).toEqual(['x']);
    expect(house.connector.requests).toHaveLength(2);
  });

  it('is not even asked for in a conversation that is inactive or unknown', async () => {
    await house.addConversation({ active: false, inactiveReason: 'uninstalled' });
    await house.owe({ key: 'a' });
    await house.owe({ key: 'b', conversationId: 'nowhere' });
    await house.outbox.drain();
    expect(await house.row('a')).toMatchObject({ state: 'failed', error: 'uninstalled' });
    expect(await house.row('b')).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('not known'),
    });
    expect(house.connector.requests).toEqual([]);
  });
});

describe('a place that somebody counts on', () => {
  let told: string[];
  beforeEach(async () => {
    told = [];
    await house.close();
    house = await openHouse({
      places: {
        onGone: async (_, id) => told.push(`gone ${id}`) > 0,
        onReached: async (_, id) => told.push(`reached ${id}`) < 0,
      },
    });
    await house.addConversation({ id: 'channel', kind: 'channel' });
    await house.addConversation({ id: 'chat-1' });
  });
  const inChannel = { conversationId: 'channel' };
  const stateOf = async (key: string) => (await house.row(key))?.state;
  const isActive = async (id: string) =>
    (await house.store.read((reader) => reader.get('conversations', id)))?.active;

  it('holds what is owed to it once it is gone, and what is owed to it afterwards', async () => {
    house.connector.fail({ status: 404, code: 'ConversationNotFound' });
    for (const key of ['a', 'b']) await house.owe({ key, ...inChannel });
    await house.outbox.drain();
    await house.owe({ key: 'c', ...inChannel });
    await house.outbox.drain();
    expect(await Promise.all(['a', 'b', 'c'].map(stateOf))).toEqual(['held', 'held', 'held']);
    expect(house.connector.requests).toHaveLength(1);
    expect(told).toEqual(['gone channel', 'gone channel']);
    expect(house.results).toEqual(['post held', 'post held']);
    house.pass(90 * 86_400_000);
    await house.another().drain();
    expect(await stateOf('a')).toBe('held');
  });

  it.each([403, 404])('is gone for a post that it answers %s, whatever the code', async (status) => {
    house.connector.fail({ status, code: 'SomethingElse' });
    for (const key of ['a', 'b']) await house.owe({ key, ...inChannel });
    await house.outbox.drain();
    expect(await Promise.all(['a', 'b'].map(stateOf))).toEqual(['held', 'held']);
    expect(await isActive('channel')).toBe(false);
  });

  it.each([
    ['another refusal', { status: 413, code: 'MessageSizeTooBig' }, {}],
    [
      'a chat that refuses one message',
      { status: 403, code: 'MessageWritesBlocked' },
      { conversationId: 'chat-1' },
    ],
    [
      'a card that is there no more',
      { status: 404, code: 'ActivityNotFoundInConversation' },
      { op: 'update', activityId: '17' },
    ],
  ] as const)('is not gone for %s', async (_, fault, owed) => {
    house.connector.fail({ ...fault, match: () => true });
    await house.owe({ key: 'a', ...inChannel, ...owed });
    await house.outbox.drain();
    expect(house.results).toEqual([`${'op' in owed ? owed.op : 'post'} failed`]);
    expect(await isActive('channel')).toBe(true);
    expect(await isActive('chat-1')).toBe(true);
    expect(told).toEqual([]);
  });

  it('is known to work once a post has arrived there: no update, and nothing in a chat', async () => {
    await house.owe({ key: 'a' });
    await house.owe({ key: 'b', ...inChannel });
    await house.outbox.drain();
    await house.owe({ key: 'c', ...inChannel, op: 'update', target: 'b', actionId: 'x', activityId: '17' });
    await house.outbox.drain();
    expect(told).toEqual(['reached channel']);
  });

  it('that is not counted on is gone only when Teams says so', async () => {
    await house.close();
    house = await openHouse();
    await house.addConversation({ id: 'channel', kind: 'channel' });
    house.connector.fail({ status: 403, code: 'SomethingElse' });
    for (const key of ['a', 'b']) await house.owe({ key, ...inChannel });
    await house.outbox.drain();
    expect(await Promise.all(['a', 'b'].map(stateOf))).toEqual(['failed', 'sent']);
  });
});

describe('an outcome that is not known', () => {
  it('is listed for a post, which is never sent again', async () => {
    house.connector.fail({ cut: 'after' });
    for (const key of ['a', 'b']) await house.owe({ key });
    await house.outbox.drain();
    house.pass(3_600_000);
    await house.outbox.drain();
    expect(sentTo('chat-1')).toEqual(['a', 'b']);
    const unknown = await house.store.read((reader) => reader.list('outbox', 'byState', 'unknown'));
    expect(unknown.map(({ id }) => id)).toEqual(['a']);
    expect(house.logged).toContain('a message may or may not have arrived');
  });

  it('is tried again for an update', async () => {
    await house.owe({ key: 'a', actionId: '7' });
    await house.outbox.drain();
    house.connector.fail({ cut: 'after' });
    await house.owe({ key: 'update:a', op: 'update', target: 'a' });
    await house.outbox.drain();
    house.pass(1_000);
    await house.outbox.drain();
    expect(house.connector.updates).toHaveLength(2);
    expect(await house.row('update:a')).toMatchObject({ state: 'sent' });
  });
});

describe('drawing', () => {
  it('makes the row void when there is nothing left to say', async () => {
    await house.outbox.stop();
    await house.owe({ key: 'a' });
    await house.another({ draw: async () => undefined }).drain();
    expect(await house.row('a')).toMatchObject({ state: 'void' });
    expect(house.results).toEqual(['post void']);
  });

  it('fails the row alone when it throws', async () => {
    for (const key of ['bad', 'good']) await house.owe({ key });
    const draw = async ({ id }: { id: string }) => {
      if (id === 'bad') throw new Error('no such template');
      return async () => ({ content: {}, summary: id });
    };
    await house.another({ draw }).drain();
    expect(sentTo('chat-1')).toEqual(['good']);
    expect(await house.row('bad')).toMatchObject({
      state: 'failed',
      error: 'could not be drawn: no such template',
    });
    expect(house.logged).toContain('a message could not be drawn');
  });

  it('is done from the records as they are when it is sent', async () => {
    await house.owe({ key: 'a', conversationId: 'chat-2' });
    await house.addConversation({ id: 'chat-2', teamId: 'team-now' });
    const outbox = house.another({
      draw: async ({ conversationId }, reader) => {
        const conversation = await reader.get('conversations', conversationId);
        return async () => ({ content: {}, summary: conversation?.teamId ?? '' });
      },
    });
    await outbox.drain();
    expect(sentTo('chat-2')).toEqual(['team-now']);
  });
});

describe('a clock that was a month ahead, and is right again after a restart,', () => {
  const month = 30 * 86_400_000;
  const hour = 3_600_000;
  /** Does this with the clock ahead, then sends with another outbox what is due by the right one. */
  async function whileAhead(work: () => Promise<void>): Promise<void> {
    house.pass(month);
    await work();
    await house.outbox.stop();
    house.pass(-month);
    await house.another().drain();
  }

  it.each([
    ['refused', {}],
    ['put off by Teams', { retryAfter: 3_600 }],
    ['put off by Teams for longer than any limit of it lasts', { retryAfter: 40 * 86_400 }],
  ])('holds up no message that was %s meanwhile', async (_, answer) => {
    await whileAhead(async () => {
      house.connector.fail({ status: 503, ...answer });
      await house.owe({ key: 'a' });
      await house.outbox.drain();
      await house.owe({ key: 'b' });
      expect(await house.row('a')).toMatchObject({ state: 'due', attempts: 1 });
    });
    expect(sentTo('chat-1')).toEqual(['a', 'b']);
  });

  it('holds up no update of such a message', async () => {
    await house.owe({ key: 'a', actionId: '7' });
    await house.owe({ key: 'u', op: 'update', target: 'a', conversationId: 'chat-2' });
    await whileAhead(async () => {
      house.connector.fail({ status: 503 });
      await house.outbox.drain();
    });
    const outbox = house.another();
    outbox.start();
    await house.connector.waitFor(() => house.connector.updates.length === 1);
    await outbox.stop();
    expect(await house.row('update:a')).toMatchObject({ state: 'sent' });
  });

  it('holds up no message that our side could not even try', async () => {
    await house.owe({ key: 'a' });
    house.pass(month);
    const outbox = house.another({ draw: () => Promise.reject(new StoreUnavailable('away')) });
    outbox.start();
    while ((await house.row('a'))?.error === undefined) await new Promise(setImmediate);
    await outbox.stop();
    expect(await house.row('a')).toMatchObject({ state: 'due', attempts: 0 });
    house.pass(-month);
    await house.another().drain();
    expect(sentTo('chat-1')).toEqual(['a']);
  });

  it('does not send sooner what was owed for later, nor later than it was put off for', async () => {
    const later = (fromMs: number) => new Date(Date.parse('2026-11-23T08:00:00.000Z') + fromMs).toISOString();
    await house.owe({ key: 'right', dueAt: later(2 * month) });
    await whileAhead(() => house.owe({ key: 'ahead', dueAt: later(month + hour), conversationId: 'chat-2' }));
    expect(house.connector.posts).toEqual([]);
    house.pass(2 * month - hour);
    await house.another().drain();
    expect([sentTo('chat-1'), sentTo('chat-2')]).toEqual([[], ['ahead']]);
    house.pass(hour);
    await house.another().drain();
    expect(sentTo('chat-1')).toEqual(['right']);
  });

  it('gives up after twelve attempts what does not arrive, so that coordinators see it', async () => {
    await whileAhead(async () => {
      house.connector.fail({ status: 503, times: 100 });
      await house.owe({ key: 'a' });
      await house.outbox.drain();
    });
    for (let i = 0; i < 12; i++) {
      house.pass(1_000);
      await house.another().drain();
    }
    expect(await house.store.read((r) => r.list('outbox', 'byEnd', 'undelivered'))).toMatchObject([
      { id: 'a' },
    ]);
  });
});
