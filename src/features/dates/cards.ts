import { z } from 'zod';
import type { Action, DayProposal } from '../../domain/action.js';
import type { Lang, OutboxMessage, Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { calendarLine } from '../shared/calendar-line.js';
import { langOf } from '../shared/people.js';
import { readRequest } from '../shared/records.js';
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
import { deadlineWords, isToConfirm, seatStrip } from '../shared/seat-words.js';
import type { Dated } from './records.js';

/** What the card answers, or that it asks once more. */
export type DateNote = 'confirmed' | 'proposed' | 'again';

function dateFacts(action: Action, t: Text, services: Services) {
  const warning = calendarLine(action, t, services);
  return [
    { title: t('fact.what'), value: escapeMarkdown(rowTitle(action, t)) },
    { title: t('fact.when'), value: describeWhen(action, t) },
    { title: t('fact.where'), value: escapeMarkdown(schoolNames(action, services).join(', ')) },
    ...(warning ? [{ title: t('fact.calendar'), value: warning }] : []),
  ];
}

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
  // Withdrawing cancels it.
  const over = action.state !== 'open' || today >= action.firstDay;
  return {
    template: 'dates-fixed',
    lang,
    summary: over ? `${rowTitle(action, t)} · ${state.word}` : heading,
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading: over ? t('mine.yours', { what: rowTitle(action, t) }) : heading,
      lead: note && note !== 'again' ? t(`dates.said.${note}`) : '',
      state,
      facts: dateFacts(action, t, services),
      remark: remarkRun(action.remark, t),
      note: over
        ? ''
        : asked
          ? t(own.proposal ? 'dates.waitingNote' : 'dates.toldNote', {
              name: escapeMarkdown(name(own.decision?.by ?? '')),
              until: deadlineWords(own.confirmBy ?? '', t, services),
            })
          : t('dates.agreedNote'),
      confirm: asked,
      propose: asked,
    },
  };
}

const aboutDate = z.object({ actionId: z.string(), at: z.string().optional() });

const findDated = async (reader: Reader, id: string | undefined): Promise<Dated | undefined> => {
  const request = id === undefined ? undefined : await readRequest(reader, id);
  const own = request?.engagements.find((e) => e.employeeId === request.action.createdBy);
  return request && own && { ...request, own };
};

/** Draws it from the records; nothing if the date is off before it could be told. */
export async function drawFixed(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const dated = await findDated(reader, message.actionId);
  if (!dated) return undefined;
  const { action, own } = dated;
  const today = dayAt(services.clock.now());
  const off = action.state !== 'open' || today >= action.firstDay;
  if (message.op === 'post' && off) return undefined;
  const person = await reader.get('people', own.employeeId);
  return fixedCard(reader, dated, langOf(person ?? message), services);
}

/** Reminds the employee on the morning of the last day; nothing if they have answered. */
export async function drawAgain(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const dated = await findDated(reader, aboutDate.parse(message.data).actionId);
  const today = dayAt(services.clock.now());
  if (!dated || dated.own.proposal || !isToConfirm(dated.action, dated.own, today)) return undefined;
  return fixedCard(reader, dated, message.lang, services, 'again');
}

/** What a coordinator sees once a date is fixed. */
export async function sentCard(
  reader: Reader,
  { action, own }: Dated,
  actor: Actor,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const name = await readNames(reader, [own.employeeId], t);
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
      note: own.confirmBy
        ? t('dates.sentNote', {
            name: escapeMarkdown(name(own.employeeId)),
            until: deadlineWords(own.confirmBy, t, services),
          })
        : t('dates.takenNote', { name: escapeMarkdown(name(own.employeeId)) }),
    },
  };
}

/** "mardi 15 décembre 2026, de 10 h à 11 h"; empty without a day and hours. */
export const proposalWhen = ({ firstDay, hours }: DayProposal, t: Text): string =>
  [firstDay ? t.dates.long(firstDay) : '', hours ? t.dates.hours(hours.from, hours.until) : '']
    .filter(Boolean)
    .join(', ');

/** The other date that an employee proposes, for the coordinators; nothing once it is answered or taken back. */
export async function drawProposed(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, at } = aboutDate.parse(message.data);
  const dated = await findDated(reader, actionId);
  if (dated?.action.state !== 'open' || dated.own.state !== 'approved') return undefined;
  const { action, own } = dated;
  const { proposal } = own;
  if (proposal === undefined || proposal.at !== at) return undefined;
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [own.employeeId], t);
  const when = proposalWhen(proposal, t);
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
      ],
      remark: remarkRun(proposal.remark, t),
      note: t('dates.proposedNote'),
      take: proposal.firstDay !== undefined,
    },
  };
}

/** Tells the coordinators that a date is still not confirmed; nothing if it is, or has been answered. */
export async function drawUnanswered(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const dated = await findDated(reader, aboutDate.parse(message.data).actionId);
  const today = dayAt(services.clock.now());
  if (!dated || dated.own.proposal || !isToConfirm(dated.action, dated.own, today)) return undefined;
  const { action, own } = dated;
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
      note: t('dates.unansweredNote'),
      take: false,
    },
  };
}
