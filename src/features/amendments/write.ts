import {
  type Amendment,
  type AmendmentMove,
  amendmentMoves,
  mayMove,
} from '../../domain/convention/amendments.js';
import type { Transaction } from '../../ports.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { recountFrom } from '../shared/tallies.js';
import { requireAmendment } from './read.js';

interface MoveToMake {
  readonly move: AmendmentMove;
  /** What the form or button was made for: it changes nothing once somebody has moved the amendment. */
  readonly seen: number;
  /** The id of the row of the history, by which a form makes its move once. */
  readonly rowId: string;
}

/**
 * Makes a move of an amendment that is stored, with its row of the history. When other kinds count from then on, or no
 * longer, the figures are counted again in the same transaction.
 * @throws Refusal if it has moved since, or is in another state
 */
export async function moveAmendment(
  tx: Transaction,
  id: string,
  { move, seen, rowId }: MoveToMake,
  change: (stored: Amendment) => Amendment,
  actor: Actor,
  services: Services,
): Promise<Amendment> {
  const stored = await requireAmendment(tx, id);
  if (stored.revision !== seen || !mayMove(move, stored.state)) {
    const t = services.textIn(actor.lang);
    throw new Refusal('refusal.amendmentMoved', {
      number: String(stored.number),
      state: t(`amendments.state.${stored.state}`),
    });
  }
  return write(tx, stored, change(stored), { move, rowId }, actor, services);
}

/** Adds an amendment to the register, under the next number. */
export async function draftAmendment(
  tx: Transaction,
  id: string,
  rowId: string,
  written: Pick<Amendment, 'subject' | 'from' | 'change'>,
  actor: Actor,
  services: Services,
): Promise<Amendment> {
  const number = ((await tx.get('counters', 'amendments'))?.value ?? 0) + 1;
  await tx.put('counters', { id: 'amendments', value: number });
  return write(
    tx,
    undefined,
    { id, number, revision: 0, ...written },
    { move: 'draft', rowId },
    actor,
    services,
  );
}

async function write(
  tx: Transaction,
  before: Amendment | undefined,
  after: Omit<Amendment, 'state' | 'moved'>,
  { move, rowId }: Pick<MoveToMake, 'move' | 'rowId'>,
  actor: Actor,
  services: Services,
): Promise<Amendment> {
  const at = services.clock.now();
  const { to } = amendmentMoves[move];
  const moved = { by: actor.id, at };
  const amendment: Amendment = { ...after, state: to, moved, revision: after.revision + 1 };
  const row = { id: rowId, actionId: amendment.id, move: `amendment-${move}`, by: actor.id, at };
  await tx.add('history', { ...row, from: before?.state ?? 'none', to });
  await tx.put('amendments', amendment);
  const counts = before?.state === 'signed' || to === 'signed';
  if (counts && amendment.change?.kinds)
    await recountFrom(tx, amendment.from, await services.conventionIn(tx));
  return amendment;
}
