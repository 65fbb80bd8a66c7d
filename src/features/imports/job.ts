import type { Import } from '../../records.js';
import type { Job, Services } from '../feature.js';
import { addNext } from './add.js';
import { claimNext } from './claim.js';
import { forgetNext, isOutdated, takeBackNext } from './tidy.js';

/** Adds what is left of an import; others may be at it too. */
export async function addAll(
  begun: Import,
  services: Services,
  onProgress: (written: number, parts: number) => void = () => undefined,
): Promise<Import | undefined> {
  let at: Import | undefined = begun;
  while (at?.state === 'adding') {
    onProgress(at.written, at.parts);
    at = await addNext(at, services, { tells: true });
  }
  return at;
}

export async function takeBack(id: string, services: Services): Promise<void> {
  for (;;) {
    const found = await services.store.read((reader) => reader.get('imports', id));
    if (found?.state !== 'dropped' || !(await takeBackNext(found, services))) return;
  }
}

/** Goes on with the imports that are under way, and with what follows from them. */
export const importJob: Job = {
  async run(services, { dryRun }) {
    const { store, clock } = services;
    const { imports, claims } = await store.read(async (reader) => ({
      imports: await reader.list('imports', 'byParts', 'kept'),
      claims: await reader.list('people', 'byClaim', 'claimed'),
    }));
    const inState = (state: Import['state']) => imports.filter((one) => one.state === state);
    const [adding, dropped] = [inState('adding'), inState('dropped')];
    const outdated = imports.filter((one) => one.state !== 'dropped' && isOutdated(one, clock.now()));
    if (!dryRun) {
      for (const begun of adding) await addAll(begun, services);
      for (const { id } of dropped) await takeBack(id, services);
      for (const one of outdated) while (await forgetNext(one, services));
      for (const { id } of claims) while (await claimNext(id, services));
    }
    const counts: [number, string][] = [
      [adding.length, 'to add'],
      [dropped.length, 'to take back'],
      [outdated.length, 'to forget'],
      [claims.length, 'names that have become known'],
    ];
    const told = counts.flatMap(([count, what]) => (count > 0 ? `${count} ${what}` : []));
    return `imports: ${told.join(', ') || 'nothing to do'}${dryRun && told.length > 0 ? ' (dry run)' : ''}`;
  },
};
