import { isPlacement } from '../../domain/action.js';
import { addDays, type Instant, startOfDay } from '../../domain/days.js';
import { countMissingAgreements, findDueReminder } from '../../domain/placements/agreements.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Job, Services } from '../feature.js';
import { findRunKey } from '../shared/job-runs.js';
import { notify } from '../shared/people.js';
import { readRequests } from '../shared/records.js';

interface DueReminder {
  readonly run: string;
  /** Midnight at the start of the day on which it becomes due. */
  readonly from: Instant;
  readonly actionId: string;
  readonly employeeId: string;
}

const keyOf = (reader: Reader, { run, from }: DueReminder): Promise<string | undefined> =>
  findRunKey(reader, run, ({ at }) => at >= from);

/** The placements to remind people of now, once per reminder and first day. */
async function findDueReminders(reader: Reader, { clock, convention }: Services): Promise<DueReminder[]> {
  const today = dayAt(clock.now());
  const last = Math.max(...convention.agreementReminders);
  const open = await reader.list('actions', 'byState', 'open', {
    from: today,
    until: addDays(today, last + 1),
  });
  const incomplete = open.filter((action) => isPlacement(action.kind) && countMissingAgreements(action) > 0);
  const found = await Promise.all(
    (await readRequests(reader, incomplete)).map(async ({ action, engagements }): Promise<DueReminder[]> => {
      const days = findDueReminder(action.firstDay, today, convention.agreementReminders);
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

/** Reminds the host and the coordinators of missing agreements some days before a placement starts. */
export const remindersJob: Job = {
  async run(services: Services, { dryRun }): Promise<string> {
    const { store, clock } = services;
    const due = await store.read((r) => findDueReminders(r, services));
    const summary = `${due.length} placement${due.length === 1 ? '' : 's'} without all agreements`;
    if (dryRun || due.length === 0) return `reminders: ${dryRun ? 'would remind' : 'reminded'} of ${summary}`;
    await store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      for (const one of due) {
        const key = await keyOf(tx, one);
        if (key === undefined) continue;
        const { run, actionId, employeeId } = one;
        await tx.put('jobs', { id: run, at: clock.now() });
        const message = { message: 'agreements.due', data: { actionId } };
        await notify(tx, services, employeeId, { ...message, key: `${key}:host` });
        if (!channel) continue;
        const { conversationId, lang } = channel;
        await services.enqueue(tx, { ...message, key: `${key}:coordinators`, conversationId, lang });
      }
    });
    return `reminders: reminded of ${summary}`;
  },
};
