import type { Day } from '../days.js';

/** An event of the ministry (article 4) in one year. */
export interface MinistryEvent {
  readonly id: string;
  readonly name: string;
  readonly year: number;
  /** Absent until the ministry announces them; both days included. */
  readonly days?: { readonly firstDay: Day; readonly lastDay: Day };
  /** False: from a single source, shown as provisional until a coordinator confirms it. */
  readonly confirmed: boolean;
}

/**
 * How certain the days of an event are. `not-announced` means that the days are unknown, not that there is no event.
 */
export const eventState = (event: MinistryEvent): 'not-announced' | 'provisional' | 'confirmed' => {
  if (!event.days) return 'not-announced';
  return event.confirmed ? 'confirmed' : 'provisional';
};
