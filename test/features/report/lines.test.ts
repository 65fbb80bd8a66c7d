import {
  type CardJson,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../../support/bot.js';
import {
  all,
  chatOf,
  faultsOf,
  hasButton,
  inChannel,
  inputsOf,
  lastPostIn,
  offerTalk,
  says,
  startFast,
} from '../../support/flows.js';
import { aHeldPlacement, aHeldTalk, aPlannedTalk, emptyYear, storeAll } from '../../support/report-data.js';

const talk = '01TA1K00000000000000000001';
const placement = '01P1ACEMENT000000000000001';
const lost = '01N0THE1D00000000000000001';
const planned = '01P1ANNED00000000000000001';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ now: '2026-12-01T09:00:00.000Z' });
  await bot.setUp([hugo, louis]);
  for (const who of [ines, zoe]) await bot.click(who, 'help.open');
});
afterAll(() => bot.close());
beforeEach(async () => {
  await bot.app.drain();
  await emptyYear(bot, '2026-2027');
  const notHeld = aHeldTalk([], { id: lost, number: 13, state: 'not-held', firstDay: '2026-11-05' });
  await storeAll(bot, [
    aHeldTalk([ines.aadObjectId, zoe.aadObjectId], { id: talk, number: 11 }),
    aHeldPlacement([zoe.aadObjectId], { id: placement, number: 12 }),
    {
      action: { ...notHeld.action, outcome: { pupils: 0, by: 'ines', at: '2026-11-06T08:00:00.000Z' } },
      engagements: aPlannedTalk([ines.aadObjectId], { id: lost, firstDay: '2026-11-05' }).engagements,
    },
    aPlannedTalk([ines.aadObjectId], { id: planned, number: 14, firstDay: '2026-12-15' }),
  ]);
});

const lines = async (data: object = {}): Promise<CardJson> =>
  (await bot.click(hugo, 'report.lines', { from: '2026-09-01', ...data })).value;
const line = async (id: string): Promise<CardJson> => (await bot.click(hugo, 'report.line', { id })).value;
const formFor = async (id: string, who: TestPerson = hugo): Promise<CardJson> =>
  (await bot.click(who, 'report.correct', { id })).value;
const send = (form: CardJson, inputs: object, who: TestPerson = hugo) =>
  bot.click(
    who,
    'report.saveCorrection',
    formData(form, 'report.saveCorrection', { ...inputsOf(form), ...inputs }),
  );
const why = 'Compté deux fois.';
const report = async () => textOf((await bot.say(hugo, 'bilan'))[0]);
const storedOf = async (id: string) => {
  const action = (await all(bot, 'actions')).find((a) => a.id === id);
  const engagements = (await all(bot, 'engagements')).filter((e) => e.actionId === id);
  return { ...action, presences: Object.fromEntries(engagements.map((e) => [e.employeeId, e.state])) };
};

describe('the lines of the report', () => {
  it('are listed by month, each with what it counts', async () => {
    const november = textOf(await lines({ of: '2026-11' }));
    expect(november).toContain('2 lignes en novembre 2026');
    expect(november).toContain(
      '2 élèves accueillis, 10 journées d’accueil · 3 places offertes, 2 pourvues · 1 personne',
    );
    expect(november).toContain('Non tenue | Aucun chiffre');
    expect(textOf(await lines({ of: '2026-10' }))).toContain('28 élèves · 2 personnes');
    expect(textOf(await lines({ of: 'soon' }))).toContain('1 ligne en décembre 2026');
  });

  it('are found by the number of the request, in their year alone', async () => {
    const card = await lines();
    const find = async (inputs: object) =>
      textOf((await bot.click(hugo, 'report.findLine', formData(card, 'report.findLine', inputs))).value);
    expect(await find({ month: '2026-10', number: '12' })).toContain('Ce que compte la demande n° 12');
    expect(await find({ month: '2026-10', number: '99' })).toContain(
      says('fr', 'report.lines.missing', { number: '99' }),
    );
    expect(await find({ month: '2026-10', number: 'douze' })).toContain('1 ligne en octobre 2026');
    const other = (await bot.click(hugo, 'report.findLine', { from: '2025-09-01', number: '12' })).value;
    expect(textOf(other)).toContain('n’est pas dans cette année');
  });

  it('are restricted to an area, from page to page', async () => {
    const card = await lines();
    const find = async (inputs: object) =>
      (await bot.click(hugo, 'report.findLine', formData(card, 'report.findLine', inputs))).value;
    const [action] = (await all(bot, 'actions')).filter(({ id }) => id === talk);
    const code = action?.academies[0] ?? '';
    const here = await find({ month: '2026-10', byArea: code });
    expect(textOf(here)).toContain('1 ligne en octobre 2026');
    expect(textOf(here)).toContain('Seulement : ');
    expect(textOf(await find({ month: '2026-10', byArea: 'La Réunion' }))).toContain(
      '0 ligne en octobre 2026',
    );
    const back = await bot.click(hugo, 'report.lines', { from: '2026-09-01', of: '2026-10', area: code });
    expect(textOf(back.value)).toContain('Seulement : ');
  });

  it('say who is to answer or to choose first: only what is answered can be corrected', async () => {
    expect(hasButton(await line(talk), 'report.correct')).toBe(true);
    expect(hasButton(await line(planned), 'report.correct')).toBe(false);
    expect(textOf((await bot.click(hugo, 'report.correct', { id: planned })).value)).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
    bot.setNow('2026-12-16T09:00:00.000Z');
    expect(hasButton(await line(planned), 'outcome.open')).toBe(true);
    bot.setNow('2026-12-01T09:00:00.000Z');
  });
});

it('the places of a placement are filled from its line once it has taken place', async () => {
  expect(hasButton(await line(placement), 'agreements.open')).toBe(true);
  expect(hasButton(await line(talk), 'agreements.open')).toBe(false);
  const { action, engagements } = aHeldPlacement([zoe.aadObjectId], { id: placement, number: 12 });
  const { outcome: _, ...toCome } = action;
  const approved = engagements.map((e) => ({ ...e, state: 'approved' as const }));
  await storeAll(bot, [{ action: { ...toCome, state: 'open' }, engagements: approved }]);
  expect(hasButton(await line(placement), 'agreements.open')).toBe(false);
});

describe('a correction', () => {
  it('counts at once, keeps what was counted beside it with the reason, and tells who had answered', async () => {
    const { value } = await send(await formFor(talk), { pupils: '20', why });
    expect(textOf(value)).toContain(says('fr', 'report.line.saved'));
    expect(textOf(value)).toContain('Avant : tenue, 28 élèves, 2 personnes.');
    expect(textOf(value)).toContain(`« ${why} »`);
    expect(await report()).toContain('2 actions tenues, 22 élèves');
    expect(textOf(await lines({ of: '2026-10' }))).toContain(
      'Corrigée. Avant : tenue, 28 élèves, 2 personnes.',
    );
    const history = (await all(bot, 'history')).filter(({ actionId }) => actionId === talk);
    expect(history.map(({ move, from, to, by, why }) => [move, from, to, by, why])).toEqual([
      ['correctNumber', '28', '20', hugo.aadObjectId, why],
    ]);
    const told = textOf(await lastPostIn(bot, chatOf(ines)));
    for (const said of [says('fr', 'report.correction.told'), 'avec 20 élèves', why, 'Hugo Témoin'])
      expect(told).toContain(said);
    const story = (await bot.click(hugo, 'story.view', { id: talk })).value;
    expect(textOf(story)).toContain('Hugo Témoin a corrigé le nombre d’élèves : 20 au lieu de 28.');
  });

  it('of an action that did not take place: it counts nothing, and nobody was there', async () => {
    await send(await formFor(talk), { state: 'not-held', why });
    expect(await storedOf(talk)).toMatchObject({
      state: 'not-held',
      outcome: { pupils: 0, settled: { by: hugo.aadObjectId } },
      corrected: { was: { state: 'held', pupils: 28, employees: 2 }, why },
      presences: { [ines.aadObjectId]: 'approved', [zoe.aadObjectId]: 'approved' },
    });
    expect(await report()).toContain('1 action tenue, 2 élèves');
  });

  it('of one that did take place after all: who was there is asked, and counts', async () => {
    const form = await formFor(lost);
    expect(
      faultsOf((await send(form, { state: 'held', pupils: '12', attended: '', why })).value)[0]?.before,
    ).toBe('attended');
    await send(form, { state: 'held', pupils: '12', attended: ines.aadObjectId, why });
    expect(await storedOf(lost)).toMatchObject({
      state: 'held',
      presences: { [ines.aadObjectId]: 'attended' },
    });
    expect(await report()).toContain('3 actions tenues, 42 élèves');
  });

  it('of who was there changes nobody else’s presence', async () => {
    await send(await formFor(talk), { attended: ines.aadObjectId, why });
    expect((await storedOf(talk)).presences).toEqual({
      [ines.aadObjectId]: 'attended',
      [zoe.aadObjectId]: 'absent',
    });
    const moves = (await all(bot, 'history')).map(({ move, why }) => [move, why]);
    expect(moves).toEqual([
      ['retract', why],
      ['miss', undefined],
    ]);
    expect(textOf(await lastPostIn(bot, chatOf(zoe)))).toContain(says('fr', 'report.correction.told'));
  });

  it('of the places of a placement, never below its pupils or the places that are filled', async () => {
    const form = await formFor(placement);
    expect(faultsOf((await send(form, { places: '1', why })).value)[0]?.before).toBe('pupils');
    await send(form, { places: '4', why });
    expect(await storedOf(placement)).toMatchObject({
      places: 4,
      corrected: { was: { pupils: 2, places: 3 } },
    });
    expect(await report()).toContain('4 places offertes, 2 pourvues');
  });

  it('received twice is one correction, and the second form says what is stored', async () => {
    const form = await formFor(talk);
    await send(form, { pupils: '20', why });
    const again = await send(form, { pupils: '21', why });
    expect(textOf(again.value)).toContain('20 élèves · 2 personnes');
    expect(await all(bot, 'history')).toHaveLength(1);
    await bot.app.drain();
    expect(
      (await all(bot, 'outbox')).filter(({ id }) => id.startsWith('report.corrected:')),
    ).not.toHaveLength(0);
  });

  it('of something else than was read is refused, and so is a form of somebody else', async () => {
    const [mine, theirs] = [await formFor(talk), await formFor(talk, louis)];
    await send(mine, { pupils: '20', why });
    expect((await send(theirs, { pupils: '21', why }, louis)).statusCode).toBe(400);
    expect((await send(mine, { pupils: '21', why }, louis)).statusCode).toBe(400);
    expect(await all(bot, 'history')).toHaveLength(1);
  });

  it.each([
    ['no reason', { pupils: '20', why: ' ' }, 'why'],
    ['a reason about a pupil', { pupils: '20', why: 'Léa, 06 12 34 56 78' }, 'why'],
    ['no number', { pupils: 'beaucoup', why }, 'pupils'],
    ['too many pupils', { pupils: '2001', why }, 'pupils'],
    ['an unknown answer', { state: 'maybe', why }, 'state'],
    ['nobody', { attended: '', why }, 'attended'],
    ['nothing new', { why }, 'state'],
  ])('with %s comes back as it was typed, and changes nothing', async (_, inputs, field) => {
    const { value } = await send(await formFor(talk), inputs);
    expect(faultsOf(value)[0]?.before).toBe(field);
    expect(await all(bot, 'history')).toEqual([]);
    expect((await storedOf(talk)).corrected).toBeUndefined();
  });

  it('is not asked about again: another answer is heard, and what the coordinator said counts', async () => {
    await send(await formFor(talk), { pupils: '20', why });
    const form = (await bot.click(ines, 'outcome.differ', { id: talk })).value;
    expect(textOf(form)).toContain('avec 20 élèves');
    expect((await storedOf(talk)).contradiction).toBeUndefined();
  });

  it('by the number alone, without this form, is noted on the line too', async () => {
    const form = (await bot.click(hugo, 'outcome.differ', { id: talk })).value;
    await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '22' }));
    expect(textOf(await lines({ of: '2026-10' }))).toContain(
      'Corrigée. Avant : tenue, 28 élèves, 2 personnes.',
    );
  });

  it('is in the progress towards the commitment too, each time', async () => {
    await emptyYear(bot, '2026-2027');
    const tally = async () => {
      const found = (await all(bot, 'tallies')).find((each) => each.id === '2026-2027');
      return [found?.achieved ?? 0, found?.kinds['classroom-talk'].pupils ?? 0];
    };
    const id = await offerTalk(bot, zoe, { firstDay: '2026-12-08' });
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    bot.setNow('2026-12-08T15:00:00.000Z');
    const form = (await bot.click(zoe, 'outcome.open', { id })).value;
    await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '25' }));
    expect(await tally()).toEqual([1, 25]);
    await send(await formFor(id), { state: 'not-held', why });
    expect(await tally()).toEqual([0, 0]);
    await send(await formFor(id), { state: 'held', pupils: '20', attended: zoe.aadObjectId, why });
    expect(await tally()).toEqual([1, 20]);
    bot.setNow('2026-12-01T09:00:00.000Z');
  });

  it('is for coordinators', async () => {
    const form = await formFor(talk);
    const refused = await send(form, { pupils: '20', why }, ines);
    expect(String(refused.value.message ?? textOf(refused.value))).toContain('coordination');
    expect(await all(bot, 'history')).toEqual([]);
  });
});
