import { z } from 'zod';
import type { Action, DayProposal } from '../../domain/action.js';
import { beginningOf, confirmationDeadline } from '../../domain/engagements/confirmation.js';
import type { Reader } from '../../ports.js';
import type { Lang, OutboxMessage } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import { channelCard } from '../approval/cards.js';
import type { Actor, Card, Services } from '../feature.js';
import { calendarLine } from '../shared/calendar-line.js';
import { langOf } from '../shared/people.js';
import {
  describeWhen,
  eyebrow,
  fitHeading,
  readNames,
  remarkRun,
  rowTitle,
  stateStrip,
} from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { confirmNote, describeDeadline, isToConfirm, seatStrip } from '../shared/seat-words.js';
import { type Dated, findDated } from './records.js';

/** What the card answers, or that it asks once more. */
export type DateNote = 'confirmed' | 'changed' | 'proposed' | 'again';

function dateFacts(action: Action, t: Text, services: Services) {
  const warning = calendarLine(action, t, services);
  return [
    { title: t('fact.what'), value: escapeMarkdown(rowTitle(action, t)) },
    { title: t('fact.when'), value: describeWhen(action, t) },
    { title: t('fact.where'), value: escapeMarkdown(schoolNames(action, services).join(', ')) },
    ...(warning ? [{ title: t('fact.calendar'), value: warning }] : []),
  ];
}

/** Whether a date is off or past. Its employee's withdrawal cancels it. */
const isOver = ({ state, firstDay }: Action, today: string): boolean => state !== 'open' || today >= firstDay;

/** A date that a coordinator has fixed, as its employee sees it. */
export async function fixedCard(
  reader: Reader,
  { action, engagements, own }: Dated,
  lang: Lang,
  services: Services,
  note?: DateNote,
): Promise<Card> {
  const t = services.textIn(lang);
  const today = dayAt(services.clock.now());
  const name = await readNames(reader, [own.decision?.by], t);
  const plain = stateStrip(action, own, name, t, 'author');
  const state = seatStrip(plain, { action, engagements }, own, today, t);
  const asked = isToConfirm(action, own, today);
  const day = t.dates.noYear(action.firstDay);
  const news = note === 'again' ? 'dates.stillHeading' : 'dates.toldHeading';
  const heading = t(asked ? news : 'dates.agreedHeading', { day });
  const over = isOver(action, today);
  return {
    template: 'dates-fixed',
    lang,
    summary: over ? `${rowTitle(action, t)} · ${state.word}` : heading,
    data: {
      id: action.id,
      seen: action.revision ?? 0,
      eyebrow: eyebrow(action, t),
      heading: over ? t('mine.yours', { what: rowTitle(action, t) }) : heading,
      lead: note && note !== 'again' ? t(`dates.said.${note}`) : '',
      state,
      facts: dateFacts(action, t, services),
      remark: remarkRun(action.remark, t),
      note: over
        ? ''
        : asked
          ? own.proposal
            ? t('dates.waitingNote')
            : `${t('dates.toldNote', { name: escapeMarkdown(name(own.decision?.by ?? '')) })} ${confirmNote(action, own, t, services)}`
          : t('dates.agreedNote'),
      confirm: asked,
      propose: asked,
    },
  };
}

const aboutDate = z.object({ actionId: z.string().optional(), at: z.string().optional() });

/** The date that a message is about, as it is now. */
const readDatedOf = (reader: Reader, { actionId, data }: OutboxMessage): Promise<Dated | undefined> =>
  findDated(reader, actionId ?? aboutDate.parse(data).actionId ?? '');

/** Draws it from the records; nothing if the date is off, or has begun, before it could be told. */
export async function drawFixed(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const dated = await readDatedOf(reader, message);
  if (!dated) return undefined;
  const { action, own } = dated;
  const hasBegun = services.clock.now() >= beginningOf(action, zone);
  if (message.op === 'post' && (action.state !== 'open' || hasBegun)) return undefined;
  const person = await reader.get('people', own.employeeId);
  return fixedCard(reader, dated, langOf(person ?? message), services);
}

/** Reminds the employee on the morning of the last day; nothing if they have answered before it was sent. */
export async function drawAgain(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const dated = await readDatedOf(reader, message);
  if (!dated || (message.op === 'post' && !isUnanswered(dated, services))) return undefined;
  return fixedCard(reader, dated, message.lang, services, 'again');
}

/** Whether the employee has neither confirmed nor proposed another date. */
const isUnanswered = ({ action, own }: Dated, { clock }: Services): boolean =>
  isToConfirm(action, own, dayAt(clock.now())) && !own.proposal;

/** Whether there is still time to confirm: another date has been fixed since the last one was not confirmed. */
const isAwaited = ({ confirmBy }: Dated['own'], { clock, convention }: Services): boolean =>
  confirmBy !== undefined && clock.now() < confirmationDeadline(confirmBy, convention.messageHours, zone);

/** The request as it is now, in the place of a card whose question is answered; that is not posted any more. */
const drawAnswered = async (
  message: OutboxMessage,
  dated: Dated,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> =>
  message.op === 'post' ? undefined : channelCard(reader, dated, message.lang, services);

/** What a coordinator sees once a date is fixed. */
export async function sentCard(
  reader: Reader,
  { action, own }: Dated,
  actor: Actor,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const name = await readNames(reader, [own.employeeId], t);
  const who = escapeMarkdown(name(own.employeeId));
  const asked = own.confirmBy && describeDeadline(own.confirmBy, t, services);
  const heading = t('dates.sentHeading', { day: t.dates.noYear(action.firstDay) });
  return {
    template: 'dates-sent',
    lang: actor.lang,
    summary: heading,
    data: {
      id: action.id,
      availability: action.availability ?? '',
      eyebrow: eyebrow(action, t),
      heading,
      facts: dateFacts(action, t, services),
      note: asked
        ? t(asked.isPast ? 'dates.sentSoonNote' : 'dates.sentNote', { name: who, until: asked.until })
        : t('dates.takenNote', { name: who }),
    },
  };
}

/** "mardi 15 décembre 2026, de 10 h à 11 h"; empty without a day and hours. */
export const proposalWhen = ({ firstDay, hours }: DayProposal, t: Text): string =>
  [firstDay ? t.dates.long(firstDay) : '', hours ? t.dates.hours(hours.from, hours.until) : '']
    .filter(Boolean)
    .join(', ');

/** The other date that an employee proposes, for the coordinators, until it is answered or taken back. */
export async function drawProposed(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const dated = await readDatedOf(reader, message);
  if (!dated) return undefined;
  const { action, own } = dated;
  const { proposal } = own;
  const isOpen = isToConfirm(action, own, dayAt(services.clock.now()));
  if (!proposal || !isOpen) return drawAnswered(message, dated, reader, services);
  // A later proposal has a message of its own.
  if (message.op === 'post' && proposal.at !== aboutDate.parse(message.data).at) return undefined;
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [own.employeeId], t);
  const when = proposalWhen(proposal, t);
  const day = proposal.firstDay;
  const warning = day && calendarLine({ ...action, firstDay: day, lastDay: day }, t, services);
  return {
    template: 'dates-proposed',
    lang: message.lang,
    summary: capitaliseFirst(t('dates.proposedHeading', { name: name(own.employeeId) })),
    data: {
      id: action.id,
      seen: proposal.at,
      eyebrow: eyebrow(action, t),
      heading: fitHeading(name(own.employeeId), (who) => t('dates.proposedHeading', { name: who })),
      facts: [
        { title: t('fact.what'), value: escapeMarkdown(rowTitle(action, t)) },
        { title: t('fact.where'), value: escapeMarkdown(schoolNames(action, services).join(', ')) },
        { title: t('fact.fixed'), value: describeWhen(action, t) },
        ...(when ? [{ title: t('fact.proposed'), value: capitaliseFirst(when) }] : []),
        ...(warning ? [{ title: t('fact.calendar'), value: warning }] : []),
      ],
      remark: remarkRun(proposal.remark, t),
      note: t('dates.proposedNote'),
      take: proposal.firstDay !== undefined,
      another: true,
    },
  };
}

/** Tells the coordinators until it begins that a date is not confirmed, unless it is, or is answered. */
export async function drawUnanswered(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const dated = await readDatedOf(reader, message);
  if (!dated) return undefined;
  const { action, own } = dated;
  const now = services.clock.now();
  const isOpen = action.state === 'open' && now < beginningOf(action, zone);
  if (!isOpen || !own.confirmBy || own.proposal || isAwaited(own, services))
    return drawAnswered(message, dated, reader, services);
  const isToday = dayAt(now) >= action.firstDay;
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [own.employeeId], t);
  return {
    template: 'dates-proposed',
    lang: message.lang,
    summary: capitaliseFirst(t('dates.unansweredHeading', { name: name(own.employeeId) })),
    data: {
      id: action.id,
      seen: '',
      eyebrow: eyebrow(action, t),
      heading: fitHeading(name(own.employeeId), (who) => t('dates.unansweredHeading', { name: who })),
      facts: dateFacts(action, t, services),
      remark: '',
      note: t(isToday ? 'dates.unansweredToday' : 'dates.unansweredNote'),
      take: false,
      another: !isToday,
    },
  };
}
