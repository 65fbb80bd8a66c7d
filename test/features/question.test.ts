import {
  amy,
  type CardJson,
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
  errorText,
  fill,
  hasButton,
  idIn,
  inChannel,
  inputsOf,
  offerTalk,
  placement,
  postsIn,
  publishSession,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ now: '2026-11-23T08:00:00.000Z' });
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

const run = () => bot.app.runJob('outcomes', { dryRun: false });
/** Sets the clock and does what is due then. */
async function at(now: string): Promise<void> {
  bot.setNow(now);
  await run();
  await bot.app.drain();
}
const headings = ['outcome.heading', 'outcome.again', 'outcome.wereYouThere'];
/** The questions somebody has got, as they were sent. */
const questionsTo = async (who: TestPerson, lang: 'fr' | 'en' = 'fr') =>
  (await postsIn(bot, chatOf(who))).filter((card) =>
    headings.some((key) => textOf(card).includes(`| ${says(lang, key)} |`)),
  );
const shownTo = async (who: TestPerson) => (await shownIn(bot, chatOf(who))).at(-1) as CardJson;
const listed = async () =>
  (await postsIn(bot, coordination)).filter((card) =>
    textOf(card).includes(says('fr', 'outcome.unansweredLead')),
  );
const count = async (who: TestPerson) => (await questionsTo(who)).length;

/** A talk on Tuesday 8 December, approved. */
async function approvedTalk(who: TestPerson = ines, inputs: object = {}): Promise<string> {
  const id = await offerTalk(bot, who, inputs);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return id;
}
/** Answers the question that is in somebody's chat. */
const answer = async (who: TestPerson, verb: string, inputs: object = {}) =>
  bot.click(who, verb, formData(await shownTo(who), verb, inputs));

it('is asked on the next working morning, once, and answered in the card', async () => {
  await approvedTalk();
  await at('2026-12-08T22:00:00.000Z');
  await at('2026-12-09T07:59:00.000Z');
  expect(await count(ines)).toBe(0);
  await at('2026-12-09T08:00:00.000Z');
  await bot.restart();
  await at('2026-12-09T12:00:00.000Z');
  expect(await count(ines)).toBe(1);
  const [question] = await questionsTo(ines);
  expect(textOf(question)).toContain(says('fr', 'outcome.questionNote'));
  const { value } = await answer(ines, 'outcome.held', { pupils: '28' });
  expect(textOf(value)).toContain(says('fr', 'state.attended'));
  await bot.app.drain();
  expect(textOf(await shownTo(ines))).toContain(says('fr', 'next.attended.employee'));
  await at('2026-12-16T09:00:00.000Z');
  await at('2026-12-28T09:00:00.000Z');
  expect([await count(ines), (await listed()).length]).toEqual([1, 0]);
});

it('after a Friday it is asked on Monday, and in the morning where the person is', async () => {
  await approvedTalk(ines, { firstDay: '2026-12-11' });
  await bot.app.services.store.transact(async (tx) => {
    const person = await tx.get('people', ines.aadObjectId);
    if (person) await tx.put('people', { ...person, timeZone: 'America/Cayenne' });
  });
  await at('2026-12-14T10:59:00.000Z');
  expect(await count(ines)).toBe(0);
  await at('2026-12-14T11:00:00.000Z');
  expect(await count(ines)).toBe(1);
});

it('with the number known it is one click: the places of a placement, those that are filled first', async () => {
  const { value } = await fill(bot, ines, 'accueillir', placement);
  const id = idIn(value, 'mine.withdraw');
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  await at('2027-01-25T08:00:00.000Z');
  expect(inputsOf(await shownTo(ines))).toMatchObject({ pupils: 2 });
  await answer(ines, 'outcome.held', { pupils: '2' });
  expect((await all(bot, 'actions'))[0]).toMatchObject({ state: 'held', outcome: { pupils: 2 } });
});

it.each([
  ['has withdrawn', (id: string) => bot.click(ines, 'mine.withdrawConfirmed', { id })],
  [
    'has answered on the day',
    async (id: string) => {
      bot.setNow('2026-12-08T12:00:00.000Z');
      const form = (await bot.click(ines, 'outcome.open', { id })).value;
      await bot.click(ines, 'outcome.held', formData(form, 'outcome.held', { pupils: '20' }));
    },
  ],
])('whoever %s is not asked', async (_, does) => {
  await does(await approvedTalk());
  await at('2026-12-09T09:00:00.000Z');
  await at('2026-12-16T09:00:00.000Z');
  await at('2026-12-28T09:00:00.000Z');
  expect([await count(ines), (await listed()).length]).toEqual([0, 0]);
});

it('without an answer it is asked once more after 7 days, and on the Monday after 14 the coordinators are told', async () => {
  const id = await approvedTalk();
  await at('2026-12-09T09:00:00.000Z');
  await at('2026-12-16T07:59:00.000Z');
  expect(await count(ines)).toBe(1);
  await at('2026-12-16T08:00:00.000Z');
  const [, again] = await questionsTo(ines);
  expect(textOf(again)).toContain(says('fr', 'outcome.again'));
  await at('2026-12-28T07:59:00.000Z');
  expect(await listed()).toHaveLength(0);
  await at('2026-12-28T08:00:00.000Z');
  const [list] = await listed();
  expect(textOf(list)).toContain(says('fr', 'outcome.answerOf', { names: ines.name }));
  expect(idIn(list, 'outcome.open')).toBe(id);
  await at('2027-01-04T09:00:00.000Z');
  expect([await count(ines), (await listed()).length]).toEqual([2, 1]);
  await bot.click(louis, 'pending.open');
  const form = (await bot.click(louis, 'outcome.open', { id }, inChannel)).value;
  await bot.click(louis, 'outcome.held', formData(form, 'outcome.held', { pupils: '25' }), inChannel);
  expect((await all(bot, 'engagements'))[0]).toMatchObject({ state: 'attended' });
  await bot.app.drain();
  const shown = (await shownIn(bot, chatOf(ines))).map(textOf);
  expect(shown.at(-1)).toContain(says('fr', 'behalf.answeredHeading', { name: louis.name }));
  expect(shown.at(-2)).toContain(says('fr', 'next.attended.employee'));
});

it('several without an answer the same week are one message to the coordinators', async () => {
  await approvedTalk(ines);
  await approvedTalk(zoe, { firstDay: '2026-12-10' });
  for (const day of [23, 24, 28, 29]) await at(`2026-12-${day}T09:00:00.000Z`);
  const found = await listed();
  expect(found).toHaveLength(1);
  expect(textOf(found[0])).toContain(says('fr', 'outcome.unanswered', { count: 2 }));
});

it.each([
  ['approved after the day', '2026-12-08', '2026-12-08', '2026-12-15', '2026-12-28', '2027-01-04'],
  ['asked only after Easter', '2027-03-22', '2027-03-26', '2026-11-23', '2027-04-12', '2027-04-19'],
])('somebody %s is listed once they have been asked twice, and not a week before', async (_, day, late, approvedOn, first, second) => {
  await approvedTalk(ines, { firstDay: day });
  const id = await offerTalk(bot, zoe, { firstDay: late });
  bot.setNow(`${approvedOn}T12:00:00.000Z`);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  const names = async (monday: string) => {
    const before = (await listed()).length;
    await at(`${monday}T09:00:00.000Z`);
    return (await listed())
      .slice(before)
      .map((card) => [ines, zoe].map(({ name }) => name).filter((name) => textOf(card).includes(name)));
  };
  expect(await names(first)).toEqual([[ines.name]]);
  expect(await names(second)).toEqual([[ines.name, zoe.name]]);
});

it('an answer before the coordinators are told leaves them nothing to read', async () => {
  await approvedTalk();
  await at('2026-12-16T09:00:00.000Z');
  await answer(ines, 'outcome.notHeld');
  await at('2026-12-28T09:00:00.000Z');
  expect(await listed()).toHaveLength(0);
});

it('if the day moves, the question moves', async () => {
  const id = await approvedTalk();
  await at('2026-12-09T09:00:00.000Z');
  const move = async (day: string) => {
    const { writeMove, readRequest } = await import('../../src/features/shared/records.js');
    await bot.app.services.store.transact(async (tx) => {
      const before = await readRequest(tx, id);
      if (!before) throw new Error('it is gone');
      const action = { ...before.action, firstDay: day, lastDay: day };
      const engagements = before.engagements.map((e) => ({ ...e, firstDay: day }));
      await writeMove(tx, bot.app.services, before, { action, engagements }, []);
    });
  };
  await move('2026-12-17');
  await bot.app.drain();
  expect(hasButton(await shownTo(ines), 'outcome.held')).toBe(false);
  await at('2026-12-16T09:00:00.000Z');
  expect(await count(ines)).toBe(1);
  await at('2026-12-18T09:00:00.000Z');
  expect(await count(ines)).toBe(2);
});

it('is left as it is in a chat that the person has not any more', async () => {
  await approvedTalk();
  await at('2026-12-09T09:00:00.000Z');
  const left = await shownTo(ines);
  await bot.app.services.store.transact(async (tx) => {
    const person = await tx.get('people', ines.aadObjectId);
    if (person) await tx.put('people', { ...person, conversationId: 'a:another' });
  });
  const [{ id } = { id: '' }] = await all(bot, 'actions');
  const form = (await bot.click(hugo, 'outcome.open', { id }, inChannel)).value;
  await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }), inChannel);
  expect(await shownTo(ines)).toEqual(left);
  const updates = (await all(bot, 'outbox')).filter(({ op }) => op === 'update');
  expect(updates.filter(({ state }) => state === 'failed')).toEqual([]);
});

it('speaks the language of the person', async () => {
  await approvedTalk(amy);
  await at('2026-12-09T09:00:00.000Z');
  expect(await questionsTo(amy, 'en')).toHaveLength(1);
});

it('after three weeks down, the coordinators are told, and nobody is asked late', async () => {
  await approvedTalk();
  await at('2026-12-30T09:00:00.000Z');
  expect([await count(ines), (await listed()).length]).toEqual([0, 1]);
});

describe('of a session with several people', () => {
  let id: string;
  beforeEach(async () => {
    id = await publishSession(bot, hugo, { seats: '3' });
    for (const who of [ines, zoe, amy]) await bot.click(who, 'sessions.join', { id });
    await at('2026-12-09T09:00:00.000Z');
    await bot.click(hugo, 'pending.open');
  });
  const action = async () => (await all(bot, 'actions')).find((a) => a.id === id);
  const stateOf = async (who: TestPerson) =>
    (await all(bot, 'engagements')).find((e) => e.employeeId === who.aadObjectId)?.state;
  const contradictions = async () =>
    (await shownIn(bot, coordination)).filter((card) =>
      ['outcome.contradiction', 'outcome.settledHeading'].some((key) =>
        textOf(card).includes(says('fr', key)),
      ),
    );
  const settled = async (who: TestPerson) =>
    (await postsIn(bot, chatOf(who))).filter((card) =>
      textOf(card).includes(says('fr', 'outcome.settledFrom')),
    );

  it('the first answer turns the questions of the others into one about their presence', async () => {
    await answer(ines, 'outcome.held', { pupils: '28' });
    await bot.app.drain();
    const asked = await shownTo(zoe);
    expect(textOf(asked)).toContain(says('fr', 'outcome.wereYouThere'));
    expect((await answer(zoe, 'outcome.present')).statusCode).toBe(200);
    expect([await stateOf(ines), await stateOf(zoe), await stateOf(amy)]).toEqual([
      'attended',
      'attended',
      'approved',
    ]);
    await at('2026-12-16T09:00:00.000Z');
    expect([await count(ines), await count(zoe)]).toEqual([1, 1]);
    expect((await questionsTo(amy, 'en')).length).toBe(2);
  });

  it('somebody’s presence redraws their own question, and nobody else’s', async () => {
    await answer(ines, 'outcome.held', { pupils: '28' });
    await bot.app.drain();
    const before = bot.connector.updates.length;
    await answer(zoe, 'outcome.present');
    await bot.app.drain();
    const updated = bot.connector.updates.slice(before).map((u) => u.conversationId);
    expect(updated).toContain(chatOf(zoe));
    expect(updated).not.toContain(chatOf(amy));
  });

  it('another number changes nothing by itself: the coordinators get both answers, and choose one', async () => {
    const late = await shownTo(zoe);
    await answer(ines, 'outcome.held', { pupils: '28' });
    const data = formData(late, 'outcome.held', { pupils: '40', remark: 'Deux groupes.' });
    const told = await bot.click(zoe, 'outcome.held', data);
    expect(textOf(told.value)).toContain(
      says('fr', 'outcome.kept.differs', {
        name: ines.name,
        said: says('fr', 'outcome.said.held', { count: 28 }),
      }),
    );
    expect(await action()).toMatchObject({ outcome: { pupils: 28 }, contradiction: { pupils: 40 } });
    expect([await stateOf(ines), await stateOf(zoe)]).toEqual(['attended', 'attended']);
    const before = await written(bot);
    expect((await bot.click(zoe, 'outcome.held', data)).value).toEqual(told.value);
    expect(await written(bot)).toBe(before);
    const [card] = await contradictions();
    expect(textOf(card)).toMatch(/28 élèves.*Inès.*40 élèves.*Zoé.*Deux groupes/);
    expect((await bot.click(zoe, 'outcome.settle', choose(card, 'second'), inChannel)).statusCode).toBe(200);
    expect(await action()).toHaveProperty('contradiction');
    const done = await bot.click(hugo, 'outcome.settle', choose(card, 'second'), inChannel);
    expect(textOf(done.value)).toContain(says('fr', 'outcome.settledHeading'));
    expect(await action()).toMatchObject({ state: 'held', outcome: { pupils: 40, by: zoe.aadObjectId } });
    expect(await action()).not.toHaveProperty('contradiction');
    expect([(await settled(ines)).length, (await settled(zoe)).length]).toEqual([1, 1]);
    const once = await written(bot);
    await bot.click(louis, 'outcome.settle', choose(card, 'first'), inChannel);
    expect(await written(bot)).toBe(once);
    expect((await all(bot, 'history')).filter((row) => row.move === 'settle')).toMatchObject([
      { from: 'held 28', to: 'held 40', by: hugo.aadObjectId },
    ]);
  });

  const choose = (card: unknown, choice: string, inputs: object = {}) => ({
    ...formData(card as CardJson, 'outcome.settle', inputs),
    choice,
  });

  it('that it did not take place, against that it did: if so, nobody was there', async () => {
    await answer(ines, 'outcome.held', { pupils: '28' });
    await bot.app.drain();
    const form = (await answer(zoe, 'outcome.differ')).value;
    const said = says('fr', 'outcome.said.held', { count: 28 });
    expect(textOf(form)).toContain(says('fr', 'outcome.before.other', { name: ines.name, said }));
    await bot.click(zoe, 'outcome.notHeld', formData(form, 'outcome.notHeld'));
    expect([await stateOf(ines), await stateOf(zoe)]).toEqual(['attended', 'approved']);
    expect((await all(bot, 'history')).find(({ move }) => move === 'contradict')).toMatchObject({
      from: 'held',
      to: 'not-held',
    });
    const [card] = await contradictions();
    await bot.click(hugo, 'outcome.settle', choose(card, 'second'), inChannel);
    expect([await stateOf(ines), await stateOf(zoe)]).toEqual(['approved', 'approved']);
    expect(await action()).toMatchObject({ state: 'not-held' });
  });

  it.each([
    ['said that they were there', 'yes', 1],
    ['said that they were not', 'no', 0],
  ])('if it did not take place after all, whoever %s is told: %s, %i message', async (_, was, messages) => {
    await answer(ines, 'outcome.held', { pupils: '28' });
    await bot.click(amy, 'outcome.present', { id, was });
    const form = (await bot.click(zoe, 'outcome.differ', { id })).value;
    await bot.click(zoe, 'outcome.notHeld', formData(form, 'outcome.notHeld'));
    const [card] = await contradictions();
    const done = await bot.click(hugo, 'outcome.settle', choose(card, 'second'), inChannel);
    expect(textOf(done.value)).toContain(says('fr', 'outcome.settledNote'));
    expect(await stateOf(amy)).toBe('approved');
    const told = (await postsIn(bot, chatOf(amy))).filter((it) =>
      textOf(it).includes(says('en', 'outcome.settledPresence')),
    );
    expect(told).toHaveLength(messages);
    expect([(await settled(ines)).length, (await settled(zoe)).length]).toEqual([1, 1]);
  });

  it('that it did take place, against that it did not: if so, whoever said it was there', async () => {
    await answer(ines, 'outcome.notHeld');
    await bot.app.drain();
    const form = (await answer(zoe, 'outcome.differ')).value;
    await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
    expect(await stateOf(zoe)).toBe('approved');
    const [card] = await contradictions();
    await bot.click(hugo, 'outcome.settle', choose(card, 'number', { pupils: '26' }), inChannel);
    expect(await action()).toMatchObject({ state: 'held', outcome: { pupils: 26 } });
    expect([await stateOf(ines), await stateOf(zoe), await stateOf(amy)]).toEqual([
      'approved',
      'attended',
      'approved',
    ]);
    await bot.app.drain();
    expect(textOf(await shownTo(amy))).toContain(says('en', 'outcome.wereYouThere'));
    const said = says('en', 'outcome.said.held', { count: 26 });
    expect(textOf(await shownTo(amy))).toContain(says('en', 'outcome.settledWhy', { said }));
  });

  it('whoever corrects an answer of their own reads of that answer, not of somebody else’s', async () => {
    await answer(ines, 'outcome.notHeld');
    await bot.app.drain();
    const notHeld = { said: says('fr', 'outcome.said.not-held') };
    expect(textOf(await shownTo(ines))).toContain(says('fr', 'outcome.youAnswered', notHeld));
    const form = (await answer(ines, 'outcome.differ')).value;
    expect(textOf(form)).toContain(says('fr', 'outcome.before.own', notHeld));
    const data = formData(form, 'outcome.held', { pupils: '28' });
    for (const _ of [1, 2]) {
      const said = textOf((await bot.click(ines, 'outcome.held', data)).value);
      expect(said).toContain(says('fr', 'outcome.kept.differsFromOwn', notHeld));
      expect(said).not.toContain(`celle de ${ines.name}`);
    }
    expect(await contradictions()).toHaveLength(1);
  });

  describe('an answer of a coordinator after the first says of nobody that they were there', () => {
    const differ = async () => (await bot.click(hugo, 'outcome.differ', { id }, inChannel)).value;

    it('when it gives another number, and one person has not said', async () => {
      await answer(ines, 'outcome.held', { pupils: '28' });
      await bot.app.drain();
      await answer(zoe, 'outcome.present');
      const form = await differ();
      const data = formData(form, 'outcome.held', { pupils: '25' });
      const told = await bot.click(hugo, 'outcome.held', data, inChannel);
      const said = says('fr', 'outcome.said.held', { count: 25 });
      expect(textOf(told.value)).toContain(says('fr', 'outcome.kept.corrected', { said }));
      expect(await stateOf(amy)).toBe('approved');
      expect(textOf((await bot.say(zoe, 'progression'))[0])).toContain('Réalisé 2');
    });

    it('when several have not said: it does not ask who came', async () => {
      await answer(ines, 'outcome.held', { pupils: '28' });
      const form = await differ();
      expect(inputsOf(form)).not.toHaveProperty('attended');
      await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '25' }), inChannel);
      expect([await stateOf(zoe), await stateOf(amy)]).toEqual(['approved', 'approved']);
    });

    it('unless it was asked who came, by a form opened before that answer', async () => {
      const form = (await bot.click(hugo, 'outcome.open', { id }, inChannel)).value;
      await answer(ines, 'outcome.held', { pupils: '28' });
      await bot.app.drain();
      await answer(zoe, 'outcome.present');
      const attended = [ines, zoe].map((who) => who.aadObjectId).join(',');
      const data = formData(form, 'outcome.held', { pupils: '28', attended });
      await bot.click(hugo, 'outcome.held', data, inChannel);
      expect(await stateOf(amy)).toBe('absent');
    });
  });

  it('about the same number is noted, and nobody has to choose', async () => {
    const late = await shownTo(zoe);
    await answer(ines, 'outcome.held', { pupils: '28' });
    const data = formData(late, 'outcome.held', { pupils: '30' });
    for (const _ of [1, 2]) {
      const { value } = await bot.click(zoe, 'outcome.held', data);
      const said = says('fr', 'outcome.said.held', { count: 28 });
      expect(textOf(value)).toContain(says('fr', 'outcome.kept.about', { name: ines.name, said }));
    }
    expect(await contradictions()).toEqual([]);
    expect(await action()).toMatchObject({ outcome: { pupils: 28, by: ines.aadObjectId } });
    expect(await stateOf(zoe)).toBe('attended');
    expect((await all(bot, 'history')).filter(({ move }) => move === 'contradict')).toMatchObject([
      { from: '28', to: '30', by: zoe.aadObjectId },
    ]);
  });

  describe('a number that is wrong', () => {
    const numbers = async () =>
      (await all(bot, 'history'))
        .filter(({ move }) => move === 'correctNumber')
        .map((r) => [r.from, r.to, r.by]);
    const total = async () =>
      (await all(bot, 'tallies')).map((tally) => tally.kinds['classroom-talk'].pupils);
    const press = async (who: TestPerson, card: unknown, pupils: string) => {
      const form = (await bot.click(who, 'outcome.differ', formData(card as CardJson, 'outcome.differ')))
        .value;
      return (await bot.click(who, 'outcome.held', formData(form, 'outcome.held', { pupils }))).value;
    };

    it('is corrected by whoever gave it, until somebody else answers', async () => {
      const own = (await answer(ines, 'outcome.held', { pupils: '0' })).value;
      const corrected = await press(ines, own, '25');
      const said = says('fr', 'outcome.said.held', { count: 25 });
      expect(textOf(corrected)).toContain(says('fr', 'outcome.kept.corrected', { said }));
      expect([await action(), await total()]).toMatchObject([{ outcome: { pupils: 25 } }, [25]]);
      expect(await numbers()).toEqual([['0', '25', ines.aadObjectId]]);
      const told = (await postsIn(bot, chatOf(ines))).map(textOf);
      expect(told.filter((text) => text.includes('nombre corrigé'))).toEqual([]);
      const form = (await bot.click(ines, 'outcome.differ', { id })).value;
      await answer(zoe, 'outcome.present');
      expect(hasButton((await bot.click(ines, 'mine.show', { id })).value, 'outcome.differ')).toBe(false);
      expect(await contradictions()).toEqual([]);
      await bot.click(ines, 'outcome.held', formData(form, 'outcome.held', { pupils: '60' }));
      expect(await action()).toMatchObject({ outcome: { pupils: 25 }, contradiction: { pupils: 60 } });
    });

    it('is not replaced by another participant, who has read it', async () => {
      await answer(ines, 'outcome.held', { pupils: '28' });
      const form = (await bot.click(zoe, 'outcome.differ', { id })).value;
      await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '50' }));
      expect(await action()).toMatchObject({ outcome: { pupils: 28 }, contradiction: { pupils: 50 } });
      expect(await numbers()).toEqual([]);
    });

    it('is said to be settled, and not corrected, when its form comes again after the choice', async () => {
      const late = await shownTo(zoe);
      const first = (await bot.click(hugo, 'outcome.open', { id }, inChannel)).value;
      const attended = [ines, zoe].map((who) => who.aadObjectId).join(',');
      await bot.click(hugo, 'outcome.held', formData(first, 'outcome.held', { pupils: '28', attended }));
      const form = (await bot.click(hugo, 'outcome.differ', { id }, inChannel)).value;
      await bot.click(zoe, 'outcome.held', formData(late, 'outcome.held', { pupils: '50' }));
      const data = formData(form, 'outcome.held', { pupils: '60' });
      await bot.click(hugo, 'outcome.held', data);
      const [card] = await contradictions();
      await bot.click(louis, 'outcome.settle', choose(card, 'first'), inChannel);
      const said = says('fr', 'outcome.said.held', { count: 28 });
      const again = textOf((await bot.click(hugo, 'outcome.held', data)).value);
      expect(again).toContain(says('fr', 'outcome.kept.settled', { said }));
      expect(await numbers()).toEqual([]);
    });

    it('is corrected by a coordinator at any time, who tells whoever gave it', async () => {
      await answer(ines, 'outcome.held', { pupils: '0' });
      await bot.app.drain();
      await answer(zoe, 'outcome.present');
      const view = (await bot.click(hugo, 'sessions.view', { id }, inChannel)).value;
      const form = (await bot.click(hugo, 'outcome.differ', formData(view, 'outcome.differ'))).value;
      const zero = { name: ines.name, said: says('fr', 'outcome.said.held', { count: 0 }) };
      expect(textOf(form)).toContain(says('fr', 'outcome.correctable.other', zero));
      await press(hugo, view, '25');
      expect([await action(), await total()]).toMatchObject([{ outcome: { pupils: 25 } }, [25]]);
      expect(await numbers()).toEqual([['0', '25', hugo.aadObjectId]]);
      const told = textOf((await postsIn(bot, chatOf(ines))).at(-1));
      const said = says('fr', 'outcome.said.held', { count: 25 });
      expect(told).toContain(says('fr', 'outcome.correctedWhy', { said }));
      expect(told).toContain('nombre corrigé par Hugo Témoin');
      expect(textOf((await bot.click(hugo, 'story.view', { id })).value)).toContain('25 au lieu de 0');
      expect(await contradictions()).toEqual([]);
      // The correction can be corrected, by another coordinator too.
      await press(louis, view, '26');
      expect(await action()).toMatchObject({ outcome: { pupils: 26, by: louis.aadObjectId } });
    });

    it('is not replaced by a coordinator who has not read it', async () => {
      const form = (await bot.click(hugo, 'outcome.open', { id }, inChannel)).value;
      await answer(ines, 'outcome.held', { pupils: '28' });
      const attended = ines.aadObjectId;
      const data = formData(form, 'outcome.held', { pupils: '50', attended });
      await bot.click(hugo, 'outcome.held', data, inChannel);
      expect(await action()).toMatchObject({ outcome: { pupils: 28 }, contradiction: { pupils: 50 } });
    });

    it('sent with the card that was answered already is not recorded, and the card says what counts', async () => {
      const card = await shownTo(ines);
      const send = async (pupils: string) =>
        textOf((await bot.click(ines, 'outcome.held', formData(card, 'outcome.held', { pupils }))).value);
      await send('0');
      const before = await written(bot);
      const said = says('fr', 'outcome.said.held', { count: 0 });
      expect(await send('25')).toContain(says('fr', 'outcome.kept.used', { said }));
      expect(await send('0')).not.toContain(says('fr', 'outcome.kept.used', { said }));
      const no = await bot.click(ines, 'outcome.notHeld', formData(card, 'outcome.notHeld'));
      expect(textOf(no.value)).toContain(says('fr', 'outcome.kept.used', { said }));
      expect(await written(bot)).toBe(before);
    });
  });

  it('a participant answers for nobody else, whatever a form of theirs holds', async () => {
    const late = await shownTo(zoe);
    await answer(ines, 'outcome.held', { pupils: '28' });
    const data = formData(late, 'outcome.held', { pupils: '28', attended: amy.aadObjectId });
    await bot.click(zoe, 'outcome.held', data);
    expect([await stateOf(zoe), await stateOf(amy)]).toEqual(['attended', 'approved']);
  });

  it('coordinators who open it choose between the two answers first; nobody else sees both', async () => {
    const late = await shownTo(zoe);
    await answer(ines, 'outcome.held', { pupils: '28' });
    const remark = 'Deux groupes.';
    await bot.click(zoe, 'outcome.held', formData(late, 'outcome.held', { pupils: '50', remark }));
    const opened = async (who: TestPerson) => textOf((await bot.click(who, 'outcome.open', { id })).value);
    expect(await opened(hugo)).toContain(says('fr', 'outcome.contradiction'));
    expect(await opened(amy)).toContain(says('en', 'outcome.wereYouThere'));
    expect(await opened(amy)).not.toContain(remark);
  });

  it.each([
    ['of other answers than those that count now', { seen: '2026-12-01T08:00:00.000Z' }],
    ['of an action that is not stored', { id: '01NEWREC0RD000000000000000' }],
  ])('a choice %s is refused, and nothing changes', async (_, other) => {
    const late = await shownTo(zoe);
    await answer(ines, 'outcome.held', { pupils: '28' });
    await bot.click(zoe, 'outcome.held', formData(late, 'outcome.held', { pupils: '50' }));
    const [card] = await contradictions();
    const before = await written(bot);
    for (const choice of ['second', 'number']) {
      const data = { ...choose(card, choice, { pupils: '29' }), ...other };
      const refused = await bot.click(hugo, 'outcome.settle', data, inChannel);
      expect(`${textOf(refused.value)} ${errorText(refused)}`).toContain(
        says('fr', 'refusal.outdated.heading'),
      );
    }
    expect(await written(bot)).toBe(before);
  });

  it('a number that is none is refused at its field, and nothing changes', async () => {
    const late = await shownTo(zoe);
    await answer(ines, 'outcome.held', { pupils: '28' });
    await bot.click(zoe, 'outcome.held', formData(late, 'outcome.held', { pupils: '40' }));
    const [card] = await contradictions();
    const before = await written(bot);
    const data = choose(card, 'number', { pupils: 'beaucoup' });
    const refused = await bot.click(hugo, 'outcome.settle', data, inChannel);
    expect(textOf(refused.value)).toContain(says('fr', 'form.mend', { count: 1 }));
    expect(await written(bot)).toBe(before);
  });

  it('whoever answers otherwise after the choice is told, politely, and their presence counts', async () => {
    const late = await shownTo(amy);
    const other = await shownTo(zoe);
    await answer(ines, 'outcome.held', { pupils: '28' });
    await bot.click(zoe, 'outcome.held', formData(other, 'outcome.held', { pupils: '40' }));
    const third = await bot.click(amy, 'outcome.differ', { id });
    expect(textOf(third.value)).toContain(says('en', 'outcome.kept.waits'));
    const [card] = await contradictions();
    await bot.click(hugo, 'outcome.settle', choose(card, 'first'), inChannel);
    const told = await bot.click(amy, 'outcome.held', formData(late, 'outcome.held', { pupils: '31' }));
    expect(textOf(told.value)).toContain(
      says('en', 'outcome.kept.settled', { said: says('en', 'outcome.said.held', { count: 28 }) }),
    );
    expect(await stateOf(amy)).toBe('attended');
    expect(await action()).toMatchObject({ outcome: { pupils: 28 } });
    expect(await contradictions()).toHaveLength(1);
  });
});
