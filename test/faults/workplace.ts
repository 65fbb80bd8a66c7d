import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicFactory } from 'ulid';
import { coordination, hugo, person, type TestPerson, team } from '../support/bot.js';
import { type Connector, startConnector } from '../support/connector.js';
import { activityFrom, talk } from '../support/flows.js';
import { type BotProcess, bundleBot, startProcess } from '../support/process.js';
import type { Ground, Kept } from './grounds.js';

/** A class talk that somebody offers. */
export interface Offer {
  readonly id: string;
  readonly formKey: string;
  readonly who: TestPerson;
}

/** What came of a click: a card, an error that says why not, or a connection that was cut or refused. */
export type Answer = 'card' | 'cut' | { readonly code: string; readonly message: string };

/** A company whose people offer class talks, whose bots are processes of their own, and whose Teams is a double. */
export interface Workplace {
  readonly connector: Connector;
  readonly folder: string;
  /** Starts a bot and waits until it is ready. */
  start(ground: Ground, env?: Record<string, string>): Promise<BotProcess>;
  /** So many offers that nobody has sent yet. */
  offers(count: number): Offer[];
  send(bot: Pick<BotProcess, 'address'>, offer: Offer): Promise<Answer>;
  click(address: string, who: TestPerson, verb: string, data: object, where?: string): Promise<Answer>;
  /** Makes the channel of the tests the coordinators' one. */
  setUp(bot: BotProcess): Promise<void>;
  /** How often the channel got each request's card. */
  timesPosted(): Map<string, number>;
  close(): Promise<void>;
}

const tenantId = '00000000-0000-0000-0000-00000000000a';
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const nextId = monotonicFactory();

export async function openWorkplace(): Promise<Workplace> {
  const connector = await startConnector();
  connector.setMembers(team, [{ ...hugo, tenantId }]);
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-faults-'));
  const bundle = await bundleBot(folder);
  const running = new Set<BotProcess>();
  let offered = 0;

  const workplace: Workplace = {
    connector,
    folder,
    async start(ground, env = {}) {
      const bot = await startProcess(bundle, { ...ground.env, ...env });
      running.add(bot);
      return bot;
    },
    offers: (count) =>
      Array.from({ length: count }, () => {
        const letters = [offered / 676, offered / 26, offered].map((n) => 97 + (Math.floor(n) % 26));
        offered += 1;
        return {
          id: nextId(),
          formKey: nextId(),
          who: person(`Volontaire ${String.fromCharCode(...letters)}`),
        };
      }),
    send({ address }, { id, formKey, who }) {
      const inputs = { ...talk, firstDay: inAMonth, timing: 'exact', id, formKey };
      return workplace.click(address, who, 'volunteer.submit', inputs);
    },
    async click(address, who, verb, data, where) {
      const value = { action: { type: 'Action.Execute', verb, data } };
      const invoke = { type: 'invoke', name: 'adaptiveCard/action', value };
      try {
        const answer = await fetch(`${address}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(activityFrom({ connector }, who, invoke, where)),
        });
        if (answer.status !== 200) return { code: `HTTP ${answer.status}`, message: await answer.text() };
        const body = (await answer.json()) as {
          statusCode: number;
          value: { code: string; message: string };
        };
        if (body.statusCode === 200) return 'card';
        if (body.value.code !== 'refusal.tooFast') return body.value;
        // Who decides on a hundred offers is faster than a person may be, and tries again as told.
        await pause(500);
        return workplace.click(address, who, verb, data, where);
      } catch (error) {
        // How fetch says that the connection was cut; the class is of another realm than the test's.
        if ((error as Error).name === 'TypeError') return 'cut';
        throw error;
      }
    },
    async setUp({ address }) {
      const answer = await workplace.click(
        address,
        hugo,
        'setup.choose',
        { use: 'coordinators' },
        coordination,
      );
      if (answer !== 'card') throw new Error(`setting up was answered ${JSON.stringify(answer)}`);
    },
    timesPosted() {
      const posted = new Map<string, number>();
      for (const { card } of connector.posts) {
        const id = /"verb":"approval\.view","data":\{"id":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
        if (id !== undefined) posted.set(id, (posted.get(id) ?? 0) + 1);
      }
      return posted;
    },
    async close() {
      await Promise.all([...running].map((bot) => bot.kill()));
      await connector.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return workplace;
}

/** Ten thousand messages take their time. */
const patienceMs = process.env.FULL_FAULTS ? 1_200_000 : 120_000;

/** What is stored is looked at again until something holds of it. */
export async function untilKept(ground: Ground, condition: (kept: Kept) => boolean): Promise<Kept> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const kept = await ground.kept();
    if (condition(kept)) return kept;
    if (Date.now() > end) throw new Error(`${condition} did not come to hold`);
    await pause(100);
  }
}

/** Whether all that was owed has come to its end. */
export const nothingOwed = ({ outbox }: Kept): boolean =>
  Object.values(outbox).every(({ state }) => state !== 'due' && state !== 'sending');

const keyOf = ({ id }: Offer): string => `request:${id}`;

/**
 * Waits until nothing is owed any more, does what coordinators do with the cards that are listed to them as perhaps
 * not arrived (they look, and post again those that are not there), and then expects of the records what was answered,
 * and of the channel what was owed: each offer stored once with its own number, and shown once.
 * @returns how many cards were listed, and how many of them were missing
 */
export async function expectAllKept(
  workplace: Workplace,
  ground: Ground,
  bot: Pick<BotProcess, 'address'>,
  offers: readonly Offer[],
): Promise<{ listed: number; missing: number }> {
  const { outbox } = await untilKept(ground, nothingOwed);
  const listed = offers.filter((offer) => outbox[keyOf(offer)]?.state === 'unknown');
  const posted = workplace.timesPosted();
  const missing = listed.filter(({ id }) => !posted.has(id));
  for (const offer of missing) {
    const again = await workplace.click(bot.address, hugo, 'pending.resend', { id: keyOf(offer) });
    expect(again).toBe('card');
  }
  const { actions, history } = await untilKept(ground, nothingOwed);

  const ids = offers.map(({ id }) => id).sort();
  expect(Object.keys(actions).sort()).toEqual(ids);
  expect(new Set(Object.values(actions).map(({ number }) => number)).size).toBe(ids.length);
  expect(offers.filter(({ formKey }) => !(formKey in history))).toEqual([]);
  expect(Object.keys(history)).toHaveLength(ids.length);
  const times = workplace.timesPosted();
  expect([...times].filter(([, n]) => n !== 1)).toEqual([]);
  expect([...times.keys()].sort()).toEqual(ids);
  return { listed: listed.length, missing: missing.length };
}
