import type { Reader } from '../ports.js';
/** At most this many messages in any period of this many seconds. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}

export interface RateLimits {
  readonly conversation: readonly RateLimit[];
  /** For everything the app sends. */
  readonly app: readonly RateLimit[];
}

/**
 * The limits above which Teams answers 429. Source:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit (per bot per thread; 50 requests a
 * second for an app in a tenant)
 */
export const documentedLimits: RateLimits = {
  conversation: [
    { points: 7, seconds: 1 },
    { points: 8, seconds: 2 },
    { points: 60, seconds: 30 },
    { points: 1_800, seconds: 3_600 },
  ],
  app: [{ points: 50, seconds: 1 }],
};

export interface RateLimiter {
  /**
   * Reserves the next slot of the conversation and returns 0, or reserves nothing and returns the milliseconds to
   * wait. A slot can be reserved shortly before it begins, because the message has yet to be claimed and drawn.
   * @param by the person who caused the message
   */
  acquire(conversationId: string, by?: string): number;
  /** The milliseconds until a person has a share of the conversation's limit left. */
  shareWait?(conversationId: string, by: string): number;
  /** Uses the slot that the conversation reserved last; returns the milliseconds until it begins. */
  depart?(conversationId: string): number;
  /** Gives back the slot that the conversation reserved last for this person. */
  release?(conversationId: string, by?: string): void;
  /**
   * Reserves the app's next slot for a request outside any conversation; returns the milliseconds until it begins.
   */
  reserve?(): number;
  /** The milliseconds during which no conversation may send, so that asking each of them is pointless. */
  blockedMs?(): number;
  /** Counts a message that another process sent this many milliseconds ago. */
  recordPast?(conversationId: string, agoMs: number, by?: string): void;
}

/**
 * One person gets a third of a conversation's limit. Otherwise, somebody who keeps going would use up a channel's
 * hour in a quarter of one, and nobody's card would arrive for the rest of it.
 */
const persons = 3;

/**
 * Windows are this much longer than documented, because messages that leave a second apart arrive closer together
 * when the first one is delayed. 50 a second becomes 46.5.
 */
const marginMs = 75;

/** A slot can be reserved this long before it begins: enough for a transaction and for drawing a card. */
const leadMs = 50;

interface Window {
  readonly points: number;
  readonly ms: number;
}
const withMargin = ({ points, seconds }: RateLimit): Window => ({ points, ms: seconds * 1_000 + marginMs });

/**
 * Allows little more than a fifth of the points in a fifth of the time: fifty messages sent at once would be delayed
 * and arrive as one burst.
 */
const limitBursts = ({ points, ms }: Window): Window[] => [
  { points, ms },
  { points: Math.ceil(points / 5) + 1, ms: ms / 5 },
];

/** Limits what this process sends, on a monotonic clock. */
export function createRateLimiter(limits: RateLimits = documentedLimits): RateLimiter {
  const conversations = createUsageLog(limits.conversation.map(withMargin));
  const shares = createUsageLog(
    limits.conversation
      .map(withMargin)
      .map(({ points, ms }) => ({ points: Math.ceil(points / persons), ms })),
  );
  const app = createUsageLog(limits.app.map(withMargin).flatMap(limitBursts));
  const shareOf = (conversationId: string, by: string): string => `${conversationId} ${by}`;

  function take(conversationId: string, at: number, by: string | undefined): void {
    conversations.record(conversationId, at);
    app.record('app', at);
    if (by !== undefined) shares.record(shareOf(conversationId, by), at);
  }

  return {
    acquire(conversationId, by) {
      const wait = Math.max(conversations.waitMs(conversationId), app.waitMs('app'));
      if (wait > leadMs) return wait - leadMs;
      const at = performance.now() + wait;
      take(conversationId, at, by);
      return 0;
    },
    shareWait: (conversationId, by) => shares.waitMs(shareOf(conversationId, by)),
    depart(conversationId) {
      const now = performance.now();
      const at = conversations.last(conversationId) ?? now;
      if (at < now) app.move('app', conversations.move(conversationId, at, now), now);
      return Math.max(0, at - now);
    },
    release(conversationId, by) {
      app.move('app', conversations.move(conversationId, conversations.last(conversationId)));
      if (by === undefined) return;
      const share = shareOf(conversationId, by);
      shares.move(share, shares.last(share));
    },
    reserve() {
      const wait = app.waitMs('app');
      app.record('app', performance.now() + wait);
      return wait;
    },
    blockedMs: () => Math.max(0, app.waitMs('app') - leadMs),
    recordPast: (conversationId, agoMs, by) => take(conversationId, performance.now() - agoMs, by),
  };
}

/** When each key was last used, as far back as the longest window. */
function createUsageLog(windows: readonly Window[]) {
  const maxPoints = Math.max(0, ...windows.map(({ points }) => points));
  const longestWindowMs = Math.max(0, ...windows.map(({ ms }) => ms));
  /** The most recently used keys come last. */
  const used = new Map<string, number[]>();

  /** Removes keys that no window needs any more: thousands of keys are used once. */
  function evict(): void {
    for (const [key, times] of used) {
      if ((times.at(-1) ?? -Infinity) > performance.now() - longestWindowMs) return;
      used.delete(key);
    }
  }

  function record(key: string, at: number): void {
    const times = used.get(key) ?? [];
    times.splice(times.findLastIndex((time) => time <= at) + 1, 0, at);
    // Trimming one by one would copy the array every time.
    if (times.length > 2 * maxPoints) times.splice(0, times.length - maxPoints);
    used.delete(key);
    used.set(key, times);
    evict();
  }

  return {
    record,
    waitMs(key: string): number {
      const times = used.get(key) ?? [];
      const waits = windows.map(({ points, ms }) => {
        const first = times[times.length - points];
        return first === undefined ? 0 : Math.ceil(first + ms - performance.now());
      });
      return Math.max(0, ...waits);
    },
    last: (key: string): number | undefined => used.get(key)?.at(-1),
    /** Moves a use to another time, or removes it; returns its former time. */
    move(key: string, from: number | undefined, to?: number): number | undefined {
      const times = used.get(key) ?? [];
      const place = from === undefined ? -1 : times.lastIndexOf(from);
      if (place >= 0) times.splice(place, 1);
      if (to !== undefined) record(key, to);
      return from;
    },
  };
}

/** The longest rate limit is an hour. */
const reachBackMs = 3_600_000;
/** Seven minutes at full rate: enough for every limit but a conversation's hourly one, and quick to read. */
const maxRestored = 20_000;

/**
 * Restores the rate limiter's count of what was sent recently, by an earlier process or by another one: Teams counts
 * those messages too. Messages in `sending` count as sent now. Of several updates of a card, the store knows only the
 * last.
 */
export async function restoreRateLimits(
  reader: Reader,
  rateLimiter: RateLimiter,
  now: number,
): Promise<void> {
  if (!rateLimiter.recordPast) return;
  const from = new Date(now - reachBackMs).toISOString();
  const sent = await reader.list('outbox', 'byEnd', 'sent', { from, limit: maxRestored, reverse: true });
  const sending = await reader.list('outbox', 'byState', 'sending');
  for (const { conversationId, dueAt, by } of sent.toReversed()) {
    // A time in the future comes from a clock that was ahead.
    rateLimiter.recordPast(conversationId, Math.max(0, now - Date.parse(dueAt)), by);
  }
  for (const { conversationId, by } of sending) rateLimiter.recordPast(conversationId, 0, by);
}
