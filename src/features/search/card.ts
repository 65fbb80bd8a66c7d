import { countSeatsTaken } from '../../domain/engagements/moves.js';
import { type Area, everywhere } from '../../domain/report/area.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown, shorten } from '../../text/typeset.js';
import type { Actor, Card, Request, Services } from '../feature.js';
import { areaLine, areaList, areaName } from '../shared/area.js';
import { paginate } from '../shared/list.js';
import { readRequests } from '../shared/records.js';
import { describeWhen, readNames, rowTitle, stateStrip } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { findRequests } from './find.js';

/** Longer than any name or code that one looks for. */
export const queryLength = 100;

/** What somebody looks for: words, requests of an area, or both. */
export interface Search {
  readonly words: string;
  readonly area?: Area | undefined;
}

/**
 * The fields to search with, and what they find, each of which opens the request. An area without words finds what is
 * to come in it.
 */
export async function searchCard(
  actor: Actor,
  { words, area = everywhere }: Search,
  page: number,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  return services.store.read(async (reader): Promise<Card> => {
    const found = await findRequests(reader, words, area, services);
    const list = paginate(found, page, t);
    const requests = await readRequests(reader, list.items);
    const rows = await Promise.all(
      requests.map((request, i) => rowData(reader, request, i > 0, t, services)),
    );
    const asked = escapeMarkdown(shorten(words, 24));
    const count = found.length;
    const heading = words
      ? t('search.found', { count, words: asked })
      : area
        ? t('search.coming', { count, area: areaName(area, t, services) })
        : t('search.heading');
    return {
      template: 'search-results',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('search.eyebrow'),
        heading,
        lead: [words && areaLine(area, t, services), count === 0 && t('search.how')]
          .filter(Boolean)
          .join(' '),
        rows,
        query: words,
        value: words,
        queryLength,
        area,
        areas: areaList(area, t, services),
        ...list.paging,
      },
    };
  });
}

async function rowData(
  reader: Reader,
  { action, engagements }: Request,
  separated: boolean,
  t: Text,
  services: Services,
): Promise<object> {
  const author = engagements.find((e) => e.employeeId === action.createdBy);
  const name = (await readNames(reader, [action.createdBy], t))(action.createdBy);
  const title = t('search.row', { number: String(action.number), what: rowTitle(action, t) });
  const when = describeWhen(action, t);
  const taken = countSeatsTaken(engagements);
  const offer = action.origin === 'offer' && author;
  const strip = offer ? stateStrip(action, author, () => '', t, 'coordinator') : undefined;
  const seats = t('search.seats', { taken: t.number(taken), count: action.seats });
  const over = action.state === 'open' ? seats : t.at(`state.${action.state}`);
  const [school] = schoolNames(action, services);
  const describe = (who: string, place: string | undefined) =>
    [strip ? who : undefined, place, strip?.word ?? over].filter(Boolean).join(' · ');
  return {
    group: '',
    separated,
    verb: offer ? 'approval.view' : 'sessions.view',
    id: action.id,
    mark: strip?.mark ?? (action.state === 'open' ? 'open' : 'off'),
    title,
    when,
    state: describe(escapeMarkdown(name), school && escapeMarkdown(school)),
    spoken: `${title}, ${when}. ${describe(name, school)}`,
  };
}
