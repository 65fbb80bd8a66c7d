import { employeeKey } from '../../domain/imports/group-lines.js';
import type { Transaction } from '../../ports.js';
import type { Person } from '../../records.js';
import type { Services } from '../feature.js';

const prefix = 'name:';

/** The id of whoever bears a name in imported files, as long as nobody of that name has written to Passerelle. */
export const standInId = (name: string, { ids }: Pick<Services, 'ids'>): string =>
  `${prefix}${ids.derive(employeeKey(name))}`;

/** Whether an id is that of a name in a file: nobody can be written to, or acted for, by it. */
export const isStandIn = (id: string): boolean => id.startsWith(prefix);

/** Gives the first person who writes to Passerelle under a name what imported files had under it; a job moves it. */
export async function claimName(
  tx: Transaction,
  { id, name = '' }: Person,
  services: Pick<Services, 'ids'>,
): Promise<void> {
  const standIn = name ? await tx.get('people', standInId(name, services)) : undefined;
  if (standIn && !standIn.claimedBy) await tx.put('people', { ...standIn, claimedBy: id });
}
