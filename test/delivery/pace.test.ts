import { createPace, documentedLimits, type Limits } from '../../src/delivery/pace.js';
import { type House, openHouse } from './harness.js';

/** A limit of the documented form, a hundred times quicker. */
const quick: Limits = { conversation: [{ points: 3, seconds: 0.04 }], app: [{ points: 1_000, seconds: 1 }] };

/** The most moments that lie within any stretch of so many milliseconds. */
const mostWithin = (ms: number, moments: readonly number[]): number =>
  Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + ms).length));

async function waits(pace: ReturnType<typeof createPace>, conversationId: string, times: number) {
  const all: number[] = [];
  for (let i = 0; i < times; i++) all.push(await pace.wait(conversationId));
  return all;
}

describe('the documented limits', () => {
  it('are those of Microsoft', () => {
    expect(documentedLimits).toEqual({
      conversation: [
        { points: 7, seconds: 1 },
        { points: 8, seconds: 2 },
        { points: 60, seconds: 30 },
        { points: 1_800, seconds: 3_600 },
      ],
      app: [{ points: 50, seconds: 1 }],
    });
  });

  it('let seven messages into a conversation at once, and the eighth after a second', async () => {
    const taken = await waits(createPace(), 'chat', 8);
    expect(taken.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(taken[7]).toBeGreaterThan(900);
    expect(taken[7]).toBeLessThanOrEqual(1_000);
  });

  it('let fifty messages into fifty conversations at once, and tell all others to pause', async () => {
    const pace = createPace();
    const taken = await Promise.all(Array.from({ length: 51 }, (_, i) => pace.wait(`chat-${i}`)));
    expect(taken.filter((ms) => ms === 0)).toHaveLength(50);
    expect(pace.pause?.()).toBeGreaterThan(900);
  });
});

describe('pacing', () => {
  it('never goes over a documented limit, in any stretch of time', async () => {
    jest.useFakeTimers();
    try {
      const pace = createPace();
      const moments: number[] = [];
      // A start that is no burst is where fixed windows let through too much.
      const starts = [0, 900, 900, 900, 900, 900, 900];
      const zero = Date.now();
      while (moments.length < 130) {
        const early = zero + (starts[moments.length] ?? 0) - Date.now();
        const ms = early > 0 ? early : await pace.wait('chat');
        if (ms === 0) moments.push(Date.now());
        else jest.advanceTimersByTime(ms);
      }
      for (const { points, seconds } of documentedLimits.conversation) {
        expect(mostWithin(seconds * 1_000, moments)).toBeLessThanOrEqual(points);
      }
      expect((moments.at(-1) ?? 0) - zero).toBeLessThan(65_000);
    } finally {
      jest.useRealTimers();
    }
  });

  it('counts each conversation by itself', async () => {
    const pace = createPace(quick);
    expect(await waits(pace, 'a', 3)).toEqual([0, 0, 0]);
    expect(await waits(pace, 'b', 3)).toEqual([0, 0, 0]);
  });

  it('takes nothing from the longer window when the shorter one is full', async () => {
    const pace = createPace({
      conversation: [
        { points: 1, seconds: 0.02 },
        { points: 3, seconds: 60 },
      ],
      app: [],
    });
    const taken: number[] = [];
    while (taken.length < 3) {
      const ms = await pace.wait('a');
      if (ms === 0) taken.push(ms);
      else await new Promise((resolve) => setTimeout(resolve, ms));
    }
    expect(await pace.wait('a')).toBeGreaterThan(1_000);
  });

  it('takes nothing from a conversation that the limit of the app holds up', async () => {
    const pace = createPace({
      conversation: [{ points: 1, seconds: 60 }],
      app: [{ points: 1, seconds: 0.02 }],
    });
    await pace.wait('a');
    const held = await pace.wait('b');
    await new Promise((resolve) => setTimeout(resolve, held + 5));
    expect([held > 0, await pace.wait('b')]).toEqual([true, 0]);
  });
});

describe('an outbox at a pace', () => {
  let house: House;
  afterEach(() => house.close());

  it('takes as long as the limit of a conversation asks', async () => {
    house = await openHouse({ pace: createPace(quick) });
    for (let i = 0; i < 14; i++) await house.owe({ key: `m${i}` });
    const began = Date.now();
    await house.outbox.drain();
    expect(Date.now() - began).toBeGreaterThanOrEqual(4 * 40);
    expect(house.connector.personal('chat-1')).toHaveLength(14);
  });

  it('lets other conversations go on while one waits for its turn', async () => {
    house = await openHouse({
      pace: createPace({ conversation: [{ points: 2, seconds: 60 }], app: [] }),
    });
    await house.addConversation({ id: 'chat-2' });
    for (let i = 0; i < 5; i++) await house.owe({ key: `m${i}` });
    await house.owe({ key: 'x', conversationId: 'chat-2' });
    house.outbox.start();
    await house.connector.waitFor(() => house.connector.personal('chat-2').length === 1);
    await house.connector.waitFor(() => house.connector.posts.length === 3);
    expect(house.connector.personal('chat-1')).toHaveLength(2);
  });

  it('takes as long as the limit of the app asks', async () => {
    house = await openHouse({ pace: createPace({ conversation: [], app: [{ points: 5, seconds: 0.04 }] }) });
    for (let i = 0; i < 20; i++) {
      await house.addConversation({ id: `c${i}` });
      await house.owe({ key: `m${i}`, conversationId: `c${i}` });
    }
    const began = Date.now();
    await house.outbox.drain();
    expect(Date.now() - began).toBeGreaterThanOrEqual(3 * 40);
    expect(house.connector.posts).toHaveLength(20);
  });
});
