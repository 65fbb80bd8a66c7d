import { firstAllowed } from '../../domain/calendar/working-hours.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Job, Services } from '../feature.js';
import { announce, listInactive, runId } from './announce.js';
import { eraseDue, listDue } from './erase.js';
import { lookAt, type Moment, momentOf } from './look.js';

/**
 * Erases those who have been inactive for as long as people are kept, and tells them a month before. Each run begins to
 * erase those whose day has come; once a day, in working hours, it looks for those who are to be told.
 */
export const retentionJob: Job = {
  async run(services, { dryRun }) {
    const moment = momentOf(services);
    if (dryRun) return services.store.read((reader) => foresee(reader, moment, services));
    const begun = await eraseDue(moment, services);
    const isDue = await services.store.read((reader) => isLookDue(reader, moment, services));
    const { announced, told } = isDue ? await announce(moment, services) : { announced: 0, told: 0 };
    return `retention: announced ${announced}, told the coordinators of ${told}, began to erase ${begun}`;
  },
};

/** Whether nobody has looked today, and it is a time at which people are written to. */
async function isLookDue(reader: Reader, { today }: Moment, services: Services): Promise<boolean> {
  const { clock, convention, calendar } = services;
  const now = clock.now();
  if (firstAllowed(now, zone, convention.messageHours, calendar) !== now) return false;
  const run = await reader.get('jobs', runId);
  return !run || run.early === true || dayAt(run.at) !== today;
}

async function foresee(reader: Reader, moment: Moment, services: Services): Promise<string> {
  const people = [
    ...(await listInactive(reader, moment, services)),
    ...(await listDue(reader, moment, Number.MAX_SAFE_INTEGER)),
  ];
  const looked = await Promise.all(people.map((person) => lookAt(reader, person, moment, services)));
  const count = (state: string) => looked.filter(({ retention }) => retention.state === state).length;
  return `retention: would announce ${count('to-announce')}, erase ${count('due')} (dry run)`;
}
