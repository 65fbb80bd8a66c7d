import type { OutboxMessage } from '../../records.js';

/**
 * Why a message did not arrive, from the error noted by the outbox: Teams' error codes and its own words. The first
 * match counts.
 */
const patterns = [
  ['blocked', /ConversationBlockedByUser/],
  ['removed', /BotNotInConversationRoster|^uninstalled$/],
  ['disabled', /BotDisabledByAdmin/],
  ['gone', /ConversationNotFound|^the conversation is not known/],
  ['notAccepted', /^401\b/],
  ['unreachable', /^tried \d+ times/],
  ['notDrawn', /^could not be drawn/],
  ['stopped', /^the process stopped/],
] as const;

/** `pending.why.<name>` is its text. */
export type FailureReason =
  | (typeof patterns)[number][0]
  | 'removed-channel'
  | 'gone-channel'
  /** No more is known. */
  | 'refused'
  | 'noAnswer';

/** The reason shown to a coordinator; a person's chat is gone for other reasons than a channel. */
export function findFailureReason(
  { state, error = '' }: Pick<OutboxMessage, 'state' | 'error'>,
  kind: 'person' | 'channel',
): FailureReason {
  const found = patterns.find(([, pattern]) => pattern.test(error))?.[0];
  if (kind === 'channel' && (found === 'removed' || found === 'gone')) return `${found}-channel`;
  return found ?? (state === 'unknown' ? 'noAnswer' : 'refused');
}
