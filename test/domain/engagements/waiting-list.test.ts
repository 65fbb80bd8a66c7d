import fc from 'fast-check';
import type { EngagementState } from '../../../src/domain/action.js';
import { countSeatsTaken } from '../../../src/domain/engagements/moves.js';
import { decideSeat, findPromoted, sortWaitingList } from '../../../src/domain/engagements/waiting-list.js';

interface Entry {
  readonly id: string;
  readonly state: EngagementState;
  readonly since: string;
}

/** A session whose people come and go, as its records would be. */
function session(seats: number) {
  const entries = new Map<string, Entry>();
  let moment = 0;
  const all = () => [...entries.values()];
  const set = (id: string, state: EngagementState) =>
    entries.set(id, { id, state, since: String(++moment).padStart(6, '0') });
  return {
    all,
    join(id: string) {
      const state = entries.get(id)?.state;
      if (state === undefined || state === 'withdrawn') set(id, decideSeat(seats, all()));
    },
    withdraw(id: string) {
      const state = entries.get(id)?.state;
      if (state !== 'approved' && state !== 'waitlisted') return;
      set(id, 'withdrawn');
      for (const next of findPromoted(seats, all())) set(next.id, 'approved');
    },
  };
}

describe('the waiting list of a session', () => {
  test('of two who want the last seat one has it and the other is first in line, then promoted', () => {
    const { all, join, withdraw } = session(1);
    const states = () => Object.fromEntries(all().map(({ id, state }) => [id, state]));
    for (const id of ['ines', 'zoe', 'ines', 'zoe']) join(id);
    expect(states()).toEqual({ ines: 'approved', zoe: 'waitlisted' });
    withdraw('ines');
    withdraw('ines');
    expect(states()).toEqual({ ines: 'withdrawn', zoe: 'approved' });
  });

  test('never seats more than there are seats, lets nobody wait beside a free one, and is fair', () => {
    const step = fc.record({ who: fc.integer({ min: 0, max: 7 }), leaves: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (seats, steps) => {
        const { all, join, withdraw } = session(seats);
        let line: string[] = [];
        for (const { who, leaves } of steps) {
          if (leaves) withdraw(String(who));
          else join(String(who));
          const now = sortWaitingList(all()).map(({ id }) => id);
          const taken = countSeatsTaken(all());
          expect(taken).toBeLessThanOrEqual(seats);
          if (now.length > 0) expect(taken).toBe(seats);
          // Who stays in line keeps their place before those who came later.
          expect(now.slice(0, -1)).toEqual(line.filter((id) => now.slice(0, -1).includes(id)));
          line = now;
        }
      }),
    );
  });
});
