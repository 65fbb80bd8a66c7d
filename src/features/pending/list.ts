import { daysBetween } from '../../domain/days.js';
import type { Waiting } from '../../domain/engagements/desk.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { describeWhen, readNames, rowTitle } from '../shared/request-view.js';
import { isOffer, mayDecide, readDesk } from './desk.js';
import {
  describeFilter,
  everything,
  type Filter,
  filterLists,
  formatFilter,
  isFiltered,
  matches,
} from './filter.js';
import { countUndelivered } from './undelivered.js';

/** With the button beside "…", these are the six actions that a card may have. */
const rowsPerPage = 5;
/** As many as one can read at once when deciding on several; 200 offers are 25 cards. */
export const offersPerPage = 8;

/** One row for all messages that have not, or may not have, arrived. */
interface Undelivered {
  readonly urgency: 'undelivered';
  readonly count: number;
  readonly more: boolean;
}
type Item = Waiting | Undelivered;

/**
 * Everything that waits for a coordinator, most urgent first, one page at a time. Other members of their channel can
 * open its requests, but do not see undelivered messages.
 */
export async function pendingCard(
  actor: Actor,
  page: number,
  services: Services,
  filter: Filter = everything,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  return services.store.read(async (reader): Promise<Card> => {
    const desk = await readDesk(reader, services);
    const waiting = desk.filter(({ action }) => matches(filter, action, services));
    const undelivered = await countUndelivered(reader);
    const showsMessages = actor.coordinator && undelivered.count > 0 && !isFiltered(filter);
    const items: Item[] = [
      ...(showsMessages ? [{ urgency: 'undelivered' as const, ...undelivered }] : []),
      ...waiting,
    ];
    const list = paginate(items, page, t, rowsPerPage);
    const rows: object[] = [];
    for (const [i, item] of list.items.entries()) {
      const newGroup = list.items[i - 1]?.urgency !== item.urgency;
      rows.push({
        ...(await rowData(reader, item, actor.coordinator, t, services)),
        group: newGroup ? t(`pending.group.${item.urgency}`) : '',
        separated: i > 0,
      });
    }
    const count = waiting.filter(isOffer).length;
    const decidable = waiting.map((w) => mayDecide(w, actor, services));
    const several = decidable.filter(Boolean).length > 1;
    // Those on the pages before this one.
    const passed = decidable.slice(0, Math.max(0, list.start - (items.length - waiting.length)));
    const heading =
      count < items.length ? t('pending.points', { count: items.length }) : t('pending.heading', { count });
    return {
      template: 'pending-desk',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('pending.eyebrow'),
        heading,
        lead: leadText(filter, waiting, items.length, t, services),
        rows,
        ...list.paging,
        canFilter: desk.length > 1 || isFiltered(filter),
        filter: formatFilter(filter),
        filtered: isFiltered(filter),
        several,
        severalPage: Math.floor(passed.filter(Boolean).length / offersPerPage),
        // The one button that is not under "…".
        backFolds: list.paging.more || several ? 'secondary' : 'primary',
        resetFolds: items.length > 0 ? 'secondary' : 'primary',
        nextFolds: list.paging.more && several ? 'secondary' : 'primary',
      },
    };
  });
}

/** The lists by which the desk can be filtered. */
export async function filterCard(actor: Actor, filter: Filter, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const desk = await services.store.read((reader) => readDesk(reader, services));
  const actions = desk.map(({ action }) => action);
  const heading = t('pending.filter.heading');
  return {
    template: 'pending-filter',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('pending.eyebrow'),
      heading,
      lists: filterLists(filter, actions, t, services),
      filter: formatFilter(filter),
    },
  };
}

/** What is shown, and what else waits than offers. */
function leadText(
  filter: Filter,
  waiting: readonly Waiting[],
  shown: number,
  t: Text,
  services: Services,
): string {
  const countOf = (urgency: Waiting['urgency']) => waiting.filter((w) => w.urgency === urgency).length;
  const [unanswered, contradictions] = [countOf('unanswered'), countOf('contradiction')];
  const offers = waiting.filter(isOffer).length;
  return [
    isFiltered(filter) && t('pending.filter.shown', { what: describeFilter(filter, t, services) }),
    shown === 0 && t(isFiltered(filter) ? 'pending.filter.none' : 'pending.none'),
    offers > 0 && offers < shown && `${t('pending.heading', { count: offers })}.`,
    unanswered > 0 && t('pending.toConfirm', { count: unanswered }),
    contradictions > 0 && t('pending.contradictions', { count: contradictions }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** "depuis 3 jours" */
export function waitsFor({ engagement }: Waiting, t: Text, services: Services): string {
  const count = daysBetween(dayAt(engagement.since), dayAt(services.clock.now()));
  return count < 1 ? t('pending.today') : t('pending.since', { count });
}

/** "Inès Exemple, depuis 3 jours": who waits, and for how long. */
function waitingText(item: Waiting, name: string, t: Text, services: Services): string {
  const { urgency } = item;
  if (urgency === 'unanswered') return capitaliseFirst(t('pending.asked', { name }));
  if (urgency === 'contradiction') return capitaliseFirst(t('pending.contradicts', { name }));
  return capitaliseFirst(`${name}, ${waitsFor(item, t, services)}`);
}

async function rowData(reader: Reader, item: Item, coordinator: boolean, t: Text, services: Services) {
  if (item.urgency === 'undelivered') {
    const title = t(item.more ? 'pending.manyUndelivered' : 'pending.undelivered', { count: item.count });
    const when = t('pending.undeliveredWhat');
    const drawn = { verb: 'pending.undelivered', id: 'all', mark: 'warn', state: '' };
    return { ...drawn, title, when, spoken: `${title}. ${when}` };
  }
  const { action, engagement, urgency } = item;
  const name = (await readNames(reader, [engagement.employeeId], t))(engagement.employeeId);
  const [title, when] = [rowTitle(action, t), describeWhen(action, t)];
  const view = action.origin === 'need' ? 'sessions.view' : 'approval.view';
  return {
    verb: coordinator && (urgency === 'unanswered' || urgency === 'contradiction') ? 'outcome.open' : view,
    id: action.id,
    mark: urgency === 'rest' ? 'wait' : 'warn',
    title,
    when,
    state: waitingText(item, escapeMarkdown(name), t, services),
    spoken: `${title}, ${when}. ${waitingText(item, name, t, services)}`,
  };
}
