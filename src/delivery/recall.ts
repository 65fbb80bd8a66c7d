import type { Reader } from '../ports.js';
import type { Pace } from './pace.js';

/** Limits reach back an hour at most. */
const reachMs = 3_600_000;
/** Seven minutes at full pace: enough for every limit but the hour of a conversation, and read in a moment. */
const mostSent = 20_000;

/**
 * Tells the pace what was sent lately, by a process before this one or by another one: Teams counts it too. What
 * may be under way counts as sent now. Of several updates of one card the records know the last only.
 */
export async function recallSent(reader: Reader, pace: Pace, now: number): Promise<void> {
  if (!pace.assume) return;
  const from = new Date(now - reachMs).toISOString();
  const sent = await reader.list('outbox', 'byEnd', 'sent', { from, limit: mostSent, reverse: true });
  const sending = await reader.list('outbox', 'byState', 'sending');
  for (const { conversationId, dueAt, by } of sent.toReversed()) {
    // A moment to come is one of a clock that was ahead.
    pace.assume(conversationId, Math.max(0, now - Date.parse(dueAt)), by);
  }
  for (const { conversationId, by } of sending) pace.assume(conversationId, 0, by);
}
