import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import type { Closing } from '../../domain/report/closing.js';
import { type Comparison, createComparer } from '../../domain/report/comparison.js';
import type { Counted } from '../../domain/report/counted.js';
import type { Store } from '../../ports.js';
import type { Services } from '../feature.js';
import { visitClosed } from './closed.js';
import { countYear, readYearChanges } from './read.js';
import { commitmentsOf } from './shown.js';
import { inGroups } from './year.js';

/** Comparisons that are remembered: mostly one is asked for, page by page. */
const maxComparisons = 4;
const knownByStore = new WeakMap<Store, Map<string, Promise<Comparison>>>();

/** What differs between a version and a later one, or without one what is counted today, line by line. */
export async function readComparison(
  services: Services,
  year: ProgrammeYear,
  from: Closing,
  to?: Closing,
): Promise<Comparison> {
  const { store } = services;
  const known = knownByStore.get(store) ?? new Map<string, Promise<Comparison>>();
  knownByStore.set(store, known);
  const now = to ? `${to.id} ${to.at}` : await store.read((reader) => readYearChanges(reader, year));
  const id = `${from.id} ${from.at} ${now}`;
  const found = known.get(id);
  if (found) return found;
  const comparing = compare(services, year, from, to);
  if (known.size >= maxComparisons) known.clear();
  known.set(id, comparing);
  comparing.catch(() => known.delete(id));
  return comparing;
}

async function compare(
  services: Services,
  year: ProgrammeYear,
  from: Closing,
  to: Closing | undefined,
): Promise<Comparison> {
  const comparer = createComparer(commitmentsOf(from, services));
  await visitClosed(services, from, comparer.addBefore);
  if (to) {
    await visitClosed(services, to, comparer.addAfter);
    return comparer.finish();
  }
  // Counting may begin anew, so its lines are compared once they are all of one moment.
  const { value: lines } = await countYear(services, year, () => {
    const lines: Counted[] = [];
    return { visit: (line) => lines.push(line), finish: () => lines };
  });
  for await (const some of inGroups(lines)) for (const line of some) comparer.addAfter(line);
  return comparer.finish();
}
