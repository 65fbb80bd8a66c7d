import type { Clock } from './ports.js';

/** Read dozens of times per turn, so the text of the current millisecond is kept. */
export function createSystemClock(): Clock {
  let ms = Number.NaN;
  let instant = '';
  return {
    now() {
      const now = Date.now();
      if (now !== ms) instant = new Date(now).toISOString();
      ms = now;
      return instant;
    },
  };
}
