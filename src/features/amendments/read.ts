import type { Amendment } from '../../domain/convention/amendments.js';
import type { Reader } from '../../ports.js';
import { Refusal } from '../feature.js';

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
