import type { Action, Engagement } from '../../src/domain/action.js';
import { yearChangesId } from '../../src/features/shared/records.js';
import type { TestBot } from './bot.js';
import { anAction, anEngagement, aPlacement } from './builders.js';

/** An action with those who took part, as it is stored. */
export interface StoredAction {
  readonly action: Action;
  readonly engagements: readonly Engagement[];
}

/** A class talk that took place: 28 pupils of one school met these employees. */
export function aHeldTalk(employees: readonly string[], overrides: Partial<Action> = {}): StoredAction {
  const action = anAction({
    state: 'held',
    firstDay: '2026-10-06',
    outcome: { pupils: 28, by: employees[0] ?? 'ines', at: '2026-10-07T08:00:00.000Z' },
    ...overrides,
  });
  return { action, engagements: employees.map((id) => anEngagement(action, id, 'attended')) };
}

/** A placement of five days that took place, with two pupils of three places. */
export function aHeldPlacement(employees: readonly string[], overrides: Partial<Action> = {}): StoredAction {
  const action = aPlacement({
    state: 'held',
    firstDay: '2026-11-16',
    lastDay: '2026-11-20',
    places: 3,
    outcome: { pupils: 2, by: employees[0] ?? 'ines', at: '2026-11-20T16:00:00.000Z' },
    ...overrides,
  });
  return { action, engagements: employees.map((id) => anEngagement(action, id, 'attended')) };
}

/** A class talk to come, for which these employees are approved. */
export function aPlannedTalk(employees: readonly string[], overrides: Partial<Action> = {}): StoredAction {
  const action = anAction({ firstDay: '2027-03-09', ...overrides });
  return { action, engagements: employees.map((id) => anEngagement(action, id, 'approved')) };
}

/** Stores actions under their own ids. */
export const storeAll = (bot: TestBot, stored: readonly StoredAction[]): Promise<void> =>
  bot.app.services.store.transact(async (tx) => {
    for (const { action, engagements } of stored) {
      await tx.put('actions', action);
      for (const engagement of engagements) await tx.put('engagements', engagement);
    }
  });

let lastChange = 0;

/** Empties a year, so that several tests share a bot: what was counted before is not taken for what is there now. */
export const emptyYear = (bot: TestBot, year: string): Promise<void> =>
  bot.app.services.store.transact(async (tx) => {
    for (const kind of [
      'actions',
      'engagements',
      'history',
      'posts',
      'tasks',
      'tallies',
      'mobilised',
      'closings',
      'closedlines',
    ] as const)
      for (const { id } of await tx.all(kind)) await tx.remove(kind, id);
    lastChange += 1_000;
    await tx.put('counters', { id: yearChangesId(year), value: lastChange });
  });
