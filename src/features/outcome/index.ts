import { z } from 'zod';
import { checkAnswer } from '../../domain/engagements/outcome.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { boundedId, boundedWord } from '../shared/bounded-text.js';
import { readChoices } from '../shared/client-values.js';
import { formIds, remarkLength, ulid } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { type Request, readRequest } from '../shared/records.js';
import { contradictionMessage, settleAnswers, settledCard } from './contradiction.js';
import { contradictionCard } from './contradiction-card.js';
import { startDiffering } from './differ.js';
import {
  asksWhoCame,
  type Field,
  fields,
  findApproved,
  questionForm,
  readUnanswered,
  start,
} from './form.js';
import { createQuestionMessage } from './question.js';
import { recordAnswer, recordAttendance, recordPresence } from './record.js';
import { outcomeTasks, planQuestions } from './tasks.js';
import { unansweredCard } from './unanswered.js';

type Sent = Record<string, unknown> & {
  readonly id: string;
  readonly formKey: string;
  readonly seen?: string | undefined;
};

/**
 * Who came, as a coordinator says it for those who have not; nothing if they do not. An action of one person did not
 * take place without them. Once somebody has answered, only a form that was opened before names people.
 */
function readAttended(
  reader: FormReader<Field>,
  actor: Actor,
  request: Request,
  error: string,
): string[] | undefined {
  if (!actor.coordinator) return undefined;
  const people = findApproved(request).map((e) => e.employeeId);
  if (asksWhoCame(actor, request)) return reader.readSubset('attended', people, error);
  if (request.action.state === 'open') return people.includes(actor.id) ? undefined : people;
  const named = reader.readChoices('attended') ?? [];
  return named.length > 0 ? named : undefined;
}

/** Reads "yes, it took place" with its pupils; the form comes back with what has to be corrected. */
async function answerHeld(actor: Actor, data: Sent, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const max = services.convention.maxPupils;
  const request = await services.store.read((r) => readRequest(r, data.id));
  if (!request) throw new Refusal('refusal.outdated');
  const reader = new FormReader(fields, data, actor, services);
  const pupils = reader.readCount('pupils', { min: 0, max }, t('outcome.pupilsError', { max }));
  const { places } = request.action;
  // Every pupil hosted has a place and an agreement (article 3).
  if (pupils !== undefined && places !== undefined && pupils > places)
    reader.fail('pupils', {
      text: t('outcome.moreThanPlaces', { count: places }),
      why: t('outcome.moreThanPlacesWhy'),
    });
  const away = reader.isOn('away');
  const remark = reader.readText('remark', remarkLength);
  const attended = readAttended(reader, actor, request, t('outcome.attendedError'));
  if (reader.failed || pupils === undefined) {
    await readUnanswered(actor, data.id, services, checkAnswer);
    const filled = { values: reader.values, faults: reader.faults };
    return services.store.read((r) => questionForm(r, request, actor, data, actor.lang, services, filled));
  }
  const answer = {
    state: 'held' as const,
    pupils,
    ...(remark ? { remark } : {}),
    ...(attended ? { attended: new Set(attended) } : away ? { away } : {}),
  };
  return recordAnswer(actor, data, answer, services);
}

/** Settles two answers with another number of pupils. */
async function settleWithNumber(
  actor: Actor,
  { id, seen, ...data }: { id: string; seen: string } & Record<string, unknown>,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const stored = await services.store.read((r) => r.get('actions', id));
  if (!stored) throw new Refusal('refusal.outdated');
  const max = Math.min(stored.places ?? Number.POSITIVE_INFINITY, services.convention.maxPupils);
  const reader = new FormReader(['pupils'], data, actor, services);
  const pupils = reader.readCount('pupils', { min: 0, max }, t('outcome.pupilsError', { max }));
  const fault = reader.faults.pupils;
  if (pupils === undefined && fault)
    return services.store.read((r) => contradictionCard(r, stored, actor.lang, services, { fault }));
  return settleAnswers(actor, id, seen, { keep: 'number', pupils: pupils ?? 0 }, services);
}

const idInput = z.looseObject({ id: ulid });

/**
 * Whether an action took place, and with how many pupils: only then does it count (article 5). Asked after the day by
 * itself; the first answer counts, and each person confirms only their own presence.
 */
export const outcome: Feature = {
  name: 'outcome',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: idInput,
      run: async (actor, { id }, services) => {
        const it = await services.store.read((r) => r.get('actions', id));
        // Coordinators decide between two answers before anything else is asked.
        if (actor.coordinator && it?.contradiction)
          return services.store.read((r) => contradictionCard(r, it, actor.lang, services));
        return start(actor, id, services);
      },
    }),
    held: action({
      byRole: true,
      input: formIds.extend({ seen: boundedWord(40).optional() }),
      run: answerHeld,
    }),
    notHeld: action({
      byRole: true,
      input: formIds,
      run: (actor, data, services) => recordAnswer(actor, data, { state: 'not-held', pupils: 0 }, services),
    }),
    differ: action({
      byRole: true,
      reads: true,
      input: idInput,
      run: (actor, { id }, services) => startDiffering(actor, id, services),
    }),
    present: action({
      input: idInput.extend({ was: z.enum(['yes', 'no']) }),
      run: (actor, { id, was }, services) =>
        recordPresence(actor, id, was === 'yes' ? 'attend' : 'miss', services),
    }),
    attendance: action({
      who: 'coordinator',
      input: formIds,
      run: (actor, data, services) =>
        recordAttendance(actor, data, new Set(readChoices(data.attended) ?? []), services),
    }),
    settle: action({
      who: 'coordinator',
      input: idInput.extend({ seen: boundedId(40), choice: z.enum(['first', 'second', 'number']) }),
      run: (actor, { choice, ...data }, services) =>
        choice === 'number'
          ? settleWithNumber(actor, data, services)
          : settleAnswers(actor, data.id, data.seen, { keep: choice }, services),
    }),
  },
  messages: {
    ask: createQuestionMessage('outcome.heading'),
    askAgain: createQuestionMessage('outcome.again'),
    contradiction: contradictionMessage,
    settled: settledCard,
    unanswered: unansweredCard,
  },
  tasks: outcomeTasks,
  plan: planQuestions,
};
