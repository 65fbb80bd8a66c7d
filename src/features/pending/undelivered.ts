import type { Action } from '../../domain/action.js';
import { parseDeadlineId } from '../../domain/convention/deadlines.js';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { rowTitle } from '../shared/request-view.js';
import { type Addressee, readAddressee } from './addressee.js';
import { findFailureReason } from './failure-reasons.js';

/** The rest appears once these have been dealt with. */
const maxListed = 100;

/** Messages that have not, or may not have, arrived and that nobody has dealt with, latest first. */
const readUndelivered = (reader: Reader): Promise<readonly OutboxMessage[]> =>
  reader.list('outbox', 'byEnd', 'undelivered', { reverse: true, limit: maxListed + 1 });

/** Their number, up to the length of the list. */
export async function countUndelivered(reader: Reader): Promise<{ count: number; more: boolean }> {
  const { length } = await readUndelivered(reader);
  return { count: Math.min(length, maxListed), more: length > maxListed };
}

/** An undelivered message in words. */
interface MessageDescription {
  readonly what: string;
  readonly to: Addressee;
  readonly why: string;
  readonly since: string;
}

async function describe(
  reader: Reader,
  message: OutboxMessage,
  t: Text,
  services: Services,
): Promise<MessageDescription> {
  const to = await readAddressee(reader, message.conversationId, t);
  const reason = findFailureReason(message, to.kind);
  return {
    what: await describeContent(reader, message, t, services),
    to,
    why: t(`pending.why.${reason}`),
    since: t.dates.instant(message.dueAt),
  };
}

/** What a message is about, in a few words. */
export async function describeContent(
  reader: Reader,
  message: Pick<OutboxMessage, 'message' | 'data' | 'actionId'>,
  t: Text,
  services: Services,
): Promise<string> {
  const [feature, name = ''] = message.message.split('.');
  const { day, actionId = message.actionId } = message.data;
  const action = typeof actionId === 'string' ? await reader.get('actions', actionId) : undefined;
  const isKnown = services.features.some((f) => f.name === feature && f.messages?.[name]);
  const isThere = async (id: string) =>
    action || parseDeadlineId(id) !== undefined || (await reader.get('entries', id)) !== undefined;
  if (!isKnown || (typeof actionId === 'string' && !(await isThere(actionId))))
    return t('pending.message.other');
  return t.at(`pending.message.${message.message}`, {
    ...(action ? titleParams(action, t) : {}),
    ...(typeof day === 'string' ? { day: t.dates.long(day) } : {}),
  });
}

const titleParams = (action: Action, t: Text) => ({
  number: String(action.number),
  title: rowTitle(action, t),
});

const addresseeLine = ({ kind }: Addressee, name: string, t: Text): string =>
  t(`pending.to.${kind}Line`, { name });

/** The list of undelivered messages; nothing if there are none. */
export async function undeliveredCard(
  actor: Actor,
  page: number,
  services: Services,
  done?: 'sentAgain' | 'putAside',
): Promise<Card | undefined> {
  const t = services.textIn(actor.lang);
  return services.store.read(async (reader) => {
    const found = await readUndelivered(reader);
    if (found.length === 0) return undefined;
    const list = paginate(found.slice(0, maxListed), page, t);
    const rows: object[] = [];
    for (const [i, message] of list.items.entries()) {
      const { what, to, why, since } = await describe(reader, message, t, services);
      const when = addresseeLine(to, escapeMarkdown(to.name), t);
      const state = t('pending.whySince', { why, since });
      const mark = message.state === 'unknown' ? 'warn' : 'bad';
      const spoken = `${what}, ${addresseeLine(to, to.name, t)}. ${state}`;
      const row = { verb: 'pending.message', id: message.id, mark, title: what, when, state, spoken };
      rows.push({ ...row, group: '', separated: i > 0 });
    }
    const more = found.length > maxListed;
    const count = Math.min(found.length, maxListed);
    const heading = t(more ? 'pending.manyUndelivered' : 'pending.undelivered', { count });
    return {
      template: 'pending-list',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('pending.undeliveredEyebrow'),
        heading,
        lead: done ? t(`pending.${done}`) : more ? t('pending.latest', { count }) : '',
        rows,
        ...list.paging,
        nextVerb: 'pending.undelivered',
      },
    };
  });
}

/** One undelivered message: what it was, why it did not arrive, and what can be done. */
export async function messageCard(actor: Actor, id: string, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  return services.store.read(async (reader) => {
    const message = await reader.get('outbox', id);
    if (!message || !isUndelivered(message)) throw new Refusal('refusal.outdated');
    const { what, to, why, since } = await describe(reader, message, t, services);
    const unknown = message.state === 'unknown';
    const offered = to.conversationId !== undefined;
    return {
      template: 'pending-message',
      lang: actor.lang,
      summary: what,
      data: {
        id,
        eyebrow: t('pending.undeliveredEyebrow'),
        heading: what,
        state: {
          mark: unknown ? 'warn' : 'bad',
          word: t(unknown ? 'pending.perhaps' : 'pending.notArrived'),
          rest: t('pending.onSince', { since }),
        },
        facts: [
          { title: t('pending.fact.to'), value: escapeMarkdown(to.name) },
          { title: t('pending.fact.why'), value: why },
          { title: t('pending.fact.owed'), value: t.dates.long(dayAt(message.createdAt)) },
        ],
        note: !offered ? t(`pending.closed.${to.kind}`) : unknown ? t(`pending.lookFirst.${to.kind}`) : '',
        offered,
      },
    };
  });
}

/** Whether a coordinator must know about a row. */
export const isUndelivered = ({ op, state }: OutboxMessage): boolean =>
  op === 'post' && (state === 'failed' || state === 'unknown');
