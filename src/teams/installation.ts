import type { Services } from '../features/feature.js';
import { onPlaceBack, onPlacesGone } from '../features/setup/lost-channel.js';
import { conversationOf, mergeConversation } from './gate.js';
import type { Incoming } from './incoming.js';

const uninstalled = 'uninstalled';

/** Removed from a chat, or from a team with all its channels: nothing is sent there any more. */
export function deactivatePlaces(activity: Incoming, services: Services): Promise<void> {
  const seen = conversationOf(activity);
  return services.store.transact(async (tx) => {
    const place = mergeConversation(await tx.get('conversations', seen.id), seen);
    const channels = place.teamId ? await tx.list('conversations', 'byTeam', place.teamId) : [];
    const gone = [place, ...channels];
    for (const conversation of gone) {
      await tx.put('conversations', { ...conversation, active: false, inactiveReason: uninstalled });
    }
    await onPlacesGone(
      tx,
      gone.map(({ id }) => id),
      services,
    );
  });
}

/** Added to a team again: its channels can be written to again, whether or not Teams had said that they were gone. */
export async function reactivateChannels(activity: Incoming, services: Services): Promise<void> {
  const { teamId } = conversationOf(activity);
  if (!teamId) return;
  await services.store.transact(async (tx) => {
    const gone = (await tx.list('conversations', 'byTeam', teamId)).filter(({ active }) => !active);
    for (const { inactiveReason: _, ...rest } of gone) {
      await tx.put('conversations', { ...rest, active: true });
      await onPlaceBack(tx, rest.id, services, true);
    }
  });
}
