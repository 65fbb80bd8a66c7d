import type { Services } from '../features/feature.js';
import { onPlaceBack, onPlacesGone } from '../features/setup/lost-channel.js';
import type { Reader } from '../ports.js';
import type { Conversation } from '../records.js';
import { conversationOf, mergeConversation } from './gate.js';
import type { Incoming } from './incoming.js';

const uninstalled = 'uninstalled';

/** The known places of a team: its channels, and the chats that would be opened through it. None without a team. */
const listPlaces = (reader: Reader, teamId = ''): Promise<readonly Conversation[]> =>
  reader.list('conversations', 'byTeam', teamId);

/**
 * Removed from a chat, or from a team with all its channels: nothing is sent there any more. Of a place that is not known
 * nothing is kept: somebody who was erased may remove the app afterwards.
 */
export function deactivatePlaces(activity: Incoming, services: Services): Promise<void> {
  const seen = conversationOf(activity);
  return services.store.transact(async (tx) => {
    const known = await tx.get('conversations', seen.id);
    const place = mergeConversation(known, seen);
    const gone = [...(known ? [place] : []), ...(await listPlaces(tx, place.teamId))];
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
  await services.store.transact(async (tx) => {
    const gone = (await listPlaces(tx, teamId)).filter(({ active }) => !active);
    for (const { inactiveReason: _, ...rest } of gone) {
      await tx.put('conversations', { ...rest, active: true });
      await onPlaceBack(tx, rest.id, services, true);
    }
  });
}
