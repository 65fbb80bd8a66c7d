import { type Action, type Engagement, isPlacement } from '../action.js';
import type { Instant } from '../days.js';
import type { ImportedAction } from './imported-action.js';

/** Who adds an action, when, and with which import. */
export interface Added {
  readonly number: number;
  readonly by: string;
  readonly at: Instant;
  readonly importId: string;
}

/**
 * An action of a file as it is stored: held, and everybody in it was there. What one person did, and any placement, is
 * their offer; what several did together is a session.
 */
export function toStored(
  { people, pupils, ...rest }: ImportedAction,
  { number, by, at, importId }: Added,
): { readonly action: Action; readonly engagements: readonly Engagement[] } {
  const [first] = people;
  const isOffer = isPlacement(rest.kind) || people.length === 1;
  const action: Action = {
    ...rest,
    number,
    origin: isOffer ? 'offer' : 'need',
    state: 'held',
    seats: people.length,
    createdBy: isOffer && first ? first.id : by,
    createdAt: at,
    enteredBy: by,
    outcome: { pupils, by, at },
    importId,
  };
  const engagements = people.map(
    ({ id }): Engagement => ({
      // As `engagementId` makes it.
      id: `${rest.id}:${id}`,
      actionId: rest.id,
      employeeId: id,
      state: 'attended',
      since: at,
      firstDay: rest.firstDay,
      importId,
    }),
  );
  return { action, engagements };
}
