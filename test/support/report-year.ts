import { readFileSync } from 'node:fs';
import {
  type Action,
  type Engagement,
  type EngagementState,
  isPlacement,
  kinds,
  levels,
} from '../../src/domain/action.js';
import { addDays } from '../../src/domain/days.js';
import type { StoredAction } from './report-data.js';

/** Numbers that look random and are the same in every run (mulberry32). */
function createRandom(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const uais = (JSON.parse(readFileSync('data/schools.json', 'utf8')) as { rows: string[][] }).rows.map(
  ([uai = '']) => uai,
);
const typedNames = ['Collège Jean-Fictif', 'collège jean fictif', 'Lycée "Deux, trois"', 'École "Modèle"'];
const events = ['semaine-industrie', 'worldskills', undefined, undefined, undefined];
const academies = [['10'], ['25'], ['10', '08'], ['01', '24', '25'], ['40'], []];

/**
 * A school year as a large company might have it: every kind and state, one school, several, a typed one or none, people
 * who came and who did not. Some actions are of the years before and after.
 */
export function aYearOfActions(count: number, seed = 1): StoredAction[] {
  const random = createRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T;
  return Array.from({ length: count }, (_, n): StoredAction => {
    const kind = pick(kinds);
    const firstDay = addDays('2026-08-20', random(385));
    const placement = isPlacement(kind);
    const state = pick(['held', 'held', 'held', 'open', 'not-held', 'cancelled'] as const);
    const pupils = pick([0, 1, 2, 3, 4, 12, 28, 60]);
    const places = 1 + random(6);
    const schools = pick([[], [pick(uais)], [pick(uais)], [pick(uais), pick(uais)]]);
    const school = schools.length === 0 && random(2) === 0 ? pick(typedNames) : '';
    const event = pick(events);
    const at = `${firstDay}T08:00:00.000Z`;
    const action: Action = {
      id: `action-${n}`,
      number: n + 1,
      origin: pick(['offer', 'need'] as const),
      kind,
      state,
      firstDay,
      lastDay: addDays(firstDay, placement ? pick([2, 4, 11]) : 0),
      academies: pick(academies),
      seats: 4,
      createdBy: 'employee-0',
      createdAt: at,
      ...(random(6) > 0 ? { level: pick(levels) } : {}),
      ...(schools.length > 0 ? { schools: [...new Set(schools)] } : {}),
      ...(school ? { school } : {}),
      ...(event ? { event } : {}),
      ...(placement ? { places, site: pick(['issy', 'lyon']), hosting: 'individual' as const } : {}),
      ...(placement && random(2) === 0
        ? { filled: [{ school: pick(uais), places: 1 + random(places) }] }
        : {}),
      ...(kind === 'placement-3e' && random(3) === 0 ? { weekdays: [1, 3, 5] } : {}),
      ...(state === 'held' ? { outcome: { pupils, by: 'employee-0', at } } : {}),
    };
    const people = [...new Set(Array.from({ length: 1 + random(3) }, () => `employee-${random(400)}`))];
    const engagements = people.map((employeeId, i): Engagement => {
      const states: Record<Action['state'], readonly EngagementState[]> = {
        held: i === 0 ? ['attended'] : ['attended', 'absent', 'withdrawn'],
        open: ['approved', 'pending', 'waitlisted'],
        'not-held': ['approved', 'withdrawn'],
        cancelled: ['approved'],
      };
      const engagementState = pick(states[state]);
      return {
        id: `${action.id}:${employeeId}`,
        actionId: action.id,
        employeeId,
        state: engagementState,
        since: at,
        firstDay,
      };
    });
    return { action, engagements };
  });
}
