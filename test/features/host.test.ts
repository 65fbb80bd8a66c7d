import { amy, coordination, formData, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import {
  all,
  faultsOf,
  fill,
  inputsOf,
  lastPostIn,
  placement,
  postsIn,
  rowsOf,
  says,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

it('an offer of places is stored, answered to its author, and shown to the coordinators', async () => {
  const { value } = await fill(bot, ines, 'accueillir', placement);
  expect(textOf(value)).toContain(says('fr', 'mine.sentOffer'));
  const { school: _, ...stored } = placement;
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({
    ...stored,
    places: 2,
    academies: ['10'],
    level: '3e',
    origin: 'offer',
    state: 'open',
  });
  const card = textOf(await lastPostIn(bot, coordination));
  expect(card).toContain('Inès Exemple propose 2 places de stage de 3e');
  expect(card).toContain('du lundi 18 au vendredi 22 janvier 2027');
  expect(card).toContain(says('fr', 'calendar.days', { count: 5 }));
});

it('places sent as a number, as some clients do, are read like those sent as text', async () => {
  await fill(bot, ines, 'accueillir', { ...placement, places: 3 });
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({ places: 3 });
});

it('what is typed is shown as typed: neither template nor Markdown in it is evaluated', async () => {
  const remark = ['$', '{id} $', '{string(1+1)} {{DATE(2027-01-01)}}'].join('');
  const school = 'Lycée *Fictif* [ici](https://example.test)';
  await fill(bot, ines, 'accueillir', { ...placement, remark, school });
  const card = textOf(await lastPostIn(bot, coordination));
  expect(card).toContain(remark);
  expect(card).toContain('Lycée \\*Fictif\\* \\[ici\\]\\(https://example.test\\)');
});

/** What a card sends of the section of days and hours when nobody has touched it. */
const section = {
  weekdays: '1,2,3,4,5',
  from: '',
  until: '',
  breakMinutes: '60',
  shared: 'false',
  paid: 'false',
};

describe('a form that cannot be sent as it is', () => {
  it.each(
    rowsOf(
      [{ kind: '' }, 'kind', says('fr', 'host.kindError')],
      [{ kind: 'classroom-talk' }, 'kind', says('fr', 'host.kindError')],
      [{ firstDay: '' }, 'firstDay', says('fr', 'form.firstDayError')],
      [{ firstDay: '2026-11-20', lastDay: '2026-11-27' }, 'firstDay', says('fr', 'form.past')],
      [{ lastDay: '' }, 'lastDay', says('fr', 'form.lastDayError')],
      [{ lastDay: 'bientôt' }, 'lastDay', says('fr', 'form.dayUnread', { typed: 'bientôt' })],
      [{ lastDay: '31/02/2027' }, 'lastDay', says('fr', 'form.dayHow')],
      [{ lastDay: '2027-01-17' }, 'lastDay', says('fr', 'form.order')],
      [{ lastDay: '2028-09-01' }, 'lastDay', says('fr', 'form.tooFar', { day: '31 août 2028' })],
      [{ places: '0' }, 'places', says('fr', 'host.placesError', { max: 30 })],
      [{ places: '31' }, 'places', says('fr', 'host.placesError', { max: 30 })],
      [{ places: '1.5' }, 'places', says('fr', 'host.placesError', { max: 30 })],
      [{ hosting: 'remote' }, 'places', says('fr', 'host.hostingError')],
      [{ site: 'moon' }, 'site', says('fr', 'host.siteError')],
      [{ academies: '' }, 'academies', says('fr', 'form.academiesError')],
      [{ school: '0932030C' }, 'school', says('fr', 'form.uai', { code: '0932030C' })],
      [{ school: 'é'.repeat(121) }, 'school', says('fr', 'form.tooLong', { max: 120, length: 121 })],
      [{ remark: 'x'.repeat(501) }, 'remark', says('fr', 'form.tooLong', { max: 500, length: 501 })],
      [{ lastDay: '2027-01-19' }, 'firstDay', says('fr', 'broken.placement-3e.too-short', { count: 2 })],
      [{ lastDay: '2027-01-19' }, 'firstDay', says('fr', 'broken.visitInstead')],
      [{ lastDay: '2027-01-25' }, 'firstDay', says('fr', 'broken.placement-3e.too-long', { count: 6 })],
      [{ kind: 'placement-2de' }, 'firstDay', 'du 14 au 25 juin 2027'],
      [{ weekdays: '1,3' }, 'firstDay', says('fr', 'broken.placement-3e.too-short', { count: 2 })],
      [{ weekdays: '0,1,2' }, 'weekdays', says('fr', 'host.weekdaysError')],
      [{ kind: 'placement-prepa-metiers', weekdays: '1,2,3' }, 'weekdays', says('fr', 'host.weekdaysOf3e')],
      [{ from: '09:00' }, 'from', says('fr', 'host.untilError')],
      [{ until: '17:00' }, 'from', says('fr', 'host.fromError')],
      [{ from: '05:30', until: '09:00' }, 'from', says('fr', 'host.hours.too-early', { earliest: '6 h' })],
      [{ from: '17:00', until: '20:30' }, 'from', says('fr', 'host.hours.too-late', { latest: '20 h' })],
      [{ from: '17:00', until: '09:00' }, 'from', says('fr', 'host.hours.order')],
      [
        { from: '09:00', until: '18:00', breakMinutes: '60' },
        'from',
        says('fr', 'host.hours.day-too-long', { perDay: 7 }),
      ],
      [
        { from: '09:00', until: '14:00', breakMinutes: '10' },
        'breakMinutes',
        'À partir de 4 h 30 de présence, il faut 30 minutes de pause d’affilée.',
      ],
      [
        { from: '09:00', until: '14:00', breakMinutes: '241' },
        'breakMinutes',
        says('fr', 'host.breakError', { max: 240 }),
      ],
      [{ ...section, paid: 'true' }, 'paid', says('fr', 'host.paidError')],
      [{ ...section, weekdays: '' }, 'weekdays', says('fr', 'host.weekdaysError')],
      [{ paid: 'false', shared: 'false' }, 'weekdays', says('fr', 'host.weekdaysError')],
      [
        { kind: 'placement-prepa-metiers', lastDay: '2027-04-02' },
        'firstDay',
        says('fr', 'broken.placement-prepa-metiers.why'),
      ],
    ),
  )('with %s comes back filled, with the reason at the field, and nothing is stored', async (_, wrong, field, why) => {
    const before = await written(bot);
    const posts = (await postsIn(bot, coordination)).length;
    const { value, form } = await fill(bot, ines, 'accueillir', { ...placement, ...wrong });
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: field }]);
    const { places, breakMinutes, ...typed } = { breakMinutes: '60', ...placement, ...wrong };
    expect(inputsOf(value)).toMatchObject({ breakMinutes: Number(breakMinutes) });
    expect(inputsOf(value)).toMatchObject(typed);
    expect(formData(value, 'host.submit')).toEqual(formData(form, 'host.submit'));
    expect(await written(bot)).toBe(before);
    expect(await postsIn(bot, coordination)).toHaveLength(posts);
  });

  it('says in English what is wrong to somebody whose Teams is in English', async () => {
    const wrong = { ...placement, lastDay: '2027-01-19', academies: '' };
    const { value } = await fill(bot, amy, 'accueillir', { ...wrong, places: '31' });
    expect(textOf(value)).toContain(says('en', 'form.mend', { count: 2 }));
    expect(faultsOf(value).map((f) => f.text)).toEqual([
      says('en', 'host.placesError', { max: 30 }),
      says('en', 'form.academiesError'),
    ]);
  });
});

it('pupils who come on some days of the week, at hours that are said, are shown so everywhere', async () => {
  const some = { weekdays: '1,3,5', from: '09:00', until: '16:30', breakMinutes: '60' };
  const { value } = await fill(bot, ines, 'accueillir', { ...placement, ...some });
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({
    weekdays: [1, 3, 5],
    hours: { from: '09:00', until: '16:30', breakMinutes: 60 },
  });
  for (const card of [value, await lastPostIn(bot, coordination)]) {
    expect(textOf(card)).toContain('du lundi 18 au vendredi 22 janvier 2027 (lundi, mercredi et vendredi)');
    expect(textOf(card)).toContain('de 9 h à 16 h 30');
    expect(textOf(card)).toContain('19 h 30 par semaine');
    expect(textOf(card)).toContain(says('fr', 'calendar.days', { count: 3 }));
  }
});

it('hours that are long for a pupil under 15 are accepted with a warning', async () => {
  const long = { from: '09:00', until: '16:30', breakMinutes: '60' };
  const { value } = await fill(bot, amy, 'accueillir', { ...placement, ...long });
  expect(textOf(value)).toContain(says('en', 'request.longForUnder15', { hours: 30 }));
});

it('one of the two weeks of 2de is accepted when another host takes the other one', async () => {
  const week = { ...placement, kind: 'placement-2de', firstDay: '2027-06-14', lastDay: '2027-06-18' };
  const alone = await fill(bot, ines, 'accueillir', week);
  expect(faultsOf(alone.value)).toHaveLength(1);
  const { value } = await fill(bot, ines, 'accueillir', { ...week, shared: 'true' });
  expect(textOf(value)).toContain(says('fr', 'mine.sentOffer'));
  expect(textOf(value)).toContain(says('fr', 'request.shared'));
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({ shared: true, firstDay: '2027-06-14' });
});

describe('scenario 5: 9 to 13 February 2026 for schools in Lyon, Lille and Paris', () => {
  let winter: TestBot;
  const february = { ...placement, firstDay: '2026-02-09', lastDay: '2026-02-13' };
  beforeAll(async () => {
    winter = await startFast({ now: '2026-01-12T08:00:00.000Z' });
    await winter.setUp([hugo]);
  });
  afterAll(() => winter.close());

  it('is refused for Lyon, which is on holiday, and accepted for Lille and Paris', async () => {
    for (const [academies, ok] of [
      ['10', false],
      ['09', true],
      ['01', true],
    ] as const) {
      const { value } = await fill(winter, ines, 'accueillir', { ...february, academies });
      expect([academies, textOf(value).includes(says('fr', 'mine.sentOffer'))]).toEqual([academies, ok]);
    }
  });

  it('names the holiday, the zone and the académie, and proposes days that all three allow', async () => {
    const { value } = await fill(winter, ines, 'accueillir', { ...february, academies: '10,09,01' });
    const [fault] = faultsOf(value);
    expect(fault?.before).toBe('firstDay');
    expect(fault?.text).toContain('vacances d’hiver de la zone A');
    expect(fault?.text).toContain('Lyon');
    expect(fault?.text).toContain(says('fr', 'broken.possibleIn', { names: 'Lille et Paris' }));
    expect(textOf(value)).toContain('Du 2 au 6 février');
  });

  it('those that are possible are one click: the offer is sent for them, with all that was typed', async () => {
    const { value } = await fill(winter, ines, 'accueillir', { ...february, academies: '10,09,01' });
    expect(textOf(value)).toContain(says('fr', 'broken.keep', { names: 'Lille et Paris' }));
    const data = formData(value, 'host.keepPossible', inputsOf(value) as object);
    const answer = await winter.click(ines, 'host.keepPossible', data);
    expect(textOf(answer.value)).toContain(says('fr', 'mine.sentOffer'));
    const kept = (await all(winter, 'actions')).at(-1);
    expect(kept).toMatchObject({ firstDay: '2026-02-09', lastDay: '2026-02-13' });
    expect([...(kept?.academies ?? [])].sort()).toEqual(['01', '09']);
    const forged = await winter.click(ines, 'host.keepPossible', { ...data, proposal: '<all>' });
    expect(forged.statusCode).toBe(400);
  });

  it.each([
    [ines, 'fr'],
    [amy, 'en'],
  ] as const)('a proposed date is one click: it sends the offer with all that was typed', async (who, lang) => {
    const { value } = await fill(winter, who, 'accueillir', { ...february, academies: '10', places: '4' });
    const data = formData(value, 'host.useDates', inputsOf(value) as object);
    const answer = await winter.click(who, 'host.useDates', data);
    expect(textOf(answer.value)).toContain(says(lang, 'mine.sentOffer'));
    expect((await all(winter, 'actions')).at(-1)).toMatchObject({
      firstDay: '2026-02-02',
      lastDay: '2026-02-06',
      places: 4,
      remark: placement.remark,
    });
    const again = await winter.click(who, 'host.useDates', data);
    expect(again.value).toEqual(answer.value);
  });

  it('a forged proposal is checked like any other date', async () => {
    const { value } = await fill(winter, ines, 'accueillir', { ...february, academies: '10' });
    const before = await written(winter);
    const data = formData(value, 'host.useDates', inputsOf(value) as object);
    const forged = await winter.click(ines, 'host.useDates', { ...data, proposal: '2026-02-16/2026-02-20' });
    expect(faultsOf(forged.value)).toHaveLength(1);
    const nonsense = await winter.click(ines, 'host.useDates', { ...data, proposal: 'yesterday' });
    expect(nonsense.statusCode).toBe(400);
    expect(await written(winter)).toBe(before);
  });
});
