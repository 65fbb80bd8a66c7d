import { z } from 'zod';
import { daysBetween } from '../domain/convention.js';
import { dayAt } from '../text/dates.js';
import { type Actor, action, type Card, type Feature, type Services } from './feature.js';
import { pageInput, pageOf } from './shared/list.js';
import { namesOf, rowTitle, whenIs } from './shared/request-view.js';

/** The requests that wait for a coordinator, the oldest first. */
async function pendingCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader) => {
    const waiting = await reader.list('engagements', 'byState', 'pending');
    const list = pageOf(waiting, page, t);
    const rows: object[] = [];
    for (const engagement of list.items) {
      const offer = await reader.get('actions', engagement.actionId);
      if (!offer) continue;
      const name = await namesOf(reader, [engagement.employeeId], t);
      const days = daysBetween(dayAt(engagement.since), today);
      const late = days > services.convention.lateAfterDays;
      const title = rowTitle(offer, t);
      const who = name(engagement.employeeId);
      const since =
        days < 1 ? t('pending.today', { name: who }) : t('pending.since', { name: who, count: days });
      rows.push({
        verb: 'approval.view',
        group: '',
        separated: rows.length > 0,
        id: offer.id,
        mark: late ? 'warn' : 'wait',
        title,
        when: whenIs(offer, t),
        state: since,
        spoken: `${title}, ${whenIs(offer, t)}. ${since}`,
      });
    }
    return {
      template: 'pending-list',
      lang: actor.lang,
      summary: t('pending.heading', { count: waiting.length }),
      data: {
        eyebrow: t('pending.eyebrow'),
        heading: t('pending.heading', { count: waiting.length }),
        lead: waiting.length === 0 ? t('pending.none') : '',
        rows,
        ...list.paging,
        nextVerb: 'pending.page',
      },
    };
  });
}

/** What waits for a coordinator's decision. */
export const pending: Feature = {
  name: 'pending',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['à valider'], en: ['pending'] },
  open: (actor, services) => pendingCard(actor, 0, services),
  actions: {
    open: action({
      who: 'coordinator',
      input: z.looseObject({}),
      run: (actor, _, services) => pendingCard(actor, 0, services),
    }),
    page: action({
      who: 'coordinator',
      input: pageInput,
      run: (actor, { page }, services) => pendingCard(actor, page, services),
    }),
  },
};
