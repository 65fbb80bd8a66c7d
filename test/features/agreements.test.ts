import { amy, coordination, formData, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import {
  all,
  chatOf,
  faultsOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  placement,
  postsIn,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

/** An approved offer of two places from 18 January 2027 on; gives its id. */
async function approved(who = ines): Promise<string> {
  const { value } = await fill(bot, who, 'accueillir', placement);
  const id = idIn(value, 'mine.withdraw');
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return id;
}
async function sign(id: string, agreements: string, who = ines, where = {}) {
  const form = await bot.click(who, 'agreements.open', { id }, where);
  return bot.click(who, 'agreements.save', formData(form.value, 'agreements.save', { agreements }), where);
}
const reminders = () => bot.app.runJob('reminders', { dryRun: false });
const remindersTo = async (place: string, lang: 'fr' | 'en' = 'fr') =>
  (await postsIn(bot, place)).filter((c) => textOf(c).includes(says(lang, 'agreements.why')));

it('the host says how many agreements are signed, and everybody sees the number', async () => {
  const id = await approved();
  const mine = await bot.click(ines, 'mine.show', { id });
  expect(hasButton(mine.value, 'agreements.open')).toBe(true);
  const saved = await sign(id, '1');
  expect(textOf(saved.value)).toContain('1 convention signée sur 2');
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({ agreements: 1 });
  const [card] = await shownIn(bot, coordination);
  expect(textOf(card)).toContain('Conventions : 1 signée sur 2');
});

it.each([
  '3',
  '-1',
  '1.5',
  'deux',
  '',
])('%p of two is refused at the field, and nothing is changed', async (typed) => {
  const id = await approved();
  const before = await written(bot);
  const { value } = await sign(id, typed);
  expect(faultsOf(value)).toEqual([
    { text: expect.stringContaining(says('fr', 'agreements.error', { max: 2 })), before: 'agreements' },
  ]);
  expect(await written(bot)).toBe(before);
});

it('the same form sent twice is one entry in the history', async () => {
  const id = await approved();
  const form = await bot.click(ines, 'agreements.open', { id });
  const data = formData(form.value, 'agreements.save', { agreements: '2' });
  await bot.click(ines, 'agreements.save', data);
  await bot.click(ines, 'agreements.save', data);
  expect((await all(bot, 'history')).filter((row) => row.move === 'agreements')).toHaveLength(1);
});

it('only its host and coordinators, and only while it is approved', async () => {
  const id = await approved();
  const other = await bot.click(zoe, 'agreements.open', { id });
  expect(textOf(other.value)).toContain(says('fr', 'refusal.notYours.heading'));
  expect(textOf((await sign(id, '2', hugo, inChannel)).value)).toContain('2 conventions signées sur 2');
  await bot.click(ines, 'mine.withdrawConfirmed', { id });
  const late = await bot.click(ines, 'agreements.open', { id });
  expect(textOf(late.value)).toContain(says('fr', 'refusal.outdated.heading'));
});

it('the host and the coordinators are reminded 14 and 3 days before, once each, until all are signed', async () => {
  const id = await approved();
  const counts = async () =>
    [await remindersTo(chatOf(ines)), await remindersTo(coordination)].map((c) => c.length);
  for (const [now, wanted] of [
    ['2027-01-03T09:00:00.000Z', 0],
    ['2027-01-04T09:00:00.000Z', 1],
    ['2027-01-10T09:00:00.000Z', 1],
    ['2027-01-15T09:00:00.000Z', 2],
    ['2027-01-17T09:00:00.000Z', 2],
  ] as const) {
    bot.setNow(now);
    await reminders();
    await bot.restart();
    expect([now, ...(await counts())]).toEqual([now, wanted, wanted]);
  }
  const [first] = await remindersTo(coordination);
  expect(textOf(first)).toContain(says('fr', 'agreements.due', { count: 2 }));
  expect(idIn(first, 'approval.view')).toBe(id);
  const [own] = await remindersTo(chatOf(ines));
  expect(idIn(own, 'agreements.open')).toBe(id);
});

it('a placement whose agreements are signed, or that nobody approved, reminds nobody', async () => {
  await sign(await approved(), '2');
  await fill(bot, zoe, 'accueillir', placement);
  bot.setNow('2027-01-15T09:00:00.000Z');
  expect(await bot.app.runJob('reminders', { dryRun: true })).not.toContain('agreements.due');
  await reminders();
  expect([...(await remindersTo(chatOf(ines))), ...(await remindersTo(chatOf(zoe)))]).toEqual([]);
});

it('a placement approved late is reminded of at once, and once', async () => {
  bot.setNow('2027-01-13T09:00:00.000Z');
  await approved();
  for (const now of ['2027-01-13T09:01:00.000Z', '2027-01-14T09:00:00.000Z']) {
    bot.setNow(now);
    await reminders();
    expect(await remindersTo(chatOf(ines))).toHaveLength(1);
  }
});

it('a dry run says how many, and a host whose Teams is in English reads English', async () => {
  await approved(amy);
  bot.setNow('2027-01-15T09:00:00.000Z');
  const before = await written(bot);
  expect(await bot.app.runJob('reminders', { dryRun: true })).toContain('1 × agreements.due');
  expect(await written(bot)).toBe(before);
  await reminders();
  expect(await remindersTo(chatOf(amy), 'en')).toHaveLength(1);
});
