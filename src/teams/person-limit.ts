import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible';
import type { Incoming } from './incoming.js';

export interface PersonLimits {
  readonly perSecond: number;
  /** This many more at once, within ten seconds. */
  readonly burst: number;
}

/** More than anybody clicks or types, even when Teams sends a form three times. */
export const personLimits: PersonLimits = { perSecond: 10, burst: 20 };

const burstSeconds = 10;
/**
 * Somebody who keeps going is told at most once in this many seconds, because every answer to a message is another
 * one for Teams.
 */
const tellSeconds = 10;

/**
 * Limits the requests of one person of any kind. Beyond the limit nothing is read or written, so that it costs others
 * nothing.
 */
export function createPersonLimit({ perSecond, burst }: PersonLimits) {
  const requests = new BurstyRateLimiter(
    new RateLimiterMemory({ points: perSecond, duration: 1 }),
    new RateLimiterMemory({ points: burst, duration: burstSeconds }),
  );
  const answers = new RateLimiterMemory({ points: 1, duration: tellSeconds });
  const take = (limiter: Pick<RateLimiterMemory, 'consume'>, { from }: Incoming): Promise<boolean> =>
    limiter.consume(from.id).then(
      () => true,
      () => false,
    );

  return {
    /** Whether to answer a request of an authenticated person. */
    mayAsk: (activity: Incoming) => take(requests, activity),
    /** Whether to tell them in a message that one was not answered. */
    mayBeTold: (activity: Incoming) => take(answers, activity),
  };
}
