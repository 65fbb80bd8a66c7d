import { programmeYear } from '../../src/domain/convention/programme-year.js';
import { recount } from '../../src/domain/engagements/tally.js';
import {
  coordination,
  findAction,
  formData,
  hugo,
  type InvokeAnswer,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import { countUnder } from '../support/counting.js';
import {
  activityFrom,
  all,
  chatOf,
  errorText,
  faultsOf,
  fill,
  hasButton,
  inChannel,
  inputsOf,
  lastPostIn,
  offerTalk,
  postsIn,
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
afterEach(async () => {
  const { tallies: counted } = recount(
    await all(bot, 'actions'),
    await all(bot, 'engagements'),
    countUnder(bot.app.services.convention),
  );
  for (const tally of await all(bot, 'tallies')) expect(counted.get(tally.id)).toEqual(tally);
  await bot.close();
});

const lyon = '0699001J';
const free = {
  timing: 'availability',
  kind: 'classroom-talk',
  level: '4e',
  academies: '10',
  firstDay: '2026-11-30',
  lastDay: '2027-03-26',
  halfDays: 'am',
  remark: '',
};
const date = { firstDay: '2026-12-08', from: '10:00', until: '11:00', schools: lyon, school: '', remark: '' };

async function available(who: TestPerson = zoe): Promise<string> {
  const { value } = await fill(bot, who, 'proposer', free);
  const { id } = formData(value, 'mine.withdraw') as { id: string };
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return id;
}
const openForm = async (id: string) => (await bot.click(hugo, 'dates.open', { id }, inChannel)).value;
const fix = async (id: string, inputs: object = {}) =>
  bot.click(hugo, 'dates.fix', formData(await openForm(id), 'dates.fix', { ...date, ...inputs }), inChannel);
/** Fixes a date; gives the id of the dated action. */
const fixed = async (id: string, inputs: object = {}): Promise<string> => {
  const { value } = await fix(id, inputs);
  return (formData(value, 'approval.view') as { id: string }).id;
};
/** A refused form stays as it is, and a message says why. */
const saidIn = (answer: InvokeAnswer) =>
  answer.statusCode === 200 ? textOf(answer.value) : errorText(answer);
const actionOf = async (id: string) => (await all(bot, 'actions')).find((a) => a.id === id);
const ownOf = async (id: string) => (await all(bot, 'engagements')).find((e) => e.actionId === id);
const told = async (who: TestPerson = zoe) => (await postsIn(bot, chatOf(who))).map(textOf);
const propose = async (id: string, inputs: object) => {
  const form = (await bot.click(zoe, 'dates.propose', { id })).value;
  return bot.click(zoe, 'dates.send', formData(form, 'dates.send', { ...inputsOf(form), ...inputs }));
};
/** Clicks the same button twice, as the client does that has had no answer; gives what both clicks show. */
const twice = async (who: TestPerson, verb: string, data: object) => {
  const shown = [];
  for (const _ of [1, 2]) shown.push(textOf((await bot.click(who, verb, data, inChannel)).value));
  return shown;
};
/** The last card of the coordinators, as it is now. */
const lastShown = async () => textOf((await shownIn(bot, coordination)).at(-1));
const remind = async (now: string) => {
  bot.setNow(now);
  await bot.app.runJob('reminders', { dryRun: false });
  await bot.app.drain();
};

describe('a date fixed from an availability', () => {
  it('is an action of its own with a number, for the employee to confirm; the availability stays open', async () => {
    const id = await available();
    const view = (await bot.click(hugo, 'approval.view', { id }, inChannel)).value;
    expect(findAction(view, 'dates.open')?.data).toEqual({ id });
    const own = (await bot.click(zoe, 'approval.view', { id }, inChannel)).value;
    expect(hasButton(own, 'dates.open')).toBe(false);
    const dated = await fixed(id);
    expect(await actionOf(dated)).toMatchObject({
      origin: 'offer',
      availability: id,
      number: 2,
      kind: 'classroom-talk',
      level: '4e',
      state: 'open',
      firstDay: '2026-12-08',
      lastDay: '2026-12-08',
      schools: [lyon],
      createdBy: zoe.aadObjectId,
    });
    expect(await ownOf(dated)).toMatchObject({
      state: 'approved',
      employeeId: zoe.aadObjectId,
      confirmBy: '2026-11-26',
      decision: { by: hugo.aadObjectId },
    });
    expect(await actionOf(id)).toMatchObject({ state: 'open' });
    expect((await ownOf(id))?.state).toBe('approved');
    const news = (await told()).at(-1) ?? '';
    for (const part of [
      says('fr', 'dates.toldHeading', { day: 'mardi 8 décembre' }),
      'mardi 8 décembre 2026, de 10 h à 11 h',
      'Collège Exemple',
      'Hugo Témoin',
    ])
      expect(news).toContain(part);
  });

  it.each([
    ['in the morning of the day', '2026-12-08T08:59:00.000Z', 1],
    ['but not once it has begun', '2026-12-08T09:00:00.000Z', 0],
  ])('is told late, %s, if Teams refuses at midnight', async (_, now, count) => {
    const id = await available();
    await bot.app.drain();
    const before = (await told()).length;
    bot.setNow('2026-12-07T22:59:00.000Z');
    const match = (r: { method: string; ids: readonly string[] }) =>
      r.method === 'POST' && r.ids[0] === chatOf(zoe);
    bot.connector.fail({ match, times: 1, status: 503 });
    await fix(id);
    await bot.app.drain();
    bot.setNow(now);
    const news = (await told()).slice(before);
    expect(news).toHaveLength(count);
    for (const text of news) expect(text).toContain('mardi 8 décembre 2026, de 10 h à 11 h');
  });

  it('is made once by the same form', async () => {
    const id = await available();
    const data = formData(await openForm(id), 'dates.fix', date);
    const cards = [];
    for (const _ of [1, 2]) cards.push((await bot.click(hugo, 'dates.fix', data, inChannel)).value);
    expect(textOf(cards[0])).toContain('confirme ou propose une autre date avant');
    expect(textOf(cards[1])).toBe(textOf(cards[0]));
    expect(await all(bot, 'actions')).toHaveLength(2);
    expect((await told()).filter((text) => text.includes('Une date pour vous'))).toHaveLength(1);
  });

  it('can be several, which the availability’s card lists with where each stands', async () => {
    const id = await available();
    const first = await fixed(id);
    await fixed(id, { firstDay: '2027-01-12' });
    await bot.click(zoe, 'dates.confirm', { id: first });
    const card = textOf((await shownIn(bot, coordination))[0]);
    expect(card).toContain('mardi 8 décembre 2026, de 10 h à 11 h (n° 2, confirmée)');
    expect(card).toContain('mardi 12 janvier 2027, de 10 h à 11 h (n° 3, à confirmer)');
    const own = textOf((await bot.click(zoe, 'mine.show', { id })).value);
    expect(own).toContain('n° 3');
  });

  it('is changed by a coordinator only, and before it comes', async () => {
    const id = await fixed(await available());
    const mayChange = async (who: TestPerson) =>
      hasButton((await bot.click(who, 'approval.view', { id }, inChannel)).value, 'dates.edit');
    expect([await mayChange(hugo), await mayChange(zoe)]).toEqual([true, false]);
    bot.setNow('2026-12-08T08:00:00.000Z');
    expect(await mayChange(hugo)).toBe(false);
  });

  it('counts as planned, and the availability does not', async () => {
    const id = await available();
    const planned = async () =>
      (await all(bot, 'tallies')).map((t) => [t.planned, t.kinds['classroom-talk'].planned]);
    expect(await planned()).toEqual([]);
    const dated = await fixed(id);
    await fixed(id, { firstDay: '2027-01-12' });
    expect(await planned()).toEqual([[1, 2]]);
    await bot.click(zoe, 'mine.withdrawConfirmed', { id: dated });
    expect(await planned()).toEqual([[1, 1]]);
  });

  it('can be withdrawn, and the availability stays; it can be fixed again', async () => {
    const id = await available();
    const dated = await fixed(id);
    await bot.click(zoe, 'mine.withdrawConfirmed', { id: dated });
    expect(await actionOf(dated)).toMatchObject({ state: 'cancelled' });
    expect(await actionOf(id)).toMatchObject({ state: 'open' });
    expect((await ownOf(id))?.state).toBe('approved');
    expect(textOf((await shownIn(bot, coordination))[0])).toContain('n° 2, annulée');
    await fixed(id, { firstDay: '2026-12-15' });
    expect(await all(bot, 'actions')).toHaveLength(3);
  });

  it.each([
    ['today', { firstDay: '2026-11-23' }, 'firstDay', says('fr', 'publish.fromTomorrow')],
    ['no school', { schools: '' }, 'schools', says('fr', 'volunteer.schoolError')],
    ['hours that end before they begin', { until: '09:00' }, 'from', says('fr', 'volunteer.hoursOrder')],
    ['a phone number', { remark: 'Tel. 06 12 34 56 78' }, 'remark', says('fr', 'personalData.phone')],
  ])('with %s comes back filled, with the reason', async (_, wrong, field, why) => {
    const id = await available();
    const before = await written(bot);
    const { value } = await fix(id, wrong);
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: field }]);
    expect(await written(bot)).toBe(before);
  });

  it.each([
    ['outside the period', { firstDay: '2027-04-06' }, 'hors de la période'],
    ['in the other half-day', { from: '14:00', until: '15:00' }, 'disponible le matin'],
    ['in another académie', { schools: '6209001P' }, 'autre académie'],
    ['on a Sunday', { firstDay: '2026-12-13' }, 'Pas de cours ce jour-là'],
    ['on a Saturday', { firstDay: '2026-12-12' }, 'C’est un samedi'],
    ['in the holidays of the school’s zone', { firstDay: '2027-02-16' }, 'hiver (zone A)'],
  ])('%s is warned of once, and fixed when the coordinator insists', async (_, inputs, why) => {
    const id = await available();
    const before = await written(bot);
    const { value } = await fix(id, inputs);
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: 'firstDay' }]);
    expect(await written(bot)).toBe(before);
    const other = {
      ...date,
      ...inputs,
      firstDay: '2027-04-07',
      from: '15:00',
      until: '16:00',
      schools: '6209001P',
    };
    const changed = await bot.click(hugo, 'dates.fix', formData(value, 'dates.fix', other), inChannel);
    expect(faultsOf(changed.value)).toHaveLength(1);
    await bot.click(hugo, 'dates.fix', formData(value, 'dates.fix', { ...date, ...inputs }), inChannel);
    expect(await all(bot, 'actions')).toHaveLength(2);
  });

  it('two reasons to check are told together', async () => {
    const { value } = await fix(await available(), { firstDay: '2026-12-13', from: '14:00', until: '15:00' });
    expect(faultsOf(value)).toHaveLength(1);
    for (const why of ['disponible le matin', 'Pas de cours ce jour-là'])
      expect(faultsOf(value)[0]?.text).toContain(why);
  });

  it('at a time at which the employee is taken is warned of', async () => {
    const id = await available();
    const talk = await offerTalk(bot, zoe, { from: '10:30', until: '12:00' });
    await bot.click(hugo, 'approval.approve', { id: talk }, inChannel);
    const { value } = await fix(id);
    expect(faultsOf(value)[0]?.text).toContain('déjà engagée');
  });

  it.each(['pending', 'withdrawn'])('is not made of an availability that is %s', async (state) => {
    const { value } = await fill(bot, zoe, 'proposer', free);
    const { id } = formData(value, 'mine.withdraw') as { id: string };
    if (state === 'withdrawn') await bot.click(zoe, 'mine.withdrawConfirmed', { id });
    const view = (await bot.click(hugo, 'approval.view', { id }, inChannel)).value;
    expect(hasButton(view, 'dates.open')).toBe(false);
    const before = await written(bot);
    expect(errorText(await bot.click(hugo, 'dates.open', { id }, inChannel))).toBeDefined();
    const formKey = '01NEWF0RM00000000000000000';
    await bot.click(hugo, 'dates.fix', { ...date, id, formKey, despite: '' }, inChannel);
    expect(await written(bot)).toBe(before);
  });

  it('that is withdrawn before it could be told is not told', async () => {
    const id = await available();
    await bot.app.drain();
    const before = (await told()).length;
    bot.connector.fail({ match: (r) => r.path.includes(`a:${zoe.id}`), status: 502, times: 1 });
    const dated = await fixed(id);
    await bot.click(zoe, 'mine.withdrawConfirmed', { id: dated });
    expect((await told()).slice(before)).toEqual([]);
  });
});

test('what an earlier version counted otherwise is counted again at the next start', async () => {
  const id = await available();
  await fixed(id);
  const { store, convention } = bot.app.services;
  const year = programmeYear('2026-12-08', convention).id;
  const planned = async () => (await all(bot, 'tallies'))[0]?.kinds['classroom-talk'].planned;
  await store.transact(async (tx) => {
    const tally = await tx.get('tallies', year);
    const own = await tx.get('mobilised', `${year}:${zoe.aadObjectId}`);
    if (!tally || !own) throw new Error('nothing is counted');
    const talks = tally.kinds['classroom-talk'];
    const kinds = { ...tally.kinds, 'classroom-talk': { ...talks, planned: talks.planned + 1 } };
    await tx.put('tallies', { ...tally, kinds });
    await tx.put('mobilised', { ...own, approved: own.approved + 1 });
    await tx.put('terms', { id: 'convention' });
  });
  expect(await planned()).toBe(2);
  await bot.restart();
  expect(await planned()).toBe(1);
  await bot.restart();
  expect(await planned()).toBe(1);
  expect((await all(bot, 'mobilised')).map(({ approved }) => approved)).toEqual([1]);
});

describe('the employee', () => {
  it('confirms with one click, once; the card then says so', async () => {
    const dated = await fixed(await available());
    await bot.app.drain();
    const yes = await bot.click(zoe, 'dates.confirm', { id: dated });
    expect(textOf(yes.value)).toContain(says('fr', 'dates.said.confirmed'));
    expect(textOf(yes.value)).toContain(says('fr', 'dates.agreedNote'));
    expect((await ownOf(dated))?.confirmBy).toBeUndefined();
    expect(textOf((await shownIn(bot, chatOf(zoe))).at(-1))).toContain(
      'C’est convenu pour le mardi 8 décembre',
    );
    const after = await written(bot);
    const again = await bot.click(zoe, 'dates.confirm', { id: dated });
    expect(textOf(again.value)).toBe(textOf(yes.value));
    expect(await written(bot)).toBe(after);
  });

  it('does not confirm another date by the button of a card that shows the old one', async () => {
    const id = await available();
    const dated = await fixed(id);
    const [shown = {}] = await shownIn(bot, chatOf(zoe)).then((cards) => cards.slice(-1));
    const own = (await bot.click(zoe, 'mine.show', { id: dated })).value;
    const form = (await bot.click(hugo, 'dates.edit', { id: dated }, inChannel)).value;
    const move = { ...inputsOf(form), firstDay: '2026-12-10' };
    await bot.click(hugo, 'dates.move', formData(form, 'dates.move', move), inChannel);
    for (const card of [shown, own]) {
      const { value } = await bot.click(zoe, 'dates.confirm', formData(card, 'dates.confirm'));
      expect(textOf(value)).toContain(says('fr', 'dates.said.changed'));
      expect(textOf(value)).toContain('jeudi 10 décembre 2026');
      expect((await ownOf(dated))?.confirmBy).toBeDefined();
    }
    const { value } = await bot.click(zoe, 'dates.confirm', { id: dated, seen: 1 });
    expect(textOf(value)).toContain(says('fr', 'dates.said.confirmed'));
  });

  it('cannot confirm once they have withdrawn', async () => {
    const dated = await fixed(await available());
    await bot.click(zoe, 'dates.confirm', { id: dated });
    await bot.click(zoe, 'mine.withdrawConfirmed', { id: dated });
    const before = await written(bot);
    const { value } = await bot.click(zoe, 'dates.confirm', { id: dated });
    expect(textOf(value)).toContain(says('fr', 'refusal.state.withdrawn'));
    expect(await written(bot)).toBe(before);
  });

  it('reads the card in the language that they have chosen since', async () => {
    const dated = await fixed(await available());
    await bot.app.drain();
    await bot.click(zoe, 'preferences.save', { language: 'en' });
    await bot.click(zoe, 'dates.confirm', { id: dated });
    expect(textOf((await shownIn(bot, chatOf(zoe))).at(-1))).toContain(
      says('en', 'dates.agreedHeading', { day: 'Tuesday 8 December' }),
    );
  });

  it('confirms or proposes from their own list too', async () => {
    const dated = await fixed(await available());
    const card = (await bot.click(zoe, 'mine.show', { id: dated })).value;
    expect(hasButton(card, 'dates.confirm')).toBe(true);
    expect(hasButton(card, 'dates.propose')).toBe(true);
    expect(hasButton(card, 'sessions.confirm')).toBe(false);
  });

  it('proposes another date; the coordinators fix it with one click, and nobody asks for it again', async () => {
    const id = await available();
    const dated = await fixed(id);
    const sent = await propose(dated, { firstDay: '2026-12-15', remark: 'Le mardi suivant m’arrange.' });
    expect(textOf(sent.value)).toContain(says('fr', 'dates.said.proposed'));
    expect(textOf(sent.value)).toContain(says('fr', 'dates.waitingNote'));
    const listed = textOf((await bot.click(zoe, 'mine.show', { id })).value);
    expect(listed.toLowerCase()).toContain(says('fr', 'dates.otherProposed').toLowerCase());
    const card = await lastPostIn(bot, coordination);
    expect(textOf(card)).toContain('Zoé Spécimen propose une autre date');
    expect(textOf(card)).toContain('Mardi 15 décembre 2026, de 10 h à 11 h');
    expect(textOf(card)).toContain('Le mardi suivant');
    const [taken, again] = await twice(hugo, 'dates.take', formData(card, 'dates.take'));
    expect(taken).toContain(says('fr', 'dates.takenNote', { name: 'Zoé Spécimen' }));
    expect(again).toBe(taken);
    expect(await actionOf(dated)).toMatchObject({
      firstDay: '2026-12-15',
      lastDay: '2026-12-15',
      revision: 1,
      number: 2,
    });
    const own = await ownOf(dated);
    expect(own).toMatchObject({ state: 'approved', firstDay: '2026-12-15' });
    expect([own?.confirmBy, own?.proposal]).toEqual([undefined, undefined]);
    expect((await told()).filter((text) => text.includes('C’est convenu pour le mardi 15'))).toHaveLength(1);
    expect(await all(bot, 'actions')).toHaveLength(2);
  });

  it('proposes a day without classes: the coordinators read it before they take it', async () => {
    const dated = await fixed(await available());
    await propose(dated, { firstDay: '2027-02-16' });
    const card = await lastPostIn(bot, coordination);
    expect(textOf(card)).toContain('hiver (zone A)');
    await propose(dated, { firstDay: '2027-03-16' });
    expect(textOf(await lastPostIn(bot, coordination))).not.toContain('zone A');
  });

  it('gives a remark alone; the coordinators answer with another date, to be confirmed', async () => {
    const dated = await fixed(await available());
    await propose(dated, { remark: 'Plutôt en janvier.' });
    const card = await lastPostIn(bot, coordination);
    expect(hasButton(card, 'dates.take')).toBe(false);
    const form = (await bot.click(hugo, 'dates.edit', { id: dated }, inChannel)).value;
    const moved = formData(form, 'dates.move', { ...date, firstDay: '2027-01-12' });
    const [sent, again] = await twice(hugo, 'dates.move', moved);
    expect(sent).toContain('La date est fixée : mardi 12 janvier');
    expect(again).toBe(sent);
    expect(await actionOf(dated)).toMatchObject({ firstDay: '2027-01-12', revision: 1 });
    expect(await ownOf(dated)).toMatchObject({ confirmBy: '2026-11-26' });
    expect(
      (await told()).filter((text) => text.includes('Une date pour vous : mardi 12 janvier')),
    ).toHaveLength(1);
  });

  it.each([
    ['nothing', { firstDay: '', remark: '' }, says('fr', 'dates.proposeError')],
    ['today', { firstDay: '2026-11-23' }, says('fr', 'dates.proposeTomorrow')],
    ['a phone number', { firstDay: '', remark: '06 12 34 56 78' }, says('fr', 'personalData.phone')],
  ])('is given back a proposal with %s', async (_, inputs, why) => {
    const dated = await fixed(await available());
    const before = await written(bot);
    const { value } = await propose(dated, inputs);
    expect(faultsOf(value)[0]?.text).toContain(why);
    expect(await written(bot)).toBe(before);
  });

  it('can still confirm after having proposed; the proposal is then not taken', async () => {
    const dated = await fixed(await available());
    await propose(dated, { firstDay: '2026-12-15' });
    const card = await lastPostIn(bot, coordination);
    await bot.click(zoe, 'dates.confirm', { id: dated });
    const before = await written(bot);
    expect(await lastShown()).toContain(says('fr', 'state.approved'));
    expect(hasButton((await shownIn(bot, coordination)).at(-1), 'dates.take')).toBe(false);
    await bot.click(hugo, 'dates.take', formData(card, 'dates.take'), inChannel);
    expect(await written(bot)).toBe(before);
    expect(await actionOf(dated)).toMatchObject({ firstDay: '2026-12-08' });
  });

  it('can propose again: every card of the coordinators then has the new date', async () => {
    const dated = await fixed(await available());
    await propose(dated, { firstDay: '2026-12-15' });
    await bot.app.drain();
    await propose(dated, { firstDay: '2026-12-18' });
    const shown = (await shownIn(bot, coordination)).slice(-2);
    for (const card of shown) expect(textOf(card)).toContain('Vendredi 18 décembre 2026');
    const [first] = shown;
    await bot.click(hugo, 'dates.take', formData(first ?? {}, 'dates.take'), inChannel);
    expect(await actionOf(dated)).toMatchObject({ firstDay: '2026-12-18' });
    for (const card of (await shownIn(bot, coordination)).slice(-2))
      expect(hasButton(card, 'dates.take')).toBe(false);
  });

  it('is told of once, if another proposal follows before the first could be sent', async () => {
    const dated = await fixed(await available());
    const before = (await postsIn(bot, coordination)).length;
    bot.connector.fail({ match: (r) => r.path.includes(coordination), status: 502, times: 1 });
    await propose(dated, { firstDay: '2026-12-15' });
    bot.setNow('2026-11-23T08:00:02.000Z');
    await propose(dated, { firstDay: '2026-12-18' });
    await bot.app.drain();
    bot.setNow('2026-11-23T08:05:00.000Z');
    expect((await postsIn(bot, coordination)).slice(before).map(textOf)).toEqual([
      expect.stringContaining('Vendredi 18 décembre 2026'),
    ]);
  });

  it.each([
    'dates.confirm',
    'mine.withdrawConfirmed',
  ])('takes a proposal back with %s: it is not shown any more, nor told if it waits to be sent', async (verb) => {
    const dated = await fixed(await available());
    const proposals = async () =>
      (await shownIn(bot, coordination)).filter((card) => textOf(card).includes('propose une autre date'));
    await propose(dated, { firstDay: '2026-12-15' });
    expect(await proposals()).toHaveLength(1);
    await bot.click(zoe, verb, { id: dated });
    expect(await proposals()).toHaveLength(0);
    const other = await fixed((await all(bot, 'actions'))[0]?.id ?? '', { firstDay: '2026-12-17' });
    const before = (await postsIn(bot, coordination)).length;
    bot.connector.fail({ match: (r) => r.path.includes(coordination), status: 502, times: 1 });
    await propose(other, { firstDay: '2026-12-18' });
    await bot.click(zoe, verb, { id: other });
    await bot.app.drain();
    bot.setNow('2026-11-23T08:05:00.000Z');
    const posts = (await postsIn(bot, coordination)).slice(before).map(textOf);
    expect(posts.filter((text) => !text.includes('se retire'))).toEqual([]);
  });

  it('can propose again; only the last proposal is taken', async () => {
    const dated = await fixed(await available());
    await propose(dated, { firstDay: '2026-12-15' });
    const first = await lastPostIn(bot, coordination);
    bot.setNow('2026-11-23T09:00:00.000Z');
    await propose(dated, { firstDay: '2026-12-17' });
    const second = await lastPostIn(bot, coordination);
    const before = await written(bot);
    const refused = await bot.click(hugo, 'dates.take', formData(first, 'dates.take'), inChannel);
    expect(textOf(refused.value)).toContain(says('fr', 'refusal.outdated.heading'));
    expect(await written(bot)).toBe(before);
    await bot.click(hugo, 'dates.take', formData(second, 'dates.take'), inChannel);
    expect(await actionOf(dated)).toMatchObject({ firstDay: '2026-12-17' });
  });

  it('is not given a day that has come while they waited for an answer', async () => {
    const dated = await fixed(await available());
    await propose(dated, { firstDay: '2026-11-30' });
    const card = await lastPostIn(bot, coordination);
    bot.setNow('2026-11-30T08:00:00.000Z');
    const { value } = await bot.click(hugo, 'dates.take', formData(card, 'dates.take'), inChannel);
    expect(textOf(value)).toContain('lundi 30 novembre 2026');
    expect(hasButton(value, 'approval.view')).toBe(false);
    expect(await actionOf(dated)).toMatchObject({ firstDay: '2026-12-08' });
  });

  it.each(['to be confirmed', 'confirmed'])('alone answers, and sees a date that is %s', async (state) => {
    const dated = await fixed(await available());
    if (state === 'confirmed') await bot.click(zoe, 'dates.confirm', { id: dated });
    const before = await written(bot);
    for (const verb of ['dates.confirm', 'dates.propose'])
      expect(textOf((await bot.click(ines, verb, { id: dated })).value)).toContain(
        says('fr', 'refusal.notYours.heading'),
      );
    expect(await written(bot)).toBe(before);
  });
});

describe('a date is not moved any more', () => {
  it.each([
    ['once its day has come', () => bot.setNow('2026-12-08T08:00:00.000Z'), 'refusal.tooLate.heading'],
    [
      'once it is withdrawn',
      (id: string) => bot.click(zoe, 'mine.withdrawConfirmed', { id }),
      'refusal.decided.heading',
    ],
  ])('%s', async (_, happens, why) => {
    const dated = await fixed(await available());
    const form = (await bot.click(hugo, 'dates.edit', { id: dated }, inChannel)).value;
    await happens(dated);
    const before = await actionOf(dated);
    for (const [verb, data] of [
      ['dates.edit', { id: dated }],
      ['dates.move', formData(form, 'dates.move', { ...date, firstDay: '2027-01-12' })],
    ] as const)
      expect(saidIn(await bot.click(hugo, verb, data, inChannel))).toContain(says('fr', why, { number: 2 }));
    expect(await actionOf(dated)).toEqual(before);
  });
});

describe('without an answer', () => {
  it('the employee is asked once more on the last morning, then the coordinators are told; the date stays', async () => {
    const dated = await fixed(await available());
    const before = [(await told()).length, (await postsIn(bot, coordination)).length] as const;
    await remind('2026-11-26T08:00:00.000Z');
    await remind('2026-11-26T08:05:00.000Z');
    expect((await told()).slice(before[0])).toHaveLength(1);
    expect((await postsIn(bot, coordination)).slice(before[1])).toEqual([]);
    await remind('2026-11-26T17:00:00.000Z');
    await remind('2026-11-26T17:05:00.000Z');
    const posts = (await postsIn(bot, coordination)).slice(before[1]);
    expect(posts).toHaveLength(1);
    expect(textOf(posts[0])).toContain('Zoé Spécimen n’a pas confirmé');
    expect(await ownOf(dated)).toMatchObject({ state: 'approved', confirmBy: '2026-11-26' });
    const own = textOf((await bot.click(zoe, 'mine.show', { id: dated })).value);
    expect(own).toContain(says('fr', 'dates.confirmSoonNote'));
  });

  it('the employee whose morning is after the deadline is asked once more on the one before', async () => {
    await bot.raw(activityFrom(bot, zoe, { text: 'aide', localTimezone: 'America/Los_Angeles' }));
    await fixed(await available());
    const before = (await told()).length;
    await remind('2026-11-25T16:59:00.000Z');
    expect((await told()).slice(before)).toEqual([]);
    for (const now of ['2026-11-25T17:00:00.000Z', '2026-11-26T16:00:00.000Z']) await remind(now);
    expect((await told()).slice(before)).toEqual([expect.stringContaining('Toujours à confirmer')]);
  });

  it('the employee asked after that morning is asked once', async () => {
    await bot.raw(activityFrom(bot, zoe, { text: 'aide', localTimezone: 'America/Los_Angeles' }));
    const id = await available();
    bot.setNow('2026-12-06T18:00:00.000Z');
    await fixed(id);
    const before = (await told()).length;
    await remind('2026-12-07T16:00:00.000Z');
    expect((await told()).slice(before)).toEqual([]);
  });

  it('to a date fixed at noon of the eve, the coordinators are told at the end of the day', async () => {
    const id = await available();
    bot.setNow('2026-12-07T11:00:00.000Z');
    const sent = textOf((await fix(id)).value);
    for (const text of [sent, (await told()).at(-1)]) expect(text).toContain('avant lundi 7 décembre à 18 h');
    const before = (await postsIn(bot, coordination)).length;
    await remind('2026-12-07T17:00:00.000Z');
    const [card] = (await postsIn(bot, coordination)).slice(before);
    expect(textOf(card)).toContain(says('fr', 'dates.unansweredNote'));
    expect(hasButton(card, 'dates.edit')).toBe(true);
  });

  it.each([
    ['and the coordinators on the morning of the day', '2026-12-08T07:05:00.000Z', 1],
    ['and nobody once it has begun', '2026-12-08T09:00:00.000Z', 0],
  ])('to a date fixed on the evening before, the employee is asked at once, %s', async (_, now, count) => {
    const id = await available();
    bot.setNow('2026-12-07T19:00:00.000Z');
    const sent = textOf((await fix(id)).value);
    expect(sent).toContain(says('fr', 'dates.sentSoonNote', { name: 'Zoé Spécimen' }));
    const said = (await told()).at(-1);
    expect(said).toContain(says('fr', 'dates.confirmSoonNote'));
    expect(`${sent} ${said}`).not.toContain('à 18 h');
    const before = (await postsIn(bot, coordination)).length;
    await remind('2026-12-07T19:05:00.000Z');
    expect((await postsIn(bot, coordination)).slice(before)).toEqual([]);
    await remind(now);
    const posts = (await postsIn(bot, coordination)).slice(before);
    expect(posts).toHaveLength(count);
    for (const card of posts) {
      expect(textOf(card)).toContain(says('fr', 'dates.unansweredToday'));
      expect(hasButton(card, 'dates.edit')).toBe(false);
    }
  });

  it('the coordinators are not told of a date that has begun before the message could be sent', async () => {
    const id = await available();
    bot.setNow('2026-12-07T19:00:00.000Z');
    await fix(id);
    const before = (await postsIn(bot, coordination)).length;
    bot.setNow('2026-12-08T07:05:00.000Z');
    await bot.app.runJob('reminders', { dryRun: false });
    bot.setNow('2026-12-08T09:00:00.000Z');
    expect((await postsIn(bot, coordination)).slice(before)).toEqual([]);
  });

  it.each([
    ['confirms', (id: string) => bot.click(zoe, 'dates.confirm', { id }), says('fr', 'state.approved')],
    [
      'proposes another date',
      (id: string) => propose(id, { firstDay: '2026-12-15' }),
      says('fr', 'dates.otherProposed'),
    ],
    [
      'is given another date',
      async (id: string) => {
        const form = (await bot.click(hugo, 'dates.edit', { id }, inChannel)).value;
        const moved = formData(form, 'dates.move', { ...inputsOf(form), firstDay: '2026-12-15' });
        await bot.click(hugo, 'dates.move', moved, inChannel);
      },
      says('fr', 'sessions.toConfirm'),
    ],
  ])('once the person %s, what was said of them to the coordinators is not shown any more', async (_, answer, word) => {
    const dated = await fixed(await available());
    await remind('2026-11-26T17:00:00.000Z');
    expect(await lastShown()).toContain('Zoé Spécimen n’a pas confirmé');
    const at = (await shownIn(bot, coordination)).length - 1;
    await bot.click(hugo, 'pending.open');
    await answer(dated);
    const card = textOf((await shownIn(bot, coordination))[at]);
    expect(card).not.toContain('n’a pas confirmé');
    expect(card).toContain(word);
  });

  it('the second question shows the answer, whatever card it is given on', async () => {
    const dated = await fixed(await available());
    await remind('2026-11-26T08:00:00.000Z');
    const day = { day: 'mardi 8 décembre' };
    const last = async () => textOf((await shownIn(bot, chatOf(zoe))).at(-1));
    expect(await last()).toContain(says('fr', 'dates.stillHeading', day));
    await bot.click(zoe, 'dates.confirm', { id: dated });
    expect(await last()).toContain(says('fr', 'dates.agreedHeading', day));
  });

  it.each([
    ['who has confirmed', (id: string) => bot.click(zoe, 'dates.confirm', { id })],
    ['who has proposed another', (id: string) => propose(id, { firstDay: '2026-12-15' })],
    ['who has withdrawn', (id: string) => bot.click(zoe, 'mine.withdrawConfirmed', { id })],
  ])('nobody asks anybody about somebody %s', async (_, answer) => {
    const dated = await fixed(await available());
    await answer(dated);
    const before = await written(bot);
    await remind('2026-11-26T08:00:00.000Z');
    await remind('2026-11-26T17:00:00.000Z');
    expect(await written(bot)).toBe(before);
  });
});

it('an employee who is asked on the last day for answers is not asked twice that day', async () => {
  const id = await available();
  bot.setNow('2026-12-07T07:30:00.000Z');
  await bot.click(hugo, 'pending.open');
  const dated = await fixed(id);
  expect(await ownOf(dated)).toMatchObject({ confirmBy: '2026-12-07', askedOn: '2026-12-07' });
  await remind('2026-12-07T08:00:00.000Z');
  expect((await told()).filter((text) => text.includes('Toujours à confirmer'))).toEqual([]);
  await remind('2026-12-07T17:00:00.000Z');
  expect(textOf(await lastPostIn(bot, coordination))).toContain('Zoé Spécimen n’a pas confirmé');
});

describe('what could not be sent at once', () => {
  const isToChat = ({ path }: { path: string }) => path.includes(`a:${zoe.id}`);
  const isToChannel = ({ path }: { path: string }) => path === '/v3/conversations';
  const other = async (id: string) => {
    await propose(id, { firstDay: '2026-12-15' });
    await bot.app.drain();
  };

  describe.each([
    // Of any kind: a reminder of what is agreed would be one too many.
    ['a reminder', chatOf(zoe), isToChat, () => remind('2026-11-26T08:00:00.000Z'), '', 0],
    [
      'a missing answer',
      coordination,
      isToChannel,
      () => remind('2026-11-26T17:00:00.000Z'),
      'pas confirmé',
      0,
    ],
    // The last one.
    ['a proposal', coordination, isToChannel, other, 'propose une autre date', 1],
  ])('%s', (_, place, match, happens, words, ifProposed) => {
    it.each([
      ['nobody has answered', async () => undefined, 1],
      ['the employee has confirmed', (id: string) => bot.click(zoe, 'dates.confirm', { id }), 0],
      ['the employee has withdrawn', (id: string) => bot.click(zoe, 'mine.withdrawConfirmed', { id }), 0],
      [
        'the employee proposes another day',
        (id: string) => propose(id, { firstDay: '2026-12-17' }),
        ifProposed,
      ],
    ])('when %s meanwhile', async (_, answer, times) => {
      const dated = await fixed(await available());
      const before = (await postsIn(bot, place)).length;
      bot.connector.fail({ match, status: 503, retryAfter: 60 });
      await happens(dated);
      const wait = (seconds: number) =>
        bot.setNow(new Date(Date.parse(bot.now()) + seconds * 1000).toISOString());
      wait(30);
      await answer(dated);
      wait(60);
      const posts = (await postsIn(bot, place)).slice(before);
      expect(posts.filter((card) => textOf(card).includes(words))).toHaveLength(times);
    });
  });
});
