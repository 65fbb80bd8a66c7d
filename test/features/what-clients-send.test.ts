/** What Teams' clients really send in place of the values that the documentation promises. */
import { amy, coordination, hugo, ines, type TestBot, type TestPerson, textOf } from '../support/bot.js';
import {
  all,
  faultsOf,
  fill,
  inputsOf,
  lastPostIn,
  offerTalk,
  period,
  placement,
  publishSession,
  rowsOf,
  says,
  startFast,
  talk,
  tidy,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ settings: { maxOpenOffers: 1_000 } });
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const lastAction = async () => (await all(bot, 'actions')).at(-1);
/** The section of days and hours as an untouched card sends it. */
const section = {
  weekdays: '1,2,3,4,5',
  from: '',
  until: '',
  breakMinutes: '60',
  shared: 'false',
  paid: 'false',
};
const host = { ...placement, ...section };
const seconde = { ...host, kind: 'placement-2de', firstDay: '2027-06-14', lastDay: '2027-06-18' };

describe('a placement offered by a client of its own ways', () => {
  it.each(
    rowsOf(
      [{ paid: false }, {}],
      [{ paid: 'False' }, {}],
      [{ paid: '0' }, {}],
      [{ weekdays: ['1', '2', '3'] }, { weekdays: [1, 2, 3] }],
      [{ weekdays: '1;2;3' }, { weekdays: [1, 2, 3] }],
      [{ weekdays: '3, 2, 1' }, { weekdays: [1, 2, 3] }],
      [{ academies: ['25', '10'] }, { academies: ['10', '25'] }],
      [{ academies: '25;10' }, { academies: ['10', '25'] }],
      [{ schools: ['0932030B', '0690001B'], academies: [] }, { schools: ['0932030B', '0690001B'] }],
      [{ places: ' 10 ' }, { places: 10 }],
      [{ places: '10.0' }, { places: 10 }],
      [{ places: 10 }, { places: 10 }],
      [{ kind: ['placement-3e'] }, { kind: 'placement-3e' }],
      [{ firstDay: '2027-01-18T00:00:00', lastDay: '2027-01-22T00:00:00Z' }, {}],
      [{ firstDay: '18/01/2027', lastDay: '22/01/2027' }, {}],
      [{ firstDay: 'lundi 18 janvier 2027', lastDay: '22 janvier 2027' }, {}],
      [{ from: '9:00', until: '16:30:00' }, { hours: { from: '09:00', until: '16:30', breakMinutes: 60 } }],
      [
        { from: '9 h', until: '4:30 PM', breakMinutes: '45' },
        { hours: { from: '09:00', until: '16:30', breakMinutes: 45 } },
      ],
      [{ remark: 'e\u0301le\u0300ves\u0000 \u202ebienvenus' }, { remark: 'élèves bienvenus' }],
    ),
  )('with %s is stored as what was meant', async (_, sent, stored) => {
    const { value } = await fill(bot, ines, 'accueillir', { ...host, ...sent });
    expect(faultsOf(value)).toEqual([]);
    const action = await lastAction();
    expect(action).toMatchObject({ firstDay: '2027-01-18', lastDay: '2027-01-22', ...stored });
    if (!('weekdays' in stored)) expect(action).not.toHaveProperty('weekdays');
  });

  it.each([true, 'true', 'True', 'TRUE', '1', 1, 'on', 'yes'])('a switch sent as %p is on', async (on) => {
    const before = await written(bot);
    const paid = await fill(bot, ines, 'accueillir', { ...host, paid: on });
    expect(faultsOf(paid.value)).toEqual([
      { text: expect.stringContaining(says('fr', 'host.paidError')), before: 'paid' },
    ]);
    // The box is shown ticked.
    expect(inputsOf(paid.value)).toMatchObject({ paid: 'true' });
    expect(await written(bot)).toBe(before);
    await fill(bot, ines, 'accueillir', { ...seconde, shared: on });
    expect(await lastAction()).toMatchObject({ kind: 'placement-2de', shared: true });
  });

  const unread = says('fr', 'form.unread');
  it.each(
    rowsOf(
      [{ paid: 'peut-être' }, 'paid', unread, 'peut-être'],
      [{ paid: { value: true } }, 'paid', unread, ''],
      [{ shared: [true, false] }, 'shared', unread, 'true,false'],
      [{ weekdays: { 1: true } }, 'weekdays', unread, ''],
      [{ weekdays: [{ value: '1' }] }, 'weekdays', unread, ''],
      [{ weekdays: '1|2|3' }, 'weekdays', says('fr', 'host.weekdaysError'), '1|2|3'],
      [{ weekdays: ['1', '2', '3', '9'] }, 'weekdays', says('fr', 'host.weekdaysError'), '1,2,3,9'],
      [{ weekdays: [] }, 'weekdays', says('fr', 'host.weekdaysError'), ''],
      [{ places: '1e1' }, 'places', says('fr', 'form.numberUnread', { typed: '1e1' }), ''],
      [{ places: '0x10' }, 'places', says('fr', 'form.numberUnread', { typed: '0x10' }), ''],
      [{ places: '10 ou 12' }, 'places', says('fr', 'form.numberUnread', { typed: '10 ou 12' }), ''],
      [
        { breakMinutes: '1e2', from: '09:00', until: '16:00' },
        'breakMinutes',
        says('fr', 'form.numberUnread', { typed: '1e2' }),
        '',
      ],
      [
        { from: 'neuf heures', until: '16:00' },
        'from',
        says('fr', 'form.timeUnread', { typed: 'neuf heures' }),
        'neuf heures',
      ],
      [
        { lastDay: '22/13/2027' },
        'lastDay',
        says('fr', 'form.dayUnread', { typed: '22/13/2027' }),
        '22/13/2027',
      ],
      [{ lastDay: '2027-01-17T20:00:00Z' }, 'lastDay', says('fr', 'form.dayHow'), '2027-01-17T20:00:00Z'],
      [{ academies: '10|25' }, 'academies', says('fr', 'form.academiesError'), '10|25'],
      [{ academies: {} }, 'academies', unread, ''],
      [{ schools: { code: '0932030B' } }, 'schools', unread, ''],
      [
        { hosting: ['individual', 'collective'] },
        'hosting',
        says('fr', 'host.hostingError'),
        'individual,collective',
      ],
      [{ school: { name: 'Collège' } }, 'school', unread, ''],
      [{ remark: ['un', { deux: 2 }] }, 'remark', unread, ''],
    ),
  )('with %s is told at the field what cannot be read, and nothing is stored', async (_, sent, field, text, shown) => {
    const before = await written(bot);
    const { value } = await fill(bot, ines, 'accueillir', { ...host, ...sent });
    expect(tidy(textOf(value))).toContain(text);
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(text), before: expect.any(String) }]);
    expect(inputsOf(value)[field]).toBe(shown);
    expect(inputsOf(value)).toMatchObject({ remark: 'remark' in sent ? '' : placement.remark });
    expect(await written(bot)).toBe(before);
  });
});

describe('a date in digits', () => {
  const english = { ...host, firstDay: '04/01/2027', lastDay: '08/01/2027' };
  const typed = '04/01/2027';

  it('comes day first from a French client', async () => {
    await fill(bot, ines, 'accueillir', english);
    expect(await lastAction()).toMatchObject({ firstDay: '2027-01-04', lastDay: '2027-01-08' });
  });

  it.each([
    ['whose Teams is in English', amy],
    [
      'whose Teams is in English, but who chose French',
      { ...amy, aadObjectId: 'aad-chosen', id: '29:chosen' },
    ],
  ])('is asked again of somebody %s, when it could be two days', async (_, who: TestPerson) => {
    if (who !== amy) {
      await bot.say(who, 'help');
      await bot.click(who, 'preferences.save', { language: 'fr' });
    }
    const lang = who === amy ? 'en' : 'fr';
    const { value } = await fill(bot, who, 'accueillir', english);
    const [one, other] =
      lang === 'en' ? ['4 January 2027', '1 April 2027'] : ['4 janvier 2027', '1er avril 2027'];
    expect(faultsOf(value)[0]?.text).toContain(says(lang, 'form.dayAmbiguous', { typed, one, other }));
    expect(faultsOf(value)[0]?.text).toContain(says(lang, 'form.dayHow'));
    expect(inputsOf(value)).toMatchObject({ firstDay: typed, lastDay: '08/01/2027' });
  });

  it('that can be one day only is read for everybody', async () => {
    await fill(bot, amy, 'accueillir', { ...host, firstDay: '18/01/2027', lastDay: '01/22/2027' });
    expect(await lastAction()).toMatchObject({ firstDay: '2027-01-18', lastDay: '2027-01-22' });
  });
});

it('what was read comes back in the form that its input shows, when something else is wrong', async () => {
  const sent = {
    firstDay: '18/01/2027',
    lastDay: '22/01/2027',
    from: '9:00',
    until: '4:30 PM',
    weekdays: ['1', '2', '3'],
  };
  const { value } = await fill(bot, ines, 'accueillir', { ...host, ...sent, shared: 'True', places: '99' });
  expect(faultsOf(value).map((f) => f.before)).toEqual(['places']);
  expect(inputsOf(value)).toMatchObject({
    firstDay: '2027-01-18',
    lastDay: '2027-01-22',
    from: '09:00',
    until: '16:30',
    weekdays: '1,2,3',
    shared: 'true',
    places: 99,
  });
});

describe('in the other forms', () => {
  it('an availability is read alike', async () => {
    const sent = {
      timing: 'availability',
      academies: ['25', '10'],
      halfDays: ['pm', 'am'],
      firstDay: '04/01/2027',
    };
    await bot.click(ines, 'preferences.open');
    const { value } = await fill(bot, ines, 'proposer', { ...period, ...sent });
    expect(faultsOf(value)).toEqual([]);
    expect(await lastAction()).toMatchObject({
      academies: ['10', '25'],
      halfDays: ['am', 'pm'],
      firstDay: '2027-01-04',
    });
  });

  it.each([
    ['am;night'],
    [['am', 'night']],
    [{ am: true }],
  ])('half-days sent as %j are not guessed', async (halfDays) => {
    const before = await written(bot);
    const { value } = await fill(bot, ines, 'proposer', { ...period, timing: 'availability', halfDays });
    expect(faultsOf(value).map((f) => f.before)).toEqual(['halfDays']);
    expect(await written(bot)).toBe(before);
  });

  it('a class talk and a session are read alike', async () => {
    const sent = { firstDay: '8 décembre 2026', from: '10:00:00', until: '11 h' };
    await offerTalk(bot, ines, sent);
    expect(await lastAction()).toMatchObject({
      firstDay: '2026-12-08',
      hours: { from: '10:00', until: '11:00' },
    });
    await publishSession(bot, hugo, { ...sent, seats: ' 3 ' });
    expect(await lastAction()).toMatchObject({ seats: 3, hours: { from: '10:00', until: '11:00' } });
    const { value } = await fill(bot, hugo, 'publier', { ...talk, seats: '1e1' });
    expect(faultsOf(value)).toEqual([
      { text: expect.stringContaining(says('fr', 'form.numberUnread', { typed: '1e1' })), before: 'seats' },
    ]);
  });

  it.each(['1', '1.0', 1])('the page of a list asked for as %p is that page', async (page) => {
    const { value } = await bot.click(ines, 'mine.page', { page });
    expect(textOf(value)).toContain(
      says('fr', 'list.position', {
        from: 5,
        to: 8,
        total: (await all(bot, 'engagements')).filter((e) => e.employeeId === ines.aadObjectId).length,
      }),
    );
  });
});

it.each([
  {},
  { id: '' },
  { id: 'pas un identifiant' },
  { id: ['01NEWREC0RD000000000000000'] },
])('a button that carries %j is one of an outdated card', async (data) => {
  for (const verb of ['mine.show', 'sessions.join', 'invitations.refuse'])
    expect(tidy(textOf((await bot.click(ines, verb, data)).value))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
});

it('a name or a code that turns the direction of writing does not reach the coordinators’ card', async () => {
  await offerTalk(bot, ines, { school: 'Collège \u202eeihcaM\u202c\u0007, Lyon' });
  expect(textOf(await lastPostIn(bot, coordination))).toContain('Collège eihcaM, Lyon');
});
