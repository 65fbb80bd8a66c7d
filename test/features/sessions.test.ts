import {
  amy,
  announcements,
  coordination,
  findAction,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  earliestIn,
  faultsOf,
  fill,
  hasButton,
  inChannel,
  inputsOf,
  lastPostIn,
  offerTalk,
  postsIn,
  publishSession,
  rowsOf,
  says,
  shownIn,
  startFast,
  talk,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterAll(() => bot.close());

const taken = async (id: string) =>
  (await all(bot, 'engagements'))
    .filter((e) => e.actionId === id && e.state === 'approved')
    .map((e) => e.employeeId);
/** The card of the last session that was published. */
const channelCard = async () =>
  (await shownIn(bot, coordination))
    .filter((card) => !textOf(card).includes(says('fr', 'sessions.manage')))
    .at(-1);

describe('publishing a session', () => {
  it('posts one card in the channel, with its seats and a button that takes one', async () => {
    const { value } = await fill(bot, hugo, 'publier', { ...talk, seats: '2', remark: 'Classe de 28.' });
    expect(textOf(value)).toContain(says('fr', 'publish.sent'));
    const card = await lastPostIn(bot, coordination);
    expect(textOf(card)).toContain(says('fr', 'sessions.free', { count: 2 }));
    expect(textOf(card)).toContain('« Classe de 28. »');
    expect(hasButton(card, 'sessions.join')).toBe(true);
    expect((await all(bot, 'actions')).at(-1)).toMatchObject({ origin: 'need', seats: 2, state: 'open' });
  });

  it('twice with the same form is one session and one card', async () => {
    const posts = (await postsIn(bot, coordination)).length;
    const [form = {}] = await bot.say(hugo, 'publish');
    const data = formData(form, 'publish.submit', { ...talk, seats: '1' });
    const answers = await Promise.all([1, 2].map(() => bot.click(hugo, 'publish.submit', data)));
    expect(answers[1]?.value).toEqual(answers[0]?.value);
    expect(await postsIn(bot, coordination)).toHaveLength(posts + 1);
  });

  it('is for coordinators only, whatever form is sent', async () => {
    const [refused] = await bot.say(zoe, 'publier');
    expect(textOf(refused)).toContain(says('fr', 'refusal.notCoordinator.heading'));
    const [form = {}] = await bot.say(hugo, 'publier');
    const before = await written(bot);
    const data = formData(form, 'publish.submit', { ...talk, seats: '2' });
    expect((await bot.click(zoe, 'publish.submit', data)).statusCode).toBe(400);
    expect(await written(bot)).toBe(before);
  });

  it('is possible for a session of the same day', async () => {
    const { form, value } = await fill(bot, hugo, 'publier', { ...talk, seats: '2', firstDay: '2026-11-23' });
    expect(textOf(value)).toContain(says('fr', 'publish.sent'));
    expect(earliestIn(form, 'firstDay')).toBe('2026-11-23');
    expect(findAction(form, 'publish.cancel')).toMatchObject({ title: says('fr', 'form.cancel') });
  });

  it('is possible for nobody before a channel is chosen', async () => {
    const empty = await startFast();
    try {
      const [card] = await empty.say(hugo, 'publier');
      expect(textOf(card)).toContain(says('fr', 'refusal.notCoordinator.heading'));
    } finally {
      await empty.close();
    }
  });

  it('is repeated in the announcement channel when there is one', async () => {
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });
    const id = await publishSession(bot, hugo);
    expect(await postsIn(bot, announcements)).toHaveLength(1);
    await bot.click(zoe, 'sessions.join', { id }, { where: announcements });
    for (const place of [announcements, coordination])
      expect(textOf((await shownIn(bot, place)).at(-1))).toContain('Zoé Spécimen');
    await bot.click(hugo, 'setup.stopAnnouncements', {}, { where: announcements });
  });

  it('is posted once in a channel that is the announcements’ one too', async () => {
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, inChannel);
    const posts = (await postsIn(bot, coordination)).length;
    await publishSession(bot, hugo);
    expect(await postsIn(bot, coordination)).toHaveLength(posts + 1);
    await bot.click(hugo, 'setup.stopAnnouncements', {}, inChannel);
  });

  it.each(
    rowsOf(
      [{ kind: '' }, 'kind', says('fr', 'volunteer.kindError')],
      [{ level: '' }, 'level', says('fr', 'volunteer.levelError')],
      [{ firstDay: '2026-11-01' }, 'firstDay', says('fr', 'form.past')],
      [{ from: '' }, 'from', says('fr', 'volunteer.fromError')],
      [{ until: '09:00' }, 'from', says('fr', 'volunteer.hoursOrder')],
      [{ from: '05:59' }, 'from', says('fr', 'volunteer.tooEarly', { earliest: '6 h' })],
      [{ until: '20:01' }, 'from', says('fr', 'volunteer.tooLate', { latest: '20 h' })],
      [{ school: '' }, 'schools', says('fr', 'volunteer.schoolError')],
      [{ seats: '0' }, 'seats', says('fr', 'publish.seatsError', { max: 50 })],
      [{ seats: '51' }, 'seats', says('fr', 'publish.seatsError', { max: 50 })],
      [{ remark: 'Tel. 06 12 34 56 78' }, 'remark', says('fr', 'personalData.phone')],
    ),
  )('with %s comes back filled, with the reason at the field', async (_, wrong, field, why) => {
    const before = await written(bot);
    const { value } = await fill(bot, hugo, 'publier', { ...talk, seats: '2', ...wrong });
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: field }]);
    const { seats: _seats, ...typed } = { ...talk, seats: '2', ...wrong };
    expect(inputsOf(value)).toMatchObject(typed);
    expect(await written(bot)).toBe(before);
  });
});

describe('a seat', () => {
  it('is taken with one click; more clicks change nothing', async () => {
    const id = await publishSession(bot, hugo, { seats: '3' });
    const clicks = await Promise.all([1, 2, 3].map(() => bot.click(zoe, 'sessions.join', { id }, inChannel)));
    for (const { value } of clicks) expect(textOf(value)).toContain(says('fr', 'sessions.youTakePart'));
    expect(await taken(id)).toEqual([zoe.aadObjectId]);
    expect((await all(bot, 'history')).filter((h) => h.actionId === id && h.move === 'join')).toHaveLength(1);
    expect(textOf(await channelCard())).toContain(says('fr', 'sessions.free', { count: 2 }));
    expect(textOf(await channelCard())).toContain('Zoé Spécimen');
  });

  it('is given back with one click; more clicks change nothing, and it can be taken again', async () => {
    const id = await publishSession(bot, hugo, { seats: '1' });
    await bot.click(zoe, 'sessions.join', { id }, inChannel);
    const left = await Promise.all([1, 2].map(() => bot.click(zoe, 'sessions.leave', { id }, inChannel)));
    const answers = left.map((a) => textOf(a.value)).join();
    expect(answers).toContain(says('fr', 'sessions.leftNow'));
    expect(answers).not.toContain(says('fr', 'next.withdrawn.employee'));
    expect(await taken(id)).toEqual([]);
    expect(textOf(await channelCard())).toContain(says('fr', 'sessions.free', { count: 1 }));
    await bot.click(zoe, 'sessions.join', { id }, inChannel);
    expect(await taken(id)).toEqual([zoe.aadObjectId]);
  });

  it('when none is left is waited for, and everybody reads their place in their language', async () => {
    const id = await publishSession(bot, hugo, { seats: '1' });
    await bot.click(zoe, 'sessions.join', { id }, inChannel);
    expect(textOf(await channelCard())).toContain(says('fr', 'sessions.full'));
    expect(textOf(await channelCard())).toContain(says('fr', 'sessions.wait'));
    const fr = await bot.click(ines, 'sessions.join', { id }, inChannel);
    expect(textOf(fr.value)).toContain('En tête de la liste d’attente');
    const en = await bot.click(amy, 'sessions.join', { id }, inChannel);
    expect(textOf(en.value)).toContain('On the waiting list, 2nd');
    expect(await taken(id)).toEqual([zoe.aadObjectId]);
    expect(textOf(await channelCard())).toContain(says('fr', 'sessions.waitingCount', { count: 2 }));
  });

  it('given back by an approved person is told to the coordinators', async () => {
    const id = await publishSession(bot, hugo, { seats: '1' });
    await bot.click(zoe, 'sessions.join', { id });
    await bot.click(zoe, 'mine.withdrawConfirmed', { id });
    const told = textOf(await lastPostIn(bot, coordination));
    expect(told).toContain(says('fr', 'sessions.freed.withdrawn.one', { name: 'Zoé Spécimen' }));
  });

  it('is taken until the eve, and no later', async () => {
    const id = await publishSession(bot, hugo, { firstDay: '2026-11-24' });
    const moment = bot.now();
    bot.setNow('2026-11-23T23:00:00.000Z');
    const late = await bot.click(zoe, 'sessions.join', { id });
    expect(textOf(late.value)).toContain(says('fr', 'refusal.tooLate.heading'));
    bot.setNow(moment);
    await bot.click(zoe, 'sessions.join', { id });
    bot.setNow('2026-11-23T23:00:00.000Z');
    const tooLate = await bot.click(zoe, 'sessions.leave', { id });
    expect(textOf(tooLate.value)).toContain(says('fr', 'refusal.tooLate.heading'));
    expect(await taken(id)).toEqual([zoe.aadObjectId]);
    bot.setNow(moment);
  });

  it('of an offer, which has none to take, is refused', async () => {
    const id = await offerTalk(bot, ines);
    for (const verb of ['sessions.join', 'sessions.leave', 'sessions.view']) {
      const { value } = await bot.click(zoe, verb, { id });
      expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
    }
  });
});

it('the list shows the sessions to come by day, page by page, and where one takes part', async () => {
  const other = await startFast();
  try {
    await other.setUp([hugo]);
    const [none] = await other.say(amy, 'sessions');
    expect(textOf(none)).toContain(says('en', 'sessions.none'));
    const ids: string[] = [];
    for (const day of ['15', '14', '11', '10', '09']) {
      ids.push(await publishSession(other, hugo, { firstDay: `2026-12-${day}` }));
    }
    await other.click(zoe, 'sessions.join', { id: ids[4] });
    const [first] = await other.say(zoe, 'seances');
    expect(textOf(first)).toContain(says('fr', 'sessions.listHeading', { count: 5 }));
    expect(textOf(first)).toContain(says('fr', 'sessions.youTakePart'));
    const places = ids.map((id) => JSON.stringify(first).indexOf(id));
    expect(places[0]).toBe(-1);
    expect(places.slice(1)).toEqual([...places.slice(1)].sort((a, b) => b - a));
    const second = await other.click(zoe, 'sessions.page', { page: 1 });
    expect(JSON.stringify(second.value)).toContain(ids[0]);
    // Whom none of them suits may offer something else.
    expect([none, first, second.value].map((card) => hasButton(card, 'volunteer.open'))).toEqual([
      true,
      false,
      true,
    ]);
    other.setNow('2026-12-15T08:00:00.000Z');
    const [past] = await other.say(zoe, 'séances');
    expect(textOf(past)).toContain(says('fr', 'sessions.none'));
  } finally {
    await other.close();
  }
});

it('the list is restricted to an area', async () => {
  const chosen = async (who: typeof ines, byArea: string) =>
    textOf((await bot.click(who, 'sessions.page', { page: 0, start: '', byArea })).value);
  await publishSession(bot, hugo, { school: '', schools: '0750001U', firstDay: '2026-12-10' });
  expect(await chosen(ines, 'Île-de-France')).toContain('Seulement : Région Île-de-France.');
  expect(await chosen(ines, 'Île-de-France')).toContain('10 décembre');
  expect(await chosen(ines, 'Bretagne')).toContain(says('fr', 'area.nothing'));
});
