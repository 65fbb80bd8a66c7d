import type { Instant } from '../../domain/action.js';
import type { JobRun, Reader, Transaction } from '../../ports.js';

/**
 * The key under which an occurrence of a job owes its messages; nothing when it is done. What came too early, by a
 * clock that was ahead, is owed again, once.
 * @param isDone whether the run that there is was not too early
 */
export async function keyOfRun(
  reader: Reader,
  id: string,
  isDone: (run: JobRun) => boolean,
): Promise<string | undefined> {
  const run = await reader.get('jobs', id);
  if (!run) return id;
  return isDone(run) ? undefined : `${id}~again`;
}

/** The latest moment at which a job was run or a message arrived. */
export async function latestMoment(reader: Reader): Promise<Instant> {
  const runs = await reader.all('jobs');
  const [sent] = await reader.list('outbox', 'byEnd', 'sent', { reverse: true, limit: 1 });
  return [...runs.map(({ at }) => at), sent?.dueAt ?? ''].reduce((a, b) => (a > b ? a : b), '');
}

/**
 * Says of all that a clock which was ahead has put into a time to come that it happened by now: a job that was run
 * for such a day is then run again when that day comes, and a channel that was chosen gets the next weekly message.
 * @param now by a clock that is known to be right
 * @returns how many runs these were
 */
export async function endTimeToCome(tx: Transaction, now: Instant): Promise<number> {
  const early = (await tx.all('jobs')).filter(({ at }) => at > now);
  for (const run of early) await tx.put('jobs', { ...run, at: now, early: true });
  for (const channel of await tx.all('channels'))
    if (channel.at > now) await tx.put('channels', { ...channel, at: now });
  return early.length;
}
