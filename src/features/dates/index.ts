import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { boundedId } from '../shared/bounded-text.js';
import { readText, readWhole } from '../shared/client-values.js';
import { formIds, ulid } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { checkMeeting } from '../shared/meeting-days.js';
import { readNames } from '../shared/request-view.js';
import { drawAgain, drawFixed, drawProposed, drawUnanswered, fixedCard, sentCard } from './cards.js';
import {
  type DateDraft,
  drawDateForm,
  type Field,
  fields,
  findWarning,
  initialValues,
  readDate,
  tokenOf,
  valuesOf,
} from './fields.js';
import { openProposal, sendProposal } from './propose.js';
import {
  confirmDate,
  type Dated,
  fixDate,
  moveDate,
  readAvailability,
  readDated,
  requireDateMove,
} from './records.js';
import { again, planQuestions, unanswered } from './tasks.js';

const idInput = z.looseObject({ id: ulid });

const nameIn = async (reader: Reader, id: string, actor: Actor, services: Services): Promise<string> =>
  (await readNames(reader, [id], services.textIn(actor.lang)))(id);

/** The form for a date from an availability, or for another date of one that is fixed. */
const openForm = (
  actor: Actor,
  id: string,
  of: 'availability' | 'dated',
  services: Services,
): Promise<Card> =>
  services.store.read(async (r) => {
    const dated = of === 'dated' ? await readDated(r, id) : undefined;
    if (dated) await requireDateMove(actor, 'moveDay', dated.action, dated.own, services, r);
    const subject = dated?.action ?? (await readAvailability(r, id));
    const proposed = dated?.own.proposal;
    const values = {
      ...(dated ? valuesOf(subject) : initialValues),
      ...(proposed?.firstDay ? { firstDay: proposed.firstDay } : {}),
      ...(proposed?.hours ? { from: proposed.hours.from, until: proposed.hours.until } : {}),
    };
    const who = await nameIn(r, subject.createdBy, actor, services);
    const ids = { id, formKey: services.ids.next() };
    return drawDateForm(actor, ids, subject, { values, faults: {}, who }, services);
  });

/** Fixes a date, or gives the form back: with what is wrong, or once with what should be known. */
async function submit(
  actor: Actor,
  data: Record<string, unknown> & { id: string; formKey: string },
  of: 'availability' | 'dated',
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const form = new FormReader<Field>(fields, data, actor, services);
  const draft = readDate(form, actor, services);
  const back = await services.store.read(async (r): Promise<Card | undefined> => {
    if (await r.get('history', data.formKey)) return undefined;
    const subject =
      of === 'dated' ? (await readDated(r, data.id)).action : await readAvailability(r, data.id);
    const availability = of === 'dated' ? await r.get('actions', subject.availability ?? '') : subject;
    const warning =
      draft && availability && (await findWarning(r, draft, availability, data.id, t, services));
    const warned = draft && warning ? { text: warning, token: tokenOf(draft) } : undefined;
    if (draft && (!warned || readText(data.despite) === warned.token)) return undefined;
    const who = await nameIn(r, subject.createdBy, actor, services);
    const filled = { values: form.values, faults: form.faults, who };
    return drawDateForm(actor, data, subject, filled, services, warned);
  });
  if (back || !draft) return back ?? openForm(actor, data.id, of, services);
  const dated =
    of === 'dated'
      ? await moveDate(actor, data, draft, services, { ask: true })
      : await fixDate(actor, data, draft, services);
  return services.store.read((r) => sentCard(r, dated, actor, services));
}

/** The date that the employee has proposed, at the same school, and at the same hours unless they gave others. */
function toProposed({ action: it, own }: Dated, seen: string, services: Services): DateDraft {
  const { proposal } = own;
  if (!proposal?.firstDay || proposal.at !== seen) throw new Refusal('refusal.outdated');
  const { schools, school, academies, remark } = it;
  const hours = proposal.hours ?? it.hours;
  const when: Pick<Action, 'firstDay' | 'lastDay' | 'academies' | 'hours' | 'schools' | 'school'> = {
    firstDay: proposal.firstDay,
    lastDay: proposal.firstDay,
    academies,
    ...(hours ? { hours } : {}),
    ...(schools ? { schools } : {}),
    ...(school ? { school } : {}),
  };
  return { ...when, checked: checkMeeting(when, services), ...(remark ? { remark } : {}) };
}

/**
 * Coordinators fix the dates that they agree with schools from an approved availability, which stays open. The employee
 * confirms each, or proposes another.
 */
export const dates: Feature = {
  name: 'dates',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: (actor, { id }, services) => openForm(actor, id, 'availability', services),
    }),
    fix: action({
      who: 'coordinator',
      input: formIds,
      run: (actor, data, services) => submit(actor, data, 'availability', services),
    }),
    edit: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: (actor, { id }, services) => openForm(actor, id, 'dated', services),
    }),
    move: action({
      who: 'coordinator',
      input: formIds,
      run: (actor, data, services) => submit(actor, data, 'dated', services),
    }),
    take: action({
      who: 'coordinator',
      input: idInput.extend({ seen: boundedId(40) }),
      run: async (actor, { id, seen }, services) => {
        const ids = { id, formKey: `take:${id}:${seen}` };
        const dated = await moveDate(actor, ids, (before) => toProposed(before, seen, services), services, {
          ask: false,
        });
        return services.store.read((r) => sentCard(r, dated, actor, services));
      },
    }),
    confirm: action({
      input: idInput.extend({ seen: z.preprocess(readWhole, z.int().optional()) }),
      run: async (actor, data, services) => {
        const { dated, note } = await confirmDate(actor, data, services);
        return services.store.read((r) => fixedCard(r, dated, actor.lang, services, note));
      },
    }),
    propose: action({ input: idInput, run: (actor, { id }, services) => openProposal(actor, id, services) }),
    send: action({ input: formIds, run: sendProposal }),
  },
  messages: { fixed: drawFixed, again: drawAgain, proposed: drawProposed, unanswered: drawUnanswered },
  tasks: { again, unanswered },
  plan: planQuestions,
};
