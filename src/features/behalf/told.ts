import type { HistoryRow } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { describeInOneSentence, eyebrow, fitHeading, readNames } from '../shared/request-view.js';
import { toStoryMove } from '../story/sentences.js';

/** What is said about an action after its day: a coordinator may, without having been asked to. */
const answers: readonly string[] = ['hold', 'attend', 'miss'];

/** What can be done for an employee, each told them by a text `behalf.said.<name>`. */
export const saidMoves = [
  'offer',
  'correct',
  'join',
  'wait',
  'withdraw',
  'hold',
  'notHeld',
  'attend',
  'miss',
  'other',
] as const;

const toSaid = (row: HistoryRow): (typeof saidMoves)[number] =>
  saidMoves.find((move) => move === toStoryMove(row)) ?? 'other';

/** Tells an employee what a coordinator has done for them. */
export async function toldCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { historyId } = message.data;
  const row = typeof historyId === 'string' ? await reader.get('history', historyId) : undefined;
  const action = row && (await reader.get('actions', row.actionId));
  if (!row?.onBehalfOf || !action) return undefined;
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [row.by], t);
  const answered = answers.includes(row.move);
  const headingKey = answered ? 'behalf.answeredHeading' : 'behalf.toldHeading';
  const heading = fitHeading(name(row.by), (who) => t(headingKey, { name: who }));
  return {
    template: 'behalf-told',
    lang: message.lang,
    summary: capitaliseFirst(t(headingKey, { name: name(row.by) })),
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading,
      what: capitaliseFirst(t(`behalf.said.${toSaid(row)}`, { name: escapeMarkdown(name(row.by)) })),
      lead: describeInOneSentence(action, t),
      note: t(answered ? 'behalf.answeredNote' : 'behalf.toldNote'),
    },
  };
}
