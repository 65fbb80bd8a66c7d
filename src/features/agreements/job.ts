import { type Instant, isPlacement } from '../../domain/action.js';
import { dueReminder, missingAgreements } from '../../domain/agreements.js';
import { addDays } from '../../domain/convention.js';
import { startOfDay } from '../../domain/week.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Job, Services } from '../feature.js';
import { tell } from '../shared/people.js';
import { requestsOf } from '../shared/records.js';
import { keyOfRun } from '../shared/runs.js';

interface Due {
  readonly run: string;
  /** Midnight at the start of the day from which on it is due. */
  readonly from: Instant;
  readonly actionId: string;
  readonly employeeId: string;
}

const keyOf = (reader: Reader, { run, from }: Due): Promise<string | undefined> =>
  keyOfRun(reader, run, ({ at }) => at >= from);

/** The placements to remind of now, each once for each reminder and first day. */
async function findDue(reader: Reader, { clock, convention }: Services): Promise<Due[]> {
  const today = dayAt(clock.now());
  const last = Math.max(...convention.agreementReminders);
  const open = await reader.list('actions', 'byState', 'open', {
    from: today,
    until: addDays(today, last + 1),
  });
  const lacking = open.filter((action) => isPlacement(action.kind) && missingAgreements(action) > 0);
  const found = await Promise.all(
    (await requestsOf(reader, lacking)).map(async ({ action, engagements }): Promise<Due[]> => {
      const days = dueReminder(action.firstDay, today, convention.agreementReminders);
      const run = `agreements:${action.id}:${action.firstDay}:${days}`;
      const host = engagements.find((e) => e.state === 'approved');
      if (days === undefined || !host) return [];
      const from = startOfDay(addDays(action.firstDay, -days), zone);
      const due = { run, from, actionId: action.id, employeeId: host.employeeId };
      return (await keyOf(reader, due)) === undefined ? [] : [due];
    }),
  );
  return found.flat();
}

/** Reminds the host and the coordinators of a placement that lacks signed agreements, some days before it starts. */
export const remindersJob: Job = {
  async run(services: Services, { dryRun }): Promise<string> {
    const { store, clock } = services;
    const due = await store.read((r) => findDue(r, services));
    const said = `${due.length} placement${due.length === 1 ? '' : 's'} without all agreements`;
    if (dryRun || due.length === 0) return `reminders: ${dryRun ? 'would remind' : 'reminded'} of ${said}`;
    await store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      for (const one of due) {
        const key = await keyOf(tx, one);
        if (key === undefined) continue;
        const { run, actionId, employeeId } = one;
        await tx.put('jobs', { id: run, at: clock.now() });
        const message = { message: 'agreements.due', data: { actionId } };
        await tell(tx, services, employeeId, { ...message, key: `${key}:host` });
        if (!channel) continue;
        const { conversationId, lang } = channel;
        await services.owe(tx, { ...message, key: `${key}:coordinators`, conversationId, lang });
      }
    });
    return `reminders: reminded of ${said}`;
  },
};
