import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { checkClosing, findHolding, printFigures } from '../../domain/report/closing.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { compressLines, readClosings, storeClosing } from '../report/closed.js';
import { readYear } from '../report/year.js';
import { closingCard } from './card.js';

/**
 * Closes a year with the figures that the coordinator has seen, all of one moment. What is entered while they are
 * written comes after the closing, and is listed as such. Two who close at once make one version.
 * @param seen the figures that the card showed
 * @param after how many versions there were then
 */
export async function closeYear(
  actor: Actor,
  year: ProgrammeYear,
  { seen, after }: { readonly seen: string; readonly after: number },
  services: Services,
): Promise<Card> {
  const { store, clock } = services;
  if ((await store.read((reader) => readClosings(reader, year))).length !== after)
    return closingCard(actor, year, services, 'already');
  // Whatever is written from now on may be missing in the figures.
  const at = clock.now();
  const { report, actions } = await readYear(services, year, undefined);
  if (printFigures(report) !== seen) return closingCard(actor, year, services, 'moved');
  const parts = await compressLines(actions);
  const isNew = await store.transact(async (tx) => {
    const closings = await readClosings(tx, year);
    if (closings.length !== after) return false;
    const verdict = checkClosing(year, closings, dayAt(at));
    if (!verdict.ok) throw new Refusal('refusal.outdated');
    const { id, firstDay } = year;
    const { total, commitments } = report;
    const version = after + 1;
    const signed = { version, by: actor.id, at };
    await storeClosing(
      tx,
      { year: id, firstDay, ...signed, total, commitments, lines: actions.length },
      parts,
    );
    return true;
  });
  return closingCard(actor, year, services, isNew ? undefined : 'already');
}

/** Reopens a year, with a reason; its version stays as it is. A later reopening of the same version changes nothing. */
export async function reopenYear(
  actor: Actor,
  year: ProgrammeYear,
  id: string,
  why: string,
  services: Services,
): Promise<Card> {
  const isNew = await services.store.transact(async (tx) => {
    const holding = findHolding(await readClosings(tx, year));
    if (holding?.id !== id) return false;
    await tx.put('closings', { ...holding, reopened: { by: actor.id, at: services.clock.now(), why } });
    return true;
  });
  return closingCard(actor, year, services, isNew ? undefined : 'reopened-already');
}
