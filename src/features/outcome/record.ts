import type { Action, HistoryRow } from '../../domain/action.js';
import { noteCounted } from '../../domain/engagements/correction.js';
import { checkMove } from '../../domain/engagements/moves.js';
import {
  type Answer,
  checkAnswer,
  checkOutcome,
  findPresences,
  judgeAnswer,
  type Meaning,
  mayCorrectNumber,
} from '../../domain/engagements/outcome.js';
import type { Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { type Request, readRequest, tellEmployee, writeMove } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { findSent } from '../shared/sent-form.js';
import { applyMoves, type Row } from './apply-moves.js';
import { announceContradiction, tellCorrected } from './contradiction.js';
import { findApproved, findOwn } from './form.js';
import { drawResult, type Result } from './result.js';
import { recordedAnswer } from './words.js';

interface Ids {
  readonly id: string;
  readonly formKey: string;
  /** When the answer was given that the form shows. */
  readonly seen?: string | undefined;
}

/** Reads the request again for an answer; `sent` if the same form was received before. */
async function readForAnswer(
  tx: Transaction,
  actor: Actor,
  { id, formKey }: Ids,
  check: typeof checkOutcome,
  services: Services,
): Promise<{ before: Request; sent?: HistoryRow }> {
  const before = await readRequest(tx, id);
  if (!before) throw new Refusal('refusal.outdated');
  const sent = await findSent(tx, { id, formKey }, actor);
  if (sent) return { before, sent };
  const verdict = check(actor, before.action, before.engagements, dayAt(services.clock.now()));
  if (!verdict.ok)
    throw await toRefusal(verdict.because, before.action, findOwn(before, actor), actor, services, tx);
  return { before };
}

/** An answer as the history has it: its number of pupils, if only that differs from an answer with this state. */
const describe = (known: Action['state'], { state, pupils }: Pick<Action, 'state'> & { pupils: number }) =>
  state === known ? String(pupils) : state;

/** What an answer changes in the action, and how its history says so. */
function applyAnswer(
  { action, engagements }: Request,
  said: Answer,
  meaning: Meaning,
  by: string,
  at: string,
): { action: Action; row?: Omit<Row, 'id' | 'by'> } {
  const { state, pupils, remark } = said;
  const answer = { pupils, by, at, ...(remark ? { remark } : {}) };
  if (meaning === 'first') {
    const row = { move: state === 'held' ? 'hold' : 'miss', from: 'open', to: state };
    return { action: { ...action, state, outcome: answer }, row };
  }
  if (meaning === 'same' || meaning === 'settled') return { action };
  const [from, to] = [describe(state, recordedAnswer(action)), describe(action.state, said)];
  if (meaning === 'corrected') {
    const settled = action.outcome?.settled ? { settled: { by, at } } : {};
    const row = { move: 'correctNumber', from, to };
    const was = action.outcome?.by === by ? undefined : noteCounted(action, engagements);
    // A number that somebody else had given stays beside the one that counts instead.
    const corrected = was ? { corrected: { by, at, was, ...(remark ? { why: remark } : {}) } } : {};
    return { action: { ...action, outcome: { ...answer, ...settled }, ...corrected }, row };
  }
  const row = { move: 'contradict', from, to, ...(remark ? { why: remark } : {}) };
  if (meaning === 'waits' || meaning === 'about') return { action, row };
  return {
    action: { ...action, contradiction: { ...answer, state, ...(said.away ? { away: true } : {}) } },
    row,
  };
}

/** For whom somebody answers who was not engaged in an action of one person. */
function findAnsweredFor(request: Request, { id }: Actor): Pick<HistoryRow, 'onBehalfOf'> {
  const [only, another] = findApproved(request);
  return only && !another && only.employeeId !== id ? { onBehalfOf: only.employeeId } : {};
}

/** Writes an answer, its first row under the key of the form, and tells those for whom somebody else has answered. */
async function writeAnswer(
  tx: Transaction,
  services: Services,
  before: Request,
  after: Request,
  rows: readonly Row[],
  { formKey }: Ids,
): Promise<void> {
  const keyed = rows.map((row, i) => (i === 0 ? { ...row, id: formKey } : row));
  await writeMove(tx, services, before, after, keyed);
  const told = new Map(keyed.flatMap((row) => (row.onBehalfOf ? [[row.onBehalfOf, row] as const] : [])));
  for (const [employeeId, row] of told) {
    const behalf = { coordinatorId: row.by, employeeId };
    await tellEmployee(tx, behalf, after.action.id, row.id, services);
  }
}

/** Whether the same form was received before with the same answer, or one that counts in any case. */
const isRepeated = ({ move, to }: HistoryRow, { state }: Action, said: Answer, meaning: Meaning): boolean =>
  meaning === 'same' || (move === 'contradict' && to === describe(state, said));

/**
 * Records an answer about an action, once. Sending the same form again shows the same card, and with another answer
 * says what counts.
 */
export async function recordAnswer(actor: Actor, ids: Ids, said: Answer, services: Services): Promise<Card> {
  const result = await services.store.transact(async (tx): Promise<{ request: Request; meaning: Result }> => {
    const { before, sent } = await readForAnswer(tx, actor, ids, checkAnswer, services);
    const { outcome } = before.action;
    // Nobody replaces a number of somebody else that they have not read.
    const read = outcome?.by === actor.id || (outcome !== undefined && ids.seen === outcome.at);
    const mayCorrect = read && mayCorrectNumber(actor, before.action, before.engagements);
    const meaning = judgeAnswer(before.action, said, mayCorrect && !sent);
    if (sent)
      return { request: before, meaning: isRepeated(sent, before.action, said, meaning) ? meaning : 'used' };
    const now = services.clock.now();
    const presences = findPresences(actor, before.action, before.engagements, said, dayAt(now));
    const { action, row: answered } = applyAnswer(before, said, meaning, actor.id, now);
    const row =
      answered && meaning === 'first' ? { ...answered, ...findAnsweredFor(before, actor) } : answered;
    const { engagements, rows } = applyMoves(before.engagements, presences, actor.id, services);
    const history = [...(row ? [{ ...row, id: ids.formKey, by: actor.id }] : []), ...rows];
    if (history.length === 0) return { request: before, meaning };
    const after = { action, engagements };
    await writeAnswer(tx, services, before, after, history, ids);
    if (meaning === 'differs') await announceContradiction(tx, action, ids.formKey, services);
    if (meaning === 'corrected' && outcome && outcome.by !== actor.id)
      await tellCorrected(tx, action, outcome.by, ids.formKey, services);
    return { request: after, meaning };
  });
  return drawResult(actor, result.request, result.meaning, services);
}

/** Records whether somebody was there, after a colleague's answer; what is recorded already stays as it is. */
export async function recordPresence(
  actor: Actor,
  id: string,
  move: 'attend' | 'miss',
  services: Services,
): Promise<Card> {
  const { request, late } = await services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    const engagement = before && findOwn(before, actor);
    if (!before || !engagement) throw new Refusal('refusal.notYours');
    const { action } = before;
    const to = move === 'attend' ? 'attended' : 'absent';
    if (engagement.state === to) return { request: before, late: false };
    if (engagement.state === 'attended' || engagement.state === 'absent')
      return { request: before, late: true };
    const today = dayAt(services.clock.now());
    const verdict = checkMove(move, { mover: actor, action, engagement, today });
    // Before anybody has said that it took place, nobody was there.
    if (!verdict.ok || action.state !== 'held') {
      const because = verdict.ok ? 'decided' : verdict.because;
      throw await toRefusal(because, action, engagement, actor, services, tx);
    }
    const moves = new Map([[engagement, move]]);
    const { engagements, rows } = applyMoves(before.engagements, moves, actor.id, services);
    const after = { action, engagements };
    await writeMove(tx, services, before, after, rows);
    return { request: after, late: false };
  });
  return drawResult(actor, request, late ? 'noted' : 'same', services);
}

/** A coordinator says who was there of those who have not said so themselves. */
export async function recordAttendance(
  actor: Actor,
  ids: Ids,
  attended: ReadonlySet<string>,
  services: Services,
): Promise<Card> {
  const request = await services.store.transact(async (tx) => {
    const { before } = await readForAnswer(tx, actor, ids, checkOutcome, services);
    const { action } = before;
    if (action.state !== 'held') throw new Refusal('refusal.outdated');
    // Nobody is left to say it of when the same form comes again.
    const moves = new Map(
      findApproved(before).map((e) => [e, attended.has(e.employeeId) ? 'attend' : 'miss'] as const),
    );
    const { engagements, rows } = applyMoves(before.engagements, moves, actor.id, services);
    if (rows.length === 0) return before;
    const after = { action, engagements };
    await writeAnswer(tx, services, before, after, rows, ids);
    return after;
  });
  return drawResult(actor, request, 'same', services);
}
