import type { OutboxMessage } from '../../ports.js';

/**
 * Why a message did not arrive, by what the outbox noted: codes of Teams, and its own words. The first that fits
 * counts.
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

/** `pending.why.<name>` is the text. */
export type Reason =
  | (typeof patterns)[number][0]
  | 'removed-channel'
  | 'gone-channel'
  /** Nothing more is known. */
  | 'refused'
  | 'noAnswer';

/** The reason to tell a coordinator: a person is gone for other reasons than a channel. */
export function reasonOf(
  { state, error = '' }: Pick<OutboxMessage, 'state' | 'error'>,
  kind: 'person' | 'channel',
): Reason {
  const found = patterns.find(([, pattern]) => pattern.test(error))?.[0];
  if (kind === 'channel' && (found === 'removed' || found === 'gone')) return `${found}-channel`;
  return found ?? (state === 'unknown' ? 'noAnswer' : 'refused');
}
