import {
  amy,
  coordination,
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
  hasButton,
  idIn,
  inChannel,
  inputsOf,
  lastPostIn,
  postsIn,
  publishSession,
  says,
  startFast,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

const join = (who: TestPerson, id: string) => bot.click(who, 'sessions.join', { id });
const leave = (who: TestPerson, id: string) => bot.click(who, 'sessions.leave', { id });
const stateOf = async (who: TestPerson, id: string) =>
  (await all(bot, 'engagements')).find((e) => e.actionId === id && e.employeeId === who.aadObjectId)?.state;
const told = async (who: TestPerson) => (await postsIn(bot, chatOf(who))).map(textOf);
/** Opens the chats, so that people can be written to. */
const meet = async (...people: TestPerson[]) => {
  for (const who of people) await bot.say(who, 'aide');
  await bot.app.drain();
};

it('who leaves makes room for the first who waits: they, and the coordinators, are told once', async () => {
  await meet(zoe, ines, amy);
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, ines, amy]) await join(who, id);
  const before = (await told(ines)).length;
  for (const _ of [1, 2]) await leave(zoe, id);
  expect([await stateOf(zoe, id), await stateOf(ines, id), await stateOf(amy, id)]).toEqual([
    'withdrawn',
    'approved',
    'waitlisted',
  ]);
  const news = (await told(ines)).slice(before);
  expect(news).toHaveLength(1);
  expect(news[0]).toContain(says('fr', 'sessions.news.seated.heading'));
  const channel = (await postsIn(bot, coordination))
    .map(textOf)
    .filter((text) => text.includes('rend sa place'));
  expect(channel).toHaveLength(1);
  expect(channel[0]).toContain('Inès Exemple attendait et a maintenant la place.');
  expect(channel[0]).not.toContain(says('fr', 'sessions.freed.urgent'));
});

describe('what the coordinators are told late', () => {
  /** What they are told of a session of one seat, if Teams refuses for a moment while people come and go. */
  async function toldLate(move: (id: string) => Promise<void>): Promise<string> {
    await meet(zoe, ines, amy);
    const id = await publishSession(bot, hugo, { seats: '1' });
    await join(zoe, id);
    const before = (await postsIn(bot, coordination)).length;
    const match = (r: { method: string; ids: readonly string[] }) =>
      r.method === 'POST' && r.ids[0] === coordination;
    bot.connector.fail({ match, times: 1, status: 503 });
    await move(id);
    bot.setNow(new Date(Date.parse(bot.now()) + 600_000).toISOString());
    return (await postsIn(bot, coordination)).slice(before).map(textOf).join('\n');
  }
  const gaveBack = (who: TestPerson) => says('fr', 'sessions.freed.withdrawn.one', { name: who.name });

  it('is nothing, if the person has taken the seat again', async () => {
    const said = await toldLate(async (id) => {
      await leave(zoe, id);
      await join(zoe, id);
      expect(await stateOf(zoe, id)).toBe('approved');
    });
    expect(said).toBe('');
  });

  it('is not that the seat is free, if somebody else has taken it', async () => {
    const said = await toldLate(async (id) => {
      await leave(zoe, id);
      await join(ines, id);
    });
    expect(said).toContain(gaveBack(zoe));
    expect(said).toContain(says('fr', 'sessions.freed.taken'));
    expect(said).not.toContain('la place est libre');
  });

  it('is not that somebody has the seat who has given it back as well', async () => {
    const said = await toldLate(async (id) => {
      await join(ines, id);
      await leave(zoe, id);
      await leave(ines, id);
    });
    for (const who of [zoe, ines]) expect(said).toContain(gaveBack(who));
    expect(said).not.toContain('a maintenant la place');
    expect(said).toContain('la place est libre');
  });

  it('names nobody who was given an added seat and has given it back', async () => {
    const said = await toldLate(async (id) => {
      await join(ines, id);
      const form = (await bot.click(hugo, 'sessions.edit', { id }, inChannel)).value;
      const more = formData(form, 'sessions.save', { ...inputsOf(form), seats: '2' });
      await bot.click(hugo, 'sessions.save', more, inChannel);
      expect(await stateOf(ines, id)).toBe('approved');
      await leave(ines, id);
    });
    expect(said).toContain(gaveBack(ines));
    expect(said).not.toContain(says('fr', 'sessions.freed.seatsAdded'));
  });
});

it('a promoted person can say no from the message, and the next has the seat', async () => {
  await meet(ines, amy);
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, ines, amy]) await join(who, id);
  await leave(zoe, id);
  const message = await lastPostIn(bot, chatOf(ines));
  expect(textOf(message)).toContain(says('fr', 'sessions.cannot'));
  await leave(ines, idIn(message, 'sessions.leave'));
  expect(await stateOf(amy, id)).toBe('approved');
  expect(textOf(await lastPostIn(bot, chatOf(amy)))).toContain(says('en', 'sessions.news.seated.heading'));
});

it('leaving the waiting list tells nobody, and those behind move up a place', async () => {
  await meet(ines, amy);
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, ines, amy]) await join(who, id);
  const posts = (await postsIn(bot, coordination)).length;
  const left = await bot.click(ines, 'sessions.leave', { id });
  expect(textOf(left.value)).toContain(says('fr', 'sessions.leftLineNow'));
  expect(await postsIn(bot, coordination)).toHaveLength(posts);
  const seen = await bot.click(amy, 'sessions.view', { id });
  expect(textOf(seen.value)).toContain(says('en', 'sessions.waitingFirst'));
});

it.each([
  ['two days before, at the same hour', '2026-12-06T09:00:00.000Z', true],
  ['a little earlier', '2026-12-06T08:59:00.000Z', false],
])('a seat given back %s is urgent: %s', async (_, now, urgent) => {
  const id = await publishSession(bot, hugo, { firstDay: '2026-12-08', from: '10:00', until: '11:00' });
  await join(zoe, id);
  bot.setNow(now);
  await leave(zoe, id);
  const card = textOf(await lastPostIn(bot, coordination));
  expect(card).toContain('Personne n’attendait');
  expect(card.includes('Urgent')).toBe(urgent);
});

it('once the day has begun nobody moves up', async () => {
  const id = await publishSession(bot, hugo, { seats: '1', firstDay: '2026-12-08' });
  for (const who of [zoe, ines]) await join(who, id);
  bot.setNow('2026-12-08T06:00:00.000Z');
  await leave(zoe, id);
  expect([await stateOf(zoe, id), await stateOf(ines, id)]).toEqual(['approved', 'waitlisted']);
  const [list] = await bot.say(ines, 'mes engagements');
  expect(textOf(list)).toContain(says('fr', 'sessions.noSeat'));
});

it('who withdraws is offered up to three other sessions, of the académie or the kind, with a free seat', async () => {
  const inLyon = { schools: '0699001J', school: '' };
  const left = await publishSession(bot, hugo, { ...inLyon, seats: '1' });
  const near = await publishSession(bot, hugo, { ...inLyon, kind: 'careers-fair', firstDay: '2027-01-12' });
  const same = await publishSession(bot, hugo, { firstDay: '2026-12-15' });
  const full = await publishSession(bot, hugo, { ...inLyon, seats: '1', firstDay: '2026-12-10' });
  await join(amy, full);
  const neither = await publishSession(bot, hugo, { kind: 'immersion', firstDay: '2026-12-09' });
  const own = await publishSession(bot, hugo, { ...inLyon, firstDay: '2026-12-11' });
  await join(zoe, own);
  await join(zoe, left);
  const { value } = await leave(zoe, left);
  const shown = JSON.stringify(value);
  expect(textOf(value)).toContain(says('fr', 'sessions.otherDates'));
  const offered = [near, same, full, neither, own].filter((id) => shown.includes(id));
  expect(offered).toEqual([near, same]);
  expect(shown.indexOf(near)).toBeLessThan(shown.indexOf(same));
});

it('mes engagements shows the place on the waiting list', async () => {
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, amy, louis, ines]) await join(who, id);
  const [list] = await bot.say(ines, 'mes engagements');
  expect(textOf(list)).toContain('Sur la liste d’attente, 3e');
  const own = await bot.click(ines, 'mine.show', { id });
  expect(textOf(own.value)).toContain('Sur la liste d’attente, 3e');
  expect(textOf(own.value)).toContain(says('fr', 'sessions.leaveLine'));
});

it('a coordinator sees who has a seat and who waits, in order', async () => {
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, amy, ines]) await join(who, id);
  const { value } = await bot.click(louis, 'sessions.manage', { id }, inChannel);
  expect(textOf(value)).toMatch(new RegExp(`1 place prise sur 1[^|]*\\|[^|]*${zoe.name}`));
  expect(textOf(value)).toContain(`1. ${amy.name}, 2. ${ines.name}`);
  expect(hasButton(value, 'sessions.edit')).toBe(true);
});

it.each([
  ['a coordinator has closed it', 'refusal.closed.heading'],
  ['its closing date has passed', 'refusal.closedSince.heading'],
])('nobody joins when %s, and who waits still moves up', async (why, heading) => {
  const id = await publishSession(bot, hugo, { seats: '1', closesOn: '2026-11-30' });
  for (const who of [zoe, ines]) await join(who, id);
  if (why.startsWith('its')) bot.setNow('2026-12-01T08:00:00.000Z');
  else for (const _ of [1, 2]) await bot.click(hugo, 'sessions.close', { id }, inChannel);
  const refused = await join(amy, id);
  expect(textOf(refused.value)).toContain(says('en', heading));
  await leave(zoe, id);
  expect(await stateOf(ines, id)).toBe('approved');
  await bot.click(hugo, 'sessions.reopen', { id }, inChannel);
  await join(amy, id);
  expect(await stateOf(amy, id)).toBe('waitlisted');
});

it('on the day itself it is too late to close it', async () => {
  const id = await publishSession(bot, hugo, { seats: '1' });
  bot.setNow('2026-12-08T08:00:00.000Z');
  const { value } = await bot.click(hugo, 'sessions.close', { id }, inChannel);
  expect(textOf(value)).toContain(says('fr', 'refusal.tooLate.heading'));
});
