import type { HistoryRow } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import { type Actor, Refusal } from '../feature.js';

/**
 * The row of the history that a form has written: a form makes its move once, as the row has its key.
 * @param id what the form is for
 * @returns nothing if it has not been sent
 * @throws Refusal if the key belongs to somebody else's form, or to one for something else
 */
export async function findSent(
  reader: Reader,
  { id, formKey }: { readonly id: string; readonly formKey: string },
  actor: Pick<Actor, 'id'>,
): Promise<HistoryRow | undefined> {
  const sent = await reader.get('history', formKey);
  if (sent && (sent.by !== actor.id || sent.actionId !== id)) throw new Refusal('refusal.outdated');
  return sent;
}
