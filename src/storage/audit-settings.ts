import { type StartSetting, startSettings } from '../domain/convention/terms.js';
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
  const hashed = (name: StartSetting) => ({
    hash: digest(JSON.stringify(settings[name].toSorted())),
    size: settings[name].length,
  });
  const startedWith = {
    convention: hashed('convention'),
    admins: hashed('admins'),
    coordinators: hashed('coordinators'),
  };
  const isKnown = (known: typeof startedWith | undefined): boolean =>
    startSettings.every((name) => known?.[name].hash === startedWith[name].hash);
  if (isKnown((await store.read((reader) => reader.get('terms', 'convention')))?.startedWith)) return;
  await store.transact(async (tx) => {
    const terms = await tx.get('terms', 'convention');
    if (!isKnown(terms?.startedWith)) await tx.put('terms', { ...terms, id: 'convention', startedWith });
  });
}
