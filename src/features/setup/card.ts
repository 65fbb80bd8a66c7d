import type { Channel } from '../../records.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { moveHeld } from './held-messages.js';
import { onPlaceBack, redrawAuthorCards } from './lost-channel.js';
import { enqueueWaiting } from './waiting-cards.js';

export const channelUses = ['coordinators', 'announcements'] as const;

export function requireChannel(actor: Actor): { conversationId: string; teamId: string } {
  const { kind, conversationId, teamId } = actor.place;
  if (kind !== 'channel' || !teamId) throw new Refusal('refusal.setupInChannel');
  return { conversationId, teamId };
}

function whereIs(channel: Channel | undefined, here: string): 'none' | 'here' | 'elsewhere' | 'lost' {
  if (!channel) return 'none';
  if (channel.conversationId === here) return 'here';
  return channel.lostAt ? 'lost' : 'elsewhere';
}

export async function drawCard(
  actor: Actor,
  chosen: Channel['id'] | undefined,
  services: Services,
): Promise<Card> {
  const { conversationId } = requireChannel(actor);
  const t = services.textIn(actor.lang);
  const { weekly } = services.convention;
  return services.store.read(async (reader): Promise<Card> => {
    const lines = [];
    for (const use of channelUses) {
      const channel = await reader.get('channels', use);
      const where = whereIs(channel, conversationId);
      const mark = { none: 'open', here: 'good', elsewhere: 'good', lost: 'warn' }[where];
      lines.push({ mark, text: t.at(`setup.${use}.${where}`) });
    }
    return {
      template: 'setup-card',
      lang: actor.lang,
      summary: t('setup.heading'),
      data: {
        heading: chosen ? t(`setup.chosen.${chosen}`) : t('setup.heading'),
        lead: t('setup.lead'),
        lines,
        announced: (await reader.get('channels', 'announcements')) !== undefined,
        note: t('setup.note', { day: t.at(`weekday.${weekly.weekday}`), time: t.dates.time(weekly.time) }),
      },
    };
  });
}

/**
 * Makes this channel the coordinators' or the announcements' one, perhaps again. Messages held for it, or for its
 * predecessor, are sent here, and every request that waits for the coordinators then has exactly one card here.
 */
export async function chooseChannel(actor: Actor, use: Channel['id'], services: Services): Promise<Card> {
  const place = requireChannel(actor);
  await services.store.transact(async (tx) => {
    const previous = await tx.get('channels', use);
    const moves = previous !== undefined && previous.conversationId !== place.conversationId;
    const at = previous && !moves ? previous.at : services.clock.now();
    const channel: Channel = {
      id: use,
      ...place,
      lang: services.convention.channelLanguage,
      by: actor.id,
      at,
    };
    await tx.put('channels', channel);
    if (moves) await moveHeld(tx, previous, channel, services);
    await onPlaceBack(tx, place.conversationId, services, true);
    if (use !== 'coordinators') return;
    await enqueueWaiting(tx, channel, previous, services);
    if (!previous || previous.lostAt) await redrawAuthorCards(tx, services);
  });
  // The members of the new team may decide from now on; the answer to this click need not wait until they are known.
  if (use === 'coordinators') void services.directory.refresh();
  return drawCard(actor, use, services);
}
