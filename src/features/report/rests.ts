import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

const leastWorkMs = 4;
const longestRestMs = 20;

/**
 * Work that takes seconds calls the function it gets after each little part: other turns go first, and have the thread
 * and the database to themselves half of the time.
 */
export function createRests(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const worked = performance.now() - began;
    if (worked < leastWorkMs) return nextTurn();
    await pause(Math.min(worked, longestRestMs));
    began = performance.now();
  };
}
