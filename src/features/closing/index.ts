import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { toYear, yearOfWords } from '../report/view.js';
import { areaText, readListArea } from '../shared/area.js';
import { boundedId, boundedWord } from '../shared/bounded-text.js';
import { pageNumber } from '../shared/list.js';
import { closingCard } from './card.js';
import { closeYear, reopenYear } from './close.js';
import { differencesCard } from './differences.js';
import { readReason, reopenForm } from './reopen-form.js';
import { requireVersion, versionCard, versionsCard } from './versions.js';

/** What a button carries: a day of the year. */
const yearInput = z.looseObject({ from: z.unknown().optional() });
/** The id of a version. */
const versionInput = z.looseObject({ id: boundedId(60) });
const page = pageNumber.optional();

/**
 * The figures of a year, frozen for the steering committee (article 5): what is entered afterwards is listed beside them.
 * Every version stays.
 */
export const closing: Feature = {
  name: 'closing',
  audience: 'coordinator',
  scopes: ['team'],
  commands: { fr: ['clôturer', 'clôture', 'rouvrir'], en: ['close', 'closing', 'reopen'] },
  readers: 'coordinators',
  takesWords: true,
  open: (actor, services, start) => closingCard(actor, yearOfWords(start?.words ?? '', services), services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: yearInput,
      run: (actor, { from }, services) => closingCard(actor, toYear(from, services), services),
    }),
    close: action({
      who: 'coordinator',
      input: yearInput.extend({ seen: boundedWord(500), after: pageNumber }),
      run: (actor, { from, ...what }, services) => closeYear(actor, toYear(from, services), what, services),
    }),
    askReopen: action({
      who: 'coordinator',
      reads: true,
      input: versionInput,
      run: async (actor, { id }, services) => {
        const { closing: version } = await services.store.read((r) => requireVersion(r, id, services));
        return reopenForm(actor, version, services);
      },
    }),
    reopen: action({
      who: 'coordinator',
      input: versionInput,
      run: async (actor, { id, ...data }, services) => {
        const { year, closing: version } = await services.store.read((r) => requireVersion(r, id, services));
        const read = readReason(actor, data, version, services);
        return 'form' in read ? read.form : reopenYear(actor, year, id, read.why, services);
      },
    }),
    versions: action({
      who: 'coordinator',
      reads: true,
      input: yearInput.extend({ page }),
      run: (actor, { from, page = 0 }, services) =>
        versionsCard(actor, toYear(from, services), page, services),
    }),
    version: action({
      who: 'coordinator',
      reads: true,
      input: versionInput,
      run: (actor, { id }, services) => versionCard(actor, id, services),
    }),
    differences: action({
      who: 'coordinator',
      reads: true,
      input: versionInput.extend({ page, area: areaText }),
      run: (actor, { id, page = 0, ...data }, services) =>
        differencesCard(actor, id, { page, area: readListArea(data, services) }, services),
    }),
  },
};
