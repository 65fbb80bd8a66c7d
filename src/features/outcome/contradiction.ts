import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { type Choice, settle } from '../../domain/engagements/outcome.js';
import type { Reader, Transaction } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { readRequest, writeMove } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { applyMoves } from './apply-moves.js';
import { contradictionCard } from './contradiction-card.js';
import { correctedByText, describeAnswer, recordedAnswer, settledByText } from './words.js';

/** Posts both answers to the coordinators, who choose. */
export async function announceContradiction(
  tx: Transaction,
  { id: actionId, contradiction }: Action,
  occurrence: string,
  services: Services,
): Promise<void> {
  const channel = await tx.get('channels', 'coordinators');
  if (!channel || !contradiction) return;
  const { conversationId, lang } = channel;
  const message = { message: 'outcome.contradiction', conversationId, lang, actionId, by: contradiction.by };
  await services.enqueue(tx, { ...message, key: `outcome.contradiction:${occurrence}` });
}

const toText = ({ state, pupils }: { state: string; pupils: number }) => `${state} ${pupils}`;

/**
 * Settles two answers, once, and tells those who gave them and those whose presence counts no more. A later choice changes nothing, and shows what was chosen.
 * @param seen when the second answer was given, as the card showed it
 */
export async function settleAnswers(
  actor: Actor,
  id: string,
  seen: string,
  choice: Choice,
  services: Services,
): Promise<Card> {
  const action = await services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    const contradiction = before?.action.contradiction;
    if (!before?.action.outcome) throw new Refusal('refusal.outdated');
    if (!contradiction) return before.action;
    if (contradiction.at !== seen) throw new Refusal('refusal.outdated');
    const now = services.clock.now();
    const by = { by: actor.id, at: now };
    const settled = settle(before.action, before.engagements, contradiction, choice, by, dayAt(now));
    const { engagements, rows } = applyMoves(before.engagements, settled.moves, actor.id, services);
    const after = { action: settled.action, engagements };
    const row = {
      id: services.ids.next(),
      move: 'settle',
      from: toText(recordedAnswer(before.action)),
      to: toText(recordedAnswer(settled.action)),
      by: actor.id,
    };
    await writeMove(tx, services, before, after, [row, ...rows]);
    const answered = new Set([before.action.outcome.by, contradiction.by]);
    const retracted = [...settled.moves.keys()].filter(({ state }) => state === 'attended');
    const told = new Set([...answered, ...retracted.map(({ employeeId }) => employeeId)]);
    told.delete(actor.id);
    for (const person of told)
      await notify(tx, services, person, {
        key: `outcome.settled:${row.id}:${person}`,
        message: 'outcome.settled',
        data: {
          actionId: id,
          ...by,
          ...recordedAnswer(settled.action),
          because: answered.has(person) ? 'answer' : 'presence',
        },
        by: actor.id,
      });
    return after.action;
  });
  return services.store.read((r) => contradictionCard(r, action, actor.lang, services));
}

/** Tells whoever gave a number of pupils that a coordinator has corrected it. */
export async function tellCorrected(
  tx: Transaction,
  action: Action,
  person: string,
  occurrence: string,
  services: Services,
): Promise<void> {
  const { by = '', at = '' } = action.outcome ?? {};
  await notify(tx, services, person, {
    key: `outcome.settled:${occurrence}:${person}`,
    message: 'outcome.settled',
    data: { actionId: action.id, by, at, ...recordedAnswer(action), because: 'number' },
    by,
  });
}

const settledData = z.object({
  actionId: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.enum(['held', 'not-held']),
  pupils: z.number(),
  /** Why somebody is told: they had answered, their presence counts no more, or their number was corrected. */
  because: z.enum(['answer', 'presence', 'number']).default('answer'),
});

/** Tells somebody what the coordinators have chosen, and why they are told. */
export async function settledCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, by, at, state, pupils, because } = settledData.parse(message.data);
  const action = await reader.get('actions', actionId);
  if (!action) return undefined;
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [by], t);
  const corrected = because === 'number';
  const heading = t(corrected ? 'outcome.correctedTold' : 'outcome.settledTold');
  const said = describeAnswer({ state, pupils }, t);
  return {
    template: 'outcome-settled',
    lang: message.lang,
    summary: `${heading} · ${said}`,
    data: {
      id: actionId,
      eyebrow: eyebrow(action, t),
      heading,
      lead: describeInOneSentence(action, t),
      state: {
        mark: state === 'held' ? 'good' : 'off',
        word: t(state === 'held' ? 'state.held' : 'state.not-held'),
        rest: (corrected ? correctedByText : settledByText)({ by, at }, name, t),
      },
      next: t(corrected ? 'outcome.correctedWhy' : 'outcome.settledWhy', { said }),
      note: t(because === 'presence' ? 'outcome.settledPresence' : 'outcome.settledFrom'),
    },
  };
}

/** The card in the coordinators' channel; nothing if the answers were settled before it was sent. */
export async function contradictionMessage(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const action = message.actionId ? await reader.get('actions', message.actionId) : undefined;
  if (!action || (message.op === 'post' && !action.contradiction)) return undefined;
  return contradictionCard(reader, action, message.lang, services);
}
