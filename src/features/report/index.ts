import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { pageNumber } from '../shared/list.js';
import { reportCard } from './card.js';
import { filesCard } from './files-card.js';
import { makeTable } from './table.js';
import { toView, viewInput, yearOfWords } from './view.js';
import { makeMinistryWorkbook, makeWorkbook } from './workbook.js';

/** The year's figures for the steering committee (article 5): on a card, and as files. */
export const report: Feature = {
  name: 'report',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['bilan'], en: ['report'] },
  readers: 'coordinators',
  takesWords: true,
  open: (actor, services, start) =>
    reportCard(actor, { cut: 'kind', year: yearOfWords(start?.words ?? '', services), page: 0 }, services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: viewInput,
      run: (actor, { by, from }, services) => reportCard(actor, toView(by, from, 0, services), services),
    }),
    /** What was chosen in the lists. */
    show: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({ cut: z.unknown().optional(), year: z.unknown().optional() }),
      run: (actor, { cut, year }, services) => reportCard(actor, toView(cut, year, 0, services), services),
    }),
    page: action({
      who: 'coordinator',
      reads: true,
      input: viewInput.extend({ page: pageNumber }),
      run: (actor, { by, from, page }, services) =>
        reportCard(actor, toView(by, from, page, services), services),
    }),
    /** Names leave the chat with them: a recent answer about the role is not enough. */
    files: action({
      who: 'coordinator',
      input: viewInput,
      run: (actor, { by, from }, services) => filesCard(actor, toView(by, from, 0, services), services),
    }),
  },
  files: { workbook: makeWorkbook, ministry: makeMinistryWorkbook, table: makeTable },
};
