import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import type { Action } from '../../src/domain/action.js';
import type { OutboxMessage } from '../../src/ports.js';
import { coordination, hugo, person, type TestPerson, team } from '../support/bot.js';
import { type Connector, startConnector } from '../support/connector.js';
import { activityFrom, talk } from '../support/flows.js';
import { type BotProcess, bundleBot, startProcess } from '../support/process.js';
import { readRecords } from '../support/records.js';

const rounds = process.env.FULL_FAULTS ? 20 : 4;
const atOnce = 200;
const tenantId = '00000000-0000-0000-0000-00000000000a';
const nextId = monotonicFactory();
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

interface Submission {
  readonly id: string;
  readonly formKey: string;
  readonly who: TestPerson;
}
interface Kept {
  readonly actions: Record<string, Action>;
  readonly outbox: Record<string, OutboxMessage>;
  readonly history: Record<string, unknown>;
}

let connector: Connector;
let folder: string;
let bundle: string;
let running: BotProcess | undefined;
beforeAll(async () => {
  connector = await startConnector();
  connector.setMembers(team, [{ ...hugo, tenantId }]);
  folder = mkdtempSync(join(tmpdir(), 'passerelle-kill-'));
  bundle = await bundleBot(folder);
}, 60_000);
afterAll(async () => {
  await running?.kill();
  await connector.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'records.json');
const kept = () => readRecords(file()) as unknown as Kept;
const start = async () => {
  running = await startProcess(bundle, { DATA_FILE: file() });
  return running;
};

/** Clicks a card's button; gives whether the bot answered with a card, false when the connection was cut. */
async function click(bot: BotProcess, who: TestPerson, verb: string, data: object, where?: string) {
  const value = { action: { type: 'Action.Execute', verb, data } };
  const invoke = { type: 'invoke', name: 'adaptiveCard/action', value };
  const activity = activityFrom({ connector }, who, invoke, where);
  try {
    const answer = await fetch(`${bot.address}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    const body = (await answer.json()) as { statusCode: number; value: unknown };
    expect([answer.status, body.statusCode]).toEqual([200, 200]);
    return true;
  } catch (error) {
    // How fetch says that the connection was cut; the class is of another realm than the test's.
    if ((error as Error).name === 'TypeError') return false;
    throw error;
  }
}

const submit = (bot: BotProcess, { id, formKey, who }: Submission) =>
  click(bot, who, 'volunteer.submit', { ...talk, firstDay: inAMonth, timing: 'exact', id, formKey });

/** How often the channel got each request's card. */
function timesPosted(): Map<string, number> {
  const posted = new Map<string, number>();
  for (const { card } of connector.posts) {
    const id = /"verb":"approval\.view","data":\{"id":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '?';
    posted.set(id, (posted.get(id) ?? 0) + 1);
  }
  return posted;
}

const owed = () => Object.values(kept().outbox).filter((m) => m.state === 'due' || m.state === 'sending');

/** The file says when it is so: it is read again until then. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`${condition} did not come to hold`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Submits all at once, and kills the bot when so many were answered. */
async function submitAndKill(bot: BotProcess, all: readonly Submission[], killAfter: number) {
  const answered: Submission[] = [];
  let killed: Promise<void> | undefined;
  await Promise.all(
    all.map(async (submission) => {
      if (!(await submit(bot, submission))) return;
      answered.push(submission);
      if (answered.length === killAfter) killed = bot.kill();
    }),
  );
  await killed;
  return answered;
}

it(`killed ${rounds} times among ${atOnce} submissions, it loses nothing it answered and posts nothing twice`, async () => {
  let bot = await start();
  await click(bot, hugo, 'setup.choose', { use: 'coordinators' }, coordination);

  const submissions: Submission[] = [];
  const readyAfter: number[] = [];
  let answeredBeforeKill = 0;
  for (let round = 0; round < rounds; round++) {
    const all = Array.from({ length: atOnce }, (_, i) => ({
      id: nextId(),
      formKey: nextId(),
      who: person(`Volontaire ${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`),
    }));
    // Early, in the middle, late: spread over the rounds.
    const killAfter = 1 + Math.floor(((round + 0.5) / rounds) * (atOnce - 2));
    const answered = await submitAndKill(bot, all, killAfter);
    answeredBeforeKill += answered.length;
    const { actions } = kept();
    expect(answered.filter(({ id }) => !(id in actions))).toEqual([]);

    bot = await start();
    readyAfter.push(bot.readyAfterMs);
    // Teams sends again what was not answered, and sometimes what was.
    const resent = all.filter((s, i) => !answered.includes(s) || i % 10 === 0);
    const now = bot;
    expect(await Promise.all(resent.map((s) => submit(now, s)))).toEqual(resent.map(() => true));
    submissions.push(...all);
  }
  expect(await bot.stop()).toBe(0);

  // What is still owed is sent by a last start.
  bot = await start();
  await until(() => owed().length === 0);
  const unknown = submissions.filter(({ id }) => kept().outbox[`request:${id}`]?.state === 'unknown');
  expect(unknown.length).toBeLessThanOrEqual(2 * rounds);
  // Coordinators are shown these cards; they look, and post again those that are not there.
  const missing = unknown.filter(({ id }) => timesPosted().get(id) === undefined);
  const now = bot;
  const again = ({ id }: Submission) => click(now, hugo, 'pending.resend', { id: `request:${id}` });
  expect(await Promise.all(missing.map(again))).toEqual(missing.map(() => true));
  await until(() => owed().length === 0);
  expect(await bot.stop()).toBe(0);

  const { actions } = kept();
  expect(Object.keys(actions).sort()).toEqual(submissions.map((s) => s.id).sort());
  const numbers = Object.values(actions).map((a) => a.number);
  expect(new Set(numbers).size).toBe(submissions.length);

  expect([...timesPosted()].filter(([, times]) => times !== 1)).toEqual([]);
  expect([...timesPosted().keys()].sort()).toEqual(submissions.map((s) => s.id).sort());
  process.stdout.write(
    `kill -9: ${rounds} rounds of ${atOnce}, ${answeredBeforeKill} answered before a kill, none lost; ` +
      `${submissions.length} requests, ${submissions.length - missing.length} posted once by themselves and ` +
      `${missing.length} by a coordinator, none twice (${unknown.length} were under way at a kill); ` +
      `ready again after ${Math.round(Math.max(...readyAfter))} ms at most\n`,
  );
  expect(Math.max(...readyAfter)).toBeLessThan(15_000);
}, 600_000);
