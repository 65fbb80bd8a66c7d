import type { Services } from '../features/feature.js';
import { placeBack, placesGone } from '../features/shared/lost-channel.js';
import { conversationOf, knownPlaceOf } from './gate.js';
import type { Incoming } from './incoming.js';

const uninstalled = 'uninstalled';

/** Removed from a chat, or from a team with all its channels: nothing is sent there any more. */
export function leave(activity: Incoming, services: Services): Promise<void> {
  const seen = conversationOf(activity);
  return services.store.transact(async (tx) => {
    const place = knownPlaceOf(await tx.get('conversations', seen.id), seen);
    const channels = place.teamId ? await tx.list('conversations', 'byTeam', place.teamId) : [];
    const gone = [place, ...channels];
    for (const conversation of gone) {
      await tx.put('conversations', { ...conversation, active: false, inactiveReason: uninstalled });
    }
    await placesGone(
      tx,
      gone.map(({ id }) => id),
      services,
    );
  });
}

/** Added to a team again: its channels may be written to again, whether or not Teams said that they were gone. */
export async function comeBack(activity: Incoming, services: Services): Promise<void> {
  const { teamId } = conversationOf(activity);
  if (!teamId) return;
  await services.store.transact(async (tx) => {
    const gone = (await tx.list('conversations', 'byTeam', teamId)).filter(({ active }) => !active);
    for (const { inactiveReason: _, ...rest } of gone) {
      await tx.put('conversations', { ...rest, active: true });
      await placeBack(tx, rest.id, services, true);
    }
  });
}
