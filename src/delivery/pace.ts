import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** So many messages in any so many seconds. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
}

export interface Limits {
  readonly conversation: readonly Limit[];
  /** All that the app sends. */
  readonly app: readonly Limit[];
}

/**
 * What Teams takes before it answers 429.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 * (per bot per thread; 50 requests a second of an app in a tenant)
 */
export const documentedLimits: Limits = {
  conversation: [
    { points: 7, seconds: 1 },
    { points: 8, seconds: 2 },
    { points: 60, seconds: 30 },
    { points: 1_800, seconds: 3_600 },
  ],
  app: [{ points: 50, seconds: 1 }],
};

export interface Pace {
  /** Takes the turn of one message and gives 0, or takes nothing and gives the milliseconds to wait. */
  wait(conversationId: string): number | Promise<number>;
  /** The milliseconds in which no conversation at all may send; asking each of them is not worth it. */
  pause?(): number;
}

/** Keeps to the limits, within this process. Several instances share them only by heeding `Retry-After`. */
export function createPace(limits: Limits = documentedLimits): Pace {
  const conversation = limits.conversation.map(slidingWindow);
  const app = limits.app.map(slidingWindow);
  let pausedUntil = 0;

  return {
    async wait(conversationId) {
      const own = await takeAll(conversation, conversationId);
      if (own > 0) return own;
      const shared = await takeAll(app, 'app');
      if (shared > 0) {
        pausedUntil = performance.now() + shared;
        await Promise.all(conversation.map((window) => window.giveBack(conversationId)));
      }
      return shared;
    },
    pause: () => Math.max(0, pausedUntil - performance.now()),
  };
}

interface Window {
  take(key: string): Promise<number>;
  giveBack(key: string): Promise<unknown>;
}

/** From every window or from none. */
async function takeAll(windows: readonly Window[], key: string): Promise<number> {
  const waits = await Promise.all(windows.map((window) => window.take(key)));
  const longest = Math.max(0, ...waits);
  if (longest > 0) {
    await Promise.all(windows.map((window, i) => waits[i] === 0 && window.giveBack(key)));
  }
  return longest;
}

/**
 * The limiter's windows are fixed, and let twice the points through around the edge of two of them. Each point
 * is therefore a slot of its own, taken in turn, and free again a whole window after it was last used.
 */
function slidingWindow({ points, seconds }: Limit): Window {
  const slots = new RateLimiterMemory({ points: 1, duration: seconds });
  const taken = new Map<string, number>();
  const slot = (key: string, n: number) => `${key}|${n % points}`;

  return {
    async take(key) {
      const n = taken.get(key) ?? 0;
      taken.set(key, n + 1);
      try {
        await slots.consume(slot(key, n));
        return 0;
      } catch (busy) {
        taken.set(key, (taken.get(key) ?? 1) - 1);
        return Math.max(1, (busy as RateLimiterRes).msBeforeNext);
      }
    },
    giveBack(key) {
      const n = (taken.get(key) ?? 1) - 1;
      taken.set(key, n);
      return slots.delete(slot(key, n));
    },
  };
}
