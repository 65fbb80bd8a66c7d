import { weekdaysOf } from '../../domain/calendar/ministry-events.js';
import { type Day, mondayOf } from '../../domain/days.js';
import { countSeatsTaken } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import { certainty, whenOf } from '../events/words.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { academiesLine, isInAcademies, nothingText } from '../shared/area.js';
import { deadlineTitle } from '../shared/deadlines.js';
import { paginate } from '../shared/list.js';
import { describeWhen, rowTitle, stateStrip } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { formatStart, hasDays, isOnDays, type Start } from '../shared/start.js';
import { understoodDays } from '../shared/understood.js';
import { type DateItem, datesToCome, type Item, readAgenda } from './read.js';

/** With the button for the next ones, these are the six actions that a card may have. */
const rowsPerPage = 5;

/** What is to come, week by week; each row opens its card. */
export async function agendaCard(
  actor: Actor,
  page: number,
  services: Services,
  start: Start = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const all = await readAgenda(reader, actor, today, services, start);
    const items = all.filter(
      (item) =>
        isOnDays(start, daysOf(item)) && (!('action' in item) || isInAcademies(start, item.action, services)),
    );
    const list = paginate(items, page, t, rowsPerPage);
    const rows: object[] = [];
    for (const [i, item] of list.items.entries()) {
      const before = list.items[i - 1];
      const newWeek = !before || mondayOf(before.day) !== mondayOf(item.day);
      rows.push({
        ...(await rowData(reader, item, t, services)),
        group: newWeek ? weekTitle(item.day, today, t) : '',
        separated: i > 0,
      });
    }
    const own = items.filter(({ kind }) => kind === 'mine').length;
    const heading = own > 0 ? t('agenda.heading', { count: own }) : t('agenda.nothingHeading');
    return {
      template: 'agenda-list',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('agenda.eyebrow'),
        heading,
        lead: isRestricted(start)
          ? [
              understoodDays(start, t),
              academiesLine(start, t, services),
              items.length === 0 ? nothingText(start, t) : '',
            ]
              .filter(Boolean)
              .join(' ')
          : own > 0
            ? ''
            : leadText(items, t),
        rows,
        empty: own === 0,
        ...list.paging,
        start: formatStart(start),
        areaVerb: 'agenda.chooseArea',
        canChooseArea: all.some((item) => 'action' in item) || Boolean(start.academies),
        // The only button of a card is not folded away.
        offerFolds: rows.length > 0 ? 'secondary' : 'primary',
        backFolds: list.paging.more ? 'secondary' : 'primary',
      },
    };
  });
}

const isRestricted = (start: Start): boolean => hasDays(start) || Boolean(start.academies);

/** The days of something in an agenda. */
function daysOf(item: Item): { firstDay: Day; lastDay: Day } {
  if ('action' in item) return item.action;
  return (item.kind === 'event' && item.event.days) || { firstDay: item.day, lastDay: item.day };
}

/** What there is for somebody who has nothing to come. */
function leadText(items: readonly Item[], t: Text): string {
  if (items.length === 0) return t('agenda.none');
  return t(items.some(({ kind }) => kind === 'session') ? 'agenda.noneOfYours' : 'agenda.onlyDates');
}

function weekTitle(day: Day, today: Day, t: Text): string {
  const monday = mondayOf(day);
  const key = monday === mondayOf(today) ? 'agenda.thisWeek' : 'agenda.week';
  return t(key, { day: t.dates.noYear(monday) });
}

async function rowData(reader: Reader, item: Item, t: Text, services: Services): Promise<object> {
  if (item.kind === 'deadline' || item.kind === 'event') {
    const { title, when, state } = describeDate(item, t);
    const spoken = [title, when, state].filter(Boolean).join(', ');
    return {
      verb: 'agenda.date',
      id: item.id,
      mark: 'info',
      title: escapeMarkdown(title),
      when,
      state,
      spoken,
    };
  }
  const { action } = item;
  const [title, when] = [rowTitle(action, t), describeWhen(action, t)];
  const schools = schoolNames(action, services);
  const strip =
    item.kind === 'mine'
      ? stateStrip(action, item.engagement, () => '', t, 'author')
      : await seatsStrip(reader, action, t);
  const describe = (places: readonly string[]) => [strip.word, ...places].join(' · ');
  return {
    verb: item.kind === 'mine' ? 'mine.show' : 'sessions.view',
    id: action.id,
    mark: strip.mark,
    title,
    when,
    state: describe(schools.map(escapeMarkdown)),
    spoken: `${title}, ${when}. ${describe(schools)}`,
  };
}

async function seatsStrip(
  reader: Reader,
  { id, seats }: Extract<Item, { kind: 'session' }>['action'],
  t: Text,
): Promise<{ mark: string; word: string }> {
  const taken = countSeatsTaken(await reader.list('engagements', 'byAction', id));
  const count = Math.max(0, seats - taken);
  return count > 0
    ? { mark: 'open', word: t('sessions.free', { count }) }
    : { mark: 'off', word: t('sessions.full') };
}

/** A date of the convention or the ministry in words. */
function describeDate(item: DateItem, t: Text): { title: string; when: string; state: string } {
  if (item.kind === 'deadline')
    return {
      title: deadlineTitle(item.deadline, t),
      when: t.dates.long(item.day),
      state: '',
    };
  const { event } = item;
  return { title: event.name, when: whenOf(event, t), state: certainty(event, t) };
}

/** One date of the convention or the ministry: what it is about. */
export async function dateCard(actor: Actor, id: string, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const dates = await services.store.read((reader) => datesToCome(reader, today, services));
  const item = dates.find((date) => date.id === id);
  if (!item) throw new Refusal('refusal.outdated');
  const { title, when, state } = describeDate(item, t);
  const deadline = item.kind === 'deadline';
  return {
    template: 'agenda-date',
    lang: actor.lang,
    summary: title,
    data: {
      eyebrow: t(deadline ? 'agenda.deadlineEyebrow' : 'agenda.eventEyebrow'),
      heading: escapeMarkdown(title),
      lead: [when, state].filter(Boolean).join('. '),
      note: deadline ? t(`deadlines.kind.${item.deadline.kind}.what`) : t('agenda.eventNote'),
      event: !deadline,
      start: deadline
        ? ''
        : formatStart({ event: item.event.id, ...(item.event.days && weekdaysOf(item.event.days)) }),
    },
  };
}
