import type { Action, Engagement } from '../../domain/action.js';
import { checkMove } from '../../domain/engagements/moves.js';
import { mayCorrectNumber } from '../../domain/engagements/outcome.js';
import { hostsMoreThanFilled } from '../../domain/placements/places.js';
import type { Reader } from '../../ports.js';
import type { Lang } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Card, Services } from '../feature.js';
import { readCalendarOffer } from './calendar-offer.js';
import { readDateFacts } from './dates-line.js';
import { describeNextStep } from './next-step.js';
import { readPreparation } from './preparation-view.js';
import type { Request } from './records.js';
import {
  describeAction,
  eyebrow,
  facts,
  readNames,
  remarkRun,
  rowTitle,
  stateStrip,
} from './request-view.js';
import { confirmNote, isToConfirm, seatStrip } from './seat-words.js';

/** Whether offers reach the coordinators now: their channel works, is lost, or was never chosen. */
export async function readCoordinatorsReach(reader: Reader): Promise<'reached' | 'lost' | 'none'> {
  const channel = await reader.get('channels', 'coordinators');
  if (!channel) return 'none';
  return channel.lostAt ? 'lost' : 'reached';
}

/** An answer is promised only while the coordinators can see the offer. */
async function readNextStep(
  reader: Reader,
  action: Action,
  engagement: Engagement,
  lang: Lang,
  services: Services,
): Promise<string> {
  const t = services.textIn(lang);
  const reach = engagement.state === 'pending' ? await readCoordinatorsReach(reader) : 'reached';
  return reach === 'reached'
    ? describeNextStep(action, engagement, 'employee', t, services)
    : t(`mine.pending.${reach}`);
}

/** A request as its employee sees it: its state, what comes next, what they can do. */
export async function authorCard(
  reader: Reader,
  { action, engagements }: Request,
  employeeId: string,
  lang: Lang,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const engagement = engagements.find((e) => e.employeeId === employeeId);
  if (!engagement) throw new Error(`somebody has no engagement in their ${action.id}`);
  const name = await readNames(reader, [engagement.decision?.by], t);
  const mover = { id: employeeId, coordinator: false };
  const today = dayAt(services.clock.now());
  const plain = stateStrip(action, engagement, name, t, 'author');
  const strip = seatStrip(plain, { action, engagements }, engagement, today, t);
  const confirm = isToConfirm(action, engagement, today);
  const moreHosted = hostsMoreThanFilled(action);
  const mayMove = (move: 'correct' | 'withdraw' | 'attend') =>
    checkMove(move, { mover, action, engagement, today }).ok;
  const calendar = await readCalendarOffer(reader, action, engagement, services);
  const heading =
    engagement.state === 'pending'
      ? t(action.hosting ? 'mine.sentOffer' : 'mine.sentProposal')
      : t('mine.yours', { what: describeAction(action, t) });
  return {
    template: 'mine-request',
    lang,
    summary: `${rowTitle(action, t)} : ${strip.word}${strip.rest}`.replace(
      ' :',
      lang === 'fr' ? '\u00a0:' : ':',
    ),
    data: {
      id: action.id,
      seen: action.revision ?? 0,
      eyebrow: eyebrow(action, t),
      heading,
      state: strip,
      reason: remarkRun(engagement.decision?.text, t),
      facts: [...facts(action, t, services), ...(await readDateFacts(reader, action, t, services))],
      remark: remarkRun(action.remark, t),
      next: await readNextStep(reader, action, engagement, lang, services),
      preparation: await readPreparation(reader, { action, engagements }, mover, t, services),
      note: confirm
        ? engagement.proposal
          ? t('dates.waitingNote')
          : confirmNote(action, engagement, t, services)
        : moreHosted
          ? t('preparation.moreHosted')
          : '',
      can: {
        edit: action.origin === 'offer' && mayMove('correct'),
        answer: mayMove('attend'),
        correctNumber: mayCorrectNumber(mover, action, engagements),
        confirm,
        propose: confirm && action.origin === 'offer',
        withdraw: mayMove('withdraw'),
        calendar: calendar !== 'nothing',
        agreements: moreHosted,
        again:
          action.origin === 'offer' && (engagement.state === 'declined' || engagement.state === 'withdrawn'),
        session: action.origin === 'need' && action.state === 'open' && engagement.state === 'withdrawn',
      },
      answerTitle: t(action.state === 'held' ? 'outcome.tellPresence' : 'mine.tellOutcome'),
      confirmVerb: action.origin === 'offer' ? 'dates.confirm' : 'sessions.confirm',
      form: action.hosting ? 'host' : 'volunteer',
      calendarTitle: calendar === 'nothing' ? '' : t.at(`reminders.calendar.${calendar}`),
      withdrawTitle: t(
        action.origin === 'offer'
          ? 'mine.withdrawOffer'
          : engagement.state === 'waitlisted'
            ? 'sessions.leaveLine'
            : 'sessions.leave',
      ),
    },
  };
}
