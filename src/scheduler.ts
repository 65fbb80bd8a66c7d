import { createHash } from 'node:crypto';
import { firstAllowed } from './domain/calendar/working-hours.js';
import type { FeatureTask, Services } from './features/feature.js';
import { readRequest } from './features/shared/records.js';
import { planTasks } from './features/shared/tasks.js';
import { type Log, StoreUnavailable, type Transaction } from './ports.js';
import type { Task } from './records.js';
import { zone } from './text/dates.js';

/** Small enough not to delay other transactions. */
const batchSize = 50;
/** To be raised when a feature plans tasks that requests stored by an earlier version need too. */
const planVersion = 3;
/** How long a task that failed waits before it is tried again. */
const retryMs = 10 * 60_000;

interface RunOptions {
  /** Only the tasks of this job; otherwise all. */
  readonly job?: string;
  readonly dryRun: boolean;
}

export interface Scheduler {
  /** Does what is due; returns how many tasks were done, or would be, by name. */
  run(options: RunOptions): Promise<string>;
  /** Plans the tasks of every request that is not over again, if a setting or a calendar has changed. */
  replan(): Promise<void>;
}

/**
 * Does the tasks that features have planned, when they are due. A task is done in the transaction that records it as
 * done, and so by one instance only, once. After a pause, what is still of use is done and the rest is dropped.
 */
export function createScheduler(services: Services, log: Log): Scheduler {
  const { store, clock, calendar, convention, features } = services;
  const byName = new Map<string, FeatureTask>(
    features.flatMap((f) => Object.entries(f.tasks ?? {}).map(([name, task]) => [`${f.name}.${name}`, task])),
  );

  /** Does one task, or puts it off to the person's working hours. */
  async function runOne(tx: Transaction, { id }: Task): Promise<Task['state'] | undefined> {
    const task = await tx.get('tasks', id);
    const now = clock.now();
    if (task?.state !== 'waiting' || task.dueAt > now) return undefined;
    const person = task.employeeId === undefined ? undefined : await tx.get('people', task.employeeId);
    const allowed = firstAllowed(now, person?.timeZone ?? zone, convention.messageHours, calendar);
    if (allowed < task.until && allowed > now) {
      await tx.put('tasks', { ...task, dueAt: allowed });
      return 'waiting';
    }
    const feature = byName.get(task.name);
    const state = feature && allowed < task.until ? 'done' : 'dropped';
    await tx.put('tasks', { ...task, state, endedAt: now });
    if (state === 'done') await feature?.run(tx, task, keyOf(task), services);
    return state;
  }

  async function runBatch(tasks: readonly Task[]): Promise<Map<Task, Task['state']>> {
    return store.transact(async (tx) => {
      const states = new Map<Task, Task['state']>();
      for (const task of tasks) {
        const state = await runOne(tx, task);
        if (state) states.set(task, state);
      }
      return states;
    });
  }

  /** A task that fails must not keep the others from being done. */
  async function runOneByOne(tasks: readonly Task[]): Promise<Map<Task, Task['state']>> {
    const states = new Map<Task, Task['state']>();
    for (const task of tasks) {
      try {
        for (const [done, state] of await runBatch([task])) states.set(done, state);
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error;
        log.error({ err: error, task: task.name }, 'a task failed, and is tried again in ten minutes');
        const dueAt = new Date(Date.parse(clock.now()) + retryMs).toISOString();
        await store.transact(async (tx) => {
          const stored = await tx.get('tasks', task.id);
          if (stored?.state === 'waiting') await tx.put('tasks', { ...stored, dueAt });
        });
        states.set(task, 'waiting');
      }
    }
    return states;
  }

  async function runAll(tasks: readonly Task[]): Promise<Map<Task, Task['state']>> {
    const states = new Map<Task, Task['state']>();
    for (let first = 0; first < tasks.length; first += batchSize) {
      const batch = tasks.slice(first, first + batchSize);
      const ended = await runBatch(batch).catch((error: unknown) => {
        if (error instanceof StoreUnavailable) throw error;
        return runOneByOne(batch);
      });
      for (const [task, state] of ended) states.set(task, state);
    }
    return states;
  }

  return {
    async run({ job, dryRun }) {
      const now = `${clock.now()}~`;
      const waiting = await store.read((r) => r.list('tasks', 'byState', 'waiting', { until: now }));
      const due = waiting.filter(({ name }) => job === undefined || byName.get(name)?.job === job);
      if (dryRun) return describeCounts(due.filter(({ until }) => until > clock.now())) || 'nothing is due';
      const states = [...(await runAll(due))];
      const inState = (wanted: Task['state']) =>
        describeCounts(states.flatMap(([task, state]) => (state === wanted ? [task] : [])));
      const dropped = inState('dropped');
      if (dropped) log.warn({ dropped }, 'tasks were dropped: their time passed while the bot was stopped');
      return inState('done') || 'nothing is due';
    },
    async replan() {
      const content = JSON.stringify([planVersion, calendar.version, convention]);
      const id = `plan:${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
      if (await store.read((r) => r.get('jobs', id))) return;
      const actions = await store.read(async (r) => [
        ...(await r.list('actions', 'byState', 'open')),
        ...(await r.list('actions', 'byState', 'held')),
      ]);
      for (let first = 0; first < actions.length; first += batchSize)
        await store.transact(async (tx) => {
          for (const { id } of actions.slice(first, first + batchSize)) {
            const request = await readRequest(tx, id);
            if (request) await planTasks(tx, services, request);
          }
        });
      await store.transact((tx) => tx.put('jobs', { id, at: clock.now() }));
    },
  };
}

/** "2 × agreements.due, 1 × reminders.day" */
function describeCounts(tasks: readonly Task[]): string {
  const counts = new Map<string, number>();
  for (const { name } of tasks) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(', ');
}

/** What an occurrence is known by in the outbox. */
const keyOf = ({ id, again }: Task): string => (again ? `${id}~again` : id);
