import type { Action } from '../../domain/action.js';
import type { Transaction } from '../../ports.js';
import { capitaliseFirst } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { readCoordinatorsReach } from '../shared/author-card.js';
import { calendarLine } from '../shared/calendar-line.js';
import { FormReader } from '../shared/form-reader.js';
import { postRequest } from '../shared/offer.js';
import { readRequest, takeNextNumber, writeMove } from '../shared/records.js';
import { describeInOneSentence, eyebrow } from '../shared/request-view.js';
import { drawNeedForm, type Field, fields, publishing, readNeed } from './fields.js';
import { readSeries, type Series } from './series.js';

/** Up to this many sessions published together have a card each in the channel; more have one card that lists them. */
const maxCards = 3;

export async function submit(
  actor: Actor,
  data: Record<string, unknown> & { id: string; formKey: string },
  services: Services,
): Promise<Card> {
  const form = new FormReader<Field>(fields, data, actor, services);
  const need = readNeed(form, actor, services);
  const series = readSeries(form, need, actor, services);
  if (!series) return drawNeedForm(actor, data, form.values, form.faults, publishing, services);
  const published = await store(actor, data, series, services);
  return drawSent(actor, published, series, services);
}

/** Stores the sessions in one transaction. Sending the same form again changes nothing and gives the same answer. */
async function store(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  { needs }: Series,
  services: Services,
): Promise<Action[]> {
  return services.store.transact(async (tx) => {
    const known = await readRequest(tx, id);
    const sent = await tx.get('history', formKey);
    if (sent?.by === actor.id && sent.actionId === id && known) return readPublished(tx, known.action);
    if (sent || known) throw new Refusal('refusal.outdated');
    const channel = await tx.get('channels', 'coordinators');
    if (!channel) throw new Refusal('refusal.noChannel');
    const published: Action[] = [];
    for (const [i, need] of needs.entries()) {
      const action: Action = {
        ...need,
        id: i === 0 ? id : services.ids.next(),
        number: await takeNextNumber(tx),
        origin: 'need',
        state: 'open',
        createdBy: actor.id,
        createdAt: services.clock.now(),
        ...(needs.length > 1 ? { series: id } : {}),
      };
      const key = i === 0 ? formKey : services.ids.next();
      const row = { id: key, move: 'publish', from: 'none', to: 'open', by: actor.id };
      await writeMove(tx, services, undefined, { action, engagements: [] }, [row]);
      published.push(action);
    }
    const announcements = await tx.get('channels', 'announcements');
    await post(tx, published, channel, '', actor, services);
    if (announcements && announcements.conversationId !== channel.conversationId)
      await post(tx, published, announcements, 'announcements', actor, services);
    return published;
  });
}

/** The sessions that a form has published. */
async function readPublished(tx: Transaction, first: Action): Promise<Action[]> {
  if (first.series === undefined) return [first];
  return [...(await tx.list('actions', 'bySeries', first.series))].sort((a, b) => a.number - b.number);
}

async function post(
  tx: Transaction,
  published: readonly Action[],
  { conversationId, lang }: { conversationId: string; lang: 'fr' | 'en' },
  again: string,
  actor: Actor,
  services: Services,
): Promise<void> {
  const [first] = published;
  if (first && published.length > maxCards)
    return services.enqueue(tx, {
      key: `series:${first.id}${again && `:${again}`}`,
      conversationId,
      lang,
      message: 'sessions.series',
      actionId: first.id,
      by: actor.id,
    });
  for (const action of published)
    await postRequest(tx, action, { conversationId, lang }, services, {
      by: actor.id,
      ...(again ? { again } : {}),
    });
}

async function drawSent(
  actor: Actor,
  published: readonly Action[],
  { skipped }: Series,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  // A form publishes at least one session.
  const first = published[0] as Action;
  const count = published.length;
  const warning = calendarLine(first, t, services);
  const reach = await services.store.read(readCoordinatorsReach);
  const days = [...new Set(published.map(({ firstDay }) => t.dates.noYear(firstDay)))];
  return {
    template: 'publish-sent',
    lang: actor.lang,
    summary: t(count > 1 ? 'publish.sentSeveral' : 'publish.sent', { count }),
    data: {
      id: first.id,
      eyebrow: eyebrow(first, t),
      heading: t(count > 1 ? 'publish.sentSeveral' : 'publish.sent', { count }),
      lead: [
        describeInOneSentence(first, t),
        ...(warning ? [capitaliseFirst(`${warning}.`)] : []),
        ...(count > 1 && days.length > 1 ? [t('publish.days', { days: t.list(days) })] : []),
      ].join(' '),
      skipped:
        skipped.length > 0
          ? t('publish.skipped', {
              count: skipped.length,
              days: skipped.map(({ day, why }) => `${day} (${why})`).join(' · '),
            })
          : '',
      note: t(
        reach === 'lost' ? 'publish.sentLost' : count > maxCards ? 'publish.sentSeries' : 'publish.sentNote',
      ),
    },
  };
}
