import type { Task, Transaction } from '../../ports.js';
import type { Request, Services } from '../feature.js';

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
      const id = `${name}.${task}:${actionId}:${occurrence}`;
      planned.set(id, { id, name: `${name}.${task}`, actionId, state: 'waiting', ...rest });
    }
  const stored = isNew ? [] : await tx.list('tasks', 'byAction', actionId);
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
