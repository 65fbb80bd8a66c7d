import type { Store } from '../../src/ports.js';
import { personLimits } from '../../src/teams/person-limit.js';
import { amy, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import { activityFrom, errorText, says, startFast } from '../support/flows.js';
import { createMemoryStore } from '../support/memory-store.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ parts: { personLimits } });
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const { perSecond, burst } = personLimits;
const atOnce = <T>(count: number, one: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, one));
const said = (lang: 'fr' | 'en', what: string) => says(lang, `refusal.tooFast.${what}`, { perSecond });

/** How many may be let in since a moment: a flood takes longer on a slow machine. */
const mostSince = (began: number): number => {
  const seconds = (performance.now() - began) / 1_000;
  return perSecond * (seconds + 2) + burst * (seconds / 10 + 2);
};

it.each([
  [ines, 'fr'],
  [amy, 'en'],
] as const)('of 300 clicks of one person those beyond the limit are told so, and the card stays (%#)', async (who, lang) => {
  const began = performance.now();
  const answers = await atOnce(300, () => bot.click(who, 'mine.open'));
  const told = answers.filter((a) => a.statusCode !== 200);
  expect(told.length).toBeGreaterThan(300 - mostSince(began));
  for (const answer of told) {
    expect(answer).toMatchObject({ http: 200, statusCode: 400, type: 'application/vnd.microsoft.error' });
    expect(errorText(answer)).toBe(`${said(lang, 'heading')}. ${said(lang, 'why')}`);
  }
});

it('as many as a hand can make are all answered', async () => {
  const answers = await atOnce(perSecond + burst, () => bot.click(ines, 'mine.open'));
  expect(answers.map((a) => a.statusCode)).toEqual(answers.map(() => 200));
});

it('others are answered meanwhile', async () => {
  const [, mine] = await Promise.all([
    atOnce(300, () => bot.click(ines, 'mine.open')),
    atOnce(20, () => bot.click(zoe, 'mine.open')),
  ]);
  expect(mine.map((a) => a.statusCode)).toEqual(mine.map(() => 200));
});

it('of 300 messages those beyond the limit are answered once in all, and none is an error', async () => {
  const before = bot.connector.posts.length;
  const began = performance.now();
  const send = () => bot.raw(activityFrom(bot, ines, { text: 'aide' }));
  const statuses = (await atOnce(300, send)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const cards = bot.connector.posts.slice(before).map(({ card }) => textOf(card));
  expect(cards.filter((text) => text.includes(said('fr', 'heading')))).toHaveLength(1);
  expect(cards.length).toBeLessThan(mostSince(began));
});

it('of 300 searches as one types those beyond the limit are told so', async () => {
  const value = { kind: 'search', queryText: 'lyon', dataset: 'schools' };
  const search = async () => {
    const answer = await bot.raw(
      activityFrom(bot, ines, { type: 'invoke', name: 'application/search', value }),
    );
    return (await answer.json()) as { statusCode: number; value: { message: string } };
  };
  const began = performance.now();
  const refused = (await atOnce(300, search)).filter(({ statusCode }) => statusCode !== 200);
  expect(refused.length).toBeGreaterThan(300 - mostSince(began));
  expect(refused[0]?.value.message).toContain(said('fr', 'heading').slice(0, 10));
});

it('what is beyond the limit asks nothing of the records', async () => {
  const store = createMemoryStore();
  let asked = 0;
  const counting: Store = {
    ...store,
    read: (work) => {
      asked += 1;
      return store.read(work);
    },
    transact: (work) => {
      asked += 1;
      return store.transact(work);
    },
  };
  const other = await startFast({ parts: { personLimits, store: counting } });
  try {
    const ask = () => other.click(ines, 'mine.open');
    await ask();
    asked = 0;
    await ask();
    const each = asked;
    asked = 0;
    const began = performance.now();
    const answers = await atOnce(900, ask);
    const answered = answers.filter((a) => a.statusCode === 200).length;
    expect(answered).toBeLessThan(mostSince(began));
    // What runs beside it, such as jobs, asks for a little.
    expect(asked - answered * each).toBeLessThan((900 - answered) / 2);
  } finally {
    await other.close();
  }
});

it('what came too fast is answered once the person has slowed down', async () => {
  await atOnce(100, () => bot.click(ines, 'mine.open'));
  expect((await bot.click(ines, 'mine.open')).statusCode).toBe(400);
  const slower = async (): Promise<number> => {
    for (;;) {
      const { statusCode } = await bot.click(ines, 'mine.open');
      if (statusCode === 200) return statusCode;
      await new Promise(setImmediate);
    }
  };
  expect(await slower()).toBe(200);
});
