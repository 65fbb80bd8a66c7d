import type { Actor, Services } from '../feature.js';

/**
 * Whether somebody may read what coordinators read: they may, and so may everybody in their channel, where the
 * requests are posted and whose team may have other members.
 */
export async function mayReadRequests({ coordinator, place }: Actor, { store }: Services): Promise<boolean> {
  if (coordinator) return true;
  const channel = await store.read((r) => r.get('channels', 'coordinators'));
  return channel?.conversationId === place.conversationId;
}
