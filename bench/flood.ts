import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { channelChoice, channelId, click, message, sentBy, submission } from './activities.js';
import { machine, spread } from './contest.js';
import { createLoad, type Load } from './load.js';
import { isStored, mondayWithoutHoliday } from './offer.js';
import { build, deployed, type RunningServer, startServer } from './servers.js';
import type { Report } from './teams.js';

const floodPerSecond = 200;
const clicksPerSecond = 20;
const offerEveryMs = 2_000;
/** The others who work meanwhile: one after the other makes an offer, all of them click. */
const others = 100;
/** Cards that have not come by then never will. */
const patienceMs = 30_000;

interface Flood {
  sent: number;
  stored: number;
  answers: Map<string, number>;
}

interface Case {
  readonly name: string;
  readonly flood: boolean;
  readonly settings?: object;
}

const cases: readonly Case[] = [
  { name: 'calm', flood: false },
  { name: 'flood', flood: true },
  { name: 'flood, offers unlimited', flood: true, settings: { maxOpenOffers: 1_000_000 } },
];

const now = (): number => performance.timeOrigin + performance.now();

/** Runs something so many times a second, without waiting for the one before, until a moment. */
async function every(ms: number, until: number, work: () => Promise<void>): Promise<void> {
  const all: Promise<void>[] = [];
  for (let next = now(); next < until; next += ms) {
    await pause(Math.max(0, next - now()));
    all.push(work());
  }
  await Promise.all(all);
}

/** One person who sends offers and messages as fast as a program can, and what came of it. */
async function flood(load: Load, connector: string, monday: string, until: number): Promise<Flood> {
  const seen: Flood = { sent: 0, stored: 0, answers: new Map() };
  const more = sentBy('flood');
  await every(1_000 / floodPerSecond, until, async () => {
    const isMessage = ++seen.sent % 4 === 0;
    const body = isMessage ? message(connector, more) : submission(connector, monday, { more });
    const answer = await load.send(body).catch((error: Error) => error.message);
    if (isMessage) return;
    if (isStored(answer)) seen.stored += 1;
    const code = /"code":"([^"]+)"/.exec(answer)?.[1] ?? 'taken';
    seen.answers.set(code, (seen.answers.get(code) ?? 0) + 1);
  });
  return seen;
}

/** The work of the others: how long their clicks took, and when each of their offers was answered. */
async function work(load: Load, connector: string, monday: string, until: number) {
  const [turns, answered]: [number[], number[]] = [[], []];
  const timed = async (body: object): Promise<string> => {
    const began = now();
    const answer = await load.send(body);
    turns.push(now() - began);
    return answer;
  };
  let clicks = 0;
  await Promise.all([
    every(1_000 / clicksPerSecond, until, async () => {
      await timed(click(connector, 'mine.open', {}, sentBy(`other-${clicks++ % others}`)));
    }),
    every(offerEveryMs, until, async () => {
      const n = answered.push(0) - 1;
      const more = sentBy(`other-${n % others}`);
      const answer = await timed(submission(connector, monday, { more, remark: `Créneau message-${n}` }));
      if (!isStored(answer)) throw new Error(`an offer was not stored: ${answer.slice(0, 500)}`);
      answered[n] = now();
    }),
  ]);
  return { turns, answered };
}

/** How long after its answer each offer's card was in the channel, in milliseconds. */
async function waits(teams: RunningServer, answered: readonly number[]): Promise<number[]> {
  for (const giveUp = now() + patienceMs; ; await pause(250)) {
    const { taken, timeOrigin } = (await (await fetch(`${teams.address}/report`)).json()) as Report;
    const posts = taken.filter(([conversationId]) => conversationId === channelId).toReversed();
    // Of a card that was updated since, the moment at which it was posted.
    const came = new Map(posts.map(([, n, at]) => [n, timeOrigin + at]));
    const found = answered.map((at, n) => Math.max(0, (came.get(n) ?? Number.NaN) - at));
    if (!found.some(Number.isNaN)) return found;
    if (now() > giveUp) return found.map((wait) => (Number.isNaN(wait) ? Number.POSITIVE_INFINITY : wait));
  }
}

/** The processor's time that a process has had, in milliseconds (Linux). */
function cpuMs(pid: number | undefined): number {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .split(' ')
    .slice(13, 15)
    .map(Number);
  // In hundredths of a second.
  return (user + system) * 10;
}

async function measure({ flood: isFlood, settings }: Case, seconds: number) {
  // Not in the system's temporary folder, which may be memory: a sync to it would cost nothing.
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const convention = JSON.parse(readFileSync('convention.json', 'utf8')) as { settings: object };
  const file = `${folder}/convention.json`;
  writeFileSync(file, JSON.stringify({ ...convention, settings: { ...convention.settings, ...settings } }));
  const teams = await startServer(['--import', 'tsx', 'bench/teams.ts']);
  const env = { PORT: '0', DATA_FILE: `${folder}/records.json`, CONVENTION_FILE: file };
  const bot = await startServer(deployed, env);
  const [load, attack] = [createLoad(bot.address, 16), createLoad(bot.address, 16)];
  const connector = `${teams.address}/`;
  try {
    await load.send(channelChoice(connector));
    const monday = await mondayWithoutHoliday(load, connector);
    const body = () => click(connector, 'mine.open', {});
    await load.run(1_000, body, () => undefined);
    // What the first message loads is loaded once, whoever sends it.
    await load.send(message(connector));
    const [until, cpuBefore] = [now() + seconds * 1_000, cpuMs(bot.pid)];
    const [{ turns, answered }, seen] = await Promise.all([
      work(load, connector, monday, until),
      isFlood ? flood(attack, connector, monday, until) : undefined,
    ]);
    const busy = (cpuMs(bot.pid) - cpuBefore) / seconds / 10;
    return { turns, cards: await waits(teams, answered), seen, busy };
  } finally {
    load.close();
    attack.close();
    await bot.stop();
    await teams.stop();
    rmSync(folder, { recursive: true });
  }
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

/**
 * What one person who sends 200 requests a second costs others: `npm run bench -- flood [rounds] [seconds]`. A hundred
 * people click and make offers meanwhile, against a double of Teams that keeps to the documented limits; each case has
 * fresh servers. In the last one nothing limits how many offers one person has open, so that hundreds of cards wait.
 */
export async function main([rounds = '3', seconds = '60']: readonly string[]): Promise<void> {
  build();
  const results = cases.map((): Awaited<ReturnType<typeof measure>>[] => []);
  for (let round = 0; round < Number(rounds); round++) {
    for (const [i, one] of cases.entries()) {
      const result = await measure(one, Number(seconds));
      results[i]?.push(result);
      const { cards, turns, seen } = result;
      const answers = seen ? `; the flood: ${JSON.stringify(Object.fromEntries(seen.answers))}` : '';
      console.log(
        `${round + 1}/${rounds} ${one.name}: cards within ${at(cards, 1).toFixed(0)} ms, p99 ${at(turns, 0.99).toFixed(1)} ms${answers}`,
      );
    }
  }
  console.log(`\n${machine()}; ${clicksPerSecond} clicks a second of ${others} others, an offer every 2 s;`);
  console.log(`median (lowest to highest) of ${rounds} interleaved rounds of ${seconds} s\n`);
  const row = (i: number) => {
    const of = (value: (result: Awaited<ReturnType<typeof measure>>) => number) =>
      spread((results[i] ?? []).map(value));
    return {
      'card p50 ms': of(({ cards }) => at(cards, 0.5)),
      'longest ms': of(({ cards }) => at(cards, 1)),
      'turn p50 ms': of(({ turns }) => at(turns, 0.5)),
      'p99 ms': of(({ turns }) => at(turns, 0.99)),
      'bot % of a core': of(({ busy }) => busy),
      'its requests': of(({ seen }) => seen?.sent ?? 0),
      'its offers': of(({ seen }) => seen?.stored ?? 0),
    };
  };
  console.table(Object.fromEntries(cases.map(({ name }, i) => [name, row(i)])));
}
