import type { Action, Engagement } from '../../domain/action.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { yearTitle } from '../progress/year-title.js';
import { paginate } from '../shared/list.js';
import { describeNextStep } from '../shared/next-step.js';
import { readActionsOf } from '../shared/records.js';
import { describeWhen, rowTitle, stateStrip } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';

type Group = 'toConfirm' | 'toCome' | 'past';

interface Row {
  readonly group: Group;
  readonly action: Action;
  readonly engagement: Engagement;
}

/** After its day, an approved engagement waits for an answer, unless it did not take place. */
function groupOf(action: Action, { state }: Engagement, today: string): Group {
  const ended = action.state !== 'open' || (action.halfDays !== undefined && action.lastDay < today);
  if (state === 'approved' && !action.halfDays && (action.state === 'open' || action.state === 'held'))
    return action.lastDay <= today ? 'toConfirm' : 'toCome';
  return !ended && ['pending', 'sent-back', 'approved', 'waitlisted'].includes(state) ? 'toCome' : 'past';
}

/** An employee's engagements: those to confirm, those to come by day, then past ones, latest first. */
export async function mineListCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const rows = await services.store.read(async (reader) => {
    const own = await readActionsOf(reader, await reader.list('engagements', 'byEmployee', actor.id));
    return own.map((row): Row => ({ group: groupOf(row.action, row.engagement, today), ...row }));
  });
  const toGroup = (group: Group) => rows.filter((r) => r.group === group);
  const ordered = [...toGroup('toConfirm'), ...toGroup('toCome'), ...toGroup('past').reverse()];
  const list = paginate(ordered, page, t);
  const [confirm, come] = [toGroup('toConfirm').length, toGroup('toCome').length];
  const first = toGroup('toConfirm')[0];
  const heading =
    rows.length === 0 ? t('mine.none') : t('mine.heading', { come: String(come), confirm: String(confirm) });
  return {
    template: 'mine-list',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: yearTitle(programmeYear(today, services.convention), t),
      heading,
      lead: rows.length === 0 ? t('mine.noneLead') : '',
      rows: list.items.map((row, i) => rowData(row, list.items[i - 1], t, services)),
      answer: first !== undefined && page === 0,
      answerId: first?.action.id ?? '',
      answerTitle: first
        ? t('mine.answer', { day: t.dates.button(first.action.lastDay, first.action.lastDay) })
        : '',
      empty: rows.length === 0,
      ...list.paging,
      nextVerb: 'mine.page',
    },
  };
}

function rowData({ group, action, engagement }: Row, previous: Row | undefined, t: Text, services: Services) {
  const strip = stateStrip(action, engagement, () => '', t, 'author');
  const isToConfirm = group === 'toConfirm';
  const names = schoolNames(action, services);
  const next = describeNextStep(action, engagement, 'employee', t, services);
  const describeState = (places: readonly string[]) => {
    const state = [strip.word, ...places].join(' · ');
    return group === 'past' ? state : `${isToConfirm ? '' : `${state}. `}${next}`;
  };
  const title = rowTitle(action, t);
  const newGroup = previous?.group !== group;
  return {
    verb: 'mine.show',
    id: action.id,
    group: newGroup ? t(`mine.group.${group}`) : '',
    separated: previous !== undefined,
    mark: isToConfirm ? 'warn' : strip.mark,
    title,
    when: describeWhen(action, t),
    state: describeState(names.map(escapeMarkdown)),
    spoken: `${title}, ${describeWhen(action, t)}. ${describeState(names)}`,
  };
}
