import { regional } from '../../src/features/regional/index.js';
import { findAction, formData, hugo, ines, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { all, chatOf, hasButton, inputsOf, keepingLog, postsIn, says, startFast } from '../support/flows.js';
import { aHeldPlacement, aHeldTalk, aPlannedTalk, storeAll } from '../support/report-data.js';

// Friday 4 December 2026. The card is due on the first Monday, the 7th, at 09:00 in Paris.
const [before, due] = ['2026-12-04T09:00:00.000Z', '2026-12-07T08:00:00.000Z'];
const lyon = { academies: ['10'] };
const { lines, log } = keepingLog();
const idOf = (n: number) => `01REG${String(n).padStart(21, '0')}`;

let bot: TestBot;
beforeEach(async () => {
  lines.length = 0;
  bot = await startFast({
    now: before,
    parts: { log },
    convention: {
      regionalCoordinators: [
        { person: ines.aadObjectId, academie: '10' },
        { person: hugo.aadObjectId.toUpperCase(), region: 'Auvergne-Rhône-Alpes' },
        { person: louis.aadObjectId, academie: '14' },
      ],
    },
  });
  await bot.setUp([hugo]);
  for (const who of [ines, zoe, hugo]) await bot.click(who, 'help.open');
  await storeAll(bot, [
    aHeldTalk([ines.aadObjectId, zoe.aadObjectId], { id: idOf(1), number: 1, ...lyon }),
    aHeldPlacement([zoe.aadObjectId], { id: idOf(2), number: 2, ...lyon }),
    aPlannedTalk([zoe.aadObjectId], { id: idOf(3), number: 3, firstDay: '2027-01-12', ...lyon }),
    aPlannedTalk([zoe.aadObjectId], { id: idOf(4), number: 4, firstDay: '2027-01-13', academies: ['14'] }),
  ]);
  await bot.restart();
});
afterEach(() => bot.close());

const run = (dryRun = false) => bot.app.runJob('regional', { dryRun });
const cardsOf = async (who: typeof ines) =>
  (await postsIn(bot, chatOf(who))).filter((card) => hasButton(card, 'regional.mute'));
const runs = async () =>
  (await all(bot, 'jobs')).map(({ id }) => id).filter((id) => id.startsWith('regional:'));
const click = async (who: typeof ines, verb: string, area = '10') =>
  (await bot.click(who, verb, { area, page: 0 })).value;

it('is sent once a month to everybody who is named and known, however often the job runs', async () => {
  await run();
  expect(await cardsOf(ines)).toHaveLength(0);
  bot.setNow(due);
  await Promise.all([run(), run(), run()]);
  await bot.restart();
  await run();
  expect(await cardsOf(ines)).toHaveLength(1);
  expect(await cardsOf(hugo)).toHaveLength(1);
  expect(await cardsOf(zoe)).toHaveLength(0);
  bot.setNow('2027-01-04T08:00:00.000Z');
  await run();
  expect(await cardsOf(ines)).toHaveLength(2);
});

it('says what is done and planned there, in the language of its reader', async () => {
  bot.setNow(due);
  await run();
  const [card = {}] = await cardsOf(ines);
  const said = textOf(card);
  expect(said).toContain('Lyon · Année scolaire 2026-2027');
  expect(said).toContain('2 actions tenues, 1 action à venir');
  expect(said).toContain('30 | élèves');
  expect(said).toContain('mardi 12 janvier 2027');
  expect(said).not.toContain('mercredi 13 janvier');
  expect(said).not.toContain(zoe.name);
  await bot.click(ines, 'preferences.save', { language: 'en' });
  bot.setNow('2027-01-04T08:00:00.000Z');
  await run();
  expect(textOf((await cardsOf(ines)).at(-1))).toContain('2 actions held, 1 action to come');
});

it('shows small figures and places to coordinators only', async () => {
  await storeAll(bot, [
    aHeldPlacement([zoe.aadObjectId], { id: idOf(5), number: 5, academies: ['14'], firstDay: '2026-11-09' }),
  ]);
  await bot.restart();
  await bot.click(louis, 'help.open');
  bot.setNow(due);
  await run();
  const [small] = await cardsOf(louis);
  expect(textOf(small)).toContain(says('fr', 'regional.hidden', { count: 5 }));
  expect(textOf(small)).not.toContain('élève mobil');
  expect(textOf(small)).not.toContain(says('fr', 'report.fact.places'));
  expect(hasButton(small, 'report.lines')).toBe(false);
  const [full] = await cardsOf(hugo);
  expect(textOf(full)).toContain('2 actions tenues');
  expect(textOf(full)).toContain('3 places offertes, 2 pourvues');
  expect(textOf(await click(hugo, 'regional.open', '14'))).toContain('3 places offertes, 2 pourvues');
});

it('its buttons open the lists of its area', async () => {
  bot.setNow(due);
  await run();
  const [card = {}] = await cardsOf(hugo);
  const open = async (verb: string) => textOf((await bot.click(hugo, verb, formData(card, verb))).value);
  expect(await open('regional.planned')).toContain('mardi 12 janvier 2027');
  expect(await open('pending.page')).toContain('Seulement : Région Auvergne-Rhône-Alpes.');
  expect(await open('report.lines')).toContain('Seulement : Région Auvergne-Rhône-Alpes.');
});

it('whoever is named sees their area and no other, and nobody else sees any', async () => {
  expect(hasButton(await click(ines, 'regional.open'), 'regional.planned')).toBe(true);
  const refused = says('fr', 'refusal.notCoordinator.heading');
  for (const verb of ['regional.open', 'regional.planned', 'regional.mute']) {
    expect(textOf(await click(ines, verb, '14'))).toContain(refused);
    expect(textOf(await click(ines, verb, 'Auvergne-Rhône-Alpes'))).toContain(refused);
    expect(textOf(await click(zoe, verb))).toContain(refused);
  }
  expect(textOf((await bot.click(ines, 'report.lines', { area: '10' })).value)).toContain(refused);
});

it('a card without an area, as no button has it, opens none', async () => {
  for (const area of ['', 'nowhere'])
    expect(textOf(await click(hugo, 'regional.open', area))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
});

it('can be stopped on the card and in the preferences, and comes again', async () => {
  const muted = await click(ines, 'regional.mute');
  expect(textOf(muted)).toContain(says('fr', 'regional.muted'));
  bot.setNow(due);
  expect(await run(true)).toContain('1 do not want it');
  await run();
  expect(await cardsOf(ines)).toHaveLength(0);
  const [form = {}] = await bot.say(ines, 'préférences');
  expect(inputsOf(form)).toMatchObject({ regional: 'always' });
  const saved = await bot.click(
    ines,
    'preferences.save',
    formData(form, 'preferences.save', { ...inputsOf(form), regional: 'on' }),
  );
  expect(textOf(saved.value)).toContain(says('fr', 'preferences.now.regional.on'));
  await run();
  expect(await cardsOf(ines)).toHaveLength(1);
  await click(ines, 'regional.mute');
  expect(findAction(await click(ines, 'regional.unmute'), 'regional.mute')).toBeDefined();
});

it('the preferences of others do not ask about it, and keep nothing of it', async () => {
  const [form = {}] = await bot.say(zoe, 'préférences');
  expect(inputsOf(form)).not.toHaveProperty('regional');
  const saved = await bot.click(zoe, 'preferences.save', formData(form, 'preferences.save', inputsOf(form)));
  expect(textOf(saved.value)).not.toContain('carte du mois');
});

it('says once a month in the log how many cannot be reached, without a name', async () => {
  bot.setNow(due);
  await run();
  await run();
  const said = lines.filter((line) => line.includes('cannot be reached'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('1 of those named cannot be reached');
  expect(said[0]).not.toContain(louis.aadObjectId);
  // Somebody who opens their chat during the week gets it then, and not after that.
  bot.setNow('2026-12-10T09:00:00.000Z');
  await bot.click(louis, 'help.open');
  await run();
  expect(await cardsOf(louis)).toHaveLength(1);
});

it('nothing is in the log when everybody gets it, and nothing is done where nobody is named', async () => {
  await bot.click(louis, 'help.open');
  bot.setNow(due);
  await run();
  expect(await cardsOf(louis)).toHaveLength(1);
  expect(lines.filter((line) => line.includes('cannot be reached'))).toEqual([]);
  await bot.close();
  bot = await startFast({ now: due });
  expect(await run()).toBe('regional: nothing is due');
  expect(await runs()).toEqual([]);
});

it('a dry run says what it would do, and writes and sends nothing', async () => {
  bot.setNow(due);
  expect(await run(true)).toBe(
    'regional 2026-12: would owe 2 cards; 1 of those named cannot be reached, 0 do not want it',
  );
  expect(await runs()).toEqual([]);
  expect(await cardsOf(ines)).toHaveLength(0);
});

it('is not drawn for somebody who is named no more, or does not want it any more', async () => {
  bot.setNow(due);
  await run();
  await bot.app.drain();
  const rows = (await all(bot, 'outbox')).filter(({ message }) => message === 'regional.card');
  const own = rows.find(({ data }) => data.person === ines.aadObjectId);
  if (!own) throw new Error('nothing was sent');
  const { services } = bot.app;
  const draw = (data: object = {}) =>
    services.store.read(async (reader) =>
      regional.messages?.card?.({ ...own, data: { ...own.data, ...data } }, reader, services),
    );
  expect(await draw()).toMatchObject({ template: 'regional-card' });
  expect(await draw({ person: zoe.aadObjectId })).toBeUndefined();
  expect(await draw({ area: '14' })).toBeUndefined();
  await click(ines, 'regional.mute');
  expect(await draw()).toBeUndefined();
});
