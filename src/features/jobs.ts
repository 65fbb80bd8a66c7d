import type { Clock } from '../ports.js';
import type { Services } from './feature.js';
import { features } from './index.js';
import { endTimeToCome, latestMoment } from './shared/runs.js';

/** Jobs look every so often whether something is due: clock changes, restarts and missed moments heal alike. */
const intervalMs = 30_000;
/** Clocks are set by less than this all the time. */
const toleranceMs = 60_000;
/** The weekly message is recorded more often than this. */
const longestSilenceMs = 8 * 86_400_000;

interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Jobs {
  /** Runs a job now. */
  run(name: string, options: { dryRun: boolean }): Promise<string>;
  /** Runs what is due, and goes on doing so. */
  start(): Promise<void>;
  stop(): void;
  /** Somebody's activity was accepted: what Teams signed an hour ago, or in an hour, would not have been. */
  trustClock(): void;
}

/**
 * Runs the jobs of all features.
 *
 * A clock that is ahead cannot be told from a bot that was stopped for long, so that jobs are run by it. Once the
 * clock is known to be right, what was recorded for a time to come shows that it was ahead, and is put right.
 * @param onRun is called after each run
 */
export function createJobs(services: Services, log: Log, onRun: () => void): Jobs {
  const { store, clock } = services;
  const jobs = new Map(features.flatMap((f) => Object.entries(f.jobs ?? {})));
  const jumpMs = watchClock(clock);
  let timer: NodeJS.Timeout | undefined;
  let isTrusted = false;
  let mayHaveBeenAhead = true;

  const watch = (): void => {
    const ms = jumpMs();
    if (Math.abs(ms) < toleranceMs) return;
    const what = ms > 0 ? 'the clock has jumped ahead, or the machine slept' : 'the clock was set back';
    log.warn({ now: clock.now(), days: daysIn(ms) }, what);
    isTrusted = false;
    mayHaveBeenAhead ||= ms < 0;
  };

  const putRight = async (): Promise<void> => {
    if (!mayHaveBeenAhead || !isTrusted) return;
    mayHaveBeenAhead = false;
    const now = clock.now();
    const runs = await store.transact((tx) => endTimeToCome(tx, now));
    if (runs > 0)
      log.warn(
        { now, runs },
        'the clock was ahead when jobs were run: they are run again when their day comes',
      );
  };

  /** Compares the clock with the records: what they say tells nothing of who is wrong. */
  const compare = async (): Promise<void> => {
    const [now, latest] = [clock.now(), await store.read(latestMoment)];
    const ms = Date.parse(now) - Date.parse(latest);
    const details = { now, latest, days: daysIn(ms) };
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
    if (!job) throw new Error(`There is no job "${name}".`);
    const said = await job.run(services, options);
    watch();
    if (!options.dryRun) await putRight();
    onRun();
    return said;
  };

  const runDue = async (): Promise<void> => {
    for (const name of jobs.keys()) {
      await run(name, { dryRun: false }).catch((error: unknown) =>
        log.error({ err: error, name }, 'a job failed'),
      );
    }
  };

  return {
    run,
    async start() {
      await compare().catch((error: unknown) =>
        log.warn({ err: error }, 'the latest records cannot be read'),
      );
      await runDue();
      timer = setInterval(() => void runDue(), intervalMs);
    },
    stop: () => clearInterval(timer),
    trustClock() {
      watch();
      isTrusted = true;
    },
  };
}

const daysIn = (ms: number): number => Math.round(ms / 8_640_000) / 10;

/** Gives by how many milliseconds the clock has moved more than time has passed since it was last asked. */
function watchClock(clock: Clock): () => number {
  let [wall, steady] = [Date.parse(clock.now()), performance.now()];
  return () => {
    const before = wall - steady;
    [wall, steady] = [Date.parse(clock.now()), performance.now()];
    return wall - steady - before;
  };
}
