import fc from 'fast-check';
import { placementKinds } from '../../src/domain/action.js';
import { addDays } from '../../src/domain/days.js';
import { checkPlacements } from '../../src/domain/placements/placement.js';
import { addKeyLetter } from '../../src/domain/schools/uai.js';
import { findPlaces } from '../../src/features/shared/schools.js';
import { amy, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { all, faultsOf, fill, hasButton, placement, says, startFast, tidy } from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ now: '2026-02-23T08:00:00.000Z' });
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const offer = async (inputs: object, who = ines) =>
  (await fill(bot, who, 'accueillir', { ...placement, ...inputs })).value;
/** What is said at the dates. */
const said = async (inputs: object, who = ines) => {
  const faults = faultsOf(await offer(inputs, who));
  expect(faults.map((f) => f.before)).toEqual(['firstDay']);
  return faults[0]?.text ?? '';
};
const sent = says('fr', 'mine.sentOffer');

describe('an accepted placement', () => {
  it('of scenario 4 is not in one week', async () => {
    const card = textOf(await offer({ firstDay: '2026-03-19', lastDay: '2026-03-25' }));
    expect(card).toContain(sent);
    expect(card).toContain(says('fr', 'calendar.days', { count: 5 }));
  });

  it.each([
    [ines, 'vérifié : 3 jours de classe, sans le jeudi 14 mai (férié) et le vendredi 15 mai (pont)'],
    [amy, 'checked: 3 school days, without Thursday 14 May (public holiday) and Friday 15 May (bridge day)'],
  ])('of scenario 6 has a warning that names the days off', async (who, warning) => {
    const card = textOf(await offer({ firstDay: '2026-05-11', lastDay: '2026-05-15' }, who));
    expect(card).toContain(warning);
  });

  it('of scenario 7 is the official fortnight of 2de', async () => {
    const seconde = { kind: 'placement-2de', firstDay: '2026-06-15', lastDay: '2026-06-26' };
    const card = textOf(await offer(seconde));
    expect(card).toContain(sent);
    expect(card).toContain(says('fr', 'calendar.days', { count: 10 }));
  });

  it('has one line of the calendar for each answer that its académies have', async () => {
    const card = textOf(
      await offer({ firstDay: '2027-03-22', lastDay: '2027-03-26', academies: '10,15,27' }),
    );
    expect(card).toContain('Lyon : vérifié : 5 jours de classe');
    expect(card).toContain('Strasbourg : vérifié : 4 jours de classe, sans le vendredi 26 mars (férié)');
    expect(card).toContain(`Corse : ${says('fr', 'calendar.local')}`);
  });

  it('tells of a public holiday that only a part of its académie has', async () => {
    const week = { firstDay: '2026-03-30', lastDay: '2026-04-03' };
    const card = textOf(await offer({ ...week, academies: '12' }));
    expect(card).toContain('vérifié : 5 jours de classe, le vendredi 3 avril est férié dans le 57');
    const named = textOf(await offer({ ...week, academies: '', schools: addKeyLetter('0570001') }));
    expect(named).toContain('vérifié : 4 jours de classe, sans le vendredi 3 avril (férié)');
    const elsewhere = textOf(await offer({ ...week, academies: '', schools: addKeyLetter('0540001') }));
    expect(elsewhere).toContain(says('fr', 'calendar.days', { count: 5 }));
    expect(elsewhere).not.toContain('férié');
  });

  it.each([
    [
      'a local closure by its name',
      { firstDay: '2026-03-09', lastDay: '2026-03-13', academies: '32' },
      'vérifié : 4 jours de classe, sans le jeudi 12 mars (Mi-carême)',
      'checked: 4 school days, without Thursday 12 March (Mi-carême)',
    ],
    [
      'what a part of Guadeloupe alone has off',
      { firstDay: '2026-05-28', lastDay: '2026-06-01', academies: '32' },
      'vérifié : 3 jours de classe, le jeudi 28 mai est férié dans le 978, pas de cours le vendredi 29 mai dans le 978',
      'checked: 3 school days, Thursday 28 May is a public holiday in 978, no classes on Friday 29 May in 978',
    ],
    [
      'holidays that nobody believes',
      { firstDay: '2026-06-01', lastDay: '2026-06-05', academies: '41' },
      'vacances dont les dates ne sont pas sûres : à vérifier',
      'holidays whose dates are not certain: to be checked',
    ],
    [
      'a summer whose end is not out',
      { firstDay: '2026-08-24', lastDay: '2026-08-28', academies: '27' },
      'vacances dont les dates ne sont pas sûres : à vérifier',
      'holidays whose dates are not certain: to be checked',
    ],
    [
      'a week at school in August',
      { firstDay: '2026-08-24', lastDay: '2026-08-28', academies: '28' },
      'vérifié : 5 jours de classe',
      'checked: 5 school days',
    ],
  ])('overseas tells %s', async (_, inputs, fr, en) => {
    expect(textOf(await offer(inputs))).toContain(fr);
    expect(textOf(await offer(inputs, amy))).toContain(en);
  });

  it('is checked for the school whose code is typed beside its name', async () => {
    const school = `Collège Fictif de Metz (${addKeyLetter('0570001').toLowerCase()})`;
    const card = textOf(
      await offer({ firstDay: '2026-03-30', lastDay: '2026-04-03', academies: '', school }),
    );
    expect(card).toContain('vérifié : 4 jours de classe, sans le vendredi 3 avril (férié)');
    expect((await all(bot, 'actions')).at(-1)).toMatchObject({ academies: ['12'] });
  });
});

test('an offer for several schools has the verdicts of as many offers for one', () => {
  const { schools, calendar } = bot.app.services;
  const known = schools.search('exemple', { limit: 60 }).map((s) => s.uai);
  expect(known.length).toBeGreaterThan(30);
  const anySchools = fc.uniqueArray(fc.constantFrom(...known), { minLength: 1, maxLength: 10 });
  const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2025-09-01', n));
  const kinds = fc.constantFrom(...placementKinds);
  fc.assert(
    fc.property(anySchools, day, fc.nat(30), kinds, (asked, firstDay, length, kind) => {
      const dates = { kind, firstDay, lastDay: addDays(firstDay, length) };
      const verdicts = (of: readonly string[]) =>
        checkPlacements(dates, findPlaces({ schools: of, academies: [] }, { schools, calendar }), calendar);
      expect(asked.flatMap((one) => verdicts([one]))).toEqual(verdicts(asked));
      expect(verdicts(asked)).toHaveLength(asked.length);
    }),
    { numRuns: 100 },
  );
});

describe('a refusal', () => {
  // In 2027 zone A is off from 13 February, zone C from the 6th, zone B from the 20th.
  const february = { firstDay: '2027-02-15', lastDay: '2027-02-19' };

  it('gives each académie its own reason, with its own dates', async () => {
    const text = await said({ ...february, academies: '10,01,09' });
    const [zoneA = '', zoneC = ''] = text
      .split(/(?=Ces jours tombent)/)
      .filter((part) => part.startsWith('Ces'));
    expect(text.match(/Ces jours tombent/g)).toHaveLength(2);
    for (const [part, zone, name] of [
      [zoneA, 'A', 'Lyon'],
      [zoneC, 'C', 'Paris'],
    ] as const) {
      const winter = bot.app.services.calendar.holidays.find(
        (h) => h.zone === zone && h.schoolYear === '2026-2027' && h.period === 'Hiver',
      );
      expect(part).toContain(`vacances d’hiver de la zone ${zone}`);
      expect(part).toContain(`${Number(winter?.lastDayOff.slice(8))} `);
      expect(part).toContain(`L’académie de ${name} est en zone ${zone}.`);
    }
    expect(zoneA).not.toContain('Paris');
    expect(text).toContain(says('fr', 'broken.possibleIn', { names: 'Lille' }));
  });

  it('of scenario 8 says that five weeks are too many', async () => {
    const five = { kind: 'placement-prepa-metiers', firstDay: '2026-03-02', lastDay: '2026-04-03' };
    const text = await said({ ...five, academies: '09' });
    expect(text).toContain(says('fr', 'broken.placement-prepa-metiers.too-long', { count: 25 }));
    expect(text).toContain(says('fr', 'broken.nearest'));
  });

  it('names whom another rule than the holidays concerns, when not everybody', async () => {
    // Good Friday leaves two days in Strasbourg, three in Reims.
    const text = await said({ firstDay: '2026-04-01', lastDay: '2026-04-03', academies: '15,19' });
    expect(text).toContain(says('fr', 'broken.placement-3e.too-short', { count: 2 }));
    expect(text).toContain(says('fr', 'broken.schools', { count: 1, names: 'Strasbourg' }));
    expect(text).toContain(says('fr', 'broken.possibleIn', { names: 'Reims' }));
    const alone = await said({ firstDay: '2026-04-01', lastDay: '2026-04-03', academies: '15' });
    expect(alone).not.toContain('Strasbourg');
  });

  it('never calls possible what nobody can tell', async () => {
    const text = await said({ ...february, academies: '10,27,09' });
    expect(text).toContain(says('fr', 'broken.possibleIn', { names: 'Lille' }));
    expect(text).toContain(says('fr', 'broken.toConfirmIn', { names: 'Corse' }));
    const only = await said({ ...february, academies: '10,27' });
    expect(only).toContain(says('fr', 'broken.toConfirmIn', { names: 'Corse' }));
    expect(only).not.toContain('C’est possible');
  });

  it('of all académies names a few and counts the rest', async () => {
    const academies = bot.app.services.calendar.academies.map((a) => a.code).join(',');
    const text = await said({ firstDay: '2026-12-21', lastDay: '2026-12-25', academies });
    expect(text).toMatch(/Cela concerne les académies de (?:[^,.]+, ){5}[^,.]+ et \d+ autres\./);
  });

  it('of a 2de placement proposes the fortnight of that year, and says when it is only expected', async () => {
    const seconde = { kind: 'placement-2de', firstDay: '2027-06-21', lastDay: '2027-07-02' };
    const card = await offer(seconde);
    const [fault] = faultsOf(card);
    expect(fault?.text).toContain(
      tidy('La séquence de 2de est attendue du 14 au 25 juin 2027, dates à confirmer.'),
    );
    expect(textOf(card)).toContain('Du 14 au 25 juin');
    const official = await said({ ...seconde, firstDay: '2026-06-22', lastDay: '2026-07-03' });
    expect(official).toContain('La séquence de 2de a lieu du 15 au 26 juin 2026.');
  });

  it('proposes nothing that the form would refuse again', async () => {
    // The day after the last one that may be asked for is the first after the summer.
    const card = await offer({ firstDay: '2027-08-23', lastDay: '2027-08-27', academies: '10' });
    const proposed = JSON.stringify(card).match(/2\d{3}-\d\d-\d\d\/2\d{3}-\d\d-\d\d/g) ?? [];
    expect(proposed.length).toBeGreaterThan(0);
    for (const days of proposed)
      expect(days.split('/')[1]?.localeCompare('2027-08-31')).toBeLessThanOrEqual(0);
  });

  it('of many weeks proposes as many as are possible', async () => {
    const card = await offer({ firstDay: '2026-03-02', lastDay: '2026-12-18', academies: '10' });
    expect(hasButton(card, 'host.useDates')).toBe(true);
    expect(faultsOf(card)[0]?.text).toContain(says('fr', 'broken.nearest'));
  });
});
