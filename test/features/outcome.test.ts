import {
  amy,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  faultsOf,
  hasButton,
  inChannel,
  inputsOf,
  offerTalk,
  publishSession,
  says,
  startFast,
  written,
} from '../support/flows.js';

const today = '2026-11-23T08:00:00.000Z';
const day = '2026-12-08T11:30:00.000Z';
let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ now: today });
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

/** A talk approved, and the clock on its day. */
async function approvedTalk(who: TestPerson = ines): Promise<string> {
  const id = await offerTalk(bot, who);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return id;
}
const open = async (who: TestPerson, id: string) => (await bot.click(who, 'outcome.open', { id })).value;
const held = async (who: TestPerson, id: string, inputs: object) => {
  const form = await open(who, id);
  return bot.click(who, 'outcome.held', formData(form, 'outcome.held', inputs));
};
const progress = async (who: TestPerson = zoe) => textOf((await bot.say(who, 'progression'))[0]);

it('can be said from the day itself on, and not the day before', async () => {
  const id = await approvedTalk();
  bot.setNow('2026-12-07T22:59:59.000Z');
  expect(textOf(await open(ines, id))).toContain(says('fr', 'refusal.tooEarly.heading'));
  const shown = await bot.click(ines, 'mine.show', { id });
  expect(hasButton(shown.value, 'outcome.open')).toBe(false);
  bot.setNow('2026-12-07T23:00:00.000Z');
  expect(textOf(await open(ines, id))).toContain(says('fr', 'outcome.heading'));
});

it('is said by somebody engaged or by a coordinator, by nobody else', async () => {
  const id = await approvedTalk();
  bot.setNow(day);
  await bot.click(louis, 'pending.open');
  expect(textOf(await open(zoe, id))).toContain(says('fr', 'refusal.notYours.heading'));
  const form = await open(ines, id);
  const before = await written(bot);
  for (const verb of ['outcome.held', 'outcome.notHeld']) {
    const { statusCode } = await bot.click(zoe, verb, formData(form, verb, { pupils: '20' }));
    expect(statusCode).toBe(400);
  }
  expect(await written(bot)).toBe(before);
  expect(textOf(await open(louis, id))).toContain(says('fr', 'outcome.heading'));
});

it('of an offer that nobody approved has nothing to say', async () => {
  const id = await offerTalk(bot, ines);
  bot.setNow(day);
  expect(textOf(await open(ines, id))).toContain(says('fr', 'refusal.notYours.heading'));
  expect(textOf(await open(hugo, id))).toMatch(/déjà tranchée/);
});

it.each([
  ['', false],
  ['-1', false],
  ['2001', false],
  ['12,5', false],
  ['une vingtaine', false],
  ['0', true],
  ['2000', true],
])('%j pupils are accepted: %s', async (pupils, accepted) => {
  const id = await approvedTalk();
  bot.setNow(day);
  const before = await written(bot);
  const { value } = await held(ines, id, { pupils, remark: 'Très vivant.' });
  if (accepted) {
    expect(textOf(value)).toContain(says('fr', 'state.attended'));
    expect((await all(bot, 'actions'))[0]).toMatchObject({
      state: 'held',
      outcome: { pupils: Number(pupils), remark: 'Très vivant.', by: ines.aadObjectId },
    });
  } else {
    const text = says('fr', 'outcome.pupilsError', { max: 2000 });
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(text), before: 'pupils' }]);
    expect(inputsOf(value)).toMatchObject({ remark: 'Très vivant.' });
    expect(await written(bot)).toBe(before);
  }
});

it('counts once, however often it is sent and whoever else answers', async () => {
  const id = await approvedTalk();
  bot.setNow(day);
  await bot.click(hugo, 'pending.open');
  const form = await open(ines, id);
  const colleague = await open(hugo, id);
  const data = formData(form, 'outcome.held', { pupils: '28' });
  const answers = await Promise.all([1, 2, 3].map(() => bot.click(ines, 'outcome.held', data)));
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
  const before = await written(bot);
  const late = await bot.click(hugo, 'outcome.held', formData(colleague, 'outcome.held', { pupils: '40' }));
  expect(late.statusCode).toBe(400);
  expect(await written(bot)).toBe(before);
  expect(await progress()).toContain(says('fr', 'progress.heading', { count: 1, target: 10 }));
  expect(await progress()).toContain(says('fr', 'progress.pupils', { count: 28 }));
  const [english] = await bot.say(amy, 'progress');
  expect(textOf(english)).toContain(says('en', 'progress.heading', { count: 1, target: 10 }));
});

it('four talks of one employee are four actions and one mobilised employee', async () => {
  const ids = [];
  for (const level of ['5e', '4e', '3e', '2de']) {
    const id = await offerTalk(bot, ines, { level });
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    ids.push(id);
  }
  bot.setNow(day);
  for (const id of ids) await held(ines, id, { pupils: '25' });
  expect(await progress()).toContain(says('fr', 'progress.heading', { count: 1, target: 10 }));
  expect(await progress()).toContain(says('fr', 'progress.held', { count: 4 }));
  expect(await progress()).toContain(says('fr', 'progress.pupils', { count: 100 }));
});

it('that it did not take place counts for nothing', async () => {
  const id = await approvedTalk();
  bot.setNow(day);
  const form = await open(ines, id);
  const data = formData(form, 'outcome.notHeld');
  const { value } = await bot.click(ines, 'outcome.notHeld', data);
  expect(textOf(value)).toContain(says('fr', 'state.not-held'));
  expect((await bot.click(ines, 'outcome.notHeld', data)).value).toEqual(value);
  expect(await progress()).toContain(says('fr', 'progress.heading', { count: 0, target: 10 }));
  expect(await progress()).toContain(says('fr', 'progress.held', { count: 0 }));
});

describe('of a session with several people', () => {
  let id: string;
  beforeEach(async () => {
    id = await publishSession(bot, hugo, { seats: '3' });
    for (const who of [ines, zoe, amy]) await bot.click(who, 'sessions.join', { id });
    bot.setNow(day);
    // So that the team's members are known again on that day: see directory.test.ts.
    await bot.click(hugo, 'pending.open');
  });
  const states = async () =>
    Object.fromEntries((await all(bot, 'engagements')).map((e) => [e.employeeId, e.state]));

  it('the coordinator says who came: who did not is absent and does not count, pupils count once', async () => {
    const form = await open(hugo, id);
    expect(inputsOf(form)).toHaveProperty('attended');
    const attended = [ines, zoe].map((p) => p.aadObjectId).join(',');
    const { value } = await held(hugo, id, { pupils: '28', attended });
    expect(textOf(value)).toContain(says('fr', 'outcome.counted', { count: 28 }));
    expect(await states()).toEqual({
      [ines.aadObjectId]: 'attended',
      [zoe.aadObjectId]: 'attended',
      [amy.aadObjectId]: 'absent',
    });
    expect(await progress()).toContain(says('fr', 'progress.heading', { count: 2, target: 10 }));
    expect(await progress()).toContain(says('fr', 'progress.pupils', { count: 28 }));
    const absent = await bot.click(amy, 'mine.show', { id });
    expect(textOf(absent.value)).toContain(says('en', 'next.absent.employee'));
  });

  it('somebody must have come', async () => {
    const before = await written(bot);
    const { value } = await held(hugo, id, { pupils: '28', attended: '' });
    expect(faultsOf(value)).toEqual([{ text: says('fr', 'outcome.attendedError'), before: 'attended' }]);
    expect(await written(bot)).toBe(before);
  });

  it('people who had no seat are nobody: naming only them is naming no one', async () => {
    const before = await written(bot);
    const { value } = await held(hugo, id, { pupils: '28', attended: louis.aadObjectId });
    expect(faultsOf(value)).toEqual([{ text: says('fr', 'outcome.attendedError'), before: 'attended' }]);
    expect(await written(bot)).toBe(before);
  });

  it('a participant answers for all, and is not asked who came', async () => {
    const form = await open(ines, id);
    expect(inputsOf(form)).not.toHaveProperty('attended');
    await held(ines, id, { pupils: '28', attended: ines.aadObjectId });
    expect(Object.values(await states())).toEqual(['attended', 'attended', 'attended']);
  });
});
