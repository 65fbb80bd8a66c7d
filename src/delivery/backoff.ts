/** After so many attempts a message has failed: nine minutes on average, unless Teams names its own waits. */
export const maxAttempts = 12;

const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;

/**
 * The longest that Teams is let name: its limits look back an hour at most. What has to wait for longer to be tried
 * again was put off by a clock that was ahead.
 */
export const longestRetryMs = 3_600_000;

/** How long to wait after so many failed attempts, in milliseconds. */
export type Backoff = (attempts: number) => number;

/**
 * Doubles from 1 s to 5 min, anywhere between none of it and all of it: messages that were refused together
 * do not come back together. Source:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit (exponential backoff with jitter)
 */
export const fullJitter: Backoff = (attempts) =>
  Math.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
