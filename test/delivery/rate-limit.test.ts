import {
  createRateLimiter,
  documentedLimits,
  type RateLimiter,
  type RateLimits,
} from '../../src/delivery/rate-limit.js';
import { type House, openHouse } from './harness.js';

/** A limit of the documented form, a hundred times quicker. */
const quick: RateLimits = {
  conversation: [{ points: 3, seconds: 0.04 }],
  app: [{ points: 1_000, seconds: 1 }],
};

/** The most moments that lie within any stretch of so many milliseconds. */
const mostWithin = (ms: number, moments: readonly number[]): number =>
  Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + ms).length));

const waits = (pace: RateLimiter, conversationId: string, times: number): number[] =>
  Array.from({ length: times }, () => pace.acquire(conversationId));

/** Sends so many messages as fast as the pace lets them, in a time that the test moves; gives the moments. */
function sendAll(
  pace: RateLimiter,
  conversations: readonly string[],
  starts: readonly number[] = [],
): number[] {
  const moments: number[] = [];
  const zero = performance.now();
  while (moments.length < conversations.length) {
    const id = conversations[moments.length] ?? '';
    const early = zero + (starts[moments.length] ?? 0) - performance.now();
    const wait = early > 0 ? early : pace.acquire(id);
    if (wait > 0) jest.advanceTimersByTime(Math.ceil(wait));
    else moments.push(performance.now() + (pace.depart?.(id) ?? 0));
  }
  return moments.map((at) => at - zero);
}
const eachItsOwn = (count: number): string[] => Array.from({ length: count }, (_, i) => `chat-${i}`);

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

  it('let seven messages into a conversation at once, and the eighth after a second', () => {
    const taken = waits(createRateLimiter(), 'chat', 8);
    expect(taken.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(taken[7]).toBeGreaterThan(900);
    expect(taken[7]).toBeLessThanOrEqual(1_100);
  });
});

describe('the share of one person', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** The moments at which a person who always has another message sends in so many seconds. */
  function sendFor(pace: RateLimiter, seconds: number): number[] {
    const moments: number[] = [];
    for (const end = performance.now() + seconds * 1_000; performance.now() < end; ) {
      const share = pace.shareWait?.('channel', 'flood') ?? 0;
      const wait = share > 0 ? share : pace.acquire('channel', 'flood');
      if (wait > 0) jest.advanceTimersByTime(Math.ceil(wait));
      else moments.push(performance.now());
    }
    return moments;
  }

  it('is a third of each limit of a conversation, in any stretch of time', () => {
    const moments = sendFor(createRateLimiter(), 4_000);
    for (const { points, seconds } of documentedLimits.conversation) {
      expect(mostWithin(seconds * 1_000, moments)).toBeLessThanOrEqual(Math.ceil(points / 3));
    }
    expect(moments.length).toBeGreaterThan(600);
  });

  it('leaves the rest to others at once, however long the first has gone on', () => {
    const pace = createRateLimiter();
    // Until the hour is used up.
    for (let wait = 0; wait < 60_000; wait = pace.shareWait?.('channel', 'flood') ?? Infinity) {
      jest.advanceTimersByTime(Math.ceil(wait));
      pace.acquire('channel', 'flood');
    }
    expect([pace.shareWait?.('channel', 'ines'), pace.acquire('channel', 'ines')]).toEqual([0, 0]);
    expect(pace.shareWait?.('chat', 'flood')).toBe(0);
  });

  it('is known after a restart, and given back when it was not used', () => {
    const pace = createRateLimiter();
    for (const agoMs of [900, 800, 700]) pace.recordPast?.('channel', agoMs, 'flood');
    expect(pace.shareWait?.('channel', 'flood')).toBeGreaterThan(0);
    pace.release?.('channel', 'flood');
    expect(pace.shareWait?.('channel', 'flood')).toBe(0);
  });
});

describe('pacing', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('never goes over a limit of a conversation, in any stretch of time', () => {
    // A start that is no burst is where fixed windows let through too much.
    const moments = sendAll(createRateLimiter(), Array(130).fill('chat'), [0, 900, 900, 900, 900, 900, 900]);
    for (const { points, seconds } of documentedLimits.conversation) {
      expect(mostWithin(seconds * 1_000, moments)).toBeLessThanOrEqual(points);
    }
    expect(moments.at(-1)).toBeLessThan(65_000);
  });

  it('sends 50 a second at most, evenly, and loses less than a tenth of that', () => {
    const moments = sendAll(createRateLimiter(), eachItsOwn(1_000));
    expect(mostWithin(1_000, moments)).toBeLessThanOrEqual(50);
    expect(mostWithin(200, moments)).toBeLessThanOrEqual(11);
    expect(moments.at(-1)).toBeLessThan((1_000 / 50) * 1_000 * 1.1);
  });

  it('holds neither more nor less when the clock of the machine jumps', () => {
    const pace = createRateLimiter();
    sendAll(pace, eachItsOwn(50));
    for (const jump of [3_600_000, -7_200_000]) {
      jest.setSystemTime(Date.now() + jump);
      expect(mostWithin(1_000, sendAll(pace, eachItsOwn(100)))).toBeLessThanOrEqual(50);
      expect(pace.acquire('chat-0')).toBeLessThan(1_100);
    }
  });

  it('counts a message from when it leaves, however long it was claimed before', () => {
    const pace = createRateLimiter({ conversation: [{ points: 1, seconds: 1 }], app: [] });
    pace.acquire('a');
    jest.advanceTimersByTime(800);
    pace.depart?.('a');
    jest.advanceTimersByTime(900);
    expect(pace.acquire('a')).toBeGreaterThan(0);
    jest.advanceTimersByTime(200);
    expect(pace.acquire('a')).toBe(0);
  });

  it('lets a turn be taken a moment before it comes, and says how long it is until then', () => {
    const pace = createRateLimiter({ conversation: [{ points: 1, seconds: 1 }], app: [] });
    pace.acquire('a');
    jest.advanceTimersByTime(1_050);
    expect(pace.acquire('a')).toBe(0);
    const early = pace.depart?.('a') ?? 0;
    expect(early).toBeGreaterThan(0);
    jest.advanceTimersByTime(Math.ceil(early));
    expect(pace.depart?.('a')).toBe(0);
  });

  it('counts each conversation by itself', () => {
    const pace = createRateLimiter(quick);
    expect(waits(pace, 'a', 3)).toEqual([0, 0, 0]);
    expect(waits(pace, 'b', 3)).toEqual([0, 0, 0]);
  });

  it('takes nothing from a conversation or from the app when the other is full', () => {
    const pace = createRateLimiter({
      conversation: [{ points: 1, seconds: 60 }],
      app: [{ points: 1, seconds: 1 }],
    });
    pace.acquire('a');
    expect([pace.acquire('a'), pace.acquire('b')].every((ms) => ms > 0)).toBe(true);
    jest.advanceTimersByTime(1_100);
    expect([pace.blockedMs?.(), pace.acquire('b')]).toEqual([0, 0]);
  });

  it('has a turn back that was not used', () => {
    const pace = createRateLimiter({
      conversation: [{ points: 1, seconds: 60 }],
      app: [{ points: 1, seconds: 1 }],
    });
    pace.acquire('a');
    pace.release?.('a');
    expect(pace.acquire('a')).toBe(0);
  });

  it('gives a request that opens a chat a turn of the app', () => {
    const pace = createRateLimiter({ conversation: [], app: [{ points: 1, seconds: 1 }] });
    expect(pace.reserve?.()).toBe(0);
    expect(pace.reserve?.()).toBeGreaterThan(900);
    expect(pace.acquire('a')).toBeGreaterThan(1_900);
  });

  it('counts what another process is known to have sent', () => {
    const pace = createRateLimiter();
    for (let i = 60; i > 0; i--) pace.recordPast?.('chat', i * 400);
    expect(pace.acquire('chat')).toBeGreaterThan(5_000);
    expect(pace.acquire('other')).toBe(0);
    for (let i = 0; i < 50; i++) pace.recordPast?.(`chat-${i}`, 500);
    expect(pace.acquire('other')).toBeGreaterThan(400);
  });
});

describe('an outbox at a pace', () => {
  let house: House;
  afterEach(() => house.close());

  it('takes as long as the limit of a conversation asks', async () => {
    house = await openHouse({ rateLimiter: createRateLimiter(quick) });
    for (let i = 0; i < 14; i++) await house.owe({ key: `m${i}` });
    const began = Date.now();
    await house.outbox.drain();
    expect(Date.now() - began).toBeGreaterThanOrEqual(4 * 40);
    expect(house.connector.personal('chat-1')).toHaveLength(14);
  });

  it('lets other conversations go on while one waits for its turn', async () => {
    house = await openHouse({
      rateLimiter: createRateLimiter({ conversation: [{ points: 2, seconds: 60 }], app: [] }),
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
    house = await openHouse({
      rateLimiter: createRateLimiter({ conversation: [], app: [{ points: 5, seconds: 0.04 }] }),
    });
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
