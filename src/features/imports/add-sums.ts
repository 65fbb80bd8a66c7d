import { addDistinct, addTallies, emptyTally, mobilisedId } from '../../domain/engagements/tally.js';
import type { YearSums } from '../../domain/imports/sums.js';
import type { Transaction } from '../../ports.js';
import { raiseChanges } from '../shared/records.js';

/** Adds to the figures of years what an import has brought, and counts it as one change of each. */
export async function addSums(tx: Transaction, years: readonly YearSums[]): Promise<void> {
  for (const { year, tally: sums, attended } of years) {
    let tally = addTallies((await tx.get('tallies', year)) ?? emptyTally(year), sums);
    const changed = await Promise.all(
      [...attended].map(async ([employeeId, count]) => {
        const id = mobilisedId(year, employeeId);
        const before = (await tx.get('mobilised', id)) ?? { id, attended: 0, approved: 0 };
        const after = { ...before, attended: before.attended + count };
        await tx.put('mobilised', after);
        return { before, after };
      }),
    );
    for (const { before, after } of changed) tally = addDistinct(tally, before, after);
    await tx.put('tallies', tally);
    await raiseChanges(tx, year);
  }
}
