import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { boundedWord } from '../shared/bounded-text.js';
import { formIds, ulid } from '../shared/form.js';
import { pageNumber } from '../shared/list.js';
import { reportCard } from './card.js';
import { correctedCard, saveCorrection } from './correct.js';
import { correctionForm, readCorrectable } from './correction-form.js';
import { fileNames, filesCard, offerReport } from './files-card.js';
import { findLine } from './find-line.js';
import { formCard, formTextCard } from './form-card.js';
import { lineCard } from './line-card.js';
import { linesCard } from './lines-card.js';
import { makeTable } from './table.js';
import {
  choiceInput,
  linesInput,
  toChosenView,
  toLinesView,
  toView,
  viewInput,
  viewOfWords,
} from './view.js';
import { makeMinistryWorkbook, makeWorkbook } from './workbook.js';

const idInput = z.looseObject({ id: ulid });

/**
 * The year's figures for the steering committee (article 5): on a card, in the ministry's form, and as files; and its
 * lines, which a coordinator corrects.
 */
export const report: Feature = {
  name: 'report',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['bilan'], en: ['report'] },
  readers: 'coordinators',
  takesWords: true,
  open: (actor, services, start) => reportCard(actor, viewOfWords(start?.words ?? '', services), services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: viewInput,
      run: (actor, view, services) => reportCard(actor, toView(view, services), services),
    }),
    /** What was chosen in the lists. */
    show: action({
      who: 'coordinator',
      reads: true,
      input: choiceInput,
      run: (actor, chosen, services) => reportCard(actor, toChosenView(chosen, services), services),
    }),
    page: action({
      who: 'coordinator',
      reads: true,
      input: viewInput.extend({ page: pageNumber }),
      run: (actor, view, services) => reportCard(actor, toView(view, services), services),
    }),
    /** Names leave the chat with them: a recent answer about the role is not enough. */
    files: action({
      who: 'coordinator',
      input: viewInput,
      run: (actor, view, services) => filesCard(actor, toView(view, services), services),
    }),
    offer: action({
      who: 'coordinator',
      input: viewInput.extend({ file: z.enum(fileNames) }),
      run: (actor, { file, ...view }, services) => offerReport(actor, toView(view, services), file, services),
    }),
    form: action({
      who: 'coordinator',
      reads: true,
      input: viewInput,
      run: (actor, view, services) => formCard(actor, toView(view, services), services),
    }),
    formText: action({
      who: 'coordinator',
      reads: true,
      input: viewInput,
      run: (actor, view, services) => formTextCard(actor, toView(view, services), services),
    }),
    lines: action({
      who: 'coordinator',
      reads: true,
      input: linesInput,
      run: (actor, { page = 0, ...data }, services) =>
        linesCard(actor, toLinesView(data, services, page), services),
    }),
    /** The line with the number that was typed, or the month that was chosen. */
    findLine: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: findLine,
    }),
    line: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: (actor, { id }, services) => lineCard(actor, id, services),
    }),
    correct: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: async (actor, { id }, services) => {
        const line = await services.store.read((reader) => readCorrectable(reader, actor, id));
        const ids = { id, formKey: services.ids.unguessable() };
        return correctionForm(actor, ids, line, services);
      },
    }),
    saveCorrection: action({
      who: 'coordinator',
      input: formIds.extend({ seen: boundedWord(40) }),
      run: saveCorrection,
    }),
  },
  messages: { corrected: correctedCard },
  files: { workbook: makeWorkbook, ministry: makeMinistryWorkbook, table: makeTable },
};
