import type { Action, FilledPlaces } from '../action.js';

type Places = Pick<Action, 'places' | 'filled'>;

const total = (filled: readonly FilledPlaces[]): number =>
  filled.reduce((sum, { places }) => sum + places, 0);

/** The places of a placement that schools have filled; nothing as long as none is entered. */
export const countFilledPlaces = ({ filled = [] }: Places): number | undefined =>
  filled.length === 0 ? undefined : total(filled);

const isSame = (a: string, b: string) => a.localeCompare(b, 'fr', { sensitivity: 'base' }) === 0;

/**
 * What is filled once a school has filled so many places, instead of what it had before; none takes it off the list.
 * @returns nothing if that is more than the places offered
 */
export function fillPlaces(
  { places: offered = 1, filled = [] }: Places,
  school: string,
  places: number,
): readonly FilledPlaces[] | undefined {
  const known = filled.some((row) => isSame(row.school, school));
  const rows = known
    ? filled.map((row) => (isSame(row.school, school) ? { ...row, places } : row))
    : [...filled, { school, places }];
  const left = rows.filter((row) => row.places > 0);
  return total(left) > offered ? undefined : left;
}

/** More pupils were hosted than places are known to be filled: the filled places are to be corrected. */
export const hostsMoreThanFilled = (action: Places & Pick<Action, 'state' | 'outcome'>): boolean => {
  const filled = countFilledPlaces(action);
  return action.state === 'held' && filled !== undefined && (action.outcome?.pupils ?? 0) > filled;
};
