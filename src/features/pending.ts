import { z } from 'zod';
import type { Action, Engagement } from '../domain/action.js';
import { daysBetween } from '../domain/convention.js';
import type { Reader } from '../ports.js';
import { dayAt } from '../text/dates.js';
import type { Text } from '../text/text.js';
import { type Actor, action, type Card, type Feature, type Services } from './feature.js';
import { pageInput, pageOf } from './shared/list.js';
import { namesOf, rowTitle, whenIs } from './shared/request-view.js';

interface Waiting {
  readonly group: 'review' | 'confirm';
  readonly action: Action;
  readonly engagement: Engagement;
}

/** Offers to decide on, the oldest first, then actions whose day has passed and nobody said whether they took place. */
async function readWaiting(reader: Reader, today: string): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const engagement of await reader.list('engagements', 'byState', 'pending')) {
    const action = await reader.get('actions', engagement.actionId);
    if (action) waiting.push({ group: 'review', action, engagement });
  }
  for (const action of await reader.list('actions', 'byState', 'open', { until: today })) {
    // An availability may still be used until its end.
    if (action.lastDay >= today) continue;
    const engagements = await reader.list('engagements', 'byAction', action.id);
    const engagement = engagements.find((e) => e.state === 'approved');
    if (engagement) waiting.push({ group: 'confirm', action, engagement });
  }
  return waiting;
}

async function pendingCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const waiting = await readWaiting(reader, today);
    const list = pageOf(waiting, page, t);
    const rows: object[] = [];
    for (const [i, row] of list.items.entries()) {
      const name = await namesOf(reader, [row.engagement.employeeId], t);
      const newGroup = list.items[i - 1]?.group !== row.group;
      rows.push({
        ...rowData(row, name(row.engagement.employeeId), today, t, services),
        group: newGroup ? t(`pending.group.${row.group}`) : '',
        separated: i > 0,
      });
    }
    const count = waiting.filter((w) => w.group === 'review').length;
    const confirm = waiting.length - count;
    return {
      template: 'pending-list',
      lang: actor.lang,
      summary: t('pending.heading', { count }),
      data: {
        eyebrow: t('pending.eyebrow'),
        heading: t('pending.heading', { count }),
        lead:
          waiting.length === 0
            ? t('pending.none')
            : confirm > 0
              ? t('pending.toConfirm', { count: confirm })
              : '',
        rows,
        ...list.paging,
        nextVerb: 'pending.page',
      },
    };
  });
}

function rowData(
  { group, action, engagement }: Waiting,
  name: string,
  today: string,
  t: Text,
  services: Services,
) {
  const days = daysBetween(dayAt(engagement.since), today);
  const late = group === 'confirm' || days > services.convention.lateAfterDays;
  const since = days < 1 ? t('pending.today', { name }) : t('pending.since', { name, count: days });
  const state = group === 'confirm' ? t('pending.asked', { name }) : since;
  const [title, when] = [rowTitle(action, t), whenIs(action, t)];
  return {
    verb: group === 'confirm' ? 'outcome.open' : 'approval.view',
    id: action.id,
    mark: late ? 'warn' : 'wait',
    title,
    when,
    state,
    spoken: `${title}, ${when}. ${state}`,
  };
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
