import type { Lang } from '../../src/ports.js';
import {
  amy,
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
  bot = await startFast();
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

  it('of an availability, which is no day yet', async () => {
    const days = { firstDay: '2027-02-15', lastDay: '2027-02-19' };
    const [form = {}] = await bot.say(ines, 'proposer');
    const other = (await bot.click(ines, 'volunteer.timing', formData(form, 'volunteer.timing'))).value;
    const data = formData(other, 'volunteer.submit', { ...period, ...days });
    const { value } = await bot.click(ines, 'volunteer.submit', data);
    expect(textOf(value)).toContain(says('fr', 'mine.sentProposal'));
    expect(textOf(value)).not.toContain(none('fr'));
    expect((await all(bot, 'actions')).at(-1)).toMatchObject({
      halfDays: ['am'],
      checked: { certainty: 'fine' },
    });
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
});
