import { z } from 'zod';
import type { Action, HistoryRow } from '../../domain/action.js';
import { type Correction, correct } from '../../domain/engagements/correction.js';
import type { Reader, Transaction } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, type Card, Refusal, type Request, type Services } from '../feature.js';
import { applyMoves } from '../outcome/apply-moves.js';
import { describeAnswer, recordedAnswer } from '../outcome/words.js';
import { notify } from '../shared/people.js';
import { writeMove } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames, remarkRun } from '../shared/request-view.js';
import { findSent } from '../shared/sent-form.js';
import { correctionForm, printCount, readCorrectable, readCorrection } from './correction-form.js';
import { lineCard } from './line-card.js';
import { signedBy } from './version-words.js';

type Sent = Record<string, unknown> & {
  readonly id: string;
  readonly formKey: string;
  readonly seen: string;
};

/** Corrects a line, once, with a reason; what was counted is kept beside it, and those concerned are told. */
export async function saveCorrection(actor: Actor, data: Sent, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { id, formKey } = data;
  const ids = { id, formKey };
  const form = await services.store.transact(async (tx) => {
    if (await findSent(tx, data, actor)) return undefined;
    const line = await readCorrectable(tx, actor, id);
    const read = readCorrection(actor, data, line, services);
    if ('faults' in read) return correctionForm(actor, ids, line, services, read);
    // Nobody corrects what they have not read.
    if (printCount(line.now) !== data.seen) throw new Refusal('refusal.outdated');
    if (await write(tx, actor, formKey, line.request, read, services)) return undefined;
    return correctionForm(actor, ids, line, services, {
      faults: { state: { text: t('report.correction.same') } },
    });
  });
  return form ?? lineCard(actor, id, services, true);
}

async function write(
  tx: Transaction,
  actor: Actor,
  formKey: string,
  before: Request,
  { said, why }: { said: Correction; why: string },
  services: Services,
): Promise<boolean> {
  const at = services.clock.now();
  const signed = { by: actor.id, at, why };
  const corrected = correct(before.action, before.engagements, said, signed, dayAt(at));
  if (!corrected) return false;
  const { action, retracted, said: presences } = corrected;
  const without = applyMoves(before.engagements, retracted, actor.id, services);
  const moves = new Map(
    without.engagements.flatMap((e) => {
      const move = presences.get(e.id);
      return move ? [[e, move] as const] : [];
    }),
  );
  const after = applyMoves(without.engagements, moves, actor.id, services);
  const numbers = corrected.rows.map((row) => ({ ...row, id: services.ids.next(), by: actor.id }));
  const rows = [...numbers, ...without.rows, ...after.rows].map(
    (row, i): Omit<HistoryRow, 'actionId' | 'at'> => (i === 0 ? { ...row, id: formKey, why } : row),
  );
  await writeMove(tx, services, before, { action, engagements: after.engagements }, rows);
  const moved = before.engagements.filter((e, i) => after.engagements[i] !== e);
  const told = new Set([before.action.outcome?.by ?? '', ...moved.map(({ employeeId }) => employeeId)]);
  told.delete(actor.id);
  for (const person of told)
    await notify(tx, services, person, {
      key: `report.corrected:${formKey}:${person}`,
      message: 'report.corrected',
      data: { actionId: action.id, ...signed, ...recordedAnswer(action) },
      by: actor.id,
    });
  return true;
}

const toldData = z.object({
  actionId: z.string(),
  by: z.string(),
  at: z.string(),
  why: z.string(),
  state: z.enum(['held', 'not-held']),
  pupils: z.number(),
});

/** Tells somebody who had answered, or whose presence was noted, what counts instead, and why. */
export async function correctedCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, why, ...said } = toldData.parse(message.data);
  const action: Action | undefined = await reader.get('actions', actionId);
  if (!action) return undefined;
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [said.by], t);
  const heading = t('report.correction.told');
  return {
    template: 'report-corrected',
    lang: message.lang,
    summary: `${heading} · ${describeAnswer(said, t)}`,
    data: {
      eyebrow: eyebrow(action, t),
      heading,
      lead: describeInOneSentence(action, t),
      state: {
        mark: said.state === 'held' ? 'good' : 'off',
        word: t(said.state === 'held' ? 'state.held' : 'state.not-held'),
        rest: signedBy(said, name, t),
      },
      next: t('outcome.correctedWhy', { said: describeAnswer(said, t) }),
      reason: remarkRun(why, t),
      note: t('report.correction.toldWhy'),
    },
  };
}
