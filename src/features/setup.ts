import { z } from 'zod';
import type { Channel } from '../ports.js';
import { dayAt } from '../text/dates.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from './feature.js';
import { postRequest } from './shared/offer.js';
import { requestsOf } from './shared/records.js';

const uses = ['coordinators', 'announcements'] as const;

function requireChannel(actor: Actor): { conversationId: string; teamId: string } {
  const { kind, conversationId, teamId } = actor.place;
  if (kind !== 'channel' || !teamId) throw new Refusal('refusal.setupInChannel');
  return { conversationId, teamId };
}

async function draw(actor: Actor, chosen: Channel['id'] | undefined, services: Services): Promise<Card> {
  const { conversationId } = requireChannel(actor);
  const t = services.textIn(actor.lang);
  const { weekly } = services.convention;
  return services.store.read(async (reader): Promise<Card> => {
    const lines = [];
    for (const use of uses) {
      const channel = await reader.get('channels', use);
      const where = !channel ? 'none' : channel.conversationId === conversationId ? 'here' : 'elsewhere';
      lines.push({ mark: where === 'none' ? 'open' : 'good', text: t.at(`setup.${use}.${where}`) });
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

/** Makes this channel the coordinators' or the announcements' one. What waits or is open is shown in the first. */
async function choose(actor: Actor, use: Channel['id'], services: Services): Promise<Card> {
  const place = requireChannel(actor);
  await services.store.transact(async (tx) => {
    const was = await tx.get('channels', use);
    if (was?.conversationId === place.conversationId) return;
    const { channelLanguage: lang } = services.convention;
    const channel: Channel = { id: use, ...place, lang, by: actor.id, at: services.clock.now() };
    await tx.put('channels', channel);
    if (use !== 'coordinators') return;
    const today = dayAt(services.clock.now());
    const open = await tx.list('actions', 'byState', 'open', { from: today });
    for (const { action: it, engagements } of await requestsOf(tx, open)) {
      const shown = it.origin === 'need' || engagements.some((e) => e.state === 'pending');
      if (shown) await postRequest(tx, it, channel, services, place.conversationId);
    }
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
        await services.store.transact((tx) => tx.remove('channels', 'announcements'));
        return draw(actor, undefined, services);
      },
    }),
  },
};
