import { addDays, weekday } from '../../src/domain/days.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { findFaults } from './checks.js';
import { createMemory, playDay } from './play.js';
import { countMessages } from './report.js';
import { createWorld, type World, type YearOptions } from './world.js';

export interface Played {
  readonly world: World;
  readonly faults: readonly string[];
  /** What came to pass, in lines. */
  readonly summary: readonly string[];
}

export interface PlayOptions extends YearOptions {
  /** Keeps the records in a PostgreSQL of its own, which is away for an hour one morning; otherwise in a file. */
  readonly database?: boolean;
  readonly onDay?: (day: string) => void;
}

/**
 * Plays a part of a school year of the made-up company against the real bot: people offer, join, withdraw, forget and
 * answer, coordinators decide, the clock goes from day to day. Once in it the bot is restarted in the middle of a
 * sending. The caller closes the world.
 */
export async function playYear(options: PlayOptions): Promise<Played> {
  const server = options.database ? await startPostgres() : undefined;
  const env = server ? { DATABASE_URL: await server.createDatabase() } : {};
  const world = await createWorld({ ...options, env });
  const memory = createMemory();
  const days = daysOf(options);
  const [restartOn, awayOn] = [days[Math.floor(days.length / 3)], days[Math.floor(days.length / 2)]];
  for (const day of days) {
    options.onDay?.(day);
    await world.advance(day, '07:30');
    await world.advance(day, '09:05');
    if (weekday(day) > 5) continue;
    await world.advance(day, '11:00');
    if (day === awayOn && server) await beAway(world, server, day);
    await playDay(world, memory);
    if (day === restartOn) await world.bot.restart();
    await world.advance(day, '17:00');
  }
  const faults = await findFaults(world);
  const counts = countMessages(world).map(({ count }) => count);
  const active = counts.filter((n) => n > 0);
  const median = (list: readonly number[]) => list[Math.floor(list.length / 2)] ?? 0;
  const summary = [
    `${options.employees} employees, ${days[0]} to ${days.at(-1)}, ${server ? 'PostgreSQL' : 'the data file'}`,
    ...[...memory.done].sort().map(([what, n]) => `${n} × ${what}`),
    `messages an employee received: median ${median(counts)}, at most ${counts.at(-1) ?? 0}; of the ${active.length} who received any: median ${median(active)}`,
    ...[...countKinds(world)].map(([message, n]) => `${n} × ${message}`),
    faults.length === 0 ? 'no fault was found' : `${faults.length} faults:`,
    ...faults.slice(0, 50),
  ];
  const close = world.bot.close;
  world.bot.close = async () => {
    await close();
    await server?.remove();
  };
  return { world, faults, summary };
}

const countKinds = ({ sent }: World): Map<string, number> => {
  const kinds = new Map<string, number>();
  for (const { message } of sent) kinds.set(message, (kinds.get(message) ?? 0) + 1);
  return new Map([...kinds].sort((a, b) => b[1] - a[1]));
};

function daysOf({ from, until }: YearOptions): string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The database is away for an hour of the company's clock: who speaks meanwhile is told so. */
async function beAway(world: World, server: PostgresServer, day: string): Promise<void> {
  await server.stop();
  const [who] = world.employees;
  const answer = who && (await world.call(who, 'mine.open', {}));
  if (!answer) throw new Error('nobody was answered while the database was away');
  world.bot.setNow(new Date(Date.parse(world.bot.now()) + 3_600_000).toISOString());
  await server.start();
  await world.advance(day, '12:05');
}
