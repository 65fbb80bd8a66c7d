import { coordination, formData, hugo, type TestBot, textOf, zoe } from '../support/bot.js';
import {
  all,
  faultsOf,
  fill,
  hasButton,
  inChannel,
  inputsOf,
  postsIn,
  publishSession,
  says,
  shownIn,
  startFast,
  talk,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const publish = (inputs: object) => fill(bot, hugo, 'publier', { ...talk, seats: '2', ...inputs });
const sessions = async () => (await all(bot, 'actions')).filter((a) => a.origin === 'need');

it('several sessions on one day are one series of the same length each, with a card each', async () => {
  const { value } = await publish({ starts: '14 h, 11:00' });
  expect(textOf(value)).toContain(says('fr', 'publish.sentSeveral', { count: 3 }));
  const made = await sessions();
  expect(made.map(({ hours }) => [hours?.from, hours?.until])).toEqual([
    ['10:00', '11:00'],
    ['11:00', '12:00'],
    ['14:00', '15:00'],
  ]);
  expect(new Set(made.map(({ series }) => series))).toEqual(new Set([made[0]?.id]));
  expect(await postsIn(bot, coordination)).toHaveLength(3);
});

it('every week leaves out the holidays of the school and public holidays, and says which', async () => {
  const school = { schools: '0699001J', school: '' };
  const { value } = await publish({ ...school, firstDay: '2026-12-08', weeks: '5' });
  expect((await sessions()).map(({ firstDay }) => firstDay)).toEqual([
    '2026-12-08',
    '2026-12-15',
    '2027-01-05',
  ]);
  expect(textOf(value)).toContain('2 semaines sont laissées de côté');
  for (const day of ['mardi 22 décembre', 'mardi 29 décembre']) expect(textOf(value)).toContain(day);
});

it('more than three sessions have one card that lists them and follows their days', async () => {
  const { value } = await publish({ firstDay: '2027-01-05', weeks: '4', closesOn: '2026-12-29' });
  expect(await postsIn(bot, coordination)).toHaveLength(1);
  const made = await sessions();
  expect(made.map(({ closesOn }) => closesOn)).toEqual([
    '2026-12-29',
    '2027-01-05',
    '2027-01-12',
    '2027-01-19',
  ]);
  const [card] = await shownIn(bot, coordination);
  expect(textOf(card)).toContain(
    says('fr', 'sessions.seriesHeading', { count: 4, what: 'une intervention en classe, 4e' }),
  );
  expect(hasButton(card, 'sessions.open')).toBe(true);
  await bot.click(hugo, 'sessions.close', { id: made[1]?.id }, inChannel);
  const [closed] = await shownIn(bot, coordination);
  expect(textOf(closed)).toContain(
    `mardi 12 janvier 2027, de 10 h à 11 h |  · ${says('fr', 'sessions.closed')}`,
  );
  await bot.click(hugo, 'sessions.cancel', { id: made[2]?.id, reason: 'Le collège a annulé.' }, inChannel);
  const [after] = await shownIn(bot, coordination);
  expect(textOf(after)).toContain(says('fr', 'state.cancelled'));
  expect(textOf(value)).toContain(says('fr', 'publish.sentSeries'));
  // Choosing the channel again posts none of them a second time.
  await bot.click(hugo, 'setup.choose', { use: 'coordinators' }, { where: coordination });
  expect(await postsIn(bot, coordination)).toHaveLength(1);
});

it('the card of a series names the place of each session that is elsewhere than the first', async () => {
  await publish({ firstDay: '2027-01-05', weeks: '4' });
  const made = await sessions();
  const move = async (at: number, school: string) => {
    const form = (await bot.click(hugo, 'sessions.edit', { id: made[at]?.id }, inChannel)).value;
    const data = formData(form, 'sessions.save', { ...inputsOf(form), school });
    await bot.click(hugo, 'sessions.save', data, inChannel);
    return textOf((await shownIn(bot, coordination))[0]);
  };
  const elsewhere = await move(1, 'Lycée Ailleurs, Paris');
  expect(elsewhere.match(/Collège Jean-Fictif, Lyon/g)).toHaveLength(1);
  expect(elsewhere).toMatch(
    /mardi 12 janvier 2027[^·]* · 2 places · Lycée Ailleurs, Paris \| mardi 19 janvier/,
  );
  const first = await move(0, 'Lycée Ailleurs, Paris');
  expect(first).toMatch(/Lycée Ailleurs, Paris \| mardi 5 janvier 2027[^·]* · 2 places \| mardi 12/);
  expect(first).toMatch(/mardi 19 janvier 2027[^·]* · 2 places · Collège Jean-Fictif, Lyon/);
});

it('a series sent twice is one series', async () => {
  const [form = {}] = await bot.say(hugo, 'publier');
  const data = formData(form, 'publish.submit', { ...talk, seats: '2', weeks: '2' });
  const answers = await Promise.all([1, 2].map(() => bot.click(hugo, 'publish.submit', data)));
  expect(answers[1]?.value).toEqual(answers[0]?.value);
  expect(await sessions()).toHaveLength(2);
});

it.each([
  ['weeks', { weeks: '21' }, says('fr', 'publish.weeksError', { max: 20 })],
  ['weeks', { weeks: '11', starts: '14 h' }, says('fr', 'publish.tooMany', { max: 20 })],
  ['weeks', { firstDay: '2028-08-22', weeks: '3' }, 'deux années scolaires'],
  ['starts', { starts: 'midi' }, says('fr', 'publish.startsError')],
  ['starts', { starts: '19:30' }, says('fr', 'publish.startsError')],
  ['closesOn', { closesOn: '2026-12-08' }, says('fr', 'publish.closesOnError')],
  ['closesOn', { closesOn: '2026-11-22' }, says('fr', 'publish.closesOnError')],
  ['event', { event: 'fete-fictive' }, says('fr', 'publish.eventError')],
  ['expected', { expected: 'Tel. 06 12 34 56 78' }, says('fr', 'personalData.phone')],
])('a fault in %s (%j) unfolds the options, and publishes nothing', async (field, wrong, why) => {
  const before = await written(bot);
  const { value } = await publish(wrong);
  expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: field }]);
  expect(JSON.stringify(value)).not.toContain('Action.ToggleVisibility","title":"Plus');
  expect(await written(bot)).toBe(before);
});

it('the options are on the session’s card, and in a copy of it', async () => {
  const options = { closesOn: '2026-12-04', event: 'semaine-industrie', expected: 'Venez avec un objet.' };
  const id = await publishSession(bot, hugo, options);
  const seen = textOf((await bot.click(zoe, 'sessions.view', { id })).value);
  for (const part of ['vendredi 4 décembre 2026', 'Semaine de l’industrie', '« Venez avec un objet. »'])
    expect(seen).toContain(part);
  const copy = (await bot.click(hugo, 'publish.again', { id }, inChannel)).value;
  expect(inputsOf(copy)).toMatchObject({
    kind: 'classroom-talk',
    level: '4e',
    firstDay: '',
    from: '10:00',
    closesOn: '',
    event: 'semaine-industrie',
    expected: 'Venez avec un objet.',
  });
  const sent = await bot.click(
    hugo,
    'publish.submit',
    formData(copy, 'publish.submit', { ...inputsOf(copy), firstDay: '2026-12-10' }),
    inChannel,
  );
  expect(textOf(sent.value)).toContain(says('fr', 'publish.sent'));
  expect((await sessions()).map(({ firstDay }) => firstDay)).toEqual(['2026-12-08', '2026-12-10']);
});
