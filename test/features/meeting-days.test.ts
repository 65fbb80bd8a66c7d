import { addKeyLetter } from '../../src/domain/schools/uai.js';
import type { Lang } from '../../src/records.js';
import {
  amy,
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  person,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  fill,
  idIn,
  inChannel,
  lastPostIn,
  period,
  rowsOf,
  says,
  startFast,
  talk,
} from '../support/flows.js';

const lyon = { school: '', schools: '0699001J' };
const metz = { school: '', schools: '0579001Z' };
const ajaccio = { school: '', schools: '6209001P' };
const emma = person('Emma Specimen', 'en-GB');

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ settings: { maxOpenOffers: 1_000 } });
  await bot.setUp([hugo, emma]);
});
afterAll(() => bot.close());

const noClasses = (lang: Lang, why: string) => says(lang, 'calendar.noClasses', { why });
/** What is offered and published, and what is said of its day in French and in English. */
const warned = rowsOf<[object, string, string]>(
  [
    { firstDay: '2027-02-15', ...lyon },
    'pas de cours ce jour-là : vacances d’hiver (zone A), du 13 au 28 février',
    'no classes that day: winter holidays (zone A), 13 to 28 February',
  ],
  [
    { firstDay: '2027-02-15', school: 'Collège 0690001B' },
    'pas de cours ce jour-là : vacances d’hiver (zone A), du 13 au 28 février',
    'no classes that day: winter holidays (zone A), 13 to 28 February',
  ],
  [{ firstDay: '2026-12-13', ...lyon }, 'pas de cours ce jour-là : dimanche', 'no classes that day: Sunday'],
  [
    { firstDay: '2027-07-14', ...ajaccio },
    'pas de cours ce jour-là : jour férié',
    'no classes that day: public holiday',
  ],
  [
    { firstDay: '2027-05-07', ...lyon },
    'pas de cours ce jour-là : jour de pont',
    'no classes that day: bridge day',
  ],
  [
    { firstDay: '2027-03-26', ...metz },
    noClasses('fr', says('fr', 'calendar.why.public-holiday')),
    noClasses('en', says('en', 'calendar.why.public-holiday')),
  ],
  [
    { kind: 'careers-fair', firstDay: '2026-12-12', ...lyon },
    'c’est un samedi : à voir avec l’établissement',
    'a Saturday: to be agreed with the school',
  ],
  [
    { kind: 'immersion', firstDay: '2026-12-08', ...ajaccio },
    says('fr', 'calendar.local'),
    says('en', 'calendar.local'),
  ],
  [
    { firstDay: '2027-03-26', school: `Collège Fictif ${addKeyLetter('9720001')}` },
    'pas de cours ce jour-là : vendredi saint, chômé par usage',
    'no classes that day: Good Friday, off by custom',
  ],
  [
    { firstDay: '2027-03-05', school: `Collège Fictif ${addKeyLetter('9870001')}` },
    'jour peut-être férié sur place : à vérifier',
    'perhaps a local public holiday: to be checked',
  ],
  [
    { firstDay: '2027-07-12', school: `Collège Fictif ${addKeyLetter('9740001')}` },
    'vacances dont les dates ne sont pas sûres : à vérifier',
    'holidays whose dates are not certain: to be checked',
  ],
  [
    { firstDay: '2026-12-22' },
    'pas de cours ce jour-là : vacances de Noël, du 19 décembre au 3 janvier',
    'no classes that day: Christmas holidays, 19 December to 3 January',
  ],
  [
    { kind: 'company-visit', firstDay: '2027-02-15' },
    'pas de cours ce jour-là dans certaines académies : à vérifier',
    'no classes that day in some académies: to be checked',
  ],
);
const fact = (lang: Lang, line: string) => `${says(lang, 'fact.calendar')} | ${line}`;
const none = (lang: Lang) => says(lang, 'fact.calendar');

describe('an offer on a day without classes is accepted, and its day told', () => {
  it.each(
    warned,
  )('%s: to its author and to the coordinators, each in their language', async (_, inputs, fr, en) => {
    const offer = { ...talk, ...inputs };
    const inFrench = (await fill(bot, ines, 'proposer', offer)).value;
    expect(textOf(inFrench)).toContain(says('fr', 'mine.sentProposal'));
    expect(textOf(inFrench)).toContain(fact('fr', fr));
    expect(textOf(await lastPostIn(bot, coordination))).toContain(fact('fr', fr));
    const inEnglish = (await fill(bot, amy, 'proposer', offer)).value;
    expect(textOf(inEnglish)).toContain(says('en', 'mine.sentProposal'));
    expect(textOf(inEnglish)).toContain(fact('en', en));
    const { value } = await bot.click(
      emma,
      'approval.view',
      { id: idIn(inFrench, 'mine.withdraw') },
      inChannel,
    );
    expect(textOf(value)).toContain(fact('en', en));
  });
});

describe('a session on a day without classes is published, and its day told', () => {
  it.each(
    warned,
  )('%s: to who publishes it, in its card, and to who takes a seat', async (_, inputs, fr, en) => {
    const session = { ...talk, seats: '2', ...inputs };
    const inFrench = (await fill(bot, hugo, 'publier', session)).value;
    expect(textOf(inFrench).toLowerCase()).toContain(fr.toLowerCase());
    expect(textOf(await lastPostIn(bot, coordination))).toContain(fact('fr', fr));
    const inEnglish = (await fill(bot, emma, 'publier', session)).value;
    expect(textOf(inEnglish).toLowerCase()).toContain(en.toLowerCase());
    const id = idIn(inEnglish, 'sessions.view');
    expect(textOf((await bot.click(amy, 'sessions.view', { id })).value)).toContain(fact('en', en));
    expect(textOf((await bot.click(zoe, 'sessions.join', { id })).value)).toContain(fact('fr', fr));
    expect(textOf((await bot.click(zoe, 'mine.show', { id })).value)).toContain(fact('fr', fr));
  });
});

describe('nothing is said', () => {
  it.each(
    rowsOf<[object]>(
      [{}],
      [{ ...lyon }],
      [{ firstDay: '2027-03-26', school: '', schools: '0549001R' }],
      [{ firstDay: '2027-02-11', ...lyon }],
      [{ firstDay: '2027-03-01', ...lyon }],
    ),
  )('of a school day: %s', async (_, inputs) => {
    const offered = (await fill(bot, amy, 'proposer', { ...talk, ...inputs })).value;
    expect(textOf(offered)).toContain(says('en', 'mine.sentProposal'));
    expect(textOf(offered)).not.toContain(none('en'));
    const published = (await fill(bot, hugo, 'publier', { ...talk, seats: '2', ...inputs })).value;
    expect(textOf(published)).toContain(says('fr', 'publish.sent'));
    expect(textOf(await lastPostIn(bot, coordination))).not.toContain(none('fr'));
  });
});

/** Sends an availability; gives the author's card. */
async function offerPeriod(who: typeof ines, inputs: object): Promise<CardJson> {
  const [form = {}] = await bot.say(who, 'proposer');
  const other = (await bot.click(who, 'volunteer.timing', formData(form, 'volunteer.timing'))).value;
  const data = formData(other, 'volunteer.submit', { ...period, ...inputs });
  return (await bot.click(who, 'volunteer.submit', data)).value;
}

const christmas = { firstDay: '2026-12-19', lastDay: '2027-01-03' };
const winter = { firstDay: '2027-02-15', lastDay: '2027-02-19' };
/** What is offered, what is said of the class days in its period, and how sure that is. */
const periods = rowsOf<[object, string, string, string]>(
  [
    { ...christmas, academies: '25' },
    'aucun jour de classe : vacances de Noël, du 19 décembre au 3 janvier · période possible la plus proche : du 4 au 15 janvier',
    'no school days: Christmas holidays, 19 December to 3 January · nearest possible period: 4 to 15 January',
    'fine',
  ],
  [
    { ...christmas, academies: '10,09,25,15' },
    'aucun jour de classe : vacances de Noël, du 19 décembre au 3 janvier · période possible la plus proche : du 4 au 15 janvier',
    'no school days: Christmas holidays, 19 December to 3 January · nearest possible period: 4 to 15 January',
    'fine',
  ],
  [
    { firstDay: '2026-12-17', lastDay: '2026-12-30', academies: '25' },
    '2 jours de classe seulement : vacances de Noël, du 19 décembre au 3 janvier · période possible la plus proche : du 3 au 16 décembre',
    'only 2 school days: Christmas holidays, 19 December to 3 January · nearest possible period: 3 to 16 December',
    'fine',
  ],
  [
    { firstDay: '2027-05-05', lastDay: '2027-05-07', academies: '25' },
    '1 jour de classe seulement · période possible la plus proche : du 12 au 14 mai',
    'only 1 school day · nearest possible period: 12 to 14 May',
    'fine',
  ],
  [
    { ...winter, academies: '10,25,09' },
    'Lyon : aucun jour de classe : vacances d’hiver, du 13 au 28 février · Versailles : aucun jour de classe : vacances d’hiver, du 6 au 21 février · période possible la plus proche : du 1er au 5 février',
    'Lyon: no school days: winter holidays, 13 to 28 February · Versailles: no school days: winter holidays, 6 to 21 February · nearest possible period: 1 to 5 February',
    'fine',
  ],
  [
    { ...christmas, academies: '25,27' },
    'Corse : calendrier local, que Passerelle n’a pas : à vérifier · Versailles : aucun jour de classe : vacances de Noël, du 19 décembre au 3 janvier · période possible la plus proche : du 4 au 15 janvier',
    'Corse: a local calendar that Passerelle doesn’t have: to be checked · Versailles: no school days: Christmas holidays, 19 December to 3 January · nearest possible period: 4 to 15 January',
    'unknown',
  ],
  [{ ...christmas, academies: '27' }, says('fr', 'calendar.local'), says('en', 'calendar.local'), 'unknown'],
);

describe('an availability with few class days is accepted, and what is left is told', () => {
  it.each(
    periods,
  )('%s: to its author and to the coordinators, each in their language', async (_, inputs, fr, en, certainty) => {
    const inFrench = await offerPeriod(ines, inputs);
    expect(textOf(inFrench)).toContain(says('fr', 'mine.sentProposal'));
    expect(textOf(inFrench)).toContain(fact('fr', fr));
    expect(textOf(await lastPostIn(bot, coordination))).toContain(fact('fr', fr));
    expect((await all(bot, 'actions')).at(-1)).toMatchObject({ halfDays: ['am'], checked: { certainty } });
    const inEnglish = await offerPeriod(amy, inputs);
    expect(textOf(inEnglish)).toContain(says('en', 'mine.sentProposal'));
    expect(textOf(inEnglish)).toContain(fact('en', en));
    const id = idIn(inFrench, 'mine.withdraw');
    expect(textOf((await bot.click(emma, 'approval.view', { id }, inChannel)).value)).toContain(
      fact('en', en),
    );
  });

  it.each(
    rowsOf<[object]>(
      [{}],
      [{ firstDay: '2026-12-14', lastDay: '2026-12-25' }],
      [{ firstDay: '2026-12-08', lastDay: '2026-12-08' }],
      [{ firstDay: '2026-11-23', lastDay: '2028-08-31' }],
    ),
  )('nothing is said of one with enough: %s', async (_, inputs) => {
    const sent = await offerPeriod(amy, inputs);
    expect(textOf(sent)).toContain(says('en', 'mine.sentProposal'));
    expect(textOf(sent)).not.toContain(none('en'));
    expect((await all(bot, 'actions')).at(-1)).toMatchObject({ checked: { certainty: 'fine' } });
  });

  it('no other period is proposed once its own is over, or beyond the last day that a form takes', async () => {
    const nearest = 'période possible la plus proche';
    const id = idIn(await offerPeriod(ines, { ...christmas, academies: '25' }), 'mine.withdraw');
    const summer = await offerPeriod(ines, {
      firstDay: '2028-07-24',
      lastDay: '2028-08-25',
      academies: '25',
    });
    expect(textOf(summer)).toContain('aucun jour de classe : vacances d’été');
    expect(textOf(summer)).toContain(`${nearest} : du 29 mai au 30 juin`);
    const moment = bot.now();
    bot.setNow('2027-01-04T08:00:00.000Z');
    const past = textOf((await bot.click(ines, 'mine.show', { id })).value);
    expect(past).toContain('aucun jour de classe');
    expect(past).not.toContain(nearest);
    bot.setNow(moment);
  });
});

it('of two schools, each of which has another calendar, the one that is meant is named', async () => {
  const both = { firstDay: '2027-02-15', schools: '0699001J', school: 'et le collège 0590001F' };
  const { value } = await fill(bot, ines, 'proposer', { ...talk, ...both });
  expect(textOf(value)).toContain(
    fact('fr', 'Collège Exemple des Tilleuls, Lyon 3e : pas de cours ce jour-là : vacances d’hiver (zone A)'),
  );
  expect(textOf(value)).not.toContain('0590001F : ');
});

it('a correction to a school day takes the warning away', async () => {
  const sunday = { ...talk, ...lyon, firstDay: '2026-12-13' };
  const id = idIn((await fill(bot, ines, 'proposer', sunday)).value, 'mine.withdraw');
  const edit = (await bot.click(ines, 'volunteer.edit', { id })).value;
  const data = formData(edit, 'volunteer.submit', { ...sunday, firstDay: '2026-12-14' });
  const { value } = await bot.click(ines, 'volunteer.submit', data);
  expect(textOf(value)).toContain('lundi 14 décembre 2026');
  expect(textOf(value)).not.toContain(none('fr'));
});

it('what it was checked under says whether anybody can tell', async () => {
  for (const [inputs, certainty] of [
    [lyon, 'fine'],
    [{ ...lyon, firstDay: '2027-02-15' }, 'fine'],
    [ajaccio, 'unknown'],
  ] as const) {
    await fill(bot, ines, 'proposer', { ...talk, ...inputs });
    expect((await all(bot, 'actions')).at(-1)?.checked).toMatchObject({ certainty });
    await fill(bot, hugo, 'publier', { ...talk, seats: '1', ...inputs });
    expect((await all(bot, 'actions')).at(-1)?.checked).toMatchObject({ certainty });
  }
});

it('a year that is not published yet is told as such', async () => {
  bot.setNow('2027-11-22T08:00:00.000Z');
  for (const school of [lyon, { school: talk.school }]) {
    const { value } = await fill(bot, ines, 'proposer', { ...talk, ...school, firstDay: '2029-01-16' });
    expect(textOf(value)).toContain(fact('fr', says('fr', 'calendar.unpublished')));
  }
  const spring = { firstDay: '2028-10-02', lastDay: '2029-03-30', academies: '25' };
  expect(textOf(await offerPeriod(ines, spring))).toContain(fact('fr', says('fr', 'calendar.unpublished')));
  const autumn = { firstDay: '2028-05-02', lastDay: '2028-10-31', academies: '10,25' };
  const from = says('fr', 'calendar.from', {
    day: '1er septembre 2028',
    line: says('fr', 'calendar.unpublished'),
  });
  expect(textOf(await offerPeriod(ines, autumn))).toContain(fact('fr', from));
});
