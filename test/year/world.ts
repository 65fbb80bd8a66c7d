import { DateTime } from 'luxon';
import type { OutboxMessage } from '../../src/records.js';
import {
  type CardJson,
  findAction,
  formData,
  type InvokeAnswer,
  startBot,
  type TestBot,
  type TestPerson,
} from '../support/bot.js';
import { chatOf } from '../support/flows.js';
import { type Chance, coordinators, createChance, createCompany, type Employee } from './company.js';

export interface YearOptions {
  readonly employees: number;
  readonly seed: number;
  /** Calendar days in Europe/Paris. */
  readonly from: string;
  readonly until: string;
  readonly env?: Record<string, string>;
}

/** A message as its reader got it. */
export interface Received {
  readonly at: string;
  /** The conversation. */
  readonly to: string;
  readonly card: CardJson;
  readonly activityId: string;
}

/** The made-up company during a year: its people, the real bot, and what has come to pass. */
export interface World {
  readonly bot: TestBot;
  readonly employees: readonly Employee[];
  readonly chance: Chance;
  readonly received: Received[];
  /** Rows of the outbox that were sent, in order: what was said to whom and when. */
  readonly sent: OutboxMessage[];
  /** Everything that somebody was answered which is no card: a refusal, an error. Counted by its heading. */
  readonly refusals: Map<string, number>;
  today(): string;
  /** Sets the clock to a time of day in Paris, lets the bot do what is due, and notes what arrived. */
  advance(day: string, time: string): Promise<void>;
  /** Notes what arrived meanwhile. */
  collect(): Promise<void>;
  click(who: TestPerson, card: CardJson, verb: string, inputs?: object, where?: string): Promise<CardJson>;
  call(who: TestPerson, verb: string, data: object, where?: string): Promise<CardJson>;
  say(who: TestPerson, text: string): Promise<CardJson>;
}

const times = ['reminders', 'outcomes', 'weekly'] as const;

export async function createWorld({ employees, seed, env = {}, from }: YearOptions): Promise<World> {
  const chance = createChance(seed);
  const company = createCompany(employees, chance);
  const bot = await startBot({
    now: DateTime.fromISO(`${from}T07:00`, { zone: 'Europe/Paris' }).toUTC().toISO() ?? '',
    env,
    parts: { rateLimiter: { acquire: () => 0 } },
  });
  const zoneOf = new Map(company.flatMap(({ id, timeZone }) => (timeZone ? [[id, timeZone] as const] : [])));
  const received: Received[] = [];
  const sent: OutboxMessage[] = [];
  const refusals = new Map<string, number>();
  let seenPosts = 0;
  let sentUntil = '';
  const sentIds = new Set<string>();
  /** The cards with which commands were answered. */
  const answers = new Set<unknown>();

  const note = (answer: InvokeAnswer): CardJson => {
    const text = String(
      (answer.value as { fallbackText?: string }).fallbackText ?? answer.value.message ?? '',
    );
    if (answer.http >= 500 || answer.statusCode >= 500)
      refusals.set(`HTTP ${answer.http}`, (refusals.get(`HTTP ${answer.http}`) ?? 0) + 1);
    if (answer.type.endsWith('error')) refusals.set(text, (refusals.get(text) ?? 0) + 1);
    return answer.value;
  };
  const world: World = {
    bot,
    employees: company,
    chance,
    received,
    sent,
    refusals,
    today: () => DateTime.fromISO(bot.now(), { zone: 'Europe/Paris' }).toISODate() ?? '',
    async advance(day, time) {
      bot.setNow(DateTime.fromISO(`${day}T${time}`, { zone: 'Europe/Paris' }).toUTC().toISO() ?? '');
      for (const job of times) await bot.app.runJob(job, { dryRun: false });
      await bot.app.drain();
      await world.collect();
    },
    async collect() {
      const { posts } = bot.connector;
      for (; seenPosts < posts.length; seenPosts++) {
        const post = posts[seenPosts];
        // What somebody asked for is no message of the bot's own.
        if (post && !answers.has(post.card))
          received.push({
            at: bot.now(),
            to: post.conversationId,
            card: post.card as CardJson,
            activityId: post.activityId,
          });
      }
      const rows = await bot.app.services.store.read((r) =>
        r.list('outbox', 'byEnd', 'sent', { from: sentUntil }),
      );
      for (const row of rows) {
        if (sentIds.has(`${row.id} ${row.order}`)) continue;
        sentIds.add(`${row.id} ${row.order}`);
        if (row.op === 'post') sent.push(row);
      }
      sentUntil = rows.at(-1)?.dueAt ?? sentUntil;
    },
    click: async (who, card, verb, inputs = {}, where = 'personal') =>
      note(await bot.click(who, verb, formData(card, verb, inputs), { where })),
    call: async (who, verb, data, where = 'personal') => note(await bot.click(who, verb, data, { where })),
    say: async (who, text) => {
      const cards = await bot.say(who, text);
      for (const card of cards) answers.add(card);
      return cards[0] ?? {};
    },
  };
  await bot.setUp(coordinators);
  // Everybody has installed the app: their chats and their time zones are known.
  for (const who of company) {
    const zone = zoneOf.get(who.id);
    const activity = {
      type: 'message',
      id: `hello-${who.id}`,
      text: 'aide',
      channelId: 'msteams',
      serviceUrl: bot.connector.url,
      locale: who.locale,
      ...(zone ? { localTimezone: zone } : {}),
      from: { id: who.id, name: who.name, aadObjectId: who.aadObjectId },
      recipient: { id: '28:passerelle', name: 'Passerelle' },
      conversation: {
        id: chatOf(who),
        conversationType: 'personal',
        tenantId: '00000000-0000-0000-0000-00000000000a',
      },
      channelData: { tenant: { id: '00000000-0000-0000-0000-00000000000a' } },
    };
    await bot.raw(activity);
  }
  await bot.app.drain();
  // The greetings are no news of the year.
  seenPosts = bot.connector.posts.length;
  await world.collect();
  sent.splice(0);
  return world;
}

export const has = (card: unknown, verb: string): boolean => findAction(card, verb) !== undefined;
