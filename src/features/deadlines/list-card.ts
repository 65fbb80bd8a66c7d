import { deadlineArticles } from '../../domain/convention/deadlines.js';
import type { Day } from '../../domain/days.js';
import { countExpectedAgreements } from '../../domain/placements/agreements.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import {
  deadlineTitle,
  describeDaysLeft,
  describeEnding,
  type MarkedDeadline,
  readEnding,
} from '../shared/deadlines.js';
import { paginate } from '../shared/list.js';
import { readNames } from '../shared/request-view.js';
import { type DueAgreements, readDeadlines, readDueAgreements, stateOfDeadline } from './read.js';

type Group = 'late' | 'toCome' | 'done';
type Item = DueAgreements | MarkedDeadline;
interface Row {
  readonly group: Group;
  readonly item: Item;
}

/** With three buttons, these are the six actions that a card may have. */
const rowsPerPage = 3;

const marks = { late: 'warn', open: 'wait', coming: 'open', over: 'off', done: 'good' } as const;

/** What is late, what comes, and what was done, each by its day; each row opens what it is about. */
export async function deadlinesCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const rows = sortRows(
      [
        ...(await readDeadlines(reader, today, services)),
        ...(await readDueAgreements(reader, today, services)),
      ],
      today,
    );
    const ending = await readEnding(reader, services.convention);
    const list = paginate(rows, page, t, rowsPerPage);
    const people = list.items.flatMap(({ item }) => ('done' in item && item.done ? item.done.by : []));
    const name = await readNames(reader, people, t);
    const count = (group: Group) => rows.filter((row) => row.group === group).length;
    const heading =
      count('late') > 0
        ? t('deadlines.lateHeading', { count: count('late') })
        : t(count('toCome') > 0 ? 'deadlines.heading' : 'deadlines.none', { count: count('toCome') });
    return {
      template: 'deadlines-list',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('deadlines.eyebrow'),
        heading,
        lead: [
          services.convention.signedOn || ending.ended ? '' : t('deadlines.unsigned'),
          describeEnding(ending, t),
        ]
          .filter(Boolean)
          .join(' '),
        rows: list.items.map(({ group, item }, i) => ({
          ...('action' in item ? agreementsRow(item, today, t) : deadlineRow(item, today, name, t)),
          group: list.items[i - 1]?.group === group ? '' : t(`deadlines.group.${group}`),
          separated: i > 0,
        })),
        ...list.paging,
        backFolds: list.paging.more ? 'secondary' : 'primary',
      },
    };
  });
}

/** What is late first, then what comes by its day, then what was done, the latest first. */
function sortRows(items: readonly Item[], today: Day): Row[] {
  const byDay = items.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const rows = byDay.map((item): Row => ({ group: groupOf(item, today), item }));
  const of = (group: Group) => rows.filter((row) => row.group === group);
  return [...of('late'), ...of('toCome'), ...of('done').reverse()];
}

function groupOf(item: Item, today: Day): Group {
  if ('action' in item) return item.day < today ? 'late' : 'toCome';
  const state = stateOfDeadline(item, today);
  return state === 'late' ? 'late' : state === 'open' || state === 'coming' ? 'toCome' : 'done';
}

function deadlineRow(deadline: MarkedDeadline, today: Day, name: (id: string) => string, t: Text) {
  const { id, day, kind, done } = deadline;
  const state = stateOfDeadline(deadline, today);
  const describe = (who: string) =>
    [
      t('deadlines.article', { article: deadlineArticles[kind] }),
      t(`deadlines.state.${state}`),
      ...(done ? [t('deadlines.doneBy', { name: who, day: t.dates.short(dayAt(done.at)) })] : []),
    ].join(' · ');
  const who = done ? capitaliseFirst(name(done.by)) : '';
  const [title, when] = [deadlineTitle(deadline, t), describeDay(day, today, t)];
  const spoken = `${title}, ${when}. ${describe(who)}`;
  return {
    verb: 'deadlines.view',
    id,
    mark: marks[state],
    title,
    when,
    state: describe(escapeMarkdown(who)),
    spoken,
  };
}

function agreementsRow({ day, action }: DueAgreements, today: Day, t: Text) {
  const title = t('deadlines.agreements', { number: String(action.number) });
  const when = describeDay(day, today, t);
  const counts = { count: action.agreements ?? 0, places: countExpectedAgreements(action) };
  const state = [
    t('deadlines.article', { article: 3 }),
    t('request.agreements', counts),
    t('deadlines.firstDay', { day: t.dates.long(action.firstDay) }),
  ].join(' · ');
  const mark = day < today ? 'warn' : 'wait';
  return {
    verb: 'approval.view',
    id: action.id,
    mark,
    title,
    when,
    state,
    spoken: `${title}, ${when}. ${state}`,
  };
}

/** "lundi 5 juillet 2027, dans 25 jours" */
const describeDay = (day: Day, today: Day, t: Text): string =>
  `${capitaliseFirst(t.dates.long(day))}, ${describeDaysLeft(day, today, t)}`;
