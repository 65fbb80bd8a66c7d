import {
  type CardJson,
  findAction,
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
  chatOf,
  fill,
  inChannel,
  offerTalk,
  placement,
  publishSession,
  says,
  startFast,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  await bot.click(zoe, 'help.open');
});
afterAll(() => bot.close());

const search = async (words: string, who = hugo) => textOf((await bot.say(who, `rechercher ${words}`))[0]);
const found = async (words: string): Promise<string[]> =>
  [...(await search(words)).matchAll(/n° (\d+) :/g)]
    .map(([, number = '']) => number)
    .filter((n, i, a) => a.indexOf(n) === i);
const numberOf = async (id: string) => String((await all(bot, 'actions')).find((a) => a.id === id)?.number);

let talk = '';
let hosted = '';
let session = '';
beforeAll(async () => {
  talk = await numberOf(await offerTalk(bot, ines, { school: 'Collège Jean-Fictif, Lyon' }));
  await fill(bot, person('Éloïse De La Tour-Fictive'), 'accueillir', placement);
  hosted = String((await all(bot, 'actions')).at(-1)?.number);
  const id = await publishSession(bot, hugo, { school: '', schools: '0699001J', firstDay: '2027-03-09' });
  session = await numberOf(id);
  await bot.click(zoe, 'sessions.join', { id });
});

it.each([
  ['its number', () => `n° ${talk}`, () => [talk]],
  ['the name of its author', () => 'Inès Exemple', () => [talk]],
  ['a name without case and accents, in another order', () => 'EXEMPLE ines', () => [talk]],
  ['the beginning of each word of a long name', () => 'elo fict', () => [hosted]],
  ['a name in the middle', () => 'tour', () => [hosted]],
  ['somebody who has a seat', () => 'spécimen', () => [session]],
  ['a school that was typed', () => 'collège jean-fictif', () => [talk]],
  ['a UAI code', () => '0699001j', () => [session]],
  ['its month', () => 'mars 2027', () => [session]],
  ['its month in figures', () => '2026-12', () => [talk]],
  ['a month without any', () => 'août 2027', () => []],
  ['nobody', () => 'Personne', () => []],
])('a request is found by %s', async (_, words, numbers) => {
  expect(await found(words())).toEqual(numbers());
});

it('a school of the directory is found by its name', async () => {
  const school = bot.app.services.schools.byUai('0699001J');
  expect(await found(`${school?.name} ${school?.town}`)).toContain(session);
});

it('a result opens its request; a session opens as such', async () => {
  const [card = {}] = await bot.say(hugo, `rechercher ${talk}`);
  const opened = await bot.click(hugo, 'approval.view', formData(card, 'approval.view'));
  expect(findAction(opened.value, 'approval.approve')).toBeDefined();
  const [other = {}] = await bot.say(hugo, `rechercher ${session}`);
  expect(textOf((await bot.click(hugo, 'sessions.view', formData(other, 'sessions.view'))).value)).toContain(
    'Zoé Spécimen',
  );
});

it('without words there is a field, whose words are kept from page to page', async () => {
  for (let n = 0; n < 5; n++) await offerTalk(bot, person('Nora Répétée'));
  const [form = {}] = await bot.say(hugo, 'search');
  expect(textOf(form)).toContain(says('fr', 'search.how'));
  const first = (await bot.click(hugo, 'search.find', formData(form, 'search.find', { words: 'répétée' })))
    .value;
  expect(textOf(first)).toContain('1 à 4 sur 5.');
  const next = (await bot.click(hugo, 'search.page', formData(first, 'search.page'))).value;
  expect(textOf(next)).toContain('5 à 5 sur 5.');
  const field = (next.body as CardJson[]).find(({ id }) => id === 'words');
  expect(field?.value).toBe('répétée');
});

it('a new name is found, and the one before no more', async () => {
  const before = { ...person('Ancien Nom'), aadObjectId: 'aad-renamed', id: '29:renamed' };
  const id = await offerTalk(bot, before);
  await bot.click({ ...before, name: 'Nouveau Patronyme' }, 'help.open');
  expect(await found('patronyme')).toEqual([await numberOf(id)]);
  expect(await found('ancien')).toEqual([]);
});

it('what was stored before there was a search is found too, after the job has run once', async () => {
  await bot.app.services.store.transact(async (tx) => {
    for (const { id } of await tx.all('words')) await tx.remove('words', id);
    await tx.remove('jobs', 'search-words:1');
  });
  expect(await found('exemple')).toEqual([]);
  expect(await bot.app.runJob('words', { dryRun: true })).toContain('would');
  expect(await bot.app.runJob('words', { dryRun: false })).toContain('indexed');
  expect(await found('exemple')).toEqual([talk]);
  expect(await found('jean fictif')).toHaveLength(4);
  expect(await bot.app.runJob('words', { dryRun: false })).toBe('all words are indexed');
});

it('is for coordinators, and what is written shows as it is', async () => {
  expect(await search('41', zoe)).toContain(says('fr', 'refusal.notCoordinator.heading'));
  const { value } = await bot.click(hugo, 'search.find', { words: '[x](https://x.test) **a**' });
  expect(JSON.stringify(value)).toContain('\\\\[x\\\\]');
});

it('is answered in the coordinators’ channel where it is written', async () => {
  const [card] = await bot.say(hugo, `<at>Passerelle</at> rechercher ${talk}`, inChannel.where);
  expect(textOf(card)).toContain(`n° ${talk} :`);
  expect(bot.connector.personal(chatOf(hugo)).at(-1)?.card).not.toBe(card);
});

it('is restricted to an area, with words or without, from page to page', async () => {
  for (let n = 0; n < 5; n++)
    await offerTalk(bot, person('Nora Répandue'), {
      school: '',
      schools: '0750001U',
      firstDay: '2026-12-15',
    });
  const find = async (inputs: object) => (await bot.click(hugo, 'search.find', inputs)).value;
  const numbers = (card: unknown) => [...textOf(card).matchAll(/n° (\d+) :/g)].map(([, n]) => n);
  expect(numbers(await find({ words: session, byArea: '10' }))).toContain(session);
  const elsewhere = await find({ words: session, byArea: '14' });
  expect(numbers(elsewhere)).toEqual([]);
  expect(textOf(elsewhere)).toContain('Seulement : Rennes.');
  const coming = await find({ words: '', byArea: 'Île-de-France' });
  expect(textOf(coming)).toContain('à venir : Région Île-de-France');
  expect(numbers(coming)).not.toContain(session);
  const next = (await bot.click(hugo, 'search.page', formData(coming, 'search.page'))).value;
  expect(textOf(next)).toContain('Région Île-de-France');
  expect(textOf(await find({ words: '', byArea: 'nowhere' }))).toContain(says('fr', 'search.how'));
});
