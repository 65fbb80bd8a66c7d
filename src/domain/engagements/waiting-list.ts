import type { Engagement } from '../action.js';
import { countSeatsTaken } from './moves.js';

type Waiting = Pick<Engagement, 'state' | 'since' | 'id'>;

/** The waiting list, first come first; ties are broken by id. */
export const sortWaitingList = <T extends Waiting>(engagements: readonly T[]): T[] =>
  engagements
    .filter((e) => e.state === 'waitlisted')
    .sort((a, b) => (a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1));

/** What a new request for a seat gets: the seat, or a place behind those already waiting. */
export const decideSeat = (seats: number, engagements: readonly Waiting[]): 'approved' | 'waitlisted' =>
  countSeatsTaken(engagements) < seats && sortWaitingList(engagements).length === 0
    ? 'approved'
    : 'waitlisted';

/** Who moves up from the waiting list into free seats, in their order. */
export const findPromoted = <T extends Waiting>(seats: number, engagements: readonly T[]): T[] =>
  sortWaitingList(engagements).slice(0, Math.max(0, seats - countSeatsTaken(engagements)));
