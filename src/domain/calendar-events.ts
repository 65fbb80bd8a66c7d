import type { Day } from './action.js';

/** An event of the ministry (article 4), in one year. */
export interface MinistryEvent {
  readonly id: string;
  readonly name: string;
  readonly year: number;
  /** Nothing until the ministry announces them; both days are included. */
  readonly days?: { readonly firstDay: Day; readonly lastDay: Day };
  /** False: from one source only, shown as provisional until a coordinator confirms it. */
  readonly confirmed: boolean;
}

/** How sure the days of an event are: `not-announced` has none, and is never to be read as "no event". */
export const eventState = (event: MinistryEvent): 'not-announced' | 'provisional' | 'confirmed' => {
  if (!event.days) return 'not-announced';
  return event.confirmed ? 'confirmed' : 'provisional';
};
