import type { OutboxMessage } from '../ports.js';

/** The waiting rows of one conversation. */
export interface Lane {
  readonly conversationId: string;
  /** In the order in which they were owed. */
  rows: OutboxMessage[];
  /** Whose rows they are, in the order of their turns. */
  readonly queue: Set<string>;
  busy: boolean;
  /** On `performance.now()`: pacing knows nothing of the app's clock. */
  pausedUntil: number;
  /** The place in the order of the row that goes next, while it may. */
  turn: string;
}

/** The milliseconds until a row may go; 0 when it may now. */
export type WaitOf = (row: OutboxMessage) => number;

/** The milliseconds until a person has not used up their share of a conversation; 0 when they have not. */
export type ShareWait = (conversationId: string, by: string) => number;

/** Owed for later, and not in the line before its time. */
const isPutOff = ({ state, attempts }: OutboxMessage, wait: number): boolean =>
  state === 'due' && attempts === 0 && wait > 0;

/** Whose turn a row takes. What is nobody's takes turns as one person does. */
const whose = ({ by = '' }: OutboxMessage): string => by;

/** What a row is about: an action, else a card. Rows about the same keep their order, whoever caused them. */
const subjectOf = ({ id, actionId, data, target, activityId }: OutboxMessage): unknown =>
  actionId ?? data.actionId ?? target ?? activityId ?? id;

interface Next {
  readonly row: OutboxMessage;
  /** In how many milliseconds it may go. */
  readonly wait: number;
  /** Something could go now but for the pace. */
  readonly isDue: boolean;
}

/**
 * The row that goes next. People take turns, so that nobody waits for all that another one has caused. What one person
 * caused goes in its order, save that a row which waits for another person's about the same lets those after it pass. A
 * row that waits to be tried again holds up all others. One that was put off when it was owed is not in the line before
 * its time, nor is a person who has used up their share of the conversation.
 */
function nextIn(
  { conversationId, rows, queue }: Lane,
  waitOf: WaitOf,
  shareWait: ShareWait,
): Next | undefined {
  let soonest: Omit<Next, 'isDue'> | undefined;
  const firsts = new Map<string, OutboxMessage>();
  const subjects = new Set<unknown>();
  for (const row of rows) {
    const wait = waitOf(row);
    if (isPutOff(row, wait)) {
      if (!soonest || wait < soonest.wait) soonest = { row, wait };
      continue;
    }
    if (row.attempts > 0 || row.state === 'sending') return { row, wait, isDue: wait <= 0 };
    const subject = subjectOf(row);
    if (!subjects.has(subject) && !firsts.has(whose(row))) firsts.set(whose(row), row);
    subjects.add(subject);
  }
  for (const who of queue) {
    const row = firsts.get(who);
    if (!row) continue;
    const wait = row.by === undefined ? 0 : shareWait(conversationId, row.by);
    if (wait <= 0) return { row, wait: 0, isDue: true };
    if (!soonest || wait < soonest.wait) soonest = { row, wait };
  }
  return soonest && { ...soonest, isDue: firsts.size > 0 };
}

export type Lanes = ReturnType<typeof createLanes>;

/** All conversations that have something to send: those that may now, in turn, and those that wait. */
export function createLanes(waitOf: WaitOf, shareWait: ShareWait = () => 0) {
  const lanes = new Map<string, Lane>();
  const ready = new Set<Lane>();
  const waiting = new Map<Lane, number>();
  /** Of those that wait, the ones that the pace alone holds up. */
  const paced = new Set<Lane>();

  const next = (lane: Lane): Next | undefined => nextIn(lane, waitOf, shareWait);

  function laneOf(conversationId: string): Lane {
    const known = lanes.get(conversationId);
    if (known) return known;
    const lane: Lane = {
      conversationId,
      rows: [],
      queue: new Set(),
      busy: false,
      pausedUntil: 0,
      turn: '',
    };
    lanes.set(conversationId, lane);
    return lane;
  }

  /** Puts a lane where it belongs now. */
  function place(lane: Lane): void {
    waiting.delete(lane);
    paced.delete(lane);
    const first = lane.busy ? undefined : next(lane);
    const real = performance.now();
    const readyAt = first && Math.max(real + first.wait, lane.pausedUntil);
    if (first && readyAt !== undefined && readyAt <= real) {
      lane.turn = first.row.order;
      ready.add(lane);
      return;
    }
    ready.delete(lane);
    if (first?.isDue) paced.add(lane);
    if (readyAt !== undefined) waiting.set(lane, readyAt);
    else if (!lane.busy) lanes.delete(lane.conversationId);
  }

  /**
   * A row that joined the line as its last one and leaves the lane where it is: another one can go now, or once the
   * lane may send again, or it is put off. All rows of the lane need not be looked at again then, a thousand of them
   * for one that is owed.
   */
  function followsOthers(lane: Lane, row: OutboxMessage): boolean {
    if (ready.has(lane)) return true;
    const readyAt = waiting.get(lane);
    if (readyAt === undefined) return false;
    if (readyAt <= lane.pausedUntil) return true;
    const wait = waitOf(row);
    if (!isPutOff(row, wait)) return false;
    // Too soon does no harm: the lane is then placed anew.
    waiting.set(lane, Math.min(readyAt, performance.now() + wait));
    return true;
  }

  return {
    place,
    /** Takes in what a list says of rows that are due or being sent: new ones, and what is newer of those known. */
    add(rows: readonly OutboxMessage[]): void {
      const changed = new Set<Lane>();
      for (const row of rows) {
        const lane = laneOf(row.conversationId);
        const at = firstFrom(lane.rows, row.order);
        // Listed again, and as it was.
        if (lane.rows[at] === row) continue;
        lane.queue.add(whose(row));
        const isLast = at === lane.rows.length;
        putInOrder(lane.rows, row, at);
        if (!(isLast && followsOthers(lane, row))) changed.add(lane);
      }
      for (const lane of changed) place(lane);
    },
    /** Puts all where they belong by now: the clock may have jumped. */
    placeAll(): void {
      for (const lane of [...lanes.values()]) place(lane);
    },
    clear(): void {
      for (const lane of [...lanes.values()]) {
        lane.rows = [];
        place(lane);
      }
    },
    rows: (): OutboxMessage[] => Array.from(lanes.values(), (lane) => lane.rows).flat(),
    /** Notes that a row has had its turn, and what became of it: nothing, when it needs no further sending. */
    replace(lane: Lane, row: OutboxMessage, left: OutboxMessage | undefined): void {
      lane.rows = lane.rows.filter(({ id }) => id !== row.id);
      if (left) putInOrder(lane.rows, left);
      const who = whose(row);
      lane.queue.delete(who);
      if (lane.rows.some((other) => whose(other) === who)) lane.queue.add(who);
    },
    /** The lane whose turn it is, the one that has waited longest, with its next row. */
    take(): { lane: Lane; row: OutboxMessage } | undefined {
      while (ready.size > 0) {
        let lane: Lane | undefined;
        for (const other of ready) if (!lane || other.turn < lane.turn) lane = other;
        if (!lane) break;
        ready.delete(lane);
        const first = next(lane);
        if (first && first.wait <= 0) return { lane, row: first.row };
        place(lane);
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
    /** How many conversations could send now. */
    ready: () => ready.size,
    /** True when something could go now but for the pace. */
    anyDue: () =>
      ready.size > 0 || paced.size > 0 || [...waiting.keys()].some((lane) => (next(lane)?.wait ?? 1) <= 0),
  };
}

/** Puts a row in its place, or in the place of what was known of it. */
function putInOrder(rows: OutboxMessage[], row: OutboxMessage, at = firstFrom(rows, row.order)): void {
  rows.splice(at, rows[at]?.order === row.order ? 1 : 0, row);
}

/** The place of the first row whose order is this one or later. */
function firstFrom(rows: readonly OutboxMessage[], order: string): number {
  let [low, high] = [0, rows.length];
  // Most rows come last.
  if ((rows.at(-1)?.order ?? '') < order) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.order ?? '') < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
