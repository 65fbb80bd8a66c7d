import { announcements, coordination, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import {
  all,
  chatOf,
  inChannel,
  offerTalk,
  postsIn,
  publishSession,
  says,
  startFast,
} from '../support/flows.js';

// Tuesday 20 October 2026; the weekly message is due on Mondays at 09:00 in Paris.
let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ now: '2026-10-20T08:00:00.000Z' });
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const weekly = (dryRun = false) => bot.app.runJob('weekly', { dryRun });
const weeklyRuns = async (of = bot) =>
  (await all(of, 'jobs')).map(({ id }) => id).filter((id) => id.startsWith('weekly:'));
const isWeekly = (card: unknown) => textOf(card).includes('Le point de la semaine');
const sentTo = async (place = coordination) => (await postsIn(bot, place)).filter(isWeekly);
const announce = () => bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });

it('is sent once a week and channel, however often the job runs and the bot is restarted', async () => {
  await announce();
  bot.setNow('2026-10-26T08:00:00.000Z');
  await Promise.all([weekly(), weekly(), weekly()]);
  await bot.restart();
  await bot.restart();
  await weekly();
  expect(await sentTo()).toHaveLength(1);
  expect(await sentTo(announcements)).toHaveLength(1);
  bot.setNow('2026-11-02T08:00:00.000Z');
  await bot.restart();
  expect(await sentTo()).toHaveLength(2);
  expect(await sentTo(announcements)).toHaveLength(2);
});

it.each([
  ['the last week of summer time', '2026-10-19', '2026-10-12T10:00:00.000Z', '07:00'],
  ['the week the clocks went back', '2026-10-26', '2026-10-20T10:00:00.000Z', '08:00'],
  ['the week the clocks went forward', '2027-03-29', '2027-03-23T10:00:00.000Z', '07:00'],
  ['the last week of winter time', '2027-03-22', '2027-03-16T10:00:00.000Z', '08:00'],
])('in %s is due at 09:00 in Paris, not a minute before', async (_, monday, chosen, utc) => {
  const local = await startFast({ now: chosen });
  try {
    await local.setUp([hugo]);
    local.setNow(new Date(Date.parse(`${monday}T${utc}:00.000Z`) - 1).toISOString());
    await local.app.runJob('weekly', { dryRun: false });
    expect(await postsIn(local, coordination)).toEqual([]);
    local.setNow(`${monday}T${utc}:00.000Z`);
    await local.app.runJob('weekly', { dryRun: false });
    expect(await postsIn(local, coordination)).toHaveLength(1);
    expect(await weeklyRuns(local)).toEqual([`weekly:${monday}:coordinators`]);
  } finally {
    await local.close();
  }
});

it('a dry run says what it would do, writes nothing and sends nothing', async () => {
  bot.setNow('2026-10-26T08:00:00.000Z');
  const said = await weekly(true);
  expect(said).toContain('2026-10-26');
  expect(said).toContain('coordinators');
  expect(await weeklyRuns()).toEqual([]);
  expect(await sentTo()).toEqual([]);
  await weekly();
  expect(await sentTo()).toHaveLength(1);
  expect(await weekly(true)).toContain('nothing');
});

it('a week missed while the bot was down is made up for, one message and not one a week', async () => {
  bot.setNow('2026-11-18T10:00:00.000Z');
  await bot.restart();
  expect(await sentTo()).toHaveLength(1);
  expect(await weeklyRuns()).toEqual(['weekly:2026-11-16:coordinators']);
});

it('a channel chosen after the moment waits for the next one', async () => {
  bot.setNow('2026-10-26T08:00:00.000Z');
  await weekly();
  bot.setNow('2026-10-26T09:00:00.000Z');
  await announce();
  await weekly();
  expect(await sentTo(announcements)).toEqual([]);
  bot.setNow('2026-11-02T08:00:00.000Z');
  await weekly();
  expect(await sentTo(announcements)).toHaveLength(1);
});

it('names requests that wait too long to the coordinators, and nobody in the announcements', async () => {
  await announce();
  await offerTalk(bot, ines);
  bot.setNow('2026-10-26T08:00:00.000Z');
  await weekly();
  const late = textOf((await sentTo())[0]);
  expect(late).toContain(says('fr', 'weekly.late', { count: 1 }));
  expect(late).toContain('Inès Exemple');
  const received = says('fr', 'weekly.received', { count: 1 });
  expect(late).toContain(received);
  expect(textOf((await sentTo(announcements))[0])).not.toContain(received);
  const announced = JSON.stringify((await sentTo(announcements))[0]);
  expect(announced).not.toContain('Inès');
  expect(announced).not.toContain('approval.');
  expect(announced).not.toContain('pending.');
});

it('tells of the week gone by and of the fortnight to come', async () => {
  const id = await offerTalk(bot, ines, { firstDay: '2026-10-22' });
  await publishSession(bot, hugo, { firstDay: '2026-11-05' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  bot.setNow('2026-10-22T16:00:00.000Z');
  const form = (await bot.click(ines, 'outcome.open', { id })).value;
  const data = { ...(form.actions as { data: object }[])[0]?.data, pupils: '28' };
  await bot.click(ines, 'outcome.held', data);
  bot.setNow('2026-10-26T08:00:00.000Z');
  await weekly();
  const card = textOf((await sentTo())[0]);
  expect(card).toContain(`+1 | ${says('fr', 'weekly.newlyMobilised', { count: 1 })}`);
  expect(card).toContain(`+28 | ${says('fr', 'weekly.newPupils', { count: 28 })}`);
  expect(card).toContain(says('fr', 'weekly.received', { count: 1 }));
  expect(card).toContain(says('fr', 'sessions.free', { count: 2 }));
});

it('is written to channels only, never to people', async () => {
  await bot.say(zoe, 'aide');
  const before = (await postsIn(bot, chatOf(zoe))).length;
  bot.setNow('2026-10-26T08:00:00.000Z');
  await weekly();
  expect(await postsIn(bot, chatOf(zoe))).toHaveLength(before);
});

it.each([
  ['open', 'sessions.view', '2026-10-29', true],
  ['closed by a coordinator', 'sessions.close', '2026-10-29', false],
  ['of the same day', 'sessions.view', '2026-10-26', false],
])('a session that is %s: whether its free seats are announced', async (_, verb, firstDay, isAnnounced) => {
  const id = await publishSession(bot, hugo, { firstDay });
  await bot.click(hugo, verb, { id }, inChannel);
  bot.setNow('2026-10-26T08:00:00.000Z');
  await weekly();
  const [card] = await sentTo();
  expect(textOf(card)).toContain('Collège Jean-Fictif');
  expect(textOf(card).includes(says('fr', 'sessions.free', { count: 2 }))).toBe(isAnnounced);
});

it('the seats that somebody waits for are not announced as free', async () => {
  const id = await publishSession(bot, hugo, { firstDay: '2026-10-29', seats: '1' });
  for (const who of [ines, zoe]) await bot.click(who, 'sessions.join', { id });
  await bot.app.services.store.transact(async (tx) => {
    const action = await tx.get('actions', id);
    if (action) await tx.put('actions', { ...action, seats: 2 });
  });
  bot.setNow('2026-10-26T08:00:00.000Z');
  await weekly();
  expect(textOf((await sentTo())[0])).not.toContain(says('fr', 'sessions.free', { count: 1 }));
});

it('a job that does not exist is refused with the names of those that do', async () => {
  await expect(bot.app.runJob('monthly', { dryRun: true })).rejects.toThrow(
    'There is no job "monthly". There are: campaigns, deadlines, erasures, imports, outcomes, recheck, regional, reminders, retention, weekly, words.',
  );
});
