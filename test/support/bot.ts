import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp, type Overrides } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createCards } from '../../src/teams/cards.js';
import { type Connector, startConnector } from './connector.js';
import { writeConvention } from './convention-file.js';
import { watchLog } from './log-watch.js';

/** Somebody of the company, as Teams presents them. */
export interface TestPerson {
  readonly aadObjectId: string;
  readonly id: string;
  readonly name: string;
  readonly locale?: string;
  /** What else Teams says of them, such as that they are a guest. */
  readonly said?: object;
  /** Another company's, of somebody who is there. */
  readonly tenant?: string;
}

export const person = (name: string, locale = 'fr-FR'): TestPerson => {
  const slug = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, '-');
  return { aadObjectId: `aad-${slug}`, id: `29:${slug}`, name, locale };
};

export const ines = person('Inès Exemple');
export const hugo = person('Hugo Témoin');
export const zoe = person('Zoé Spécimen');
export const louis = person('Louis Fictif');
export const amy = person('Amy Sample', 'en-GB');

export const team = '19:team@thread.tacv2';
export const coordination = '19:coordination@thread.tacv2';
export const announcements = '19:annonces@thread.tacv2';
const tenant = '00000000-0000-0000-0000-00000000000a';

export type CardJson = { [key: string]: unknown };

export interface InvokeAnswer {
  readonly http: number;
  readonly statusCode: number;
  readonly type: string;
  /** The card, or the error's `{code, message}`. */
  readonly value: CardJson;
}

/** A bot on a free port, its records in a folder of its own, and a double of Teams around it. */
export interface TestBot {
  readonly app: App;
  readonly url: string;
  readonly connector: Connector;
  readonly file: string;
  /** Moves the clock: an ISO instant. */
  setNow(instant: string): void;
  now(): string;
  raw(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Sends what Teams sends of a person in a place. */
  send(who: TestPerson, where: string, more: object): Promise<Response>;
  /** What a person writes; gives the cards they are answered with. */
  say(who: TestPerson, text: string, where?: string): Promise<CardJson[]>;
  /** A click on a button of a card. */
  click(
    who: TestPerson,
    verb: string,
    data?: object,
    options?: { where?: string; on?: string },
  ): Promise<InvokeAnswer>;
  /** Makes the channel of the test the coordinators' one, its team being these people. */
  setUp(coordinators: readonly TestPerson[]): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Reading the templates takes longer than most tests. */
const render = createCards('cards');

export async function startBot(
  options: {
    env?: Record<string, string>;
    /** Settings other than those of the convention that ships. */
    settings?: object;
    /** Other parts of it. */
    convention?: object;
    now?: string;
    parts?: Overrides;
  } = {},
): Promise<TestBot> {
  const connector = await startConnector();
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-'));
  const file = join(folder, 'records.json');
  const env = { PORT: '0', DATA_FILE: file, LOG_LEVEL: 'silent', ...options.env };
  if (options.settings ?? options.convention)
    Object.assign(env, { CONVENTION_FILE: writeConvention(folder, options) });
  // A second after the weekly message was due: jobs that run while a test is slow have nothing to send.
  let now = options.now ?? '2026-11-23T08:00:01.000Z';
  const watch = watchLog(env, options.parts?.log);
  const open = async () => {
    const config = readConfig(env);
    const unlimited = { perSecond: 1e6, burst: 1e6 };
    // People of tests click faster than anybody can.
    const app = await createApp(config, {
      clock: { now: () => now },
      personLimits: unlimited,
      ...(options.parts?.root ? {} : { render }),
      ...options.parts,
      log: watch.log,
    });
    const { newToken } = app.services.links;
    Object.assign(app.services.links, { newToken: () => watch.plant(newToken()) });
    return { app, url: `${await app.listen()}/api/messages` };
  };
  let running = await open();
  let lastId = 0;

  const activityOf = (who: TestPerson, where: string, more: object) => {
    const kind = where === 'personal' ? where : where.endsWith('@thread.v2') ? 'groupChat' : 'channel';
    const channel = kind === 'channel';
    return {
      id: `activity-${++lastId}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      locale: who.locale,
      from: { id: who.id, name: who.name, aadObjectId: who.aadObjectId, ...who.said },
      recipient: { id: '28:passerelle', name: 'Passerelle' },
      conversation: {
        id: channel ? `${where};messageid=1` : kind === 'personal' ? `a:${who.id}` : where,
        conversationType: kind,
        tenantId: who.tenant ?? tenant,
      },
      channelData: {
        tenant: { id: who.tenant ?? tenant },
        ...(channel ? { team: { id: team }, channel: { id: where } } : {}),
      },
      ...more,
    };
  };
  const raw = (body: unknown, headers: Record<string, string> = {}) => {
    watch.sees(body);
    return fetch(running.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };

  const send = (who: TestPerson, where: string, more: object) => raw(activityOf(who, where, more));

  const bot: TestBot = {
    get app() {
      return running.app;
    },
    get url() {
      return running.url;
    },
    connector,
    file,
    setNow: (instant) => {
      now = instant;
    },
    now: () => now,
    raw,
    send,
    say: async (who, text, where = 'personal') => {
      // What was owed before is not the answer.
      await running.app.drain();
      const before = connector.posts.length;
      const answer = await send(who, where, { type: 'message', text });
      if (answer.status !== 200) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
      return connector.posts.slice(before).map((p) => p.card as CardJson);
    },
    click: async (who, verb, data = {}, { where = 'personal', on } = {}) => {
      const answer = await send(who, where, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
        ...(on ? { replyToId: on } : {}),
      });
      const body = JSON.parse(await answer.text()) as Omit<InvokeAnswer, 'http'>;
      return { http: answer.status, ...body };
    },
    setUp: async (coordinators) => {
      connector.setMembers(
        team,
        coordinators.map((p) => ({ id: p.id, aadObjectId: p.aadObjectId, name: p.name, tenantId: tenant })),
      );
      const [first] = coordinators;
      if (!first) throw new Error('somebody has to set it up');
      const where = coordination;
      const { statusCode } = await bot.click(first, 'setup.choose', { use: 'coordinators' }, { where });
      if (statusCode !== 200) throw new Error(`setting up was answered ${statusCode}`);
    },
    restart: async () => {
      await running.app.close();
      running = await open();
    },
    close: async () => {
      await running.app.close();
      await connector.close();
      rmSync(folder, { recursive: true, force: true });
      watch.check();
    },
  };
  return bot;
}

/** The form fields and ids that a form card would send when its button is clicked with these inputs. */
export function formData(card: CardJson, verb: string, inputs: object = {}): Record<string, unknown> {
  const found = findAction(card, verb);
  if (!found) throw new Error(`the card has no button "${verb}": ${JSON.stringify(card).slice(0, 500)}`);
  return { ...(found.data as object), ...inputs };
}

/** The button of a card with this verb. */
export function findAction(node: unknown, verb: string): CardJson | undefined {
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = findAction(item, verb);
      if (found) return found;
    }
    return undefined;
  }
  if (typeof node !== 'object' || node === null) return undefined;
  const record = node as CardJson;
  if (record.type === 'Action.Execute' && record.verb === verb) return record;
  return findAction(Object.values(record), verb);
}

/** All that a card says, in its order. */
export function textOf(node: unknown): string {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && ['text', 'title', 'value', 'label', 'altText'].includes(key))
        texts.push(inner);
      else if (key !== 'fallback') walk(inner);
    }
  };
  walk(node);
  return texts
    .join(' | ')
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .replaceAll('\u200b', '');
}
