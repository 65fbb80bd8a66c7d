import type { Actor, Services } from '../feature.js';

/**
 * Whether somebody may read what the coordinators read: they do, and so does everybody in their channel, where the
 * requests are posted. Not all who are in its team need to be coordinators.
 */
export async function readsRequests({ coordinator, place }: Actor, { store }: Services): Promise<boolean> {
  if (coordinator) return true;
  const channel = await store.read((r) => r.get('channels', 'coordinators'));
  return channel?.conversationId === place.conversationId;
}
