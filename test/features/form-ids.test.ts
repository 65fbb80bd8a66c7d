import { findAction, formData, hugo, ines, type TestBot, type TestPerson, zoe } from '../support/bot.js';
import {
  all,
  errorText,
  fill,
  idIn,
  inChannel,
  offerTalk,
  placement,
  says,
  startFast,
  talk,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => {
  jest.restoreAllMocks();
  return bot.close();
});

/** What is random in an id, without the last characters: ids that are counted up share it. */
const drawn = (id: string): string => id.slice(10, 22);

/** Opens forms within one millisecond; gives what is random in their ids. */
async function open(forms: readonly (readonly [TestPerson, verb: string, send: string, data?: object])[]) {
  jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  const ids: string[] = [];
  for (const [who, verb, send, data = {}] of forms) {
    const { value } = await bot.click(who, verb, data);
    const form = findAction(value, send)?.data as { id: string; formKey: string };
    ids.push(...('id' in data ? [form.formKey] : [form.id, form.formKey]).map(drawn));
  }
  return ids;
}

it.each([
  ['volunteer', ines, zoe],
  ['host', ines, zoe],
  ['publish', hugo, hugo],
] as const)('ids of forms opened at the same time do not give each other away (%s)', async (feature, one, another) => {
  const ids = await open([one, another].map((who) => [who, `${feature}.open`, `${feature}.submit`] as const));
  expect(new Set(ids).size).toBe(4);
});

it('nor do the keys of corrections, agreements and outcomes', async () => {
  const talks = [await offerTalk(bot, ines), await offerTalk(bot, zoe)] as const;
  const { value } = await fill(bot, ines, 'accueillir', placement);
  const id = idIn(value, 'mine.withdraw');
  const corrections = await open([
    [zoe, 'volunteer.edit', 'volunteer.submit', { id: talks[1] }],
    [ines, 'host.edit', 'host.submit', { id }],
  ]);
  for (const one of [id, talks[0]]) await bot.click(hugo, 'approval.approve', { id: one }, inChannel);
  bot.setNow(`${talk.firstDay}T18:00:00Z`);
  const reports = await open([
    [ines, 'agreements.open', 'agreements.save', { id }],
    [ines, 'outcome.open', 'outcome.held', { id: talks[0] }],
    [hugo, 'outcome.open', 'outcome.held', { id: talks[0] }],
  ]);
  expect(new Set([...corrections, ...reports]).size).toBe(5);
});

it('the key of a form that has been sent does not stand for another request of the same person', async () => {
  const [first, second] = [
    await offerTalk(bot, ines),
    await offerTalk(bot, ines, { firstDay: '2026-12-10' }),
  ] as const;
  for (const id of [first, second]) await bot.click(hugo, 'approval.approve', { id }, inChannel);
  bot.setNow('2026-12-10T18:00:00Z');
  const form = formData((await bot.click(ines, 'outcome.open', { id: first })).value, 'outcome.held', {
    pupils: '27',
  });
  await bot.click(ines, 'outcome.held', form);
  const other = await bot.click(ines, 'outcome.held', { ...form, id: second });
  expect(errorText(other)).toContain(says('fr', 'refusal.outdated.heading'));
  expect((await all(bot, 'actions')).map(({ outcome }) => outcome?.pupils)).toEqual([27, undefined]);
});
