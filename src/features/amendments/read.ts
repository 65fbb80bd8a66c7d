import type { Amendment } from '../../domain/convention/amendments.js';
import type { Reader, Transaction } from '../../ports.js';
import { type Actor, Refusal } from '../feature.js';

/** All amendments, the latest first. */
export async function readAmendments(reader: Reader): Promise<Amendment[]> {
  const lists = await Promise.all(
    (['drafted', 'signed', 'dropped'] as const).map((state) => reader.list('amendments', 'byState', state)),
  );
  return lists.flat().sort((a, b) => b.number - a.number);
}

/** @throws Refusal if there is no such amendment */
export async function requireAmendment(reader: Reader, id: string): Promise<Amendment> {
  const found = await reader.get('amendments', id);
  if (!found) throw new Refusal('refusal.outdated');
  return found;
}

/**
 * Whether a form has been sent before, by the same person for the same amendment.
 * @throws Refusal if its key belongs to another move
 */
export async function wasSent(
  tx: Transaction,
  { id, formKey }: { readonly id: string; readonly formKey: string },
  actor: Actor,
): Promise<boolean> {
  const sent = await tx.get('history', formKey);
  if (sent && (sent.by !== actor.id || sent.actionId !== id)) throw new Refusal('refusal.outdated');
  return sent !== undefined;
}
