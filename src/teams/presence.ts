import type { Conversation, Store } from '../ports.js';
import { conversationOf, inItsTenant } from './gate.js';
import type { Incoming } from './incoming.js';

const uninstalled = 'uninstalled';

/** Removed from a chat, or from a team with all its channels: nothing is sent there any more. */
export function leave(activity: Incoming, store: Store): Promise<void> {
  const seen = conversationOf(activity);
  return store.transact(async (tx) => {
    const place = inItsTenant(await tx.get('conversations', seen.id), seen);
    const channels = place.teamId ? await tx.list('conversations', 'byTeam', place.teamId) : [];
    for (const conversation of [place, ...channels]) {
      await tx.put('conversations', { ...conversation, active: false, inactiveReason: uninstalled });
    }
  });
}

/** Added to a team again: the channels it was removed from with the team may be written to again. */
export async function comeBack(activity: Incoming, store: Store): Promise<void> {
  const { teamId } = conversationOf(activity);
  if (!teamId) return;
  const gone = ({ active, inactiveReason }: Conversation) => !active && inactiveReason === uninstalled;
  await store.transact(async (tx) => {
    for (const conversation of (await tx.list('conversations', 'byTeam', teamId)).filter(gone)) {
      const { inactiveReason: _, ...rest } = conversation;
      await tx.put('conversations', { ...rest, active: true });
    }
  });
}
