import { formData, hugo, ines, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { hasButton, inChannel, offerTalk, publishSession, says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const agenda = async (who = ines) => (await bot.say(who, 'agenda'))[0] ?? {};
/** A session in a school of Lyon (académie 10) or of Nice (23). */
const inLyon = { school: '', schools: '0699001J' };
const paris = { school: 'Collège Fictif, Paris 0750001U' };

it('shows what is to come by week: own actions, sessions, the convention’s dates', async () => {
  await offerTalk(bot, ines, { firstDay: '2026-11-27' });
  await publishSession(bot, hugo, { firstDay: '2026-12-10' });
  const said = textOf(await agenda());
  const order = [
    says('fr', 'agenda.heading', { count: 1 }),
    'Cette semaine, depuis le lundi 23 novembre',
    'vendredi 27 novembre 2026',
    'Semaine du lundi 7 décembre',
    'jeudi 10 décembre 2026',
    'Semaine du lundi 5 juillet',
    'Comité de pilotage',
  ].map((text) => said.indexOf(text));
  expect(order).toEqual(order.filter((at) => at >= 0).toSorted((a, b) => a - b));
});

it('says to whoever has nothing of their own what there is, and only to them', async () => {
  expect(textOf(await agenda(zoe))).toContain(says('fr', 'agenda.onlyDates'));
  await publishSession(bot, hugo, { firstDay: '2026-12-10' });
  const empty = await agenda(zoe);
  expect(textOf(empty)).toContain(says('fr', 'agenda.noneOfYours'));
  expect(textOf(empty)).toContain(says('fr', 'agenda.nothingHeading'));
  expect(hasButton(empty, 'volunteer.open')).toBe(true);
  await offerTalk(bot, ines, { firstDay: '2026-11-27' });
  const card = await agenda();
  expect(textOf(card)).not.toContain(says('fr', 'agenda.noneOfYours'));
  expect(hasButton(card, 'volunteer.open')).toBe(false);
});

it('each row opens its card', async () => {
  await offerTalk(bot, ines, { firstDay: '2026-11-27' });
  await publishSession(bot, hugo, { firstDay: '2026-12-10' });
  const card = await agenda();
  const open = async (verb: string) => (await bot.click(ines, verb, formData(card, verb))).value;
  expect(hasButton(await open('mine.show'), 'mine.withdraw')).toBe(true);
  expect(hasButton(await open('sessions.view'), 'sessions.join')).toBe(true);
  const date = await open('agenda.date');
  expect(textOf(date)).toContain('premier lundi de juillet');
  expect(textOf((await bot.click(ines, 'agenda.page', formData(date, 'agenda.page'))).value)).toContain(
    'Comité',
  );
});

it('shows sessions of the académies where somebody has engaged themselves, and of all before that', async () => {
  await publishSession(bot, hugo, { ...inLyon, firstDay: '2026-12-10' });
  await publishSession(bot, hugo, { ...paris, firstDay: '2026-12-11' });
  expect(textOf(await agenda(zoe))).toContain('jeudi 10 décembre');
  expect(textOf(await agenda(zoe))).toContain('vendredi 11 décembre');
  await offerTalk(bot, ines, { ...inLyon, firstDay: '2026-11-27' });
  expect(textOf(await agenda())).toContain('jeudi 10 décembre');
  expect(textOf(await agenda())).not.toContain('vendredi 11 décembre');
});

it('leaves out what is declined, withdrawn or past, and shows a seat taken once', async () => {
  const declined = await offerTalk(bot, ines, { firstDay: '2026-12-01' });
  await bot.click(hugo, 'approval.decline', { id: declined, reason: 'Complet.' }, inChannel);
  const withdrawn = await offerTalk(bot, ines, { firstDay: '2026-12-02' });
  await bot.click(ines, 'mine.withdrawConfirmed', { id: withdrawn });
  await offerTalk(bot, ines, { firstDay: '2026-12-03' });
  const session = await publishSession(bot, hugo, { firstDay: '2026-12-10' });
  await bot.click(ines, 'sessions.join', { id: session });
  bot.setNow('2026-12-04T08:00:00.000Z');
  const said = textOf(await agenda());
  expect(said).toContain(says('fr', 'agenda.heading', { count: 1 }));
  for (const day of ['1er décembre', '2 décembre', '3 décembre']) expect(said).not.toContain(day);
  expect(said.split('| jeudi 10 décembre').length).toBe(2);
});

it('leaves out a session that gives no more seats', async () => {
  const ids = [
    await publishSession(bot, hugo, { firstDay: '2026-12-10' }),
    await publishSession(bot, hugo, { firstDay: '2026-12-11' }),
  ];
  await bot.app.services.store.transact(async (tx) => {
    const [one, other] = await Promise.all(ids.map((id) => tx.get('actions', id)));
    if (one && other) {
      await tx.put('actions', { ...one, closed: true });
      await tx.put('actions', { ...other, closesOn: '2026-11-22' });
    }
  });
  const said = textOf(await agenda());
  expect(said).not.toContain('décembre 2026');
  expect(said).toContain(says('fr', 'agenda.onlyDates'));
});

it('has five a page; what has begun is in this week', async () => {
  for (let n = 1; n < 8; n++) await publishSession(bot, hugo, { firstDay: `2026-12-0${n}` });
  const first = await agenda(louis);
  expect(textOf(first)).toContain('1 à 5 sur 8.');
  const next = (await bot.click(louis, 'agenda.page', formData(first, 'agenda.page'))).value;
  expect(textOf(next)).toContain('6 à 8 sur 8.');
  const availability = {
    timing: 'availability',
    academies: '10',
    firstDay: '2026-11-23',
    lastDay: '2027-03-26',
  };
  await offerTalk(bot, louis, { ...availability, halfDays: 'am' });
  bot.setNow('2026-12-16T08:00:00.000Z');
  expect(textOf(await agenda(louis))).toContain('Cette semaine, depuis le lundi 14 décembre');
});

it('is restricted to a région académique or an académie, and keeps to it on each page', async () => {
  await publishSession(bot, hugo, { ...paris, firstDay: '2026-12-01' });
  for (let n = 1; n < 8; n++) await publishSession(bot, hugo, { ...inLyon, firstDay: `2026-12-0${n + 1}` });
  const first = await agenda(louis);
  expect(textOf(first)).toContain('mardi 1er décembre');
  const choose = (await bot.click(louis, 'agenda.chooseArea', formData(first, 'agenda.chooseArea'))).value;
  const chosen = async (byArea: string) =>
    (await bot.click(louis, 'agenda.page', formData(choose, 'agenda.page', { byArea }))).value;
  const region = await chosen('Auvergne-Rhône-Alpes');
  expect(textOf(region)).toContain('Seulement : Région Auvergne-Rhône-Alpes.');
  expect(textOf(region)).toContain('1 à 5 sur 8.');
  expect(textOf(region)).not.toContain('1er décembre');
  const next = (await bot.click(louis, 'agenda.page', formData(region, 'agenda.page'))).value;
  expect(textOf(next)).toContain('Seulement : Région Auvergne-Rhône-Alpes.');
  expect(textOf(await chosen('14'))).not.toContain('décembre 2026');
  expect(textOf(await chosen('all'))).toContain('1er décembre');
});

it('shows whoever asks for another académie its sessions, and not what is theirs elsewhere', async () => {
  await offerTalk(bot, ines, { ...inLyon, firstDay: '2026-11-27' });
  await publishSession(bot, hugo, { ...paris, firstDay: '2026-12-11' });
  const { value } = await bot.click(ines, 'agenda.page', { page: 0, start: '', byArea: '01' });
  expect(textOf(value)).toContain('vendredi 11 décembre');
  expect(textOf(value)).not.toContain('27 novembre');
});
