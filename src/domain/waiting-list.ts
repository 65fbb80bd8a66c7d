import type { Engagement } from './action.js';
import { seatsTaken } from './moves.js';

type Waiting = Pick<Engagement, 'state' | 'since' | 'id'>;

/** Those who wait for a seat, who came first first; at the same moment the id decides. */
export const waitingList = <T extends Waiting>(engagements: readonly T[]): T[] =>
  engagements
    .filter((e) => e.state === 'waitlisted')
    .sort((a, b) => (a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1));

/** What somebody who wants a seat of a session gets: the seat, or a place behind those who wait already. */
export const placeFor = (seats: number, engagements: readonly Waiting[]): 'approved' | 'waitlisted' =>
  seatsTaken(engagements) < seats && waitingList(engagements).length === 0 ? 'approved' : 'waitlisted';

/** Who is promoted from the waiting list now that seats are free, in their order; nobody while there are none. */
export const promotedNow = <T extends Waiting>(seats: number, engagements: readonly T[]): T[] =>
  waitingList(engagements).slice(0, Math.max(0, seats - seatsTaken(engagements)));
