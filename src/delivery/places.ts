import type { Transaction } from '../ports.js';

/** Told, in the transaction that records it, when a conversation can no longer be written to, or can again. */
export interface Places {
  /** It was found gone, perhaps not for the first time. Returns whether its messages are held until it is back. */
  onGone(tx: Transaction, conversationId: string): Promise<boolean>;
  /** A post has arrived in a channel. Returns whether that enqueued something. */
  onReached(tx: Transaction, conversationId: string): Promise<boolean>;
}

/** Ignores both; messages to a conversation that is gone fail. */
export const noPlaces: Places = { onGone: async () => false, onReached: async () => false };
