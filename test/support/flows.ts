/** The flows that many tests share: a bot at full speed, offers sent through their forms, cards looked into. */
import { createHash } from 'node:crypto';
import type { Overrides } from '../../src/app.js';
import type { Lang, RecordKind, Records } from '../../src/records.js';
import { textIn } from '../../src/text/text.js';
import {
  type CardJson,
  coordination,
  findAction,
  formData,
  type InvokeAnswer,
  startBot,
  type TestBot,
  type TestPerson,
  team,
} from './bot.js';

type StartOptions = NonNullable<Parameters<typeof startBot>[0]>;

/** A bot that does not keep to Teams' pace, so that a test with many messages does not wait. */
export const startFast = ({ parts, ...rest }: StartOptions = {}): Promise<TestBot> =>
  startBot({ ...rest, parts: { rateLimiter: { acquire: () => 0 }, ...parts } });

/** A log that keeps everything it is given, as text. */
export function keepingLog(): { lines: string[]; log: NonNullable<Overrides['log']> } {
  const lines: string[] = [];
  const keep = (facts: object, text: string) =>
    void lines.push(
      `${text} ${JSON.stringify(facts, (_, v: unknown) => (v instanceof Error ? `${v.stack}` : v))}`,
    );
  return { lines, log: { info: keep, warn: keep, error: keep } };
}

/** The words of a language, as `textOf` shows them. */
export const says = (lang: Lang, key: string, params: Record<string, string | number> = {}): string =>
  tidy(textIn(lang).at(key, params));

export const tidy = (text: string): string =>
  text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('\u200b', '');

export const inChannel = { where: coordination };

export const placement = {
  kind: 'placement-3e',
  firstDay: '2027-01-18',
  lastDay: '2027-01-22',
  places: '2',
  hosting: 'individual',
  site: 'lyon',
  academies: '10',
  school: '',
  remark: 'Découverte des métiers du support.',
};
export const talk = {
  kind: 'classroom-talk',
  level: '4e',
  firstDay: '2026-12-08',
  from: '10:00',
  until: '11:00',
  school: 'Collège Jean-Fictif, Lyon',
  remark: '',
};
export const period = {
  kind: 'careers-fair',
  level: '3e',
  academies: '10,25',
  firstDay: '2027-01-04',
  lastDay: '2027-03-26',
  halfDays: 'am',
  remark: '',
};

/** Opens a form with a command, in the person's own chat, and sends it filled. */
export async function fill(
  bot: TestBot,
  who: TestPerson,
  command: 'accueillir' | 'proposer' | 'publier',
  inputs: object,
): Promise<InvokeAnswer & { form: CardJson }> {
  const verb = { accueillir: 'host', proposer: 'volunteer', publier: 'publish' }[command];
  const [form = {}] = await bot.say(who, command);
  const answer = await bot.click(who, `${verb}.submit`, formData(form, `${verb}.submit`, inputs));
  return { ...answer, form };
}

/** Offers a class talk, or with other inputs something else of article 2; gives the request's id. */
export async function offerTalk(bot: TestBot, who: TestPerson, inputs: object = {}): Promise<string> {
  const { value } = await fill(bot, who, 'proposer', { ...talk, ...inputs });
  return idIn(value, 'mine.withdraw');
}

/** Publishes a session; gives its id. */
export async function publishSession(bot: TestBot, who: TestPerson, inputs: object = {}): Promise<string> {
  const { value } = await fill(bot, who, 'publier', { ...talk, seats: '2', ...inputs });
  return idIn(value, 'sessions.view');
}

/** The record's id that a button carries. */
export const idIn = (card: unknown, verb: string): string =>
  (formData(card as CardJson, verb) as { id: string }).id;

export const hasButton = (card: unknown, verb: string): boolean => findAction(card, verb) !== undefined;

/** The addresses that the buttons of a card open. */
export const urlsIn = ({ actions = [] }: CardJson): string[] =>
  (actions as CardJson[]).flatMap(({ type, url }) => (type === 'Action.OpenUrl' ? [String(url)] : []));

/** The cards of a place, oldest first, once nothing more is owed. */
export async function postsIn(bot: TestBot, place: string): Promise<CardJson[]> {
  await bot.app.drain();
  return bot.connector.personal(place).map((p) => p.card as CardJson);
}

export const lastPostIn = async (bot: TestBot, place: string): Promise<CardJson> =>
  (await postsIn(bot, place)).at(-1) ?? {};

/** The cards of a place as they look now, after every update. */
export async function shownIn(bot: TestBot, place: string): Promise<CardJson[]> {
  await bot.app.drain();
  return bot.connector.personal(place).map((p) => bot.connector.cardOf(p.activityId) as CardJson);
}

export const chatOf = (who: TestPerson): string => `a:${who.id}`;

export const all = <K extends RecordKind>(bot: TestBot, kind: K): Promise<readonly Records[K][]> =>
  bot.app.services.store.read((r) => r.all(kind));

export const writtenKinds = [
  'actions',
  'engagements',
  'history',
  'tallies',
  'mobilised',
  'invitations',
  'imports',
  'entries',
  'events',
  'terms',
  'amendments',
  'deadlines',
  'closings',
  'closedlines',
  'counters',
  'posts',
  'channels',
  'outbox',
] as const;

/**
 * How many records there are that a form, a decision or a choice could have written, and a hash of what they say, with
 * the languages that people have chosen.
 */
export async function written(bot: TestBot): Promise<string> {
  await bot.app.drain();
  return writtenSoFar(bot);
}

/** The same while messages may still be owed. */
export async function writtenSoFar(bot: TestBot): Promise<string> {
  const records = await Promise.all(writtenKinds.map((kind) => all(bot, kind)));
  const counts = writtenKinds.map((kind, i) => `${records[i]?.length} ${kind}`).join(', ');
  const chosen = (await all(bot, 'people')).flatMap(({ id, chosenLang, muted }) =>
    (chosenLang ?? muted) ? [id, chosenLang, muted] : [],
  );
  return `${counts}, ${createHash('sha256')
    .update(JSON.stringify([records, chosen]))
    .digest('hex')}`;
}

/** What an answer says that leaves a form as it is. */
export const errorText = ({ value }: InvokeAnswer): string => tidy(String(value.message));

/** A table for `it.each`, each row named after what is wrong in it, cut to be read. */
export const rowsOf = <T extends readonly [object, ...unknown[]]>(...rows: T[]) =>
  rows.map((row) => [JSON.stringify(row[0]).slice(0, 60), ...row] as [string, ...T]);

let lastActivity = 0;

/** An activity as Teams would send it from a person; with `more`, whatever a test wants it to be. */
export function activityFrom(
  bot: Pick<TestBot, 'connector'>,
  who: TestPerson,
  more: object = {},
  where = 'personal',
) {
  const channel = where !== 'personal';
  const tenant = who.tenant ?? '00000000-0000-0000-0000-00000000000a';
  return {
    type: 'message',
    id: `raw-${++lastActivity}`,
    channelId: 'msteams',
    serviceUrl: bot.connector.url,
    locale: who.locale,
    from: { id: who.id, name: who.name, aadObjectId: who.aadObjectId, ...who.said },
    recipient: { id: '28:passerelle', name: 'Passerelle' },
    conversation: {
      id: channel ? `${where};messageid=1` : chatOf(who),
      conversationType: channel ? 'channel' : 'personal',
      tenantId: tenant,
    },
    channelData: {
      tenant: { id: tenant },
      ...(channel ? { team: { id: team }, channel: { id: where } } : {}),
    },
    ...more,
  };
}

/** What the inputs of a card hold, by their ids. */
export function inputsOf(node: unknown): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  walk(node, (item) => {
    if (isInput(item)) found[String(item.id)] = item.value ?? '';
  });
  return found;
}

/** The earliest day that an input of a form takes. */
export const earliestIn = (form: unknown, id: string): string | undefined =>
  new RegExp(`"id":"${id}"[^}]*"min":"([^"]*)"`).exec(JSON.stringify(form))?.[1];

/** What is marked as wrong in a form, and the field it stands before. */
export function faultsOf(node: unknown): { text: string; before: string }[] {
  const faults: { text: string; before: string }[] = [];
  walk(node, (item) => {
    if (item.type === 'Container' && item.style === 'attention') {
      const texts: string[] = [];
      walk(item, (inner) => void (inner.type === 'TextBlock' && texts.push(tidy(String(inner.text)))));
      faults.push({ text: texts.join(' '), before: '' });
    }
    if (isInput(item)) for (const fault of faults) fault.before ||= String(item.id);
  });
  return faults;
}

const isInput = (item: CardJson): boolean => typeof item.type === 'string' && item.type.startsWith('Input.');

function walk(node: unknown, visit: (item: CardJson) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  visit(node as CardJson);
  for (const [key, inner] of Object.entries(node)) if (key !== 'fallback') walk(inner, visit);
}
