import type { MinistryEvent } from '../../domain/calendar/ministry-events.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { noFigures } from '../../domain/report/figures.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { readHeld } from '../report/shown.js';
import { paginate } from '../shared/list.js';
import { describeEvent, type EventNow, type EventPlace, listEvents, todayOf } from './read.js';
import { campaignWord, certainty, markOf, whenOf } from './words.js';

/** The actions that are planned and held in an event, as the report of its year counts them: once it is closed, as it was. */
export async function readFigures({ id, days }: MinistryEvent, services: Services) {
  if (!days) return noFigures;
  const report = await readHeld(services, programmeYear(days.firstDay, services.convention));
  return new Map(report.cuts.event).get(id) ?? noFigures;
}

/**
 * The events of the next twelve months (article 4); for coordinators, with their campaigns and what is planned, and after
 * them all others that they may still correct.
 */
export async function listCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const { lang, coordinator } = actor;
  const t = services.textIn(lang);
  const today = todayOf(services);
  const all = listEvents(today, services, { coordinator });
  const list = paginate(all, page, t, coordinator ? 3 : 4);
  const shown = await services.store.read((reader) =>
    Promise.all(list.items.map(({ event }) => describeEvent(reader, event, services))),
  );
  const heading = t('events.heading', {
    count: all.filter(({ place, event }) => place === 'toCome' && !event.aside).length,
  });
  const rows: object[] = [];
  for (const [i, now] of shown.entries()) {
    const place = list.items[i]?.place;
    const group = place && place !== list.items[i - 1]?.place ? groupTitle(place) : '';
    rows.push(await row(now, group, i > 0));
  }
  return {
    template: 'events-list',
    lang,
    summary: heading,
    data: {
      eyebrow: t('events.eyebrow'),
      heading,
      lead: t(coordinator ? 'events.lead' : 'events.leadEmployee'),
      rows,
      coordinator,
      ...list.paging,
    },
  };

  /** Those to come are what the heading counts, and need no title. */
  function groupTitle(place: EventPlace): string {
    if (place === 'toCome') return '';
    return t(place === 'later' ? 'events.group.later' : 'events.group.past');
  }

  async function row(now: EventNow, group: string, separated: boolean): Promise<object> {
    const title = now.event.name;
    const when = [whenOf(now.event, t), certainty(now.event, t)].filter(Boolean).join('. ');
    const { planned, actions } = await readFigures(now.event, services);
    const figures = now.event.days
      ? t('events.figures', {
          planned: t('events.planned', { count: planned }),
          held: t('events.held', { count: actions }),
        })
      : '';
    const state = coordinator ? [campaignWord(now, today, t), figures].filter(Boolean).join(' · ') : '';
    return {
      group,
      separated,
      verb: 'events.view',
      id: now.key,
      mark: coordinator ? markOf(now, today) : 'info',
      title: escapeMarkdown(title),
      when,
      state,
      spoken: [title, when, state].filter(Boolean).join('. '),
    };
  }
}
