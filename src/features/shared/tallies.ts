import type { Convention } from '../../domain/convention/convention.js';
import { countingOf } from '../../domain/convention/counting.js';
import {
  monthsOf,
  type ProgrammeYear,
  programmeYear,
  yearOfId,
} from '../../domain/convention/programme-year.js';
import { addDays, type Day } from '../../domain/days.js';
import {
  addActions,
  addDistinct,
  addEmployee,
  type Contribution,
  computeContribution,
  emptyTally,
  mobilisedId,
  recount,
} from '../../domain/engagements/tally.js';
import type { Transaction } from '../../ports.js';
import type { Request, Services } from '../feature.js';

/** To be raised when tallies count something else, or something more: they are then counted again at the start. */
const tallyVersion = 1;

/** Takes away what a request counted for, and adds what it counts for now. */
export async function updateTally(
  tx: Transaction,
  convention: Convention,
  before: Request | undefined,
  after: Request,
): Promise<void> {
  const contribute = ({ action, engagements }: Request) =>
    computeContribution(action, engagements, countingOf(action, convention));
  if (before) await addToTally(tx, contribute(before), -1);
  await addToTally(tx, contribute(after), 1);
}

/** Skips contributions that count for nothing, so as not to write their records. */
async function addToTally(tx: Transaction, c: Contribution, sign: 1 | -1): Promise<void> {
  if (c.count.held === 0 && c.count.planned === 0) return;
  let tally = addActions((await tx.get('tallies', c.year)) ?? emptyTally(c.year), c, sign);
  for (const employeeId of new Set([...c.attended, ...c.approved])) {
    const id = mobilisedId(c.year, employeeId);
    const before = (await tx.get('mobilised', id)) ?? { id, attended: 0, approved: 0 };
    const after = addEmployee(before, c, employeeId, sign);
    tally = addDistinct(tally, before, after);
    await tx.put('mobilised', after);
  }
  await tx.put('tallies', tally);
}

/** The years that have a tally, in order. */
async function readCountedYears(tx: Transaction): Promise<ProgrammeYear[]> {
  const years = (await tx.all('tallies')).map(({ id }) => yearOfId(id));
  return years.sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
}

/**
 * Counts the years from that of a day on again, by other kinds that count from that day. In the transaction that makes
 * them count, so that the figures equal the records at every moment.
 */
export async function recountFrom(tx: Transaction, from: Day, convention: Convention): Promise<void> {
  for (const year of await readCountedYears(tx))
    if (year.lastDay >= from) await recountYear(tx, year, convention);
}

/** Counts everything again, because the years begin on other days. */
export async function recountAll(tx: Transaction, convention: Convention): Promise<void> {
  for (const year of await forgetTallies(tx, convention)) await recountYear(tx, year, convention);
}

/** Removes all tallies; gives the years of the convention that they were about. */
async function forgetTallies(tx: Transaction, convention: Convention): Promise<ProgrammeYear[]> {
  const counted = await readCountedYears(tx);
  for (const { id } of counted) await tx.remove('tallies', id);
  for (const { id } of await tx.all('mobilised')) await tx.remove('mobilised', id);
  const years = new Map<string, ProgrammeYear>();
  for (const { firstDay, lastDay } of counted) {
    for (let day = firstDay; day <= lastDay; ) {
      const year = programmeYear(day, convention);
      years.set(year.id, year);
      day = addDays(year.lastDay, 1);
    }
  }
  return [...years.values()];
}

/** Counts a year again from its actions and engagements. */
async function recountYear(tx: Transaction, year: ProgrammeYear, convention: Convention): Promise<void> {
  const days = { from: year.firstDay, until: addDays(year.lastDay, 1) };
  const months = await Promise.all(
    monthsOf(year).map(async (month) => ({
      actions: await tx.list('actions', 'byMonth', month, days),
      engagements: await tx.list('engagements', 'byMonth', month, days),
    })),
  );
  const engagements = months.flatMap((month) => month.engagements);
  const { tallies, mobilised } = recount(
    months.flatMap((month) => month.actions),
    engagements,
    (action) => countingOf(action, convention),
  );
  // Nobody else can count in this year.
  for (const employeeId of new Set(engagements.map((e) => e.employeeId))) {
    const id = mobilisedId(year.id, employeeId);
    const counts = mobilised.get(id);
    if (counts) await tx.put('mobilised', counts);
    else await tx.remove('mobilised', id);
  }
  const tally = tallies.get(year.id);
  if (tally) await tx.put('tallies', tally);
  else await tx.remove('tallies', year.id);
}

/** What of the convention's file decides on what counts, and in which year. */
const countedBy = ({ yearMode, signedOn, commitments }: Convention): string =>
  JSON.stringify([
    tallyVersion,
    yearMode,
    yearMode === 'anniversary' ? signedOn : '',
    commitments.map(({ id, measure, kinds, targets }) => [id, measure, kinds, targets.length > 0]),
  ]);

/**
 * Counts everything again when the file of the convention, or Passerelle, counts otherwise than when it was counted; a
 * year at a time. What is interrupted is begun again at the next start.
 */
export async function bringTalliesUpToDate({
  store,
  convention: file,
  conventionIn,
}: Services): Promise<void> {
  const wanted = countedBy(file);
  const terms = await store.read((r) => r.get('terms', 'convention'));
  if (terms?.countedBy === wanted) return;
  const years = await store.transact(async (tx) => forgetTallies(tx, await conventionIn(tx)));
  for (const year of years) await store.transact(async (tx) => recountYear(tx, year, await conventionIn(tx)));
  await store.transact(async (tx) => {
    const stored = await tx.get('terms', 'convention');
    await tx.put('terms', { ...stored, id: 'convention', countedBy: wanted });
  });
}
