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
  chatOf,
  faultsOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  inputsOf,
  lastPostIn,
  offerTalk,
  period,
  placement,
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

it('once answered is no decision of whoever approved the offer, and a declined offer is declined', async () => {
  const id = await offerTalk(bot, ines);
  await bot.click(hugo, 'approval.approve', { id });
  bot.setNow(day);
  const form = await open(ines, id);
  await bot.click(ines, 'outcome.notHeld', formData(form, 'outcome.notHeld'));
  const late = textOf(await open(ines, id));
  expect(late).toContain(`${says('fr', 'refusal.state.not-held')}. `);
  expect(late).not.toContain(hugo.name);
  const other = await offerTalk(bot, zoe, { firstDay: '2027-01-12' });
  await bot.click(louis, 'approval.decline', { id: other, reason: 'Le collège a déjà quelqu’un.' });
  const refused = textOf((await bot.click(hugo, 'approval.approve', { id: other })).value);
  expect(refused).toContain(`${says('fr', 'refusal.state.declined')} par ${louis.name}`);
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

it('counts once, however often it is sent', async () => {
  const id = await approvedTalk();
  bot.setNow(day);
  const form = await open(ines, id);
  const data = formData(form, 'outcome.held', { pupils: '28' });
  const answers = await Promise.all([1, 2, 3].map(() => bot.click(ines, 'outcome.held', data)));
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
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

it('somebody for whom a coordinator says that it did not take place is told', async () => {
  const id = await approvedTalk();
  bot.setNow(day);
  await bot.click(hugo, 'pending.open');
  const form = await open(hugo, id);
  await bot.click(hugo, 'outcome.notHeld', formData(form, 'outcome.notHeld'));
  expect(textOf(await lastPostIn(bot, chatOf(ines)))).toContain(
    says('fr', 'behalf.answeredHeading', { name: hugo.name }),
  );
  expect((await all(bot, 'history')).at(-1)).toMatchObject({
    move: 'miss',
    by: hugo.aadObjectId,
    onBehalfOf: ines.aadObjectId,
  });
});

it('an availability has no day to answer about: a coordinator fixes one first', async () => {
  const [form = {}] = await bot.say(ines, 'proposer');
  const other = (await bot.click(ines, 'volunteer.timing', formData(form, 'volunteer.timing'))).value;
  const sent = await bot.click(ines, 'volunteer.submit', formData(other, 'volunteer.submit', period));
  const id = idIn(sent.value, 'mine.withdraw');
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  bot.setNow('2027-02-01T09:00:00.000Z');
  const shown = await bot.click(ines, 'mine.show', { id });
  expect(hasButton(shown.value, 'outcome.open')).toBe(false);
  const day = { by: says('fr', 'next.by', { day: 'vendredi 26 mars 2027' }) };
  expect(textOf(shown.value)).toContain(says('fr', 'next.fix-day.employee', day));
  expect(textOf(await open(ines, id))).toContain(says('fr', 'refusal.noDay.heading'));
  bot.setNow('2027-03-27T09:00:00.000Z');
  const [list] = await bot.say(ines, 'mes engagements');
  expect(textOf(list)).toContain(says('fr', 'mine.heading', { come: '0', confirm: '0' }));
  expect(textOf((await bot.click(hugo, 'pending.open')).value)).toContain(says('fr', 'pending.none'));
});

it('a placement has its places as pupils, and no more pupils than places (article 3)', async () => {
  const { value } = await fill(bot, ines, 'accueillir', placement);
  const id = idIn(value, 'mine.withdraw');
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  bot.setNow('2027-01-22T15:00:00.000Z');
  const form = await open(ines, id);
  expect(inputsOf(form)).toMatchObject({ pupils: 2 });
  const before = await written(bot);
  const refused = await held(ines, id, { pupils: '3' });
  expect(faultsOf(refused.value)).toEqual([
    {
      text: `${says('fr', 'outcome.moreThanPlaces', { count: 2 })} ${says('fr', 'outcome.moreThanPlacesWhy')}`,
      before: 'pupils',
    },
  ]);
  expect(await written(bot)).toBe(before);
  await held(ines, id, { pupils: '1' });
  expect((await all(bot, 'actions'))[0]).toMatchObject({ state: 'held', outcome: { pupils: 1 } });
});

it('only whoever answers for themselves is asked whether it took place without them', async () => {
  const id = await approvedTalk();
  bot.setNow(day);
  await bot.click(hugo, 'pending.open');
  expect(inputsOf(await open(ines, id))).toHaveProperty('away');
  expect(inputsOf(await open(hugo, id))).not.toHaveProperty('away');
});

it('a coordinator can say of their own talk that it took place without them', async () => {
  const id = await offerTalk(bot, hugo);
  await bot.click(louis, 'approval.approve', { id }, inChannel);
  bot.setNow(day);
  await bot.click(louis, 'pending.open');
  await held(hugo, id, { pupils: '28', away: 'true' });
  expect((await all(bot, 'engagements'))[0]).toMatchObject({ state: 'absent' });
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

  it('a coordinator who took part says who came, themselves included', async () => {
    bot.setNow(today);
    const own = await publishSession(bot, hugo, { seats: '2', level: '3e' });
    for (const who of [hugo, zoe]) await bot.click(who, 'sessions.join', { id: own });
    bot.setNow(day);
    const form = await open(hugo, own);
    expect(inputsOf(form)).not.toHaveProperty('away');
    await held(hugo, own, { pupils: '28', attended: zoe.aadObjectId });
    const came = (await all(bot, 'engagements')).filter(({ actionId }) => actionId === own);
    expect(came.map((e) => [e.employeeId, e.state])).toEqual(
      expect.arrayContaining([
        [hugo.aadObjectId, 'absent'],
        [zoe.aadObjectId, 'attended'],
      ]),
    );
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

  it('a participant answers for the action and for their own presence, and is not asked who came', async () => {
    const form = await open(ines, id);
    expect(inputsOf(form)).not.toHaveProperty('attended');
    await held(ines, id, { pupils: '28', attended: [ines, zoe].map((p) => p.aadObjectId).join(',') });
    expect(await states()).toEqual({
      [ines.aadObjectId]: 'attended',
      [zoe.aadObjectId]: 'approved',
      [amy.aadObjectId]: 'approved',
    });
    expect(await progress()).toContain(says('fr', 'progress.heading', { count: 1, target: 10 }));
    expect(await progress()).toContain(says('fr', 'progress.pupils', { count: 28 }));
  });

  it('who answers can say that it took place without them', async () => {
    await held(ines, id, { pupils: '28', away: 'true' });
    expect(await states()).toMatchObject({ [ines.aadObjectId]: 'absent', [zoe.aadObjectId]: 'approved' });
    expect(await progress()).toContain(says('fr', 'progress.heading', { count: 0, target: 10 }));
  });

  it('the others then only say whether they were there, with one click', async () => {
    await held(ines, id, { pupils: '28' });
    const asked = await open(zoe, id);
    expect(textOf(asked)).toContain(says('fr', 'outcome.wereYouThere'));
    expect(textOf(asked)).toContain(
      says('fr', 'outcome.answered', {
        name: ines.name,
        said: says('fr', 'outcome.said.held', { count: 28 }),
      }),
    );
    expect(inputsOf(asked)).toEqual({});
    const yes = await bot.click(zoe, 'outcome.present', { id, was: 'yes' });
    expect(textOf(yes.value)).toContain(says('fr', 'state.attended'));
    const before = await written(bot);
    expect((await bot.click(zoe, 'outcome.present', { id, was: 'yes' })).value).toEqual(yes.value);
    expect(await written(bot)).toBe(before);
    await bot.click(amy, 'outcome.present', { id, was: 'no' });
    expect(await states()).toEqual({
      [ines.aadObjectId]: 'attended',
      [zoe.aadObjectId]: 'attended',
      [amy.aadObjectId]: 'absent',
    });
    expect(await progress()).toContain(says('fr', 'progress.heading', { count: 2, target: 10 }));
  });

  it('a presence is not said before the action is known to have taken place', async () => {
    const before = await written(bot);
    const early = await bot.click(zoe, 'outcome.present', { id, was: 'yes' });
    expect(textOf(early.value)).toContain(says('fr', 'refusal.decided.heading', { number: 1 }));
    expect(await written(bot)).toBe(before);
  });

  it('a coordinator says who else was there; somebody who says otherwise afterwards is told', async () => {
    await held(ines, id, { pupils: '28' });
    const form = await open(hugo, id);
    const data = formData(form, 'outcome.attendance', { attended: zoe.aadObjectId });
    await bot.click(hugo, 'outcome.attendance', data);
    expect(await states()).toMatchObject({ [zoe.aadObjectId]: 'attended', [amy.aadObjectId]: 'absent' });
    const rows = (await all(bot, 'history')).filter((row) => row.onBehalfOf);
    expect(rows.map((row) => [row.move, row.by, row.onBehalfOf]).sort()).toEqual(
      [
        ['attend', hugo.aadObjectId, zoe.aadObjectId],
        ['miss', hugo.aadObjectId, amy.aadObjectId],
      ].sort(),
    );
    const before = await written(bot);
    expect((await bot.click(hugo, 'outcome.attendance', data)).statusCode).toBe(200);
    // Whoever asks again is told who has said so, unless it was they.
    expect(textOf(await open(zoe, id))).toContain(`${says('fr', 'refusal.state.attended')} par Hugo Témoin`);
    expect(textOf(await open(amy, id))).toContain(`${says('en', 'refusal.state.absent')} by Hugo Témoin`);
    expect(textOf(await open(ines, id))).not.toContain(' par ');
    const late = await bot.click(amy, 'outcome.present', { id, was: 'yes' });
    expect(textOf(late.value)).toContain(says('en', 'outcome.kept.noted'));
    expect(await written(bot)).toBe(before);
  });

  it('that it did not take place makes nobody attended', async () => {
    const form = await open(ines, id);
    await bot.click(ines, 'outcome.notHeld', formData(form, 'outcome.notHeld'));
    expect(Object.values(await states())).toEqual(['approved', 'approved', 'approved']);
  });
});
