import { firstAllowed } from '../../domain/calendar/working-hours.js';
import { addDays } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Job, Services } from '../feature.js';
import { announce, listInactive, postpone, runId } from './announce.js';
import { eraseDue, listDue } from './erase.js';
import { lookAt, type Moment, momentOf } from './look.js';

/** Weekends with public holidays are shorter. After more days without a look nobody could answer, or the clock is wrong. */
const longestPauseDays = 7;

/**
 * Erases those who have been inactive for as long as people are kept, and tells them a month before. Once a day, in working
 * hours, it looks for those who are to be told; from then on each run of the day begins to erase those whose day has come.
 * After a pause whoever was told has another month: an erasure cannot be taken back.
 */
export const retentionJob: Job = {
  async run(services, { dryRun }) {
    const moment = momentOf(services);
    if (dryRun) return services.store.read((reader) => foresee(reader, moment, services));
    const run = await services.store.read((reader) => reader.get('jobs', runId));
    const isLookedToday = run && !run.early && dayAt(run.at) === moment.today;
    if (!isLookedToday && !isTimeToLook(services)) return 'retention: nothing is due';
    if (run && (run.early || dayAt(run.at) < addDays(moment.today, -longestPauseDays)))
      await postpone(moment, services);
    const { announced, told } = isLookedToday ? { announced: 0, told: 0 } : await announce(moment, services);
    const begun = await eraseDue(moment, services);
    return `retention: announced ${announced}, told the coordinators of ${told}, began to erase ${begun}`;
  },
};

/** Whether it is a time at which people are written to. */
function isTimeToLook({ clock, convention, calendar }: Services): boolean {
  const now = clock.now();
  return firstAllowed(now, zone, convention.messageHours, calendar) === now;
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
