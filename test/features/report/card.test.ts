import { amy, type CardJson, formData, hugo, ines, type TestBot, textOf } from '../../support/bot.js';
import { hasButton, inChannel, offerTalk, says, startFast } from '../../support/flows.js';
import { aHeldPlacement, aHeldTalk, aPlannedTalk, storeAll } from '../../support/report-data.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const show = async (cut: string, year = '2026-09-01') =>
  (await bot.click(hugo, 'report.show', { cut, year })).value;

/** The rows of a card's table: what it is called, its actions and its pupils. */
function rowsOf(card: CardJson): string[][] {
  const table = (card.body as CardJson[]).find(({ type }) => type === 'Table');
  const [, ...rows] = (table?.rows ?? []) as { cells: { items: { text: string }[] }[] }[];
  return rows.map(({ cells }) => cells.map(({ items }) => items[0]?.text ?? ''));
}

const someYear = () =>
  storeAll(bot, [
    aHeldTalk(['ines', 'zoe'], { id: 't1', schools: ['0699001J'], school: '' }),
    aHeldTalk(['ines'], { id: 't2', level: '3e', firstDay: '2026-11-03', school: 'Collège Jean-Fictif' }),
    aHeldPlacement(['louis'], { id: 'p1' }),
    aPlannedTalk(['nour'], { id: 'n1' }),
    aHeldTalk(['ines'], { id: 'old', firstDay: '2025-10-07' }),
  ]);

it('says first how much was done, how far the commitments are met, and what last year was', async () => {
  await someYear();
  const [card = {}] = await bot.say(hugo, 'bilan');
  const text = textOf(card);
  expect(text).toContain('3 actions tenues, 58 élèves');
  expect(text).toContain('Article 2 : 3 personnes mobilisées sur 10, 1 autre prévue.');
  expect(text).toContain('l’an dernier 1');
  expect(text).toContain('3 places offertes, 2 pourvues');
  expect(text).toContain('2 élèves accueillis, 10 journées d’accueil');
});

it.each([
  [0, '0 place pourvue sur 7', '7 places offertes, 0 pourvue', 'places filled: 0 of 7'],
  [1, '1 place pourvue sur 7', '7 places offertes, 1 pourvue', 'places filled: 1 of 7'],
  [2, '2 places pourvues sur 7', '7 places offertes, 2 pourvues', 'places filled: 2 of 7'],
])('%i places filled of 7 are put in the number of those filled', async (pupils, row, total, english) => {
  const outcome = { pupils, by: 'ines', at: '2026-11-20T16:00:00.000Z' };
  await storeAll(bot, [aHeldPlacement(['ines'], { id: 'p7', places: 7, outcome })]);
  const text = `${textOf(await show('academie'))} |`;
  expect(text).toContain(row);
  expect(text).toContain(`${total} |`);
  await bot.setUp([hugo, amy]);
  expect(textOf((await bot.say(amy, 'report'))[0])).toContain(english);
});

it('shows each cut, whose actions and pupils add up to the total', async () => {
  await someYear();
  expect(rowsOf(await show('kind'))).toEqual([
    ['Interventions en classe', '2', '56'],
    ['Stages de 3e', '1', '2'],
  ]);
  expect(rowsOf(await show('month')).map(([month]) => month)).toEqual([
    'octobre 2026',
    'novembre 2026',
    'mars 2027',
  ]);
  for (const cut of ['level', 'region', 'academie', 'departement', 'school', 'event', 'month', 'site']) {
    const rows = rowsOf(await show(cut));
    const sum = (column: number) => rows.reduce((n, row) => n + Number(row[column]), 0);
    expect([cut, sum(1), sum(2)]).toEqual([cut, 3, 58]);
  }
});

it('shows all cuts of one région académique or académie, from page to page', async () => {
  await storeAll(bot, [
    aHeldTalk(['ines', 'zoe'], { id: 't1', academies: ['10'] }),
    aHeldTalk(['ines'], { id: 't2', academies: ['06'], outcome: { pupils: 12, by: 'ines', at: bot.now() } }),
    aHeldTalk(['ines'], { id: 't3', academies: ['10', '14'] }),
    aHeldTalk(['ines'], { id: 't4', academies: ['14'] }),
    aHeldTalk(['ines'], { id: 'old', academies: ['10'], firstDay: '2025-10-07' }),
  ]);
  const chosen = async (byArea: string) =>
    (await bot.click(hugo, 'report.show', { cut: 'month', year: '2026-09-01', byArea })).value;
  const region = await chosen('Auvergne-Rhône-Alpes');
  expect(textOf(region)).toContain('2 actions tenues, 40 élèves');
  expect(textOf(region)).toContain('Seulement : Région Auvergne-Rhône-Alpes.');
  expect(textOf(region)).toContain('l’an dernier 1');
  expect(textOf(region)).not.toContain('Article 2');
  expect(rowsOf(region)).toEqual([['octobre 2026', '2', '40']]);
  expect(textOf(await chosen('10'))).toContain('1 action tenue, 28 élèves');
  const lines = await bot.click(hugo, 'report.lines', { ...formData(region, 'report.lines'), of: '2026-10' });
  expect(textOf(lines.value)).toContain('3 lignes en octobre 2026');
  expect(textOf(await chosen('all'))).toContain('4 actions tenues');
});

it('has every figure of its chart in its text', async () => {
  await someYear();
  const card = await show('kind');
  const chart = (card.body as CardJson[]).find(({ type }) => type === 'Chart.HorizontalBar');
  expect(chart?.data).toEqual([
    { x: 'Interventions en classe', y: 2 },
    { x: 'Stages de 3e', y: 1 },
  ]);
});

it('shows the year that is asked for, in the words or in the list', async () => {
  await someYear();
  const [card = {}] = await bot.say(hugo, 'bilan 2025-2026');
  expect(textOf(card)).toContain('1 action tenue, 28 élèves');
  expect(textOf(await show('kind', '2025-09-01'))).toContain('1 action tenue, 28 élèves');
  expect(textOf(await show('nothing', 'yesterday'))).toContain('3 actions tenues, 58 élèves');
});

it.each([
  ['bilan par mois', 'month', ''],
  ['Bilan 2026-2027 par type', 'kind', ''],
  ['report by school', 'school', ''],
  ['bilan par région académique', 'region', ''],
  ['le bilan par académie', 'academie', ''],
  ['bilan de Lyon', 'kind', 'Lyon'],
  ['bilan par niveau à Clermont-Ferrand', 'level', 'Clermont-Ferrand'],
  ['bilan auvergne rhone alpes', 'kind', 'Région Auvergne-Rhône-Alpes'],
  ['bilan par ligne', 'kind', ''],
  ['montre-moi le formulaire du ministère', 'kind', ''],
  ['show me the ministry’s form', 'kind', ''],
])('“%s” shows the cut and the area that it names', async (said, cut, area) => {
  await someYear();
  const [card = {}] = await bot.say(hugo, said);
  const chosen = (card.body as CardJson[]).flatMap(
    (item) => JSON.stringify(item).match(/"id":"cut"[^}]*/) ?? [],
  );
  expect(chosen.join()).toContain(`"value":"${cut}"`);
  if (area) expect(textOf(card)).toContain(`Seulement : ${area}.`);
  else expect(textOf(card)).not.toContain('Seulement');
});

it('is current after every move, and not counted anew without one', async () => {
  await someYear();
  await bot.say(hugo, 'bilan');
  const id = await offerTalk(bot, ines, { firstDay: '2026-12-08' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect(textOf((await bot.say(hugo, 'bilan'))[0])).toContain('2 actions prévues');
  await bot.click(ines, 'mine.withdrawConfirmed', { id });
  expect(textOf((await bot.say(hugo, 'bilan'))[0])).toContain('1 action prévue');
  const { store } = bot.app.services;
  const read = store.read.bind(store);
  let reads = 0;
  store.read = (work) => {
    reads += 1;
    return read(work);
  };
  await bot.say(hugo, 'bilan');
  expect(reads).toBeLessThan(20);
});

it('shows long cuts page by page', async () => {
  await storeAll(
    bot,
    Array.from({ length: 11 }, (_, n) => aHeldTalk(['ines'], { id: `t${n}`, school: `Collège Fictif ${n}` })),
  );
  const first = await show('school');
  expect(rowsOf(first)).toHaveLength(7);
  const next = (await bot.click(hugo, 'report.page', formData(first, 'report.page'))).value;
  expect(rowsOf(next)).toHaveLength(4);
  expect(textOf(next)).toContain(says('fr', 'list.position', { from: 8, to: 11, total: 11 }));
});

it('says so when nothing counts yet', async () => {
  const [card = {}] = await bot.say(hugo, 'bilan');
  expect(textOf(card)).toContain(says('fr', 'report.none.lead'));
  expect(hasButton(card, 'report.files')).toBe(true);
  expect(JSON.stringify(card)).not.toContain('Chart.');
});

it('is for coordinators alone, in their channel and in a personal chat', async () => {
  expect(textOf(await bot.say(hugo, 'bilan', inChannel.where))).toContain('action');
  expect(textOf(await bot.say(ines, 'bilan'))).not.toContain(says('fr', 'report.choose.heading'));
  const refused = (await bot.click(ines, 'report.show', { cut: 'kind' })).value;
  expect(textOf(refused)).toContain(says('fr', 'refusal.notCoordinator.heading'));
});
