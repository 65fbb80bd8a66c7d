import type { HistoryRow } from '../action.js';
import type { AuditFact } from './chain.js';

/** Somebody who is being erased: what takes the place of their ids, and those ids until nothing is left of them. */
interface Erasing {
  readonly id: string;
  readonly person?: { readonly ids: readonly string[] };
}

/**
 * Whether the row of the history says something else than the row of the trail that names it.
 * @param erasing those who may have been taken out of one of the two, and not of the other one yet
 */
export const contradicts = (
  { move, actionId, from, to, by }: HistoryRow,
  fact: AuditFact,
  erasing: readonly Erasing[],
): boolean =>
  move !== fact.what ||
  actionId !== fact.about ||
  from !== fact.from ||
  to !== fact.to ||
  (by !== fact.by && !erasing.some((erased) => isOf(erased, by) && isOf(erased, fact.by)));

const isOf = ({ id, person }: Erasing, by: string): boolean =>
  person !== undefined && [id, ...person.ids].some((each) => each.toLowerCase() === by.toLowerCase());
