import { modelLimits } from '../../src/teams/model/suggest.js';
import { type CardJson, type startBot, type TestBot, type TestPerson, textOf } from './bot.js';
import type { SeenMessage } from './connector.js';
import { activityFrom, says, startFast } from './flows.js';
import type { ModelApi } from './model-api.js';

/** What the rules do not understand; with a model, it is sent. */
export const unclear = 'on pourrait dépanner deux jeunes à Lyon';

export const settingsOf = ({ url }: ModelApi): Record<string, string> => ({
  OPENAI_API_KEY: 'sk-hush-hush',
  OPENAI_MODEL: 'a-model',
  OPENAI_BASE_URL: `${url}/v1`,
});

/** A bot that asks this model, on 26 November 2026, as often as a test likes. */
export const startWithModel = (
  api: ModelApi,
  { parts, ...rest }: NonNullable<Parameters<typeof startBot>[0]> = {},
): Promise<TestBot> =>
  startFast({
    now: '2026-11-26T09:00:00.000Z',
    env: settingsOf(api),
    parts: { modelLimits: { ...modelLimits, perMinute: 1e6 }, ...parts },
    ...rest,
  });

export interface Answered {
  readonly card: CardJson;
  /** All that the card says. */
  readonly text: string;
  readonly isHelp: boolean;
  /** Whether Teams is told to show its label for AI, and to ask whether it helped. */
  readonly marks: { readonly label: boolean; readonly feedback: boolean };
}

const label = {
  type: 'https://schema.org/Message',
  '@type': 'Message',
  '@context': 'https://schema.org',
  '@id': '',
  additionalType: ['AIGeneratedContent'],
};

/** The answer to what a person writes, as Teams gets it. */
export async function ask(
  bot: TestBot,
  who: TestPerson,
  text: string,
  where = 'personal',
): Promise<Answered> {
  await bot.app.drain();
  const before = bot.connector.posts.length;
  await bot.raw(activityFrom(bot, who, { text }, where));
  const [post, ...more] = bot.connector.posts.slice(before);
  if (!post || more.length > 0) throw new Error(`${more.length + (post ? 1 : 0)} answers to “${text}”`);
  return readAnswer(post);
}

/** What an answer shows and carries. */
export function readAnswer(post: SeenMessage): Answered {
  const { entities, channelData } = post.activity;
  const said = textOf(post.card);
  const headings = (['fr', 'en'] as const).map((lang) => says(lang, 'help.unknown.heading'));
  return {
    card: post.card as CardJson,
    text: said,
    isHelp: headings.some((heading) => said.includes(heading)),
    marks: {
      label: JSON.stringify(entities) === JSON.stringify([label]),
      feedback: channelData?.feedbackLoop?.type === 'default',
    },
  };
}

export const marked = { label: true, feedback: true };
export const unmarked = { label: false, feedback: false };

/** A metric of a bot, by its labels: `passerelle_turn_seconds{type="message"}`. */
export async function metric(bot: TestBot, name: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', bot.url))).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}
