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
  /**
   * Takes the turn of one message and gives 0, or takes nothing and gives the milliseconds to wait. It can be taken
   * a little before it comes: the message has to be claimed and drawn meanwhile.
   * @param by the person whose doing the message is
   */
  wait(conversationId: string, by?: string): number;
  /** The milliseconds until a person has not used up their share of what a conversation takes. */
  shareWait?(conversationId: string, by: string): number;
  /** The turn that the conversation took last is to be used now. Gives the milliseconds until it comes. */
  depart?(conversationId: string): number;
  /** The turn that the conversation took last, for this person, was not used. */
  giveBack?(conversationId: string, by?: string): void;
  /** Takes the next turn of the app, for a request to no conversation; gives the milliseconds until it comes. */
  reserve?(): number;
  /** The milliseconds in which no conversation at all may send; asking each of them is not worth it. */
  pause?(): number;
  /** Another process sent a message so many milliseconds ago. */
  assume?(conversationId: string, agoMs: number, by?: string): void;
}

/**
 * One person has a third of what a conversation takes: the hour of a channel would be used up in a quarter of one by
 * somebody who goes on and on, and nobody's card would come for the rest of it.
 */
const persons = 3;

/**
 * A window lasts this much longer than documented: what leaves here a second apart arrives a little closer when
 * the first one was held up. 50 a second becomes 46.5.
 */
const marginMs = 75;

/** How long before it comes a turn may be taken: a transaction, and a card to draw. */
const leadMs = 50;

interface Window {
  readonly points: number;
  readonly ms: number;
}
const withMargin = ({ points, seconds }: Limit): Window => ({ points, ms: seconds * 1_000 + marginMs });

/** Little more than a fifth of the points in a fifth of the time: fifty at once would be held up, and arrive, as one. */
const spread = ({ points, ms }: Window): Window[] => [
  { points, ms },
  { points: Math.ceil(points / 5) + 1, ms: ms / 5 },
];

/** Keeps to the limits for all that this process sends, on a clock that never jumps. */
export function createPace(limits: Limits = documentedLimits): Pace {
  const conversations = createLog(limits.conversation.map(withMargin));
  const shares = createLog(
    limits.conversation
      .map(withMargin)
      .map(({ points, ms }) => ({ points: Math.ceil(points / persons), ms })),
  );
  const app = createLog(limits.app.map(withMargin).flatMap(spread));
  const shareOf = (conversationId: string, by: string): string => `${conversationId} ${by}`;

  function take(conversationId: string, at: number, by: string | undefined): void {
    conversations.take(conversationId, at);
    app.take('app', at);
    if (by !== undefined) shares.take(shareOf(conversationId, by), at);
  }

  return {
    wait(conversationId, by) {
      const wait = Math.max(conversations.wait(conversationId), app.wait('app'));
      if (wait > leadMs) return wait - leadMs;
      const at = performance.now() + wait;
      take(conversationId, at, by);
      return 0;
    },
    shareWait: (conversationId, by) => shares.wait(shareOf(conversationId, by)),
    depart(conversationId) {
      const now = performance.now();
      const at = conversations.last(conversationId) ?? now;
      if (at < now) app.move('app', conversations.move(conversationId, at, now), now);
      return Math.max(0, at - now);
    },
    giveBack(conversationId, by) {
      app.move('app', conversations.move(conversationId, conversations.last(conversationId)));
      if (by === undefined) return;
      const share = shareOf(conversationId, by);
      shares.move(share, shares.last(share));
    },
    reserve() {
      const wait = app.wait('app');
      app.take('app', performance.now() + wait);
      return wait;
    },
    pause: () => Math.max(0, app.wait('app') - leadMs),
    assume: (conversationId, agoMs, by) => take(conversationId, performance.now() - agoMs, by),
  };
}

/** When each of several keys was last used, for as long as one of the windows still asks. */
function createLog(windows: readonly Window[]) {
  const most = Math.max(0, ...windows.map(({ points }) => points));
  const longestMs = Math.max(0, ...windows.map(({ ms }) => ms));
  /** Those used last are last. */
  const used = new Map<string, number[]>();

  /** Keys come by the thousand and never again: those of no use any more go. */
  function forget(): void {
    for (const [key, times] of used) {
      if ((times.at(-1) ?? -Infinity) > performance.now() - longestMs) return;
      used.delete(key);
    }
  }

  function take(key: string, at: number): void {
    const times = used.get(key) ?? [];
    times.splice(times.findLastIndex((time) => time <= at) + 1, 0, at);
    // Cutting one at a time would copy all of them each time.
    if (times.length > 2 * most) times.splice(0, times.length - most);
    used.delete(key);
    used.set(key, times);
    forget();
  }

  return {
    take,
    wait(key: string): number {
      const times = used.get(key) ?? [];
      const waits = windows.map(({ points, ms }) => {
        const first = times[times.length - points];
        return first === undefined ? 0 : Math.ceil(first + ms - performance.now());
      });
      return Math.max(0, ...waits);
    },
    last: (key: string): number | undefined => used.get(key)?.at(-1),
    /** Moves a use to another moment, or to none. Gives when it was. */
    move(key: string, from: number | undefined, to?: number): number | undefined {
      const times = used.get(key) ?? [];
      const place = from === undefined ? -1 : times.lastIndexOf(from);
      if (place >= 0) times.splice(place, 1);
      if (to !== undefined) take(key, to);
      return from;
    },
  };
}
