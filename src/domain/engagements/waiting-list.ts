import type { Engagement } from '../action.js';
import { countSeatsTaken } from './moves.js';

type Waiting = Pick<Engagement, 'state' | 'since' | 'id' | 'rank'>;

const rankOf = ({ rank = 0 }: Pick<Engagement, 'rank'>): number => rank;

/** The waiting list, first come first; ties are broken by time, then by id. */
export const sortWaitingList = <T extends Waiting>(engagements: readonly T[]): T[] =>
  engagements
    .filter((e) => e.state === 'waitlisted')
    .sort((a, b) => rankOf(a) - rankOf(b) || compare(a.since, b.since) || compare(a.id, b.id));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a new request for a seat gets: the seat, or a place behind those already waiting. */
export const decideSeat = (seats: number, engagements: readonly Waiting[]): 'approved' | 'waitlisted' =>
  countSeatsTaken(engagements) < seats && !engagements.some((e) => e.state === 'waitlisted')
    ? 'approved'
    : 'waitlisted';

/** Who moves up from the waiting list into free seats, in their order. */
export const findPromoted = <T extends Waiting>(seats: number, engagements: readonly T[]): T[] =>
  sortWaitingList(engagements).slice(0, Math.max(0, seats - countSeatsTaken(engagements)));

/** A rank behind everybody who waits, whatever the clock says. */
export const lastRank = (engagements: readonly Waiting[]): number =>
  engagements.reduce((last, e) => (e.state === 'waitlisted' ? Math.max(last, rankOf(e)) : last), 0) + 1;

/** The rank with which `count` people come before everybody who waits, each the next higher one. */
export const firstRank = (engagements: readonly Waiting[], count: number): number =>
  engagements.reduce((first, e) => (e.state === 'waitlisted' ? Math.min(first, rankOf(e)) : first), 1) -
  count;

/** Somebody's place on the waiting list, from 1; nothing if they are not on it. */
export function findWaitingPlace(
  engagements: readonly (Waiting & Pick<Engagement, 'employeeId'>)[],
  employeeId: string,
): number | undefined {
  const index = sortWaitingList(engagements).findIndex((e) => e.employeeId === employeeId);
  return index < 0 ? undefined : index + 1;
}
