import type { OutboxMessage } from '../ports.js';

/** The waiting rows of one conversation. */
export interface Lane {
  readonly conversationId: string;
  /** In the order in which they go. */
  rows: OutboxMessage[];
  busy: boolean;
  /** On `performance.now()`: pacing knows nothing of the app's clock. */
  pausedUntil: number;
}

/**
 * The row that goes next and when, on the app's clock. A row that waits to be tried again holds up those after
 * it. One that was put off when it was owed is not in the line before its time.
 * @param sole nobody else sends: a row in `sending` is a dead process's, and goes now
 */
export function nextIn(
  rows: readonly OutboxMessage[],
  now: number,
  sole: boolean,
): { row: OutboxMessage; at: number } | undefined {
  let next: { row: OutboxMessage; at: number } | undefined;
  for (const row of rows) {
    const at = row.state === 'sending' && sole ? now : Date.parse(row.dueAt);
    if (!next || at < next.at) next = { row, at };
    const putOff = row.state === 'due' && row.attempts === 0 && at > now;
    if (!putOff) return next;
  }
  return next;
}

/** All conversations that have something to send: those that may now, in turn, and those that wait. */
export function createLanes({ now, sole }: { now: () => number; sole: boolean }) {
  const lanes = new Map<string, Lane>();
  const ready = new Set<Lane>();
  const waiting = new Map<Lane, number>();

  function laneOf(conversationId: string): Lane {
    const known = lanes.get(conversationId);
    if (known) return known;
    const lane: Lane = { conversationId, rows: [], busy: false, pausedUntil: 0 };
    lanes.set(conversationId, lane);
    return lane;
  }

  /** Puts a lane where it belongs now. A lane that is ready keeps its turn. */
  function place(lane: Lane): void {
    waiting.delete(lane);
    const next = lane.busy ? undefined : nextIn(lane.rows, now(), sole);
    const real = performance.now();
    const readyAt = next && Math.max(real + next.at - now(), lane.pausedUntil);
    if (readyAt !== undefined && readyAt <= real) {
      ready.add(lane);
      return;
    }
    ready.delete(lane);
    if (readyAt !== undefined) waiting.set(lane, readyAt);
    else if (!lane.busy) lanes.delete(lane.conversationId);
  }

  return {
    place,
    /** Takes a fresh list of all that is due or being sent. */
    replaceAll(rows: readonly OutboxMessage[]): void {
      for (const lane of lanes.values()) lane.rows = [];
      for (const row of [...rows].sort(byOrder)) laneOf(row.conversationId).rows.push(row);
      for (const lane of [...lanes.values()]) place(lane);
    },
    /** Replaces a row by what became of it: nothing, when it needs no further sending. */
    replace(lane: Lane, id: string, row: OutboxMessage | undefined): void {
      lane.rows = lane.rows.filter((r) => r.id !== id);
      if (row) lane.rows = [...lane.rows, row].sort(byOrder);
    },
    /** The lane whose turn it is, with its next row. */
    take(): { lane: Lane; row: OutboxMessage } | undefined {
      for (const lane of ready) {
        ready.delete(lane);
        const next = nextIn(lane.rows, now(), sole);
        if (next) return { lane, row: next.row };
      }
      return undefined;
    },
    /** Moves up the lanes whose wait is over; gives the milliseconds until the next one's is. */
    promote(): number {
      let earliest = Number.POSITIVE_INFINITY;
      const real = performance.now();
      for (const [lane, readyAt] of waiting) {
        if (readyAt <= real) place(lane);
        else earliest = Math.min(earliest, readyAt - real);
      }
      return earliest;
    },
    anyReady: () => ready.size > 0,
    /** True when something could go now but for the pace. */
    anyDue: () =>
      ready.size > 0 ||
      [...waiting.keys()].some((lane) => (nextIn(lane.rows, now(), sole)?.at ?? Infinity) <= now()),
  };
}

const byOrder = (a: OutboxMessage, b: OutboxMessage): number =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : 0;
