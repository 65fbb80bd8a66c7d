import type { OutboxMessage } from '../records.js';

/** The pending rows of one conversation. */
export interface ConversationQueue {
  readonly conversationId: string;
  /** In the order in which they were enqueued. */
  rows: OutboxMessage[];
  /** The people whose rows they are, in the order of their turns. */
  readonly queue: Set<string>;
  busy: boolean;
  /** On `performance.now()`: rate limits do not depend on the app's clock. */
  pausedUntil: number;
  /** The `order` of the row to send next, while the queue is ready. */
  headOrder: string;
}

/** The milliseconds until a row may be sent; 0 if it may be sent now. */
export type RowDelay = (row: OutboxMessage) => number;

/** The milliseconds until a person has a share of the conversation left; 0 if they have one now. */
export type ShareWait = (conversationId: string, by: string) => number;

/** Enqueued for a later time and never attempted: it does not block the rows behind it. */
const isDeferred = ({ state, attempts }: OutboxMessage, wait: number): boolean =>
  state === 'due' && attempts === 0 && wait > 0;

/** The person whose turn a row takes. Rows without one take turns like a single person's. */
const turnOf = ({ by = '' }: OutboxMessage): string => by;

/**
 * What a row is about: an action, or else a card. Rows about the same thing keep their order, whoever caused them.
 */
const subjectOf = ({ id, actionId, data, target, activityId }: OutboxMessage): unknown =>
  actionId ?? data.actionId ?? target ?? activityId ?? id;

interface Next {
  readonly row: OutboxMessage;
  /** The milliseconds until it may be sent. */
  readonly wait: number;
  /** Whether only the rate limit keeps something from being sent. */
  readonly isDue: boolean;
}

/**
 * The next row to send. People take turns, so that nobody waits for everything that somebody else has caused. One
 * person's rows go in order, except that a row which waits for another person's row about the same thing lets later
 * ones pass. A row waiting for a retry blocks all others. A deferred row, and a person without a share of the
 * conversation left, block nobody.
 */
function findNextRow(
  { conversationId, rows, queue }: ConversationQueue,
  delayOf: RowDelay,
  shareWait: ShareWait,
): Next | undefined {
  let soonest: Omit<Next, 'isDue'> | undefined;
  const firsts = new Map<string, OutboxMessage>();
  const subjects = new Set<unknown>();
  for (const row of rows) {
    const wait = delayOf(row);
    if (isDeferred(row, wait)) {
      if (!soonest || wait < soonest.wait) soonest = { row, wait };
      continue;
    }
    if (row.attempts > 0 || row.state === 'sending') return { row, wait, isDue: wait <= 0 };
    const subject = subjectOf(row);
    if (!subjects.has(subject) && !firsts.has(turnOf(row))) firsts.set(turnOf(row), row);
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

export type Schedule = ReturnType<typeof createSchedule>;

/** Schedules the conversations that have messages: those ready to send and those that wait. */
export function createSchedule(delayOf: RowDelay, shareWait: ShareWait = () => 0) {
  const queues = new Map<string, ConversationQueue>();
  const ready = new Set<ConversationQueue>();
  const waiting = new Map<ConversationQueue, number>();
  /** The waiting queues that only the rate limit holds up. */
  const paced = new Set<ConversationQueue>();

  const next = (queue: ConversationQueue): Next | undefined => findNextRow(queue, delayOf, shareWait);

  function findOrCreateQueue(conversationId: string): ConversationQueue {
    const known = queues.get(conversationId);
    if (known) return known;
    const queue: ConversationQueue = {
      conversationId,
      rows: [],
      queue: new Set(),
      busy: false,
      pausedUntil: 0,
      headOrder: '',
    };
    queues.set(conversationId, queue);
    return queue;
  }

  /** Updates whether a queue is ready, waits or is empty. */
  function reschedule(queue: ConversationQueue): void {
    waiting.delete(queue);
    paced.delete(queue);
    const first = queue.busy ? undefined : next(queue);
    const real = performance.now();
    const readyAt = first && Math.max(real + first.wait, queue.pausedUntil);
    if (first && readyAt !== undefined && readyAt <= real) {
      queue.headOrder = first.row.order;
      ready.add(queue);
      return;
    }
    ready.delete(queue);
    if (first?.isDue) paced.add(queue);
    if (readyAt !== undefined) waiting.set(queue, readyAt);
    else if (!queue.busy) queues.delete(queue.conversationId);
  }

  /**
   * Whether a row appended to a queue leaves its place in the schedule unchanged: another row can go now or once the
   * queue may send again, or it is deferred. Otherwise every new row would mean looking at the whole queue, which may
   * hold a thousand.
   */
  function leavesScheduleUnchanged(queue: ConversationQueue, row: OutboxMessage): boolean {
    if (ready.has(queue)) return true;
    const readyAt = waiting.get(queue);
    if (readyAt === undefined) return false;
    if (readyAt <= queue.pausedUntil) return true;
    const wait = delayOf(row);
    if (!isDeferred(row, wait)) return false;
    // Too early does no harm: the queue is then scheduled again.
    waiting.set(queue, Math.min(readyAt, performance.now() + wait));
    return true;
  }

  return {
    reschedule,
    /** Adds polled rows that are due or being sent, and replaces those that have changed. */
    add(rows: readonly OutboxMessage[]): void {
      const changed = new Set<ConversationQueue>();
      for (const row of rows) {
        const queue = findOrCreateQueue(row.conversationId);
        const at = lowerBound(queue.rows, row.order);
        // Unchanged since the last poll.
        if (queue.rows[at] === row) continue;
        queue.queue.add(turnOf(row));
        const isLast = at === queue.rows.length;
        insertInOrder(queue.rows, row, at);
        if (!(isLast && leavesScheduleUnchanged(queue, row))) changed.add(queue);
      }
      for (const queue of changed) reschedule(queue);
    },
    /** Schedules every queue again: the clock may have jumped. */
    rescheduleAll(): void {
      for (const queue of [...queues.values()]) reschedule(queue);
    },
    clear(): void {
      for (const queue of [...queues.values()]) {
        queue.rows = [];
        reschedule(queue);
      }
    },
    rows: (): OutboxMessage[] => Array.from(queues.values(), (queue) => queue.rows).flat(),
    /** Ends the turn of a row, and replaces it by its new state, or removes it when nothing is left to send. */
    replace(queue: ConversationQueue, row: OutboxMessage, left: OutboxMessage | undefined): void {
      queue.rows = queue.rows.filter(({ id }) => id !== row.id);
      if (left) insertInOrder(queue.rows, left);
      const who = turnOf(row);
      queue.queue.delete(who);
      if (queue.rows.some((other) => turnOf(other) === who)) queue.queue.add(who);
    },
    /** Takes the ready queue that has waited longest, with its next row. */
    takeNext(): { queue: ConversationQueue; row: OutboxMessage } | undefined {
      while (ready.size > 0) {
        let queue: ConversationQueue | undefined;
        for (const other of ready) if (!queue || other.headOrder < queue.headOrder) queue = other;
        if (!queue) break;
        ready.delete(queue);
        const first = next(queue);
        if (first && first.wait <= 0) return { queue, row: first.row };
        reschedule(queue);
      }
      return undefined;
    },
    /** Moves queues whose wait is over to the ready ones; returns the milliseconds until the next one. */
    promote(): number {
      let earliest = Number.POSITIVE_INFINITY;
      const real = performance.now();
      for (const [queue, readyAt] of waiting) {
        if (readyAt <= real) reschedule(queue);
        else earliest = Math.min(earliest, readyAt - real);
      }
      return earliest;
    },
    /** The number of conversations ready to send. */
    ready: () => ready.size,
    /** Whether only the rate limit keeps something from being sent. */
    hasDue: () =>
      ready.size > 0 || paced.size > 0 || [...waiting.keys()].some((queue) => (next(queue)?.wait ?? 1) <= 0),
  };
}

/** Inserts a row in order, or replaces the one with the same order. */
function insertInOrder(rows: OutboxMessage[], row: OutboxMessage, at = lowerBound(rows, row.order)): void {
  rows.splice(at, rows[at]?.order === row.order ? 1 : 0, row);
}

/** The index of the first row with this order or a later one. */
function lowerBound(rows: readonly OutboxMessage[], order: string): number {
  let [low, high] = [0, rows.length];
  // Most rows are appended.
  if ((rows.at(-1)?.order ?? '') < order) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.order ?? '') < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
