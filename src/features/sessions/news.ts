import { z } from 'zod';
import type { Action, Engagement } from '../../domain/action.js';
import type { Instant } from '../../domain/days.js';
import { beginningOf } from '../../domain/engagements/confirmation.js';
import type { Reader, Transaction } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Card, Services } from '../feature.js';
import { readCancellation } from '../shared/cancellation.js';
import { notify } from '../shared/people.js';
import { type Request, readRequest } from '../shared/records.js';
import {
  decidedByText,
  describeInOneSentence,
  describeWhen,
  eyebrow,
  readNames,
  remarkRun,
} from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { confirmNote, confirmUntil, isToConfirm, waitingWord } from '../shared/seat-words.js';
import { entryTitle } from './entry.js';
import {
  concerns,
  isSame,
  isSameWhen,
  isSameWhere,
  type Knowledge,
  knowledge,
  knowledgeOf,
  type Where,
} from './knowledge.js';

/** How long a change waits before people are told of it: what is changed again meanwhile is told once. */
const laterMs = 2 * 60_000;

const newsData = z.object({ actionId: z.string(), employeeId: z.string(), before: knowledge });

/** The message about a session that somebody is still to get, or the key of the next one. */
async function findPending(
  tx: Transaction,
  { actionId, employeeId }: Pick<Engagement, 'actionId' | 'employeeId'>,
): Promise<{ readonly key: string; readonly pending?: OutboxMessage }> {
  for (let n = 1; ; n++) {
    const key = `news:${actionId}:${employeeId}:${n}`;
    const row = await tx.get('outbox', key);
    if (!row) return { key };
    if (row.state === 'due') return { key, pending: row };
  }
}

/** What somebody was last told about a session, if they are still to be told of a change. */
export async function readLastTold(tx: Transaction, engagement: Engagement): Promise<Knowledge | undefined> {
  const { pending } = await findPending(tx, engagement);
  return pending && newsData.parse(pending.data).before;
}

/**
 * Tells everybody for whom a session has changed: once, with what they knew and what is now, however many changes there
 * are until it is sent. What is undone meanwhile is not told. Who makes a move sees the session in the answer: a message
 * that still waits then tells them only what changes after it.
 */
export async function tellChanges(
  tx: Transaction,
  services: Services,
  before: Request,
  after: Request,
  { informed, later }: { readonly informed?: string | undefined; readonly later: boolean },
): Promise<void> {
  const now = new Map(after.engagements.map((e) => [e.id, e]));
  const dueAt = new Date(Date.parse(services.clock.now()) + (later ? laterMs : 0)).toISOString();
  for (const engagement of before.engagements) {
    const { employeeId, actionId } = engagement;
    const known = knowledgeOf(before.action, engagement);
    const current = now.get(engagement.id);
    const next = current && knowledgeOf(after.action, current);
    if (employeeId === informed) {
      if (next) await renewKnowledge(tx, engagement, next, services);
      continue;
    }
    if (!known || !current || isSame(known, next)) continue;
    const { key, pending } = await findPending(tx, engagement);
    if (pending) continue;
    const data = { actionId, employeeId, before: known };
    await notify(tx, services, employeeId, { key, message: 'sessions.news', data, dueAt });
  }
}

/** A colleague for whom a coordinator has made a move is told of that only, and does not see the session. */
async function renewKnowledge(
  tx: Transaction,
  engagement: Engagement,
  next: Knowledge,
  { behalf }: Services,
): Promise<void> {
  const { pending } = await findPending(tx, engagement);
  if (!pending) return;
  const { before, ...data } = newsData.parse(pending.data);
  const known = behalf ? { ...before, seat: next.seat } : next;
  await tx.put('outbox', { ...pending, data: { ...data, before: known } });
}

type News = 'cancelled' | 'seated' | 'unseated' | 'lapsed' | 'changed';

/** What to tell somebody: of a change until the session begins, except those who wait once nobody moves up any more. */
function findNews(before: Knowledge, action: Action, own: Engagement, now: Instant): News | undefined {
  if (action.state === 'cancelled')
    return concerns(own.state) && dayAt(now) <= action.lastDay ? 'cancelled' : undefined;
  if (action.state !== 'open' || now >= beginningOf(action, zone)) return undefined;
  if (own.state === 'withdrawn') return before.seat === 'approved' ? 'lapsed' : undefined;
  if (own.state !== before.seat) return own.state === 'approved' ? 'seated' : 'unseated';
  return own.state === 'waitlisted' && dayAt(now) >= action.firstDay ? undefined : 'changed';
}

/** What has changed, as it was and as it is. */
function listChanges(before: Knowledge, action: Action, t: Text, services: Services) {
  const { hours: _, ...rest } = action;
  const { firstDay, lastDay, hours } = before;
  const then: Action = { ...rest, firstDay, lastDay, ...(hours ? { hours } : {}) };
  const where = ({ schools = [], school = '' }: Where) =>
    schoolNames({ schools, school, academies: [] }, services).join(', ');
  const changes = [
    {
      title: t('fact.when'),
      same: isSameWhen(before, action),
      before: describeWhen(then, t),
      after: describeWhen(action, t),
    },
    {
      title: t('fact.where'),
      same: isSameWhere(before, action),
      before: where(before),
      after: where(action),
    },
    {
      title: t('fact.expected'),
      same: before.expected === action.expected,
      before: remarkRun(before.expected, t),
      after: remarkRun(action.expected, t),
    },
    {
      title: t('fact.remark'),
      same: before.remark === action.remark,
      before: remarkRun(before.remark, t),
      after: remarkRun(action.remark, t),
    },
  ];
  return changes
    .filter((change) => !change.same)
    .map((change) => ({
      title: change.title,
      before: change.before || t('sessions.nothingSaid'),
      after: change.after || t('sessions.nothingSaid'),
    }));
}

/** Draws what has changed for somebody in a session; nothing if nothing has, or it is too late to say so. */
export async function newsCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, employeeId, before } = newsData.parse(message.data);
  const request = await readRequest(reader, actionId);
  const own = request?.engagements.find((e) => e.employeeId === employeeId);
  if (!request || !own) return undefined;
  const { action } = request;
  const now = services.clock.now();
  const today = dayAt(now);
  const news = findNews(before, action, own, now);
  if (!news) return undefined;
  if (news === 'lapsed' && !(await hasLapsed(reader, own))) return undefined;
  const t = services.textIn(message.lang);
  const changes = news === 'cancelled' || news === 'lapsed' ? [] : listChanges(before, action, t, services);
  const confirm = isToConfirm(action, own, today);
  if (news === 'changed' && changes.length === 0) return undefined;
  const cancellation = news === 'cancelled' ? await readCancellation(reader, actionId) : undefined;
  const name = await readNames(reader, [cancellation?.by], t);
  const day = t.dates.noYear(before.firstDay);
  const isToday = today >= action.firstDay && news !== 'cancelled';
  const waits = {
    mark: 'wait',
    word: isToday ? t('sessions.noSeat') : (waitingWord(request, employeeId, t) ?? ''),
    rest: '',
  };
  const isAsked = news === 'seated' && confirm;
  const heading = isAsked ? t('sessions.news.seated.ask') : t.at(`sessions.news.${news}.heading`, { day });
  const seat = confirm
    ? { mark: 'warn', word: t('sessions.toConfirm'), rest: confirmUntil(own.confirmBy, today, t) }
    : { mark: 'good', word: t('sessions.youTakePart'), rest: '' };
  return {
    template: 'sessions-news',
    lang: message.lang,
    summary: heading,
    data: {
      id: actionId,
      seen: action.revision ?? 0,
      eyebrow: eyebrow(action, t),
      heading,
      lead: changes.some(({ title }) => title === t('fact.when')) ? '' : describeInOneSentence(action, t),
      state: {
        seated: seat,
        unseated: waits,
        lapsed: { mark: 'off', word: t('sessions.news.lapsed.word'), rest: '' },
        cancelled: {
          mark: 'off',
          word: t('state.cancelled'),
          rest: cancellation ? decidedByText(cancellation, name, t) : '',
        },
        changed: own.state === 'approved' ? seat : waits,
      }[news],
      changes,
      reason: remarkRun(cancellation?.why, t),
      note: confirm
        ? confirmNote(action, own, t, services)
        : isToday
          ? own.state === 'approved'
            ? t('sessions.news.today')
            : ''
          : t.at(`sessions.news.${news}.note`),
      confirm,
      no: confirm
        ? t('sessions.sayNo')
        : own.state === 'approved'
          ? t('sessions.cannot')
          : t('sessions.leaveLine'),
      leave: news !== 'cancelled' && !isToday && concerns(own.state),
      calendarTitle: await entryTitle(reader, before, action, own, t),
      view: news !== 'cancelled',
      others: news === 'cancelled',
    },
  };
}

/** Whether a seat was taken back because nobody confirmed it, and not given back. */
async function hasLapsed(reader: Reader, { id, actionId }: Engagement): Promise<boolean> {
  const moves = await reader.list('history', 'byAction', actionId, { reverse: true });
  return moves.find((move) => move.engagementId === id)?.move === 'lapse';
}
