import type { Services } from './features/feature.js';
import { features } from './features/index.js';
import { correctFutureRuns, readLatestMoment } from './features/shared/job-runs.js';
import { bringTalliesUpToDate } from './features/shared/tallies.js';
import type { Clock } from './ports.js';
import type { Scheduler } from './scheduler.js';

/**
 * Jobs check this often whether something is due, so that clock changes, restarts and missed times need no special
 * care.
 */
const intervalMs = 30_000;
/** Normal clock synchronisation stays below this. */
const toleranceMs = 60_000;
/** At least the weekly message is recorded more often than this. */
const longestSilenceMs = 8 * 86_400_000;

interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Jobs {
  /** Runs a job now. */
  run(name: string, options: { dryRun: boolean }): Promise<string>;
  /** Runs every job that is due, now and every 30 s. */
  start(): Promise<void>;
  stop(): void;
  /**
   * An activity was accepted, which proves the clock right to within the hour: Teams' signatures do not last longer.
   */
  trustClock(): void;
}

/**
 * Runs the jobs of all features.
 *
 * A clock that is ahead cannot be told from a bot that was stopped for long, so jobs trust it. Once the clock is
 * known to be right, records with a time in the future show that it was ahead, and are corrected.
 * @param onRun called after each run
 */
export function createJobs(services: Services, scheduler: Scheduler, log: Log, onRun: () => void): Jobs {
  const { store, clock } = services;
  const jobs = new Map(features.flatMap((f) => Object.entries(f.jobs ?? {})));
  const taskJobs = new Set(
    features.flatMap((f) => Object.values(f.tasks ?? {}).map(({ job }): string => job)),
  );
  const jumpMs = watchClock(clock);
  let timer: NodeJS.Timeout | undefined;
  let isTrusted = false;
  let mayHaveBeenAhead = true;

  const checkClock = (): void => {
    const ms = jumpMs();
    if (Math.abs(ms) < toleranceMs) return;
    const what = ms > 0 ? 'the clock has jumped ahead, or the machine slept' : 'the clock was set back';
    log.warn({ now: clock.now(), days: toDays(ms) }, what);
    isTrusted = false;
    mayHaveBeenAhead ||= ms < 0;
  };

  const correctFuture = async (): Promise<void> => {
    if (!mayHaveBeenAhead || !isTrusted) return;
    mayHaveBeenAhead = false;
    const now = clock.now();
    const runs = await store.transact((tx) => correctFutureRuns(tx, now));
    if (runs > 0)
      log.warn(
        { now, runs },
        'the clock was ahead when jobs were run: they are run again when their day comes',
      );
  };

  /** Compares the clock with the latest record. A difference does not say which of them is wrong. */
  const compareClock = async (): Promise<void> => {
    const [now, latest] = [clock.now(), await store.read(readLatestMoment)];
    const ms = Date.parse(now) - Date.parse(latest);
    const details = { now, latest, days: toDays(ms) };
    if (ms < -toleranceMs)
      log.warn(details, 'records are later than the clock: it was ahead then, or is behind now');
    if (ms > longestSilenceMs)
      log.warn(
        details,
        'nothing was recorded for long: if the bot was not stopped meanwhile, the clock is wrong',
      );
  };

  const run: Jobs['run'] = async (name, options) => {
    const job = jobs.get(name);
    if (!job && !taskJobs.has(name)) {
      const known = [...jobs.keys(), ...taskJobs].sort().join(', ');
      throw new Error(`There is no job "${name}". There are: ${known}.`);
    }
    const summary = job
      ? await job.run(services, { ...options, warn: (message) => log.warn({ job: name }, message) })
      : `${name}: ${await scheduler.run({ job: name, ...options })}`;
    await afterRun(options);
    return summary;
  };

  const afterRun = async ({ dryRun }: { dryRun: boolean }): Promise<void> => {
    checkClock();
    if (!dryRun) await correctFuture();
    onRun();
  };

  const runTasks = async (): Promise<void> => {
    await scheduler.run({ dryRun: false });
    await afterRun({ dryRun: false });
  };

  const runDue = async (): Promise<void> => {
    const due = [...jobs.keys()].map((name) => [name, () => run(name, { dryRun: false })] as const);
    for (const [name, work] of [...due, ['tasks', runTasks] as const]) {
      await work().catch((error: unknown) => log.error({ err: error, name }, 'a job failed'));
    }
  };

  return {
    run,
    async start() {
      await compareClock().catch((error: unknown) =>
        log.warn({ err: error }, 'the latest records cannot be read'),
      );
      await scheduler
        .replan()
        .catch((error: unknown) =>
          log.error({ err: error }, 'the tasks could not be planned: they are at the next start'),
        );
      await bringTalliesUpToDate(services).catch((error: unknown) =>
        log.error({ err: error }, 'the figures could not be counted again: they are at the next start'),
      );
      await runDue();
      timer = setInterval(() => void runDue(), intervalMs);
    },
    stop: () => clearInterval(timer),
    trustClock() {
      checkClock();
      isTrusted = true;
    },
  };
}

const toDays = (ms: number): number => Math.round(ms / 8_640_000) / 10;

/**
 * Returns a function that gives the milliseconds by which the clock has moved more than real time since its last
 * call.
 */
function watchClock(clock: Clock): () => number {
  let [wall, steady] = [Date.parse(clock.now()), performance.now()];
  return () => {
    const before = wall - steady;
    [wall, steady] = [Date.parse(clock.now()), performance.now()];
    return wall - steady - before;
  };
}
