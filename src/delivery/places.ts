import type { Transaction } from '../ports.js';

/** Told when a place can no longer be written to, or can after all; in the transaction that records it. */
export interface Places {
  /** Found gone, perhaps not for the first time. Gives whether what is owed there is held until it is back. */
  onGone(tx: Transaction, conversationId: string): Promise<boolean>;
  /** A post has arrived in a channel. Gives whether something was owed for that reason. */
  onReached(tx: Transaction, conversationId: string): Promise<boolean>;
}

/** Nobody is told, and what is owed to a place that is gone has failed. */
export const noPlaces: Places = { onGone: async () => false, onReached: async () => false };
