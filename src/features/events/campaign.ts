import { weekdaysOf } from '../../domain/calendar/ministry-events.js';
import { firstAllowed } from '../../domain/calendar/working-hours.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Channel, Lang, OutboxMessage } from '../../records.js';
import { zone } from '../../text/dates.js';
import { escapeMarkdown } from '../../text/typeset.js';
import { readInForce } from '../convention/in-force.js';
import type { Card, Job, Services } from '../feature.js';
import { enqueueRedraws } from '../shared/records.js';
import { formatStart } from '../shared/start.js';
import {
  campaignRun,
  describeEvent,
  type EventNow,
  eventsToCome,
  findEvent,
  findObstacle,
  isAgreed,
  todayOf,
} from './read.js';
import { whenOf } from './words.js';

/** Posts something about an event in a channel, once: the run and the message are written together. */
async function post(
  tx: Transaction,
  key: string,
  run: string,
  message: 'events.campaign' | 'events.proposed',
  channel: Channel,
  services: Services,
  by?: string,
): Promise<void> {
  const { conversationId, lang } = channel;
  await tx.put('jobs', { id: run, at: services.clock.now() });
  // What the coordinators were asked before then says that it is out.
  await enqueueRedraws(tx, services, key, { by });
  await services.enqueue(tx, {
    key: run,
    conversationId,
    lang,
    message,
    actionId: key,
    data: { key },
    ...(by ? { by } : {}),
  });
}

/**
 * Enqueues the campaign of an event for the announcement channel.
 * @returns whether there is such a channel
 */
export async function sendCampaign(
  tx: Transaction,
  { key }: EventNow,
  services: Services,
  by?: string,
): Promise<boolean> {
  const channel = await tx.get('channels', 'announcements');
  if (!channel) return false;
  await post(tx, key, campaignRun(key), 'events.campaign', channel, services, by);
  return true;
}

/** Asks the coordinators, once, for the agreement that a campaign waits for. */
async function propose(tx: Transaction, { key }: EventNow, services: Services): Promise<boolean> {
  const run = `${campaignRun(key)}:proposed`;
  const channel = await tx.get('channels', 'coordinators');
  if (!channel || (await tx.get('jobs', run))) return false;
  await post(tx, key, run, 'events.proposed', channel, services);
  return true;
}

/**
 * Sends the campaigns that are due, in the hours of messages: so many weeks before an event and until the day before it
 * (article 4). One whose words are not agreed yet is told to the coordinators once, and goes out when they are
 * (article 6); one that is held back goes out once it no longer is.
 */
export const campaignJob: Job = {
  run: (services, { dryRun }) =>
    services.store.transact(async (tx) => {
      const now = services.clock.now();
      const { convention } = services;
      if (firstAllowed(now, zone, convention.messageHours, services.calendar) !== now)
        return 'campaigns: outside the hours of messages';
      const known = await readInForce(tx, services);
      const today = todayOf(services);
      const done: string[] = [];
      for (const event of eventsToCome(today, known)) {
        const found = await describeEvent(tx, event, known);
        if (!found.dueAt || found.dueAt > now) continue;
        const obstacle = findObstacle(found, today);
        if (obstacle && obstacle !== 'not-agreed') continue;
        const act = obstacle ? propose : sendCampaign;
        if (dryRun || (await act(tx, found, known))) done.push(`${obstacle ? 'proposed ' : ''}${found.key}`);
      }
      return `campaigns: ${dryRun ? 'would owe' : 'owed'} ${done.join(', ') || 'nothing'}`;
    }),
};

/** The data of the buttons that open the forms for an event. */
export function startsOf({ event }: Pick<EventNow, 'event'>, lang: Lang, services: Services) {
  const t = services.textIn(lang);
  const { days } = event;
  const start = formatStart({ event: event.id, ...(days ? weekdaysOf(days) : {}) });
  return [
    { title: t('events.volunteer'), verb: 'volunteer.open', start },
    { title: t('events.host'), verb: 'host.open', start },
  ];
}

const keyOf = ({ data, actionId = '' }: OutboxMessage): string => String(data.key ?? actionId);

/** A campaign, drawn as its event is when it is sent or redrawn: nothing is posted once it has begun. */
export async function campaignCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const now = await findEvent(reader, keyOf(message), services);
  if (!now) return undefined;
  const today = todayOf(services);
  const obstacle = findObstacle({ ...now, sentAt: undefined }, today);
  if (message.op === 'post' && obstacle) return undefined;
  const t = services.textIn(message.lang);
  const { event, entry, record } = now;
  const isOver = event.days !== undefined && event.days.lastDay < today;
  const closed = event.aside ? 'aside' : isOver ? 'over' : undefined;
  const changed = record?.history.some(({ did, at }) => did === 'edit' && now.sentAt && at > now.sentAt);
  return {
    template: 'events-campaign',
    lang: message.lang,
    summary: t('events.campaignSummary', { name: event.name }),
    data: {
      eyebrow: t('events.eyebrow'),
      heading: escapeMarkdown(event.name),
      lead: whenOf(event, t),
      text: !closed && entry && isAgreed(now) ? escapeMarkdown(entry.text || entry.title) : '',
      ask: closed ? t(`events.closed.${closed}`) : t('events.ask'),
      note: closed ? '' : changed ? t('events.moved') : t('events.campaignNote'),
      buttons: closed ? [] : startsOf(now, message.lang, services),
    },
  };
}

/** Tells the coordinators that a campaign waits for an agreement, and from then on how it stands. */
export async function proposedCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const now = await findEvent(reader, keyOf(message), services);
  if (!now) return undefined;
  const obstacle = findObstacle(now, todayOf(services));
  if (message.op === 'post' && obstacle !== 'not-agreed') return undefined;
  const t = services.textIn(message.lang);
  return {
    template: 'events-proposed',
    lang: message.lang,
    summary: t('events.proposed.heading'),
    data: {
      id: now.key,
      eyebrow: t('events.eyebrow'),
      heading: obstacle === 'not-agreed' ? t('events.proposed.heading') : escapeMarkdown(now.event.name),
      lead: `${escapeMarkdown(now.event.name)}, ${whenOf(now.event, t)}.`,
      note: t(`events.obstacle.${obstacle ?? 'none'}`),
      waits: obstacle === 'not-agreed',
    },
  };
}
