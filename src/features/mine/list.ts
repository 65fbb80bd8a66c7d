import type { Action, Engagement } from '../../domain/action.js';
import { programmeYear } from '../../domain/convention.js';
import { outcomeFrom } from '../../domain/moves.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { pageOf } from '../shared/list.js';
import { withActions } from '../shared/records.js';
import { rowTitle, stateStrip, whenIs } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { yearTitle } from '../shared/year.js';

type Group = 'toConfirm' | 'toCome' | 'past';

interface Row {
  readonly group: Group;
  readonly action: Action;
  readonly engagement: Engagement;
}

/** Past the day, an approved engagement in an open action waits for an answer. */
function groupOf(action: Action, { state }: Engagement, today: string): Group {
  const live = action.state === 'open' && ['pending', 'sent-back', 'approved', 'waitlisted'].includes(state);
  if (!live) return 'past';
  return state === 'approved' && outcomeFrom(action) <= today ? 'toConfirm' : 'toCome';
}

/** An employee's engagements: those to confirm, those to come by day, then those past, the latest first. */
export async function mineList(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const rows = await services.store.read(async (reader) => {
    const own = await withActions(reader, await reader.list('engagements', 'byEmployee', actor.id));
    return own.map((row): Row => ({ group: groupOf(row.action, row.engagement, today), ...row }));
  });
  const of = (group: Group) => rows.filter((r) => r.group === group);
  const ordered = [...of('toConfirm'), ...of('toCome'), ...of('past').reverse()];
  const list = pageOf(ordered, page, t);
  const [confirm, come] = [of('toConfirm').length, of('toCome').length];
  const first = of('toConfirm')[0];
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
  const asked = group === 'toConfirm';
  const names = schoolNames(action, services);
  const stateWith = (places: readonly string[]) =>
    asked ? t('mine.asked') : [strip.word, ...places].join(' · ');
  const title = rowTitle(action, t);
  const newGroup = previous?.group !== group;
  return {
    verb: 'mine.show',
    id: action.id,
    group: newGroup ? t(`mine.group.${group}`) : '',
    separated: previous !== undefined,
    mark: asked ? 'warn' : strip.mark,
    title,
    when: whenIs(action, t),
    state: stateWith(names.map(escapeMarkdown)),
    spoken: `${title}, ${whenIs(action, t)}. ${stateWith(names)}`,
  };
}
