import { z } from 'zod';
import { toArea } from '../../domain/report/area.js';
import { action, type Feature } from '../feature.js';
import { areaText, readArea } from '../shared/area.js';
import { boundedText } from '../shared/bounded-text.js';
import { readLine } from '../shared/client-values.js';
import { pageInput } from '../shared/list.js';
import { openInput } from '../shared/start.js';
import { queryLength, searchCard } from './card.js';
import { indexWords } from './index-words.js';

/** What was typed, as it is searched for. */
const toQuery = (words: unknown): string => (readLine(words) ?? '').slice(0, queryLength);

/** A coordinator finds a request by its number, a person, a school or a month. */
export const search: Feature = {
  name: 'search',
  audience: 'coordinator',
  scopes: ['team'],
  commands: { fr: ['rechercher'], en: ['search'] },
  readers: 'coordinators',
  takesWords: true,
  open: (actor, services, start) => searchCard(actor, { words: toQuery(start?.words) }, 0, services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: openInput,
      run: (actor, { start }, services) => searchCard(actor, { words: toQuery(start.words) }, 0, services),
    }),
    find: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: (actor, data, services) =>
        searchCard(actor, { words: toQuery(data.words), area: readArea(data, services) }, 0, services),
    }),
    page: action({
      who: 'coordinator',
      reads: true,
      input: pageInput.extend({ query: boundedText(queryLength), area: areaText }),
      run: (actor, { page, query, area }, services) =>
        searchCard(actor, { words: query, area: toArea(area, services.calendar) }, page, services),
    }),
  },
  jobs: { words: indexWords },
};
