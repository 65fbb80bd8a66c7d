import type { School } from './school.js';
import { fold } from './words.js';

/**
 * The codes of the académies in which a town of this name has schools; none if there is no such town.
 * @param name folded, with single spaces, and without an arrondissement
 */
export type FindTown = (name: string) => readonly string[];

/** `Lyon 3e` is in Lyon. */
const arrondissement = / \d+(e|er|eme)$/;

/** Builds the list of the towns that have schools. Some names belong to several towns. */
export function createTowns(schools: readonly School[]): FindTown {
  const byName = new Map<string, string[]>();
  for (const { town, academie } of schools) {
    const name = fold(town).replace(arrondissement, '');
    const known = byName.get(name);
    if (!known) byName.set(name, [academie]);
    else if (!known.includes(academie)) known.push(academie);
  }
  return (name) => byName.get(name) ?? [];
}
