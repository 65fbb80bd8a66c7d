import { z } from 'zod';
import type { Channel } from '../ports.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from './feature.js';
import { dropHeld, moveHeld } from './shared/held.js';
import { lostCard } from './shared/lost-card.js';
import { placeBack, redrawAuthorCards } from './shared/lost-channel.js';
import { showWaiting } from './shared/waiting-cards.js';

const uses = ['coordinators', 'announcements'] as const;

function requireChannel(actor: Actor): { conversationId: string; teamId: string } {
  const { kind, conversationId, teamId } = actor.place;
  if (kind !== 'channel' || !teamId) throw new Refusal('refusal.setupInChannel');
  return { conversationId, teamId };
}

function whereIs(channel: Channel | undefined, here: string): 'none' | 'here' | 'elsewhere' | 'lost' {
  if (!channel) return 'none';
  if (channel.conversationId === here) return 'here';
  return channel.lostAt ? 'lost' : 'elsewhere';
}

async function draw(actor: Actor, chosen: Channel['id'] | undefined, services: Services): Promise<Card> {
  const { conversationId } = requireChannel(actor);
  const t = services.textIn(actor.lang);
  const { weekly } = services.convention;
  return services.store.read(async (reader): Promise<Card> => {
    const lines = [];
    for (const use of uses) {
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
 * Makes this channel the coordinators' or the announcements' one, perhaps again. What was held for it, or for the one
 * before it, goes here, and whatever waits for the coordinators has a card here afterwards, one.
 */
async function choose(actor: Actor, use: Channel['id'], services: Services): Promise<Card> {
  const place = requireChannel(actor);
  await services.store.transact(async (tx) => {
    const was = await tx.get('channels', use);
    const moves = was !== undefined && was.conversationId !== place.conversationId;
    const at = was && !moves ? was.at : services.clock.now();
    const channel: Channel = {
      id: use,
      ...place,
      lang: services.convention.channelLanguage,
      by: actor.id,
      at,
    };
    await tx.put('channels', channel);
    if (moves) await moveHeld(tx, was, channel, services);
    await placeBack(tx, place.conversationId, services, true);
    if (use !== 'coordinators') return;
    await showWaiting(tx, channel, was, services);
    if (!was || was.lostAt) await redrawAuthorCards(tx, services);
  });
  // The members of the new team may decide from now on: the answer to this click need not wait for who they are.
  if (use === 'coordinators') void services.directory.refresh();
  return draw(actor, use, services);
}

/** An administrator chooses the channels: coordinators' requests and decisions, and announcements. */
export const setup: Feature = {
  name: 'setup',
  audience: 'admin',
  scopes: ['team'],
  commands: { fr: ['configurer'], en: ['setup'] },
  readers: 'anyone',
  open: (actor, services) => draw(actor, undefined, services),
  actions: {
    choose: action({
      who: 'admin',
      input: z.looseObject({ use: z.enum(uses) }),
      run: (actor, { use }, services) => choose(actor, use, services),
    }),
    stopAnnouncements: action({
      who: 'admin',
      input: z.looseObject({}),
      run: async (actor, _, services) => {
        requireChannel(actor);
        await services.store.transact(async (tx) => {
          const channel = await tx.get('channels', 'announcements');
          if (channel) await dropHeld(tx, channel, services);
          await tx.remove('channels', 'announcements');
        });
        return draw(actor, undefined, services);
      },
    }),
  },
  messages: { lost: lostCard },
};
