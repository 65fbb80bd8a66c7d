import type { Instant } from '../../domain/days.js';
import type { Reader, Transaction } from '../../ports.js';
import type { JobRun } from '../../records.js';

/**
 * The key under which an occurrence of a job enqueues its messages; nothing if it is done. An occurrence that ran too
 * early, by a clock that was ahead, is enqueued once more.
 * @param isDone whether the recorded run was not too early
 */
export async function findRunKey(
  reader: Reader,
  id: string,
  isDone: (run: JobRun) => boolean,
): Promise<string | undefined> {
  const run = await reader.get('jobs', id);
  if (!run) return id;
  return isDone(run) ? undefined : `${id}~again`;
}

/** The latest time at which a job ran or a message was sent. */
export async function readLatestMoment(reader: Reader): Promise<Instant> {
  const runs = await reader.all('jobs');
  const [sent] = await reader.list('outbox', 'byEnd', 'sent', { reverse: true, limit: 1 });
  return [...runs.map(({ at }) => at), sent?.dueAt ?? ''].reduce((a, b) => (a > b ? a : b), '');
}

/**
 * Corrects everything that a clock which was ahead has recorded for the future: jobs that ran for a future day run
 * again on that day, tasks are done again when they are due, and channels chosen in the future get the next weekly message.
 * @param now by a clock that is known to be right
 * @returns how many runs were corrected
 */
export async function correctFutureRuns(tx: Transaction, now: Instant): Promise<number> {
  const early = (await tx.all('jobs')).filter(({ at }) => at > now);
  for (const run of early) await tx.put('jobs', { ...run, at: now, early: true });
  for (const state of ['done', 'dropped'])
    for (const { endedAt: _, ...task } of await tx.list('tasks', 'byState', state, { from: `${now}~` }))
      await tx.put('tasks', { ...task, state: 'waiting', again: true });
  for (const channel of await tx.all('channels'))
    if (channel.at > now) await tx.put('channels', { ...channel, at: now });
  return early.length;
}
