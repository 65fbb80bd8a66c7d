/** Sends changed activities to the whole bot, and says what was wrong with what came of them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { person, type TestPerson } from '../support/bot.js';
import { activityFrom, keepingLog } from '../support/flows.js';
import { aLine, toCsv } from '../support/import-files.js';
import { type Company, outsiders, people, startCompany } from '../support/permissions.js';
import { netChanges } from '../support/watched-store.js';
import type { Chance } from '../year/company.js';
import { countAtStart, findBroken } from './invariants.js';
import { findUnauthorised } from './judge.js';
import { breakText, evaluated, mark, replacements, replaceOne } from './mutations.js';
import { links, outdated, places, type Seed, seeds } from './seeds.js';

/** An error's own words, or the place in the code that it comes from. */
const exceptionText =
  /\bat [\w.<>]+ \(|node_modules|\bsrc\/\w+\/|\.[cm]?[jt]s:\d|(Type|Reference|Range|Syntax|Zod|Assertion)Error|Cannot read propert|is not (a function|iterable)|invalid_type|E(CONN|NOENT|PERM)/;
const failedLog =
  /a turn failed|could not be (processed|drawn|recorded|given|taken)|messenger threw|a (job|task) failed/;
const turned = /[\u202a-\u202e\u2066-\u2069]/;

/** Employees mostly: what they may not do is most. */
const senders: readonly TestPerson[] = [
  ...[people.employee, people.author, people.participant].flatMap((who) => [who, who, who]),
  ...[people.coordinator, people.own, people.admin, person('Nina Inconnue')],
  ...Object.values(outsiders),
];

export interface Attack {
  /** Sends one activity, changed in a way that chance picks; gives what is wrong with what came of it. */
  sendOne(chance: Chance): Promise<string[]>;
  /** Sends this one. */
  send(kind: string, activity: unknown): Promise<string[]>;
  /** What does not hold of the records. Puts them back as they were. */
  settle(): Promise<string[]>;
  /** How often each kind of change got each answer. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  sent(): number;
  /** The bytes that are in use once all garbage is collected. */
  memory(): number;
  activityOf(seed: Seed, who: TestPerson, where?: string): object;
  close(): Promise<void>;
}

export async function startAttack(): Promise<Attack> {
  const csv = toCsv([aLine()]);
  const fetchFile = async () => new Response(csv, { status: 200 });
  const { lines, log } = keepingLog();
  const { bot, watched }: Company = await startCompany({ silent: false, fetchFile, log });
  await bot.app.services.store.transact(async (tx) => {
    for (const link of links) await tx.put('links', link);
    await countAtStart(tx, bot);
  });
  await bot.app.drain();
  bot.connector.forget();
  watched.mark();

  const counts = new Map<string, Map<string, number>>();
  let sent = 0;
  const count = (kind: string, status: string): void => {
    const own = counts.get(kind) ?? new Map<string, number>();
    counts.set(kind, own.set(status, (own.get(status) ?? 0) + 1));
    sent += 1;
  };
  /** With what is nowhere in the seeds, but may be in an activity. */
  const activityOf = (seed: Seed, who: TestPerson, where = 'personal'): object => ({
    replyToId: 'replied-to',
    action: 'add',
    timestamp: '2026-11-23T08:00:00.000Z',
    localTimezone: 'Europe/Paris',
    entities: [{ type: 'clientInfo', timezone: 'Europe/Paris' }],
    attachments: [],
    membersAdded: [{ id: '29:somebody' }],
    membersRemoved: [{ id: '29:somebody' }],
    deliveryMode: 'normal',
    ...activityFrom(bot, who, seed.of(who), where),
  });
  const collect = (): void => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
  };

  /** The last ones, to be sent again. */
  const recent: string[] = [];

  async function send(kind: string, activity: unknown): Promise<string[]> {
    const text = typeof activity === 'string' ? activity : JSON.stringify(activity);
    recent[sent % 50] = text;
    const before = bot.connector.posts.length;
    const response = await bot.raw(text);
    const body = await response.text();
    const answer = /^\{"statusCode":(\d+),"type":"([^"]*)"/.exec(body);
    count(kind, `${response.status}${answer ? ` ${answer[1]}` : ''}`);
    let changes = watched.take();
    if (changes.some((change) => change.kind === 'outbox') || /file/.test(text)) {
      await bot.app.drain();
      changes = [...changes, ...watched.take()];
    }
    const shown = bot.connector.posts
      .slice(before)
      .map(({ activity: { text: line, summary, attachments } }) => ({ line, summary, attachments }));
    const said = `${body}\n${JSON.stringify(shown)}`;
    const faults = [
      ...findInAnswer({ status: response.status, body, said }, text),
      ...findUnauthorised(readJson(text), netChanges(changes), response.status),
      ...lines.filter((line) => failedLog.test(line)),
      ...lines.filter((line) => line.includes(mark)).map((line) => `the log has what was sent: ${line}`),
    ];
    lines.length = 0;
    return faults.map((fault) => `${kind}: ${fault}\n  ${text.slice(0, 1_500)}`);
  }

  return {
    send,
    activityOf,
    counts,
    sent: () => sent,
    async sendOne(chance) {
      const kind = chance.pick(kinds);
      const who = chance.pick(senders);
      const seed = chance.pick(kind === 'outdated' ? outdated : seeds);
      let activity: unknown = activityOf(seed, who, chance.hits(0.6) ? 'personal' : chance.pick(places));
      if (kind === 'replays') {
        const first = await send(kind, activity);
        return [...first, ...(await send(kind, activity)), ...(await send(kind, chance.pick(recent)))];
      }
      if (kind === 'broken texts') return send(kind, breakText(JSON.stringify(activity), chance));
      const times = kind === 'several' ? chance.between(2, 4) : 1;
      for (let i = 0; i < times; i++) {
        const one = kind === 'several' ? chance.pick(Object.keys(replacements)) : kind;
        if (replacements[one]) activity = replaceOne(activity, one, chance);
      }
      return send(kind, activity);
    },
    async settle() {
      await bot.app.drain();
      const broken = await findBroken(bot);
      await watched.rollBack();
      bot.connector.forget();
      return broken;
    },
    memory() {
      collect();
      return process.memoryUsage().heapUsed;
    },
    close: () => bot.close(),
  };
}

/** `unchanged` shows that what is changed is answered otherwise. */
export const kinds = [
  'unchanged',
  'outdated',
  'replays',
  'broken texts',
  'several',
  ...Object.keys(replacements),
];

interface Said {
  readonly status: number;
  readonly body: string;
  /** With what was written to the conversation. */
  readonly said: string;
}

/** What is wrong with an answer to this text. */
function findInAnswer({ status, body, said }: Said, text: string): string[] {
  const isAnswer = [200, 400, 403, 413].includes(status) || (status === 501 && /"invoke"/.test(text));
  return [
    ...(isAnswer ? [] : [`it is answered HTTP ${status}`]),
    ...(exceptionText.test(said) ? [`an error is shown: ${exceptionText.exec(said)?.[0]}`] : []),
    ...(said.includes(evaluated) ? ['what was sent is evaluated'] : []),
    ...findMarkdown(said),
    ...(turned.test(said) ? ['the direction of writing is turned'] : []),
    ...(status >= 400 && body.includes(mark) ? ['a refusal repeats what was sent'] : []),
  ];
}

/** Links of ours in the places of a card that read Markdown. */
function findMarkdown(said: string): string[] {
  if (!said.includes('exemple.invalid')) return [];
  const texts = said.matchAll(
    /"type":"TextBlock"[^{}]*?"text":("(?:[^"\\]|\\.)*")|"(?:title|value|line)":("(?:[^"\\]|\\.)*")\}/g,
  );
  return [...texts].flatMap(([, block, fact]) => {
    const text = JSON.parse(block ?? fact ?? '""') as string;
    return /(?<!\\)\]\(https:|(?<!\\)<https:/.test(text) ? [`a link is shown: ${text}`] : [];
  });
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
