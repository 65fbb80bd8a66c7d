import type { Reader, Transaction } from '../../ports.js';
import type { Task } from '../../records.js';
import type { PlannedTask, Request, Services } from '../feature.js';

/** The id under which a task is stored, see `Task`. */
export const taskId = (
  feature: string,
  actionId: string,
  { task, occurrence }: Pick<PlannedTask, 'task' | 'occurrence'>,
): string => `${feature}.${task}:${actionId}:${occurrence}`;

/** Whether a task is still to come, or was when it was first planned. Others are left out: what they say has just been said. */
export const isAhead = async (
  reader: Reader,
  feature: string,
  actionId: string,
  planned: PlannedTask,
  { clock }: Pick<Services, 'clock'>,
): Promise<boolean> =>
  planned.dueAt > clock.now() ||
  (await reader.get('tasks', taskId(feature, actionId, planned))) !== undefined;

/**
 * Plans the tasks of a request as it is now: adds those that are missing, moves those that are due at another time, and
 * removes those that it does not need any more. Those that are done stay, so that they are not done again.
 * @param isNew true for a request that cannot have tasks yet
 */
export async function planTasks(
  tx: Transaction,
  services: Services,
  request: Request,
  { isNew = false } = {},
): Promise<void> {
  const actionId = request.action.id;
  const planned = new Map<string, Task>();
  for (const { name, plan } of services.features)
    for (const { task, occurrence, ...rest } of (await plan?.(request, tx, services)) ?? []) {
      const id = taskId(name, actionId, { task, occurrence });
      planned.set(id, { id, name: `${name}.${task}`, actionId, state: 'waiting', ...rest });
    }
  await storeTasks(tx, actionId, planned, { isNew });
}

/**
 * Stores the tasks that an action or an entry needs as it is now, by their ids, in the place of those that wait for it.
 * @param isNew true if it cannot have tasks yet
 */
export async function storeTasks(
  tx: Transaction,
  aboutId: string,
  planned: Map<string, Task>,
  { isNew = false } = {},
): Promise<void> {
  const stored = isNew ? [] : await tx.list('tasks', 'byAction', aboutId);
  for (const task of stored) {
    const wanted = planned.get(task.id);
    planned.delete(task.id);
    if (task.state !== 'waiting') continue;
    if (!wanted) await tx.remove('tasks', task.id);
    else if (wanted.dueAt !== task.dueAt || wanted.until !== task.until)
      await tx.put('tasks', { ...task, dueAt: wanted.dueAt, until: wanted.until });
  }
  for (const task of planned.values()) await tx.add('tasks', task);
}
