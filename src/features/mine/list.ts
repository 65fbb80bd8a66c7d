import type { Action, Engagement } from '../../domain/action.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { describeNextStep } from '../shared/next-step.js';
import { readActionsOf } from '../shared/records.js';
import { describeWhen, readNames, rowTitle, type StateStrip, stateStrip } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { isToConfirm, seatStrip } from '../shared/seat-words.js';
import { formatStart, isOnDays, type Start } from '../shared/start.js';
import { understoodDays } from '../shared/understood.js';
import { yearTitle } from '../shared/year-title.js';

type Group = 'toConfirm' | 'toCome' | 'past';

interface Row {
  readonly group: Group;
  readonly action: Action;
  readonly engagement: Engagement;
  /** Those of everybody, for somebody who waits. */
  readonly engagements?: readonly Engagement[];
}

/** To confirm: after its day, an approved engagement; before it, one in a session that has changed. */
function groupOf(action: Action, engagement: Engagement, today: string): Group {
  const { state } = engagement;
  if (isToConfirm(action, engagement, today) || isAsked(action, engagement, today)) return 'toConfirm';
  const ended =
    action.state !== 'open' ||
    (action.halfDays !== undefined && action.lastDay < today) ||
    (state === 'waitlisted' && action.firstDay <= today);
  return !ended && ['pending', 'sent-back', 'approved', 'waitlisted'].includes(state) ? 'toCome' : 'past';
}

/** Whether it is to be said if the action took place, or if they were there. */
const isAsked = ({ state, halfDays, lastDay }: Action, engagement: Engagement, today: string): boolean =>
  engagement.state === 'approved' &&
  !halfDays &&
  (state === 'held' || (state === 'open' && lastDay <= today));

/** An employee's engagements: those to confirm, those to come by day, then past ones, latest first. */
export async function mineListCard(
  actor: Actor,
  page: number,
  services: Services,
  start: Start = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const rows = await services.store.read(async (reader) => {
    const own = await readActionsOf(reader, await reader.list('engagements', 'byEmployee', actor.id));
    return own
      .filter(({ action }) => isMeant(start, action))
      .map((row): Row => ({ group: groupOf(row.action, row.engagement, today), ...row }));
  });
  const toGroup = (group: Group) => rows.filter((r) => r.group === group);
  const ordered = [...toGroup('toConfirm'), ...toGroup('toCome'), ...toGroup('past').reverse()];
  const list = paginate(ordered, page, t);
  const { shown, name } = await services.store.read(async (reader) => ({
    shown: await readPlaces(reader, list.items),
    name: await readNames(
      reader,
      list.items.map(({ engagement }) => engagement.decision?.by),
      t,
    ),
  }));
  const [confirm, come] = [toGroup('toConfirm').length, toGroup('toCome').length];
  const first = toGroup('toConfirm').find((row) => isAsked(row.action, row.engagement, today));
  const heading =
    rows.length === 0 ? t('mine.none') : t('mine.heading', { come: String(come), confirm: String(confirm) });
  return {
    template: 'mine-list',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: yearTitle(programmeYear(today, services.convention), t),
      heading,
      lead: rows.length === 0 ? t('mine.noneLead') : understoodDays(start, t),
      rows: shown.map((row, i) => rowData(row, shown[i - 1], today, name, t, services)),
      answer: first !== undefined && page === 0,
      answerId: first?.action.id ?? '',
      answerTitle: first
        ? t('mine.answer', { day: t.dates.button(first.action.lastDay, first.action.lastDay) })
        : '',
      empty: rows.length === 0,
      ...list.paging,
      start: formatStart(start),
      nextVerb: 'mine.page',
    },
  };
}

/** Whether an action is among those that a start speaks of. */
export const isMeant = (start: Start, action: Action): boolean =>
  isOnDays(start, action) && (start.kind === undefined || action.kind === start.kind);

/** A place on a waiting list depends on everybody who waits. */
const readPlaces = (reader: Reader, rows: readonly Row[]): Promise<Row[]> =>
  Promise.all(
    rows.map(async (row) =>
      row.engagement.state === 'waitlisted'
        ? { ...row, engagements: await reader.list('engagements', 'byAction', row.action.id) }
        : row,
    ),
  );

function rowData(
  { group, action, engagement, engagements = [engagement] }: Row,
  previous: Row | undefined,
  today: string,
  name: (id: string) => string,
  t: Text,
  services: Services,
) {
  const stripWith = (nameIn: (id: string) => string) =>
    seatStrip(
      stateStrip(action, engagement, nameIn, t, 'author'),
      { action, engagements },
      engagement,
      today,
      t,
    );
  const strip = stripWith(name);
  const asked = isAsked(action, engagement, today);
  const confirm = isToConfirm(action, engagement, today);
  const names = schoolNames(action, services);
  const next = describeNextStep(action, engagement, 'employee', t, services);
  const describeState = ({ word, rest }: StateStrip, places: readonly string[]) => {
    const state = [`${word}${rest}`, ...places].join(' · ');
    return group === 'past' ? state : `${asked || confirm ? '' : `${state}. `}${next}`;
  };
  const title = rowTitle(action, t);
  const newGroup = previous?.group !== group;
  return {
    verb: 'mine.show',
    id: action.id,
    group: newGroup ? t(`mine.group.${group}`) : '',
    separated: previous !== undefined,
    mark: asked ? 'warn' : strip.mark,
    title,
    when: describeWhen(action, t),
    state: describeState(
      stripWith((id) => escapeMarkdown(name(id))),
      names.map(escapeMarkdown),
    ),
    spoken: `${title}, ${describeWhen(action, t)}. ${describeState(strip, names)}`,
  };
}
