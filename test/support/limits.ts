/** Teams' side of the limits, written without a look at the bot's own pacing. */
export interface Limiter {
  /** Counts a request that arrives now, and gives 0; or gives the milliseconds after which it would be taken. */
  ask(conversationId: string | undefined, at: number): number;
}

/** The documented figures, as [messages, milliseconds]. */
export const ofConversation = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
] as const;
export const ofApp = [[50, 1_000]] as const;

type Figures = readonly (readonly [messages: number, ms: number])[];

/** Refuses what goes beyond the limits in any stretch of time. What it refuses does not count. */
export function createLimiter(conversation: Figures = ofConversation, app: Figures = ofApp): Limiter {
  const taken = new Map<string, number[]>();
  const timesOf = (key: string): number[] => {
    const times = taken.get(key) ?? [];
    taken.set(key, times);
    return times;
  };
  const waitIn = (times: readonly number[], figures: Figures, at: number): number =>
    Math.max(
      0,
      ...figures.map(([messages, ms]) => {
        const first = times[times.length - messages];
        return first === undefined ? 0 : first + ms - at;
      }),
    );

  return {
    ask(conversationId, at) {
      const all = timesOf('');
      const own = conversationId === undefined ? [] : timesOf(conversationId);
      const wait = Math.max(waitIn(all, app, at), waitIn(own, conversation, at));
      if (wait > 0) return wait;
      all.push(at);
      own.push(at);
      return 0;
    },
  };
}
