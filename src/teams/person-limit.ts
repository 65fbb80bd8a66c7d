import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible';
import type { Incoming } from './incoming.js';

export interface PersonLimits {
  readonly perSecond: number;
  /** So many more at once, in ten seconds. */
  readonly burst: number;
}

/** More than anybody clicks or types, also when Teams sends a form three times. */
export const personLimits: PersonLimits = { perSecond: 10, burst: 20 };

const burstSeconds = 10;
/** Whoever goes on is told once in so many seconds: each answer to a message is one that Teams has to take. */
const tellSeconds = 10;

/** What one person may ask, whichever way: beyond it nothing is read or written, so that it costs others nothing. */
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
    /** Whether a request of theirs is to be answered. Asked after they were authenticated. */
    mayAsk: (activity: Incoming) => take(requests, activity),
    /** Whether they are to be told in a message that one was not. */
    mayBeTold: (activity: Incoming) => take(answers, activity),
  };
}
