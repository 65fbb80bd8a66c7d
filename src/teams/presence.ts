import { Refusal, type Services } from '../features/feature.js';
import { langOf } from '../features/shared/people.js';
import { findOrCreatePerson } from './gate.js';
import { type Incoming, placeId, placeKind } from './incoming.js';
import { deactivatePlaces, reactivateChannels } from './installation.js';

/** When added, remembers the conversation and greets it once. When removed, nothing is sent there any more. */
export async function handlePresence(activity: Incoming, services: Services): Promise<void> {
  const bot = activity.recipient.id;
  const added = activity.action === 'add' || activity.membersAdded?.some((m) => m.id === bot);
  const removed = activity.action === 'remove' || activity.membersRemoved?.some((m) => m.id === bot);
  if (!added && !removed) return;
  if (removed) return deactivatePlaces(activity, services);
  await reactivateChannels(activity, services);
  const found = await findOrCreatePerson(activity, services, { acts: false }).then(
    (person) => ({ person }),
    (error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    },
  );
  if (!found) return;
  const { person } = found;
  const kind = placeKind(activity);
  // A greeting would keep a chat of somebody unknown, or not of the company, who would be refused there.
  if (kind === 'personal' && !person) return;
  const conversationId = placeId(activity);
  const lang = kind === 'personal' && person ? langOf(person) : services.convention.channelLanguage;
  const data = kind === 'personal' ? {} : { shared: true, ...(person?.name ? { addedBy: person.name } : {}) };
  const key = `welcome:${conversationId}`;
  await services.store.transact(async (tx) => {
    // The bot was removed before it could be sent, so nobody has read it.
    if ((await tx.get('outbox', key))?.state === 'failed') await tx.remove('outbox', key);
    await services.enqueue(tx, {
      key,
      conversationId,
      lang,
      message: 'help.welcome',
      data,
      ...(person ? { by: person.id } : {}),
    });
  });
}
