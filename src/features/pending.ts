import { z } from 'zod';
import type { Action, Engagement } from '../domain/action.js';
import { daysBetween } from '../domain/convention.js';
import type { OutboxMessage, Reader } from '../ports.js';
import { dayAt } from '../text/dates.js';
import type { Text } from '../text/text.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from './feature.js';
import { pageInput, pageOf } from './shared/list.js';
import { namesOf, rowTitle, whenIs } from './shared/request-view.js';

/** Something that a coordinator has to do. */
type Waiting = { readonly action: Action } & (
  | { readonly group: 'review' | 'confirm'; readonly engagement: Engagement }
  /** Its card may never have reached the channel. */
  | { readonly group: 'unseen'; readonly message: OutboxMessage }
);

/**
 * Cards that may be missing in the channel, offers to decide on, the oldest first, then actions whose day has
 * passed and nobody said whether they took place.
 */
async function readWaiting(reader: Reader, today: string): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const message of await readUnseen(reader)) {
    const action = message.actionId ? await reader.get('actions', message.actionId) : undefined;
    if (action?.state === 'open') waiting.push({ group: 'unseen', action, message });
  }
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

/** Posts that were given up, or were under way when the connection or the process ended. */
async function readUnseen(reader: Reader): Promise<OutboxMessage[]> {
  const unknown = await reader.list('outbox', 'byState', 'unknown');
  const failed = await reader.list('outbox', 'byState', 'failed');
  return [...unknown, ...failed].filter((m) => m.op === 'post');
}

/** Owes a post again that did not, or perhaps did not, arrive: a person has looked. Twice is harmless. */
async function resend(id: string, services: Services): Promise<void> {
  await services.store.transact(async (tx) => {
    const message = await tx.get('outbox', id);
    if (message?.op !== 'post' || !message.actionId) throw new Refusal('refusal.outdated');
    if (message.state !== 'unknown' && message.state !== 'failed') return;
    const { error: _, ...rest } = message;
    const order = services.ids.next();
    await tx.put('outbox', { ...rest, state: 'due', attempts: 0, dueAt: services.clock.now(), order });
  });
}

async function pendingCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const waiting = await readWaiting(reader, today);
    const list = pageOf(waiting, page, t);
    const rows: object[] = [];
    for (const [i, row] of list.items.entries()) {
      const who = row.group === 'unseen' ? row.action.createdBy : row.engagement.employeeId;
      const name = (await namesOf(reader, [who], t))(who);
      const newGroup = list.items[i - 1]?.group !== row.group;
      rows.push({
        ...rowData(row, name, today, t, services),
        group: newGroup ? t(`pending.group.${row.group}`) : '',
        separated: i > 0,
      });
    }
    const count = waiting.filter((w) => w.group === 'review').length;
    const confirm = waiting.filter((w) => w.group === 'confirm').length;
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

function rowData(row: Waiting, name: string, today: string, t: Text, services: Services) {
  const [title, when] = [rowTitle(row.action, t), whenIs(row.action, t)];
  const { id } = row.action;
  const drawn = ((): { verb: string; id: string; mark: string; state: string } => {
    switch (row.group) {
      case 'unseen':
        return {
          verb: 'pending.resend',
          id: row.message.id,
          mark: 'warn',
          state: t('pending.resend', { name }),
        };
      case 'confirm':
        return { verb: 'outcome.open', id, mark: 'warn', state: t('pending.asked', { name }) };
      case 'review': {
        const days = daysBetween(dayAt(row.engagement.since), today);
        const late = days > services.convention.lateAfterDays;
        const state = days < 1 ? t('pending.today', { name }) : t('pending.since', { name, count: days });
        return { verb: 'approval.view', id, mark: late ? 'warn' : 'wait', state };
      }
    }
  })();
  return { ...drawn, title, when, spoken: `${title}, ${when}. ${drawn.state}` };
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
    resend: action({
      who: 'coordinator',
      input: z.looseObject({ id: z.string().max(300) }),
      run: async (actor, { id }, services) => {
        await resend(id, services);
        return pendingCard(actor, 0, services);
      },
    }),
    page: action({
      who: 'coordinator',
      input: pageInput,
      run: (actor, { page }, services) => pendingCard(actor, page, services),
    }),
  },
};
