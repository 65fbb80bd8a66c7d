import {
  amy,
  coordination,
  findAction,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  earliestIn,
  errorText,
  faultsOf,
  hasButton,
  inChannel,
  postsIn,
  publishSession,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

const join = (who: TestPerson, id: string) => bot.click(who, 'sessions.join', { id });
const engagementOf = async (who: TestPerson, id: string) =>
  (await all(bot, 'engagements')).find((e) => e.actionId === id && e.employeeId === who.aadObjectId);
const actionOf = async (id: string) => (await all(bot, 'actions')).find((a) => a.id === id);
const told = async (who: TestPerson) => (await postsIn(bot, chatOf(who))).map(textOf);
const meet = async (...people: TestPerson[]) => {
  for (const who of people) await bot.click(who, 'help.open');
};
const openForm = async (id: string, who = hugo) =>
  (await bot.click(who, 'sessions.edit', { id }, inChannel)).value;

/** What the form of `publishSession` holds. */
const stored = {
  firstDay: '2026-12-08',
  from: '10:00',
  until: '11:00',
  schools: '',
  school: 'Collège Jean-Fictif, Lyon',
  seats: '2',
  remark: '',
  closesOn: '',
  event: '',
  expected: '',
};
/** Opens the form of a session and sends it with some values changed. */
const edit = async (id: string, inputs: object, who = hugo) =>
  bot.click(
    who,
    'sessions.save',
    formData(await openForm(id, who), 'sessions.save', { ...stored, ...inputs }),
    inChannel,
  );
const pass = async (minutes: number) => {
  bot.setNow(new Date(Date.parse(bot.now()) + minutes * 60_000).toISOString());
  await bot.app.drain();
};
const remind = async (now: string) => {
  bot.setNow(now);
  await bot.app.runJob('reminders', { dryRun: false });
  await bot.app.drain();
};

describe('a change', () => {
  it('of day and place is told once to all who are concerned, before and after, and asks who has a seat', async () => {
    await meet(zoe, amy, ines);
    const id = await publishSession(bot, hugo, { seats: '2' });
    for (const who of [zoe, amy, ines]) await join(who, id);
    const before = await Promise.all([zoe, amy, ines].map(async (who) => (await told(who)).length));
    const saved = await edit(id, { firstDay: '2026-12-15', school: 'Lycée Exemple' });
    expect(textOf(saved.value)).toContain(says('fr', 'sessions.manageNote.edited'));
    await pass(3);
    const news = await Promise.all(
      [zoe, amy, ines].map(async (who, i) => (await told(who)).slice(before[i])),
    );
    expect(news.map((texts) => texts.length)).toEqual([1, 1, 1]);
    for (const part of [
      'mardi 8 décembre 2026',
      'mardi 15 décembre 2026',
      'Collège Jean-Fictif',
      'Lycée Exemple',
    ])
      expect(news[0]?.[0]).toContain(part);
    expect(news[1]?.[0]).toContain('Tuesday 15 December 2026');
    expect(news[0]?.[0]).toContain(says('fr', 'sessions.confirm'));
    expect(news[2]?.[0]).toContain(says('fr', 'sessions.waitingFirst'));
    expect(news[2]?.[0]).not.toContain(says('fr', 'sessions.confirm'));
    expect(await actionOf(id)).toMatchObject({ firstDay: '2026-12-15', revision: 1 });
    expect(await engagementOf(zoe, id)).toMatchObject({ confirmBy: '2026-11-26', firstDay: '2026-12-15' });
    expect((await engagementOf(ines, id))?.confirmBy).toBeUndefined();
    expect(textOf((await shownIn(bot, coordination))[0])).toContain('mardi 15 décembre 2026');
  });

  it('made twice before it is told is told once; undone, it is not told and nobody is asked', async () => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    const before = (await told(zoe)).length;
    await edit(id, { firstDay: '2026-12-14' });
    await edit(id, { firstDay: '2026-12-15', remark: 'Une classe de 28.' });
    await pass(3);
    const news = (await told(zoe)).slice(before);
    expect(news).toHaveLength(1);
    expect(news[0]).toContain('mardi 8 décembre 2026');
    expect(news[0]).not.toContain('14 décembre');
    await bot.click(zoe, 'sessions.confirm', { id });
    await edit(id, { firstDay: '2026-12-10', remark: 'Une classe de 28.' });
    expect((await engagementOf(zoe, id))?.confirmBy).toBe('2026-11-26');
    await edit(id, { firstDay: '2026-12-15', remark: 'Une classe de 28.' });
    await pass(3);
    expect((await told(zoe)).slice(before)).toHaveLength(1);
    expect((await engagementOf(zoe, id))?.confirmBy).toBeUndefined();
  });

  it('that somebody has seen and confirmed before it is told is told again when it is undone', async () => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    const before = (await told(zoe)).length;
    await edit(id, { firstDay: '2026-12-10' });
    const { value } = await bot.click(zoe, 'sessions.view', { id });
    const yes = await bot.click(zoe, 'sessions.confirm', formData(value, 'sessions.confirm'));
    expect(textOf(yes.value)).toContain(says('fr', 'sessions.confirmedNow'));
    await edit(id, {});
    await pass(3);
    const news = (await told(zoe)).slice(before);
    expect(news).toHaveLength(1);
    expect(news[0]).toMatch(/Avant.*jeudi 10 décembre 2026.*Maintenant.*mardi 8 décembre 2026/);
    expect(news[0]).toContain(says('fr', 'sessions.toConfirm'));
    expect((await engagementOf(zoe, id))?.confirmBy).toBe('2026-11-26');
  });

  it('is not confirmed by a yes to a card that showed another day', async () => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    await edit(id, { firstDay: '2026-12-10' });
    await pass(3);
    const [card] = (await postsIn(bot, chatOf(zoe))).slice(-1);
    await edit(id, { firstDay: '2026-12-14' });
    const late = await bot.click(zoe, 'sessions.confirm', formData(card ?? {}, 'sessions.confirm'));
    expect(textOf(late.value)).toContain(says('fr', 'sessions.changedNow'));
    expect((await engagementOf(zoe, id))?.confirmBy).toBe('2026-11-26');
    await bot.click(zoe, 'sessions.confirm', formData(late.value, 'sessions.confirm'));
    expect((await engagementOf(zoe, id))?.confirmBy).toBeUndefined();
  });

  describe('to somebody who has given back the seat and waits again', () => {
    const remark = 'Entrée par la cour.';
    /** A full session that somebody waits for, changed while Zoé has the seat. */
    async function changed(): Promise<string> {
      await meet(zoe, ines, amy);
      const id = await publishSession(bot, hugo, { seats: '1' });
      for (const who of [zoe, ines, amy]) await join(who, id);
      await bot.app.drain();
      await edit(id, { seats: '1', remark });
      return id;
    }

    it('is not told: they have read it, and know why they wait', async () => {
      const id = await changed();
      const before = (await told(zoe)).length;
      await bot.click(zoe, 'sessions.leave', { id });
      await join(zoe, id);
      await pass(5);
      expect((await engagementOf(zoe, id))?.state).toBe('waitlisted');
      expect((await told(zoe)).slice(before)).toEqual([]);
    });

    it('is told alone if a coordinator did so for them: they have not read it', async () => {
      const id = await changed();
      const theirs = { id: `${id}:${zoe.aadObjectId}` };
      for (const verb of ['behalf.withdraw', 'behalf.join']) await bot.click(hugo, verb, theirs, inChannel);
      await pass(5);
      expect((await engagementOf(zoe, id))?.state).toBe('waitlisted');
      const said = (await told(zoe)).join();
      expect(said).toContain(remark);
      expect(said).not.toContain('Il y a moins de places');
    });
  });

  it.each([
    ['by itself', async () => undefined],
    [
      'and followed by a cancellation',
      async (id: string) => bot.click(hugo, 'sessions.cancel', { id, reason: 'Classe absente.' }, inChannel),
    ],
  ])('%s is not told to who has given the seat back meanwhile', async (_, then) => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    await bot.app.drain();
    const before = (await told(zoe)).length;
    await edit(id, { firstDay: '2026-12-15' });
    await bot.click(zoe, 'sessions.leave', { id });
    await then(id);
    await pass(5);
    expect((await told(zoe)).slice(before)).toEqual([]);
  });

  it('leads whoever waits out of the list, and in the list of sessions says who has to answer', async () => {
    await meet(zoe, ines);
    const id = await publishSession(bot, hugo, { seats: '1' });
    for (const who of [zoe, ines]) await join(who, id);
    await edit(id, { seats: '1', firstDay: '2026-12-15' });
    await pass(3);
    const news = JSON.stringify((await postsIn(bot, chatOf(ines))).at(-1));
    expect(news).toContain(says('fr', 'sessions.leaveLine'));
    expect(news).not.toContain(says('fr', 'sessions.cannot'));
    const listed = async (who: TestPerson) => textOf((await bot.say(who, 'séances'))[0]);
    expect(await listed(zoe)).toContain(says('fr', 'sessions.toConfirm'));
    expect(await listed(ines)).toContain(says('fr', 'sessions.waitingFirst'));
    expect(await listed(louis)).not.toContain(says('fr', 'sessions.toConfirm'));
  });

  it('sent with a form that was used already is not made, and the answer says so', async () => {
    const id = await publishSession(bot, hugo);
    const form = await openForm(id);
    const send = async (firstDay: string) =>
      textOf(
        (
          await bot.click(
            hugo,
            'sessions.save',
            formData(form, 'sessions.save', { ...stored, firstDay }),
            inChannel,
          )
        ).value,
      );
    expect(await send('2026-12-15')).toContain(says('fr', 'sessions.manageNote.edited'));
    const other = await send('2026-12-16');
    expect(other).toContain(says('fr', 'sessions.manageNote.used'));
    expect(other).toContain('mardi 15 décembre');
    expect(await send('2026-12-15')).toContain(says('fr', 'sessions.manageNote.edited'));
  });

  it('that changes nothing writes nothing, and the same form twice is one change', async () => {
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    const before = await written(bot);
    const same = await edit(id, {});
    expect(textOf(same.value)).toContain(says('fr', 'sessions.manageNote.unchanged'));
    expect(await written(bot)).toBe(before);
    const data = formData(await openForm(id), 'sessions.save', { ...stored, seats: '4' });
    for (const _ of [1, 2]) await bot.click(hugo, 'sessions.save', data, inChannel);
    expect((await all(bot, 'history')).filter((row) => row.move === 'edit')).toHaveLength(1);
    expect(await actionOf(id)).toMatchObject({ seats: 4 });
    expect((await actionOf(id))?.revision).toBeUndefined();
  });

  it('to more seats seats those who wait, in their order, and tells them and the coordinators once', async () => {
    const id = await publishSession(bot, hugo, { seats: '1' });
    for (const who of [zoe, ines, amy, louis]) await join(who, id);
    await bot.app.drain();
    const posts = (await postsIn(bot, coordination)).length;
    await edit(id, { seats: '3' });
    await bot.app.drain();
    const told = (await postsIn(bot, coordination)).slice(posts).map(textOf);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(says('fr', 'sessions.freed.added.many', { n: 2 }));
    expect(told[0]).toContain(`${ines.name} et ${amy.name}.`);
    expect(told[0]).toContain(says('fr', 'sessions.freed.seatsAdded'));
    expect(told[0]).not.toContain(louis.name);
  });

  it('by another coordinator in the meantime is not overwritten', async () => {
    const id = await publishSession(bot, hugo);
    const data = formData(await openForm(id), 'sessions.save', { ...stored, seats: '4' });
    await edit(id, { seats: '3' }, louis);
    const late = await bot.click(hugo, 'sessions.save', data, inChannel);
    expect(errorText(late)).toContain(says('fr', 'refusal.editedMeanwhile.heading', { number: '1' }));
    expect(await actionOf(id)).toMatchObject({ seats: 3 });
  });

  it.each([
    ['yesterday', { firstDay: '2026-11-22' }, 'firstDay', says('fr', 'form.past')],
    ['today', { firstDay: '2026-11-23' }, 'firstDay', says('fr', 'publish.fromTomorrow')],
    ['no seats', { seats: '0' }, 'seats', says('fr', 'publish.seatsError', { max: 50 })],
    ['a closing date after it', { closesOn: '2026-12-08' }, 'closesOn', says('fr', 'publish.closesOnError')],
    ['a phone number', { expected: 'Tel. 06 12 34 56 78' }, 'expected', says('fr', 'personalData.phone')],
  ])('to %s comes back filled, with the reason', async (_, wrong, field, why) => {
    const id = await publishSession(bot, hugo);
    const before = await written(bot);
    const { value } = await edit(id, wrong);
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: field }]);
    expect(await written(bot)).toBe(before);
  });

  it('is from tomorrow on, and leads back to the session', async () => {
    const form = await openForm(await publishSession(bot, hugo));
    expect(earliestIn(form, 'firstDay')).toBe('2026-11-24');
    expect(findAction(form, 'sessions.manage')).toMatchObject({ title: says('fr', 'sessions.back') });
  });

  it('leaves a closing date that has passed as it is', async () => {
    const id = await publishSession(bot, hugo, { closesOn: '2026-11-24' });
    bot.setNow('2026-11-26T09:00:00.000Z');
    const { value } = await edit(id, { closesOn: '2026-11-24', from: '09:00' });
    expect(textOf(value)).toContain(says('fr', 'sessions.manageNote.edited'));
    expect(textOf(value)).toContain(says('fr', 'sessions.closed'));
    expect(await actionOf(id)).toMatchObject({ closesOn: '2026-11-24', hours: { from: '09:00' } });
  });

  it('to a day without classes is published with the calendar’s warning, as a new session is', async () => {
    const id = await publishSession(bot, hugo);
    await edit(id, { firstDay: '2026-12-13' });
    const seen = await bot.click(zoe, 'sessions.view', { id });
    expect(textOf(seen.value)).toContain(says('fr', 'calendar.why.sunday'));
  });
});

describe('a change in the last two minutes of the eve', () => {
  const lastMinutes = '2026-12-07T22:58:30.000Z';
  const endsWith = async (who: TestPerson) => {
    const card = (await postsIn(bot, chatOf(who))).at(-1);
    return { text: textOf(card), leave: hasButton(card, 'sessions.leave') };
  };

  it('is told on the day to who has a seat, without a way back, and not to who still waits', async () => {
    await meet(zoe, ines);
    const id = await publishSession(bot, hugo, { seats: '1' });
    for (const who of [zoe, ines]) await join(who, id);
    const before = (await told(ines)).length;
    bot.setNow(lastMinutes);
    await edit(id, { seats: '1', from: '14:00', until: '15:00', school: 'Collège Autre, Paris' });
    await pass(2);
    const { text, leave } = await endsWith(zoe);
    expect(text).toContain('Collège Autre');
    expect(text).toContain(says('fr', 'sessions.news.today'));
    expect(leave).toBe(false);
    expect((await told(ines)).slice(before)).toEqual([]);
  });

  it('is told to who has moved up meanwhile, and to who has no seat any more', async () => {
    await meet(zoe, amy, ines);
    const id = await publishSession(bot, hugo, { seats: '2' });
    for (const who of [zoe, amy, ines]) await join(who, id);
    bot.setNow(lastMinutes);
    await edit(id, { remark: 'Entrée par la cour.' });
    await bot.click(zoe, 'sessions.leave', { id });
    const asked = (await edit(id, { seats: '1', remark: 'Entrée par la cour.' })).value;
    const data = formData(asked, 'sessions.stay', { stay: ines.aadObjectId });
    await bot.click(hugo, 'sessions.stay', data, inChannel);
    await pass(2);
    expect((await endsWith(ines)).text).toContain(says('fr', 'sessions.news.seated.heading'));
    const { text, leave } = await endsWith(amy);
    expect(text).toContain(says('en', 'sessions.noSeat'));
    expect(text).not.toContain(says('en', 'sessions.news.today'));
    expect(text).not.toContain(says('en', 'sessions.news.unseated.note'));
    expect(leave).toBe(false);
  });

  it.each([
    ['until', '2026-12-08T08:59:00.000Z', 1],
    ['but not after', '2026-12-08T09:00:00.000Z', 0],
  ])('is told %s the session begins', async (_, now, count) => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    const before = (await told(zoe)).length;
    bot.setNow(lastMinutes);
    await edit(id, { school: 'Collège Autre, Paris' });
    bot.setNow(now);
    expect((await told(zoe)).slice(before)).toHaveLength(count);
  });
});

describe('fewer seats than people', () => {
  it('asks who stays; the others are first on the waiting list and told', async () => {
    await meet(zoe, ines);
    const id = await publishSession(bot, hugo, { seats: '3' });
    for (const [i, who] of [zoe, ines, amy, louis].entries()) {
      bot.setNow(`2026-11-23T08:0${i}:00.000Z`);
      await join(who, id);
    }
    const before = [(await told(zoe)).length, (await told(ines)).length];
    const asked = (await edit(id, { seats: '1' })).value;
    expect(textOf(asked)).toContain(says('fr', 'sessions.stayHeading', { count: 1 }));
    expect(await actionOf(id)).toMatchObject({ seats: 3 });
    const send = (stay: string) =>
      bot.click(hugo, 'sessions.stay', formData(asked, 'sessions.stay', { stay }), inChannel);
    const two = await send(`${zoe.aadObjectId},${ines.aadObjectId}`);
    expect(textOf(two.value)).toContain(says('fr', 'sessions.stayError', { count: 1 }));
    await send(ines.aadObjectId);
    await pass(3);
    expect(await actionOf(id)).toMatchObject({ seats: 1 });
    expect((await told(ines)).slice(before[1])).toEqual([]);
    const news = (await told(zoe)).slice(before[0]);
    expect(news).toHaveLength(1);
    expect(news[0]).toContain(says('fr', 'sessions.waitingFirst'));
    const seen = await bot.click(hugo, 'sessions.manage', { id }, inChannel);
    expect(textOf(seen.value)).toContain(`1. ${zoe.name}, 2. ${amy.name}, 3. ${louis.name}`);
  });

  it('raised again give the seats to the first who wait', async () => {
    await meet(ines);
    const id = await publishSession(bot, hugo, { seats: '1' });
    for (const who of [zoe, ines, amy]) await join(who, id);
    await edit(id, { seats: '2' });
    await pass(3);
    expect(await engagementOf(ines, id)).toMatchObject({ state: 'approved' });
    expect((await told(ines)).at(-1)).toContain(says('fr', 'sessions.news.seated.heading'));
    expect(await engagementOf(amy, id)).toMatchObject({ state: 'waitlisted' });
  });
});

describe('the question whether somebody still comes', () => {
  /** A session moved on Monday 23 November: answers are due on Thursday. */
  async function moved(): Promise<string> {
    await meet(zoe, ines, amy);
    const id = await publishSession(bot, hugo, { seats: '2' });
    for (const who of [zoe, amy, ines]) await join(who, id);
    await edit(id, { firstDay: '2026-12-15' });
    await pass(3);
    return id;
  }

  it('is answered with one click; a second one changes nothing', async () => {
    const id = await moved();
    const yes = await bot.click(zoe, 'sessions.confirm', { id });
    expect(textOf(yes.value)).toContain(says('fr', 'sessions.confirmedNow'));
    const before = await written(bot);
    await bot.click(zoe, 'sessions.confirm', { id });
    expect(await written(bot)).toBe(before);
    const [list] = await bot.say(amy, 'mine');
    expect(textOf(list)).toContain(says('en', 'sessions.toConfirm'));
    const seen = await bot.click(hugo, 'sessions.manage', { id }, inChannel);
    expect(textOf(seen.value)).toContain('1 réponse attendue d’ici le jeudi 26 novembre');
    await bot.click(amy, 'sessions.leave', { id });
    expect(await engagementOf(ines, id)).toMatchObject({ state: 'approved' });
  });

  it('is asked once more on the last morning, then the seat goes to the first who waits', async () => {
    const id = await moved();
    await bot.click(zoe, 'sessions.confirm', { id });
    const asked = async () =>
      (await told(amy)).filter((text) => text.includes(says('en', 'sessions.askAgain')));
    await remind('2026-11-25T18:30:00.000Z');
    expect(await asked()).toEqual([]);
    for (const now of ['2026-11-26T08:00:00.000Z', '2026-11-26T09:00:00.000Z']) {
      await remind(now);
      await bot.restart();
      expect(await asked()).toEqual([expect.stringContaining(says('en', 'sessions.today'))]);
    }
    expect(await engagementOf(amy, id)).toMatchObject({ state: 'approved' });
    for (const now of ['2026-11-26T17:00:00.000Z', '2026-11-27T09:00:00.000Z']) await remind(now);
    expect(await engagementOf(amy, id)).toMatchObject({ state: 'withdrawn' });
    expect(await engagementOf(zoe, id)).toMatchObject({ state: 'approved' });
    expect(await engagementOf(ines, id)).toMatchObject({ state: 'approved' });
    expect((await told(amy)).at(-1)).toContain(says('en', 'sessions.news.lapsed.word'));
    expect(hasButton((await postsIn(bot, chatOf(amy))).at(-1) ?? {}, 'sessions.leave')).toBe(false);
    expect((await told(ines)).at(-1)).toContain(says('fr', 'sessions.news.seated.heading'));
    const channel = (await postsIn(bot, coordination)).map(textOf);
    expect(channel.filter((text) => text.includes('n’a pas confirmé'))).toHaveLength(1);
    const history = (await all(bot, 'history')).filter(
      (row) => row.move === 'lapse' || row.move === 'promote',
    );
    expect(history.map(({ by }) => by)).toEqual(['passerelle', 'passerelle']);
  });

  it('is not asked once more of who answers before it is sent', async () => {
    const id = await moved();
    bot.connector.fail({ match: (r) => r.method === 'POST', status: 503, times: Infinity });
    await bot.click(amy, 'sessions.confirm', { id });
    await remind('2026-11-26T08:00:00.000Z');
    await bot.click(zoe, 'sessions.confirm', { id });
    bot.connector.heal();
    await pass(60);
    for (const who of [zoe, amy])
      expect((await told(who)).filter((text) => /sessions.askAgain/.test(text))).toEqual([]);
    const rows = (await all(bot, 'outbox')).filter(({ message }) => message === 'sessions.unconfirmed');
    expect(rows.map(({ state }) => state)).toEqual(['void']);
  });

  it('stands on the card of the session, with what comes of no answer', async () => {
    const id = await moved();
    const view = async (who: TestPerson) => textOf((await bot.click(who, 'sessions.view', { id })).value);
    const note = says('fr', 'sessions.confirmNote', { until: 'jeudi 26 novembre à 18 h' });
    expect(await view(zoe)).toContain(note);
    await bot.click(zoe, 'sessions.confirm', { id });
    expect(await view(zoe)).not.toContain(note);
  });

  describe('to somebody whose morning is after the deadline', () => {
    const asked = async () =>
      (await told(zoe)).filter((text) => text.includes(says('fr', 'sessions.askAgain')));
    const joinFrom = async (localTimezone: string) => {
      await bot.raw(activityFrom(bot, zoe, { text: 'aide', localTimezone }));
      const id = await publishSession(bot, hugo);
      await join(zoe, id);
      return id;
    };

    it.each([
      ['Pacific/Tahiti', '2026-11-25T19:00:00.000Z'],
      ['America/Los_Angeles', '2026-11-25T17:00:00.000Z'],
    ])('is asked once more on the morning before, in %s', async (place, morning) => {
      const id = await joinFrom(place);
      await edit(id, { firstDay: '2026-12-10' });
      await pass(3);
      await remind(new Date(Date.parse(morning) - 60_000).toISOString());
      expect(await asked()).toEqual([]);
      // Somebody else's move, before it could be asked, does not lose it.
      bot.setNow(morning);
      await join(louis, id);
      for (const now of [morning, '2026-11-26T16:55:00.000Z']) await remind(now);
      expect(await asked()).toEqual([expect.stringContaining('d’ici le jeudi 26 novembre')]);
      expect((await engagementOf(zoe, id))?.state).toBe('approved');
      await remind('2026-11-26T17:00:00.000Z');
      expect((await engagementOf(zoe, id))?.state).toBe('withdrawn');
    });

    it('is not asked twice at once, if that morning is past', async () => {
      const id = await joinFrom('America/Los_Angeles');
      bot.setNow('2026-12-06T18:00:00.000Z');
      await edit(id, { from: '14:00', until: '15:00' });
      bot.setNow('2026-12-06T18:01:00.000Z');
      await bot.app.runJob('reminders', { dryRun: false });
      await pass(3);
      expect((await engagementOf(zoe, id))?.confirmBy).toBe('2026-12-07');
      expect(await asked()).toEqual([]);
      expect((await told(zoe)).at(-1)).toContain('Répondez avant lundi 7 décembre à 18 h');
    });
  });

  it.each([
    ['at noon', '2026-12-07T11:00:00.000Z'],
    ['in the evening', '2026-12-07T19:00:00.000Z'],
  ])('names no deadline %s of the last day, as nobody loses the seat without an answer', async (_, now) => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    bot.setNow(now);
    await edit(id, { from: '14:00', until: '15:00' });
    await pass(3);
    const said = (await told(zoe)).at(-1) ?? '';
    expect(said).toContain(says('fr', 'sessions.confirmSoonNote'));
    expect(said).not.toContain('18 h');
    await remind('2026-12-07T22:30:00.000Z');
    expect(await engagementOf(zoe, id)).toMatchObject({ state: 'approved', confirmBy: '2026-12-07' });
  });

  it('names its last day until that day is over', async () => {
    await meet(zoe);
    const id = await publishSession(bot, hugo, { firstDay: '2026-12-14' });
    await join(zoe, id);
    bot.setNow('2026-12-11T11:00:00.000Z');
    await edit(id, { firstDay: '2026-12-14', from: '14:00', until: '15:00' });
    const seen = async () => {
      const own = (await bot.click(zoe, 'sessions.view', { id })).value;
      const all = (await bot.click(hugo, 'sessions.manage', { id }, inChannel)).value;
      const mine = (await bot.click(zoe, 'mine.show', { id })).value;
      return [own, mine, all].map(textOf);
    };
    for (const text of await seen()) expect(text).toContain('d’ici le vendredi 11 décembre');
    bot.setNow('2026-12-12T11:00:00.000Z');
    const [own, mine, managed] = await seen();
    for (const text of [own, mine]) expect(text).toContain(says('fr', 'sessions.toConfirm'));
    expect(managed).toContain('1 réponse attendue');
    expect([own, mine, managed].join()).not.toContain('avant la fin');
  });

  describe('is asked of whoever moves up before being told of another day', () => {
    /** Zoé has the only seat, and Inès waits. */
    async function full(): Promise<string> {
      await meet(zoe, ines);
      const id = await publishSession(bot, hugo, { seats: '1' });
      for (const who of [zoe, ines]) await join(who, id);
      await bot.app.drain();
      return id;
    }
    const lastTold = async () => (await told(ines)).at(-1);

    it.each([
      ['by the same change', async (id: string) => edit(id, { seats: '2', firstDay: '2026-12-10' })],
      [
        'by another one',
        async (id: string) => {
          await edit(id, { seats: '1', firstDay: '2026-12-10' });
          await edit(id, { seats: '2', firstDay: '2026-12-10' });
        },
      ],
      [
        'because somebody leaves',
        async (id: string) => {
          await edit(id, { seats: '1', firstDay: '2026-12-10' });
          await bot.click(zoe, 'sessions.leave', { id });
        },
      ],
    ])('%s', async (_, moveUp) => {
      const id = await full();
      await moveUp(id);
      await pass(3);
      expect(await engagementOf(ines, id)).toMatchObject({ state: 'approved', confirmBy: '2026-11-26' });
      const said = await lastTold();
      for (const part of [
        says('fr', 'sessions.news.seated.ask'),
        'mardi 8 décembre 2026',
        'À confirmer |  d’ici le jeudi 26 novembre',
        'Répondez avant jeudi 26 novembre à 18 h',
      ])
        expect(said).toContain(part);
      expect(said).not.toContain(says('fr', 'sessions.youTakePart'));
    });

    it('because nobody confirmed in time, while Teams refuses the message', async () => {
      const id = await full();
      const match = (r: { method: string; ids: readonly string[] }) =>
        r.method === 'POST' && r.ids[0] === chatOf(ines);
      bot.connector.fail({ match, times: 1, status: 503 });
      await edit(id, { seats: '1', firstDay: '2026-12-10' });
      await pass(3);
      bot.connector.fail({ match, times: 100, status: 503 });
      bot.setNow('2026-11-26T17:00:00.000Z');
      await bot.app.runJob('reminders', { dryRun: false });
      expect(await engagementOf(ines, id)).toMatchObject({ state: 'approved', confirmBy: '2026-12-01' });
    });

    it('but of nobody who has been told while they waited', async () => {
      const id = await full();
      await edit(id, { seats: '1', firstDay: '2026-12-10' });
      await pass(3);
      await bot.click(zoe, 'sessions.leave', { id });
      expect((await engagementOf(ines, id))?.confirmBy).toBeUndefined();
      expect(await lastTold()).toContain(says('fr', 'sessions.news.seated.heading'));
      expect(await lastTold()).toContain(says('fr', 'sessions.youTakePart'));
    });
  });

  it('is not asked again of those who have answered, and costs nobody the seat on the day it was asked', async () => {
    const id = await moved();
    for (const who of [zoe, amy]) await bot.click(who, 'sessions.confirm', { id });
    bot.setNow('2026-11-26T08:00:00.000Z');
    expect(await bot.app.runJob('reminders', { dryRun: true })).toBe('reminders: nothing is due');
    bot.setNow('2026-12-14T08:00:00.000Z');
    await edit(id, { firstDay: '2026-12-15', from: '09:00', until: '10:00' });
    expect(await engagementOf(zoe, id)).toMatchObject({ confirmBy: '2026-12-14' });
    await remind('2026-12-14T17:30:00.000Z');
    expect(await engagementOf(zoe, id)).toMatchObject({ state: 'approved', confirmBy: '2026-12-14' });
  });
});

describe('a cancellation', () => {
  it('is told with its reason to all who are concerned, once, and the cards follow', async () => {
    await meet(zoe, ines, amy);
    const id = await publishSession(bot, hugo, { seats: '1' });
    for (const who of [zoe, ines]) await join(who, id);
    await join(amy, id);
    await bot.click(amy, 'sessions.leave', { id });
    await edit(id, { seats: '1', firstDay: '2026-12-15' });
    const before = await Promise.all([zoe, ines, amy].map(async (who) => (await told(who)).length));
    const reason = 'Le collège a annulé.';
    const cancelled = [];
    for (const _ of [1, 2])
      cancelled.push(textOf((await bot.click(hugo, 'sessions.cancel', { id, reason }, inChannel)).value));
    expect(cancelled[1]).toBe(cancelled[0]);
    await pass(3);
    const news = await Promise.all(
      [zoe, ines, amy].map(async (who, i) => (await told(who)).slice(before[i])),
    );
    expect(news.map((texts) => texts.length)).toEqual([1, 1, 0]);
    for (const texts of news.slice(0, 2)) {
      expect(texts[0]).toContain('« Le collège a annulé. »');
      expect(texts[0]).toContain('La séance du mardi 8 décembre est annulée');
    }
    const card = textOf((await shownIn(bot, coordination))[0]);
    expect(card).toContain(says('fr', 'state.cancelled'));
    expect(card).toContain('« Le collège a annulé. »');
    expect((await all(bot, 'history')).filter((row) => row.move === 'cancel')).toHaveLength(1);
    const [list] = await bot.say(ines, 'mes engagements');
    expect(textOf(list)).toContain(says('fr', 'state.cancelled'));
    const late = await join(amy, id);
    expect(textOf(late.value)).toMatch(/It has been cancelled by Hugo Témoin, Monday 23 November/);
  });

  it('that could not be told before the day was over is told to nobody', async () => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    await bot.app.drain();
    const before = (await told(zoe)).length;
    bot.connector.fail({
      match: ({ method, ids }) => method === 'POST' && ids[0] === chatOf(zoe),
      status: 503,
      times: Infinity,
    });
    await bot.click(hugo, 'sessions.cancel', { id, reason: 'Classe absente.' }, inChannel);
    await bot.app.drain();
    bot.setNow('2026-12-09T08:00:00.000Z');
    bot.connector.heal();
    await bot.app.drain();
    expect((await told(zoe)).slice(before)).toEqual([]);
  });

  it.each([
    ['another coordinator', louis, 'Le collège a annulé.'],
    ['the same one, for another reason', hugo, 'La classe est en sortie.'],
  ])('by %s changes nothing, and says who was first', async (_, who, reason) => {
    await meet(zoe);
    const id = await publishSession(bot, hugo);
    await join(zoe, id);
    await bot.click(hugo, 'sessions.cancel', { id, reason: 'Le collège a annulé.' }, inChannel);
    const before = await written(bot);
    const { value } = await bot.click(who, 'sessions.cancel', { id, reason }, inChannel);
    expect(textOf(value)).toContain('Elle est annulée par Hugo Témoin, lundi 23 novembre');
    expect(await written(bot)).toBe(before);
  });

  it.each([
    ['', says('fr', 'sessions.cancelError')],
    ['Tel. 06 12 34 56 78', says('fr', 'personalData.phone')],
  ])('with the reason %p is refused, and nothing changes', async (reason, why) => {
    const id = await publishSession(bot, hugo);
    const before = await written(bot);
    const { value } = await bot.click(hugo, 'sessions.cancel', { id, reason }, inChannel);
    expect(textOf(value)).toContain(why);
    expect(hasButton(value, 'sessions.cancel')).toBe(true);
    expect(await written(bot)).toBe(before);
  });
});

it('300 people are told of a change and of the cancellation, nobody twice', async () => {
  const letters = 'abcdefghijklmnopqrst';
  const crowd = Array.from({ length: 300 }, (_, i) =>
    person(`Foule ${letters[i % 20]}${letters[Math.floor(i / 20)]}`, i % 2 ? 'en-GB' : 'fr-FR'),
  );
  const id = await publishSession(bot, hugo, { seats: '50' });
  for (let first = 0; first < crowd.length; first += 50)
    await Promise.all(crowd.slice(first, first + 50).map((who) => join(who, id)));
  await bot.app.drain();
  const start = new Map(crowd.map((who) => [who.id, bot.connector.personal(chatOf(who)).length]));
  const counts = () => {
    const tally: Record<number, number> = {};
    for (const who of crowd) {
      const n = bot.connector.personal(chatOf(who)).length - (start.get(who.id) ?? 0);
      tally[n] = (tally[n] ?? 0) + 1;
    }
    return tally;
  };
  await edit(id, { seats: '50', firstDay: '2026-12-15' });
  await pass(3);
  expect(counts()).toEqual({ 1: 300 });
  await bot.click(hugo, 'sessions.cancel', { id, reason: 'Le collège a annulé.' }, inChannel);
  await bot.restart();
  await pass(3);
  expect(counts()).toEqual({ 2: 300 });
}, 120_000);

describe('the entry in a calendar', () => {
  const entryOf = async (who: TestPerson, id: string) =>
    (await bot.click(who, 'reminders.calendar', { id })).value;
  const take = async (who: TestPerson, id: string) => {
    const url = JSON.stringify(await entryOf(who, id)).match(/http[^"]*\/files\/[^"]+/)?.[0] ?? '';
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
  };
  const lastTold = async (who: TestPerson) => (await postsIn(bot, chatOf(who))).at(-1);
  let id = '';
  beforeEach(async () => {
    await meet(zoe, ines);
    id = await publishSession(bot, hugo);
    for (const who of [zoe, ines]) await join(who, id);
    await take(zoe, id);
  });

  it.each([
    ['another day', { firstDay: '2026-12-15' }, true],
    ['another place', { school: 'Lycée Exemple' }, true],
    ['another remark', { remark: 'Entrée par la cour.' }, false],
  ])('after %s, is offered anew to whoever took it', async (_, inputs, isOffered) => {
    await edit(id, inputs);
    await pass(3);
    const cards = [await lastTold(zoe), await lastTold(ines)];
    for (const card of cards) expect(textOf(card)).toContain('change');
    expect(cards.map((card) => hasButton(card, 'reminders.calendar'))).toEqual([isOffered, false]);
    const said = textOf(cards[0]).includes(says('fr', 'reminders.calendar.replace'));
    expect(said).toBe(isOffered);
  });

  it('is offered with the confirmation of another day: anew, or for the first time', async () => {
    await edit(id, { firstDay: '2026-12-15' });
    await pass(3);
    const confirmed = async (who: TestPerson) => (await bot.click(who, 'sessions.confirm', { id })).value;
    const [again, first] = [await confirmed(zoe), await confirmed(ines)];
    expect(textOf(again)).toContain(says('fr', 'reminders.calendar.replace'));
    expect(textOf(first)).toContain(says('fr', 'reminders.calendar.add'));
    expect(textOf(await entryOf(ines, id))).toContain('15 décembre');
  });

  it('of who has to give up the seat can be taken out from the message', async () => {
    const asked = (await edit(id, { seats: '1' })).value;
    const stay = formData(asked, 'sessions.stay', { stay: ines.aadObjectId });
    await bot.click(hugo, 'sessions.stay', stay, inChannel);
    await pass(3);
    expect(textOf(await lastTold(zoe))).toContain(says('fr', 'reminders.calendar.remove'));
  });

  it('of a cancelled session can be taken out from the message, by whoever took it', async () => {
    await bot.click(hugo, 'sessions.cancel', { id, reason: 'Le lycée est fermé.' }, inChannel);
    const cards = [await lastTold(zoe), await lastTold(ines)];
    for (const card of cards) expect(textOf(card)).toContain(says('fr', 'sessions.news.cancelled.note'));
    expect(cards.map((card) => hasButton(card, 'reminders.calendar'))).toEqual([true, false]);
    expect(textOf(cards[0])).toContain(says('fr', 'reminders.calendar.remove'));
  });
});
