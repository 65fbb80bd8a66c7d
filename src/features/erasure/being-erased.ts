import type { Reader } from '../../ports.js';
import { TryAgain } from '../feature.js';

/**
 * Until somebody is erased, nothing new is kept of them, which would be erased with the rest.
 * @throws Refusal if somebody with this id is being erased
 */
export async function refuseBeingErased(reader: Reader, personId: string): Promise<void> {
  const [erasure] = await reader.list('erasures', 'byPerson', personId, { limit: 1 });
  if (erasure) throw new TryAgain('refusal.beingErased');
}
