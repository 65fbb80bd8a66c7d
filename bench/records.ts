import type { Action, Engagement } from '../src/domain/action.js';
import { addDays } from '../src/domain/days.js';
import type { Services } from '../src/features/feature.js';
import { writeMove } from '../src/features/shared/records.js';

const atOnce = 500;
const kinds = ['classroom-talk', 'careers-fair', 'company-visit', 'placement-3e'] as const;

/**
 * Stores actions as a large company has them: nine in ten held within the last year, the others to come, each with
 * one employee of a thousand. Moves are written as the bot writes them, tally and history included.
 */
export async function storeActions(services: Services, count: number, today: string): Promise<void> {
  for (let first = 0; first < count; first += atOnce) {
    await services.store.transact(async (tx) => {
      for (let n = first; n < Math.min(count, first + atOnce); n++) {
        const held = n % 10 !== 0;
        const firstDay = addDays(today, held ? -(n % 300) - 1 : (n % 200) + 7);
        const [id, kind] = [services.ids.next(), kinds[n % kinds.length] ?? 'classroom-talk'];
        const employeeId = `employee-${n % 1000}`;
        const at = `${addDays(firstDay, held ? 1 : -220)}T10:00:00.000Z`;
        const action: Action = {
          id,
          number: n + 1,
          origin: 'offer',
          kind,
          level: '4e',
          state: held ? 'held' : 'open',
          firstDay,
          lastDay: firstDay,
          academies: ['10'],
          seats: 1,
          createdBy: employeeId,
          createdAt: at,
          ...(kind === 'placement-3e' ? { places: 2 } : {}),
          ...(held ? { outcome: { pupils: 20 + (n % 10), by: employeeId, at } } : {}),
        };
        const engagement: Engagement = {
          id: `${id}:${employeeId}`,
          actionId: id,
          employeeId,
          state: held ? 'attended' : 'approved',
          since: at,
          firstDay,
        };
        const [move, to] = held ? ['attend', 'attended'] : ['approve', 'approved'];
        const row = {
          id: services.ids.next(),
          engagementId: engagement.id,
          move,
          from: 'none',
          to,
          by: employeeId,
        };
        // Each is written on its own day, as the week's figures go by the days of the moves.
        const then = { ...services, clock: { now: () => at } };
        await writeMove(tx, then, undefined, { action, engagements: [engagement] }, [row]);
      }
    });
  }
}
