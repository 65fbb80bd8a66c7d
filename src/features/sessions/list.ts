import { addDays } from '../../domain/convention.js';
import { seatsTaken } from '../../domain/moves.js';
import { dayAt } from '../../text/dates.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { pageOf } from '../shared/list.js';
import { requestsOf } from '../shared/records.js';
import { rowTitle, whenIs } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';

/** The sessions to come, by day, with the seats left in each. */
export async function sessionsList(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const tomorrow = addDays(dayAt(services.clock.now()), 1);
  return services.store.read(async (reader): Promise<Card> => {
    const open = await reader.list('actions', 'byStateAndOrigin', 'open|need', { from: tomorrow });
    const list = pageOf(open, page, t);
    const rows: object[] = [];
    for (const { action, engagements } of await requestsOf(reader, list.items)) {
      const free = Math.max(0, action.seats - seatsTaken(engagements));
      const own = engagements.some((e) => e.employeeId === actor.id && e.state === 'approved');
      const seats =
        free > 0 ? t('sessions.seatsLeft', { count: free, seats: action.seats }) : t('sessions.full');
      const names = schoolNames(action, services);
      const stateWith = (places: readonly string[]) =>
        own ? `${t('sessions.youTakePart')} ${seats}` : [seats, ...places].join(' · ');
      const title = rowTitle(action, t);
      const mark = own ? 'good' : free > 0 ? 'open' : 'off';
      const when = whenIs(action, t);
      rows.push({
        group: '',
        separated: rows.length > 0,
        verb: 'sessions.view',
        id: action.id,
        mark,
        title,
        when,
        state: stateWith(names.map(escapeMarkdown)),
        spoken: `${title}, ${when}. ${stateWith(names)}`,
      });
    }
    const heading = t('sessions.listHeading', { count: open.length });
    return {
      template: 'sessions-list',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('sessions.listEyebrow'),
        heading,
        lead: open.length === 0 ? t('sessions.none') : '',
        rows,
        // Who has found none that suits may offer something else.
        lastPage: !list.paging.more,
        ...list.paging,
        nextVerb: 'sessions.page',
      },
    };
  });
}
