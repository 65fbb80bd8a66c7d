import type { Action, Engagement } from '../../domain/action.js';
import { daysBetween } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { readActionsOf, readRequests } from '../shared/records.js';
import { describeWhen, readNames, rowTitle } from '../shared/request-view.js';
import { countUndelivered } from './undelivered.js';

/** Something for a coordinator to do. */
type WaitingItem =
  | { readonly group: 'review' | 'confirm'; readonly action: Action; readonly engagement: Engagement }
  /** One row for all messages that have not, or may not have, arrived. */
  | { readonly group: 'undelivered'; readonly count: number; readonly more: boolean };

/** Undelivered messages, then offers to decide on, oldest first, then past actions without an outcome. */
async function readWaiting(reader: Reader, coordinator: boolean, today: string): Promise<WaitingItem[]> {
  const waiting: WaitingItem[] = [];
  const undelivered = await countUndelivered(reader);
  if (coordinator && undelivered.count > 0) waiting.push({ group: 'undelivered', ...undelivered });
  const pending = await reader.list('engagements', 'byState', 'pending');
  for (const request of await readActionsOf(reader, pending)) waiting.push({ group: 'review', ...request });
  const begun = await reader.list('actions', 'byState', 'open', { until: today });
  // An availability has no day of its own to answer about.
  const past = begun.filter(({ lastDay, halfDays }) => lastDay < today && !halfDays);
  for (const { action, engagements } of await readRequests(reader, past)) {
    const engagement = engagements.find((e) => e.state === 'approved');
    if (engagement) waiting.push({ group: 'confirm', action, engagement });
  }
  return waiting;
}

/**
 * Everything that waits for a coordinator, one page at a time. Other members of their channel can open its requests,
 * but do not see undelivered messages.
 */
export async function pendingCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const waiting = await readWaiting(reader, actor.coordinator, today);
    const list = paginate(waiting, page, t);
    const rows: object[] = [];
    for (const [i, row] of list.items.entries()) {
      const newGroup = list.items[i - 1]?.group !== row.group;
      rows.push({
        ...(await rowData(reader, row, actor.coordinator, t, services)),
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

async function rowData(reader: Reader, row: WaitingItem, coordinator: boolean, t: Text, services: Services) {
  if (row.group === 'undelivered') {
    const title = t(row.more ? 'pending.manyUndelivered' : 'pending.undelivered', { count: row.count });
    const when = t('pending.undeliveredWhat');
    const drawn = { verb: 'pending.undelivered', id: 'all', mark: 'warn', state: '' };
    return { ...drawn, title, when, spoken: `${title}. ${when}` };
  }
  const { action, engagement } = row;
  const name = (await readNames(reader, [engagement.employeeId], t))(engagement.employeeId);
  const [title, when] = [rowTitle(action, t), describeWhen(action, t)];
  const days = daysBetween(dayAt(engagement.since), dayAt(services.clock.now()));
  const late = row.group === 'confirm' || days > services.convention.lateAfterDays;
  const describeState = (who: string) =>
    capitaliseFirst(
      row.group === 'confirm'
        ? t('pending.asked', { name: who })
        : days < 1
          ? t('pending.today', { name: who })
          : t('pending.since', { name: who, count: days }),
    );
  const view = action.origin === 'need' ? 'sessions.view' : 'approval.view';
  const verb = row.group === 'confirm' && coordinator ? 'outcome.open' : view;
  const spoken = `${title}, ${when}. ${describeState(name)}`;
  const state = describeState(escapeMarkdown(name));
  return { verb, id: action.id, mark: late ? 'warn' : 'wait', state, title, when, spoken };
}
