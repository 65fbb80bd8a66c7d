import type { StartSetting } from '../domain/convention/terms.js';
import type { Store } from '../ports.js';
import { digest } from './audit.js';

/**
 * Keeps with which settings the bot is started, as hashes: where they are others than at the start before, the audit trail
 * says so.
 * @param settings what each says, in a list whose order does not matter
 */
export async function keepSettings(
  store: Store,
  settings: Readonly<Record<StartSetting, readonly string[]>>,
): Promise<void> {
  const hashed = (said: readonly string[]) => ({
    hash: digest(JSON.stringify(said.toSorted())),
    size: said.length,
  });
  const { convention, admins, coordinators } = settings;
  const startedWith = {
    convention: hashed(convention),
    admins: hashed(admins),
    coordinators: hashed(coordinators),
  };
  const isKnown = (known: typeof startedWith | undefined): boolean =>
    known?.convention.hash === startedWith.convention.hash &&
    known.admins.hash === startedWith.admins.hash &&
    known.coordinators.hash === startedWith.coordinators.hash;
  if (isKnown((await store.read((reader) => reader.get('terms', 'convention')))?.startedWith)) return;
  await store.transact(async (tx) => {
    const terms = await tx.get('terms', 'convention');
    if (!isKnown(terms?.startedWith)) await tx.put('terms', { ...terms, id: 'convention', startedWith });
  });
}
