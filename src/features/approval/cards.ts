import { z } from 'zod';
import { type Action, isPlacement } from '../../domain/action.js';
import { addDays } from '../../domain/days.js';
import { isExpected } from '../../domain/engagements/expected.js';
import { checkMove } from '../../domain/engagements/moves.js';
import { checkOutcome, mayCorrectNumber } from '../../domain/engagements/outcome.js';
import { checkAgreements } from '../../domain/placements/agreements.js';
import { hostsMoreThanFilled } from '../../domain/placements/places.js';
import type { Reader } from '../../ports.js';
import type { Lang, OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst } from '../../text/typeset.js';
import { type Actor, type Card, maxViewers, type Services } from '../feature.js';
import { calendarWays, noCalendarWays } from '../reminders/calendar-link.js';
import { readDateFacts } from '../shared/dates-line.js';
import { type Fault, remarkLength } from '../shared/form.js';
import { describeNextStep } from '../shared/next-step.js';
import { readTeamsIds } from '../shared/people.js';
import { readPreparation } from '../shared/preparation-view.js';
import { type Request, readRequest } from '../shared/records.js';
import {
  decidedByText,
  describeAction,
  describeWhen,
  eyebrow,
  facts,
  fitHeading,
  readNames,
  remarkRun,
  stateStrip,
} from '../shared/request-view.js';
import { seatStrip } from '../shared/seat-words.js';

/** A request in the channel, as everybody may see it; coordinators and the author get views of their own. */
export const channelCard = (
  reader: Reader,
  request: Request,
  lang: Lang,
  services: Services,
): Promise<Card> => drawRequest(reader, request, undefined, lang, services);

/** A request as one person sees it: a coordinator decides, the author waits, others see its state. */
export const requestCard = (
  reader: Reader,
  request: Request,
  viewer: Actor,
  services: Services,
): Promise<Card> => drawRequest(reader, request, viewer, viewer.lang, services);

async function drawRequest(
  reader: Reader,
  { action, engagements }: Request,
  viewer: Actor | undefined,
  lang: Lang,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const engagement = engagements.find((e) => e.employeeId === action.createdBy);
  if (!engagement) throw new Error(`offer ${action.id} has lost its author's engagement`);
  const name = await readNames(reader, [action.createdBy, engagement.decision?.by], t);
  const today = dayAt(services.clock.now());
  const plain = stateStrip(action, engagement, name, t, 'coordinator');
  const strip = seatStrip(plain, { action, engagements }, engagement, today, t);
  const own = viewer?.id === action.createdBy;
  const { ownOfferApproval } = services.convention;
  const decide =
    viewer !== undefined &&
    checkMove('approve', {
      mover: viewer,
      action,
      engagement,
      today,
      ownOfferApproval,
    }).ok;
  const waits = engagement.state === 'pending' && action.state === 'open';
  const notes = {
    decide: '',
    author: t(viewer?.coordinator ? 'approval.ownNote' : 'approval.authorNote'),
    other: t(viewer?.roleUnknown ? 'approval.unknownNote' : 'approval.otherNote'),
    channel: t('approval.channelNote'),
  };
  const role = decide ? 'decide' : own ? 'author' : viewer ? 'other' : 'channel';
  const moreHosted = hostsMoreThanFilled(action);
  const mayDate = viewer?.coordinator === true && action.state === 'open' && engagement.state === 'approved';
  const channel = waits ? await reader.get('channels', 'coordinators') : undefined;
  return {
    template: 'approval-request',
    lang,
    summary: t('approval.summary', {
      name: name(action.createdBy),
      what: describeAction(action, t),
      state: strip.word,
    }),
    data: {
      id: action.id,
      seen: engagement.since,
      eyebrow: eyebrow(action, t),
      heading: fitHeading(name(action.createdBy), (name) =>
        t('approval.heading', { name, what: describeAction(action, t) }),
      ),
      state: strip,
      next: describeNextStep(action, engagement, { name: name(action.createdBy) }, t, services),
      reason: remarkRun(engagement.decision?.text, t),
      facts: [...facts(action, t, services), ...(await readDateFacts(reader, action, t, services))],
      remark: remarkRun(action.remark, t),
      preparation: await readPreparation(reader, { action, engagements }, viewer, t, services),
      note: waits ? notes[role] : moreHosted ? t('preparation.moreHosted') : '',
      decide,
      approve: decide && action.checked?.certainty !== 'refused',
      examine: (!viewer || viewer.roleUnknown) && action.state === 'open',
      answer: viewer !== undefined && checkOutcome(viewer, action, engagements, today).ok,
      correctNumber: viewer !== undefined && mayCorrectNumber(viewer, action, engagements),
      agreements: viewer !== undefined && moreHosted && checkAgreements(viewer, action, engagements).ok,
      fix: mayDate && action.halfDays !== undefined,
      redate:
        mayDate &&
        action.availability !== undefined &&
        checkMove('moveDay', { mover: viewer, action, engagement, today }).ok,
      own,
      story: viewer !== undefined,
      list: viewer?.coordinator === true,
      reasonLabel: t('approval.reasonLabel', { name: name(action.createdBy) }),
      changesLabel: t('approval.changesLabel', { name: name(action.createdBy) }),
      remarkLength,
    },
    ...(waits
      ? {
          refresh: {
            verb: 'approval.view',
            data: { id: action.id },
            userIds: [
              ...new Set([
                ...(await readTeamsIds(reader, [action.createdBy])),
                ...services.directory.coordinatorTeamsIds(channel?.teamId ?? ''),
              ]),
            ].slice(0, maxViewers),
          },
        }
      : {}),
  };
}

/** The form for a decision's text, with what was typed and the reason why it is refused. */
export function decisionTextCard(
  actor: Actor,
  action: Action,
  move: 'decline' | 'askChanges',
  field: 'reason' | 'changes',
  value: string,
  fault: Fault,
  services: Services,
): Card {
  const t = services.textIn(actor.lang);
  return {
    template: 'approval-text',
    lang: actor.lang,
    summary: t('form.mend', { count: 1 }),
    data: {
      id: action.id,
      heading: t('form.mend', { count: 1 }),
      lead: t('form.kept'),
      eyebrow: eyebrow(action, t),
      declining: move === 'decline',
      value: value.slice(0, remarkLength),
      fault: { text: fault.text, why: fault.why ?? '' },
      label: t(`approval.${field}Short`),
      error: t(`approval.${field}Error`),
      remarkLength,
    },
  };
}

const decisionData = z.object({
  actionId: z.string(),
  move: z.enum(['approve', 'decline', 'askChanges']),
  by: z.string(),
  at: z.string(),
  text: z.string(),
  link: z.string().optional(),
});
type Decided = z.infer<typeof decisionData>;

/**
 * What the ministry's model agreement asks of a host, shown once, with the approval. Sources: code du travail
 * D.4153-15 and following; code de l'éducation D.331-1 and following.
 */
const duties = ['danger', 'noWork', 'status', 'tutor', 'insurance', 'accident'] as const;

/** The next step after a decision, which depends on what was offered. */
function nextStep(move: Decided['move'], action: Action): 'available' | 'visit' | 'host' | 'meet' {
  if (action.hosting) return 'host';
  if (move !== 'approve') return 'meet';
  if (action.halfDays) return 'available';
  return action.kind === 'company-visit' ? 'visit' : 'meet';
}

/** Tells an employee about a decision: what was decided, by whom and why, and what comes next. */
export async function decisionCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, move, by, at, text, link } = decisionData.parse(message.data);
  const { action, engagements } = (await readRequest(reader, actionId)) ?? {};
  if (!action) return undefined;
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [by], t);
  const heading = t.at(`approval.told.${move}.${action.hosting ? 'host' : 'meet'}`, {
    count: action.places ?? 1,
  });
  const mark = { approve: 'good', decline: 'bad', askChanges: 'warn' }[move];
  const word = t.at(`state.${{ approve: 'approved', decline: 'declined', askChanges: 'sent-back' }[move]}`);
  const next = nextStep(move, action);
  const own = engagements?.find((e) => e.employeeId === action.createdBy);
  const today = dayAt(services.clock.now());
  const approved = move === 'approve' && own?.state === 'approved';
  const over = today > action.lastDay;
  // Nothing of what comes before the day is left to do.
  const late = approved && (over || (!action.halfDays && today > action.firstDay));
  const toCalendar = approved && isExpected(action, own) && !over;
  const due = addDays(action.firstDay, -services.convention.agreementDaysBefore);
  const signedBy = due < today ? addDays(action.firstDay, -1) : due;
  return {
    template: 'request-told',
    lang: message.lang,
    summary: heading,
    data: {
      id: actionId,
      eyebrow: eyebrow(action, t),
      heading,
      state: { mark, word, rest: decidedByText({ by, at }, name, t) },
      reason: remarkRun(text || undefined, t),
      lead: capitaliseFirst(`${describeWhen(action, t)}.`),
      next: late
        ? describeNextStep(action, own, 'employee', t, services)
        : t.at(`approval.next.${move}.${next}`, { day: t.dates.short(signedBy) }),
      duties:
        move === 'approve' && isPlacement(action.kind) && !over
          ? duties.map((d) => `- ${t.at(`approval.duty.${d}`)}`).join('\n')
          : '',
      note: t('approval.from'),
      form: action.hosting ? 'host' : 'volunteer',
      edit: move === 'askChanges',
      again: move === 'decline',
      ...(toCalendar ? calendarWays(action, link, t, services) : noCalendarWays),
    },
  };
}
