import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { importCalendar } from '../../src/reference/calendar/import-calendar.js';
import {
  amy,
  coordination,
  findAction,
  formData,
  hugo,
  ines,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  chatOf,
  faultsOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  inputsOf,
  placement,
  postsIn,
  says,
  startFast,
  talk,
  written,
} from '../support/flows.js';
import { inventedFile, officialCsv } from '../support/official-calendar.js';

let folder: string;
let bot: TestBot;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-calendars-'));
  cpSync('data', join(folder, 'data'), { recursive: true });
  symlinkSync(resolve('cards'), join(folder, 'cards'));
  cpSync('convention.json', join(folder, 'convention.json'));
  const env = { CONVENTION_FILE: join(folder, 'convention.json') };
  bot = await startFast({ env, parts: { root: folder } });
  await bot.setUp([hugo]);
});
afterEach(async () => {
  await bot.close();
  rmSync(folder, { recursive: true });
});

interface Row {
  [field: string]: unknown;
}

/** What the ministry publishes: the bot reads it when it starts again. */
async function publish(file: string, wanted: Row, change: Row): Promise<void> {
  const path = join(folder, 'data', file);
  const content = JSON.parse(readFileSync(path, 'utf8')) as { rows: Row[] };
  const row = content.rows.find((r) => Object.entries(wanted).every(([field, value]) => r[field] === value));
  Object.assign(row ?? {}, change);
  writeFileSync(path, JSON.stringify(content));
  await bot.restart();
  await bot.app.drain();
}

/** The winter holidays of zone A, that of Lyon, come in January, over the week of the offers. */
const earlyWinter = () =>
  publish(
    'school-holidays.json',
    { schoolYear: '2026-2027', zone: 'A', period: 'Hiver' },
    { firstDayOff: '2027-01-16', lastDayOff: '2027-01-31' },
  );
/** What an amendment changes of the settings of the convention. */
async function amend(change: Row): Promise<void> {
  const path = join(folder, 'convention.json');
  const content = JSON.parse(readFileSync(path, 'utf8')) as { settings: Row };
  Object.assign(content.settings, change);
  writeFileSync(path, JSON.stringify(content));
  await bot.restart();
  await bot.app.drain();
}
/** The hours of the convention, with others that an amendment sets. */
const hours = (change: Row) => ({ hours: { ...bot.app.services.convention.hours, ...change } });
const fortnight = (change: Row) => publish('seconde-weeks.json', { schoolYear: '2026-2027' }, change);

const seconde = { ...placement, kind: 'placement-2de', firstDay: '2027-06-14', lastDay: '2027-06-25' };
const offer = async (who = ines, inputs: object = {}) =>
  idIn((await fill(bot, who, 'accueillir', { ...placement, ...inputs })).value, 'mine.withdraw');
const told = async (who = ines) =>
  (await postsIn(bot, chatOf(who))).filter((card) => textOf(card).includes(says('fr', 'recheck.note')));
const listed = async () =>
  (await postsIn(bot, coordination)).filter((c) => textOf(c).includes(says('fr', 'recheck.list.lead')));

it('an offer keeps what it was checked under', async () => {
  await offer();
  await offer(ines, seconde);
  const [fine, provisional] = (await all(bot, 'actions')).map((a) => a.checked);
  expect(fine).toMatchObject({ certainty: 'fine', under: fine?.since });
  expect(provisional).toMatchObject({ certainty: 'provisional', under: fine?.under });
});

it('holidays that move over a week that waits: its author is told why and can correct it, the channel lists it', async () => {
  const id = await offer();
  await earlyWinter();
  const [card] = await told();
  expect(await told()).toHaveLength(1);
  expect(textOf(card)).toContain(says('fr', 'recheck.broken.heading'));
  expect(textOf(card)).toContain('Ces jours tombent dans les vacances d’hiver de la zone A');
  expect(idIn(card, 'host.edit')).toBe(id);
  const [list] = await listed();
  expect(await listed()).toHaveLength(1);
  expect(textOf(list)).toContain(says('fr', 'recheck.list.heading', { count: 1 }));
  expect(idIn(list, 'approval.view')).toBe(id);
  expect(textOf(list)).toContain('Inès Exemple');
});

it('one that waits cannot be approved as it is: the coordinator is told why, and may ask for changes', async () => {
  const id = await offer();
  await earlyWinter();
  const view = await bot.click(hugo, 'approval.view', { id }, inChannel);
  const verbs = ['approval.approve', 'approval.decline', 'approval.askChanges'];
  expect(verbs.map((verb) => hasButton(view.value, verb))).toEqual([false, true, true]);
  const before = await written(bot);
  const refused = textOf((await bot.click(hugo, 'approval.approve', { id }, inChannel)).value);
  expect(refused).toContain(says('fr', 'refusal.notPossible.heading', { number: 1 }));
  expect(refused).toContain('vacances d’hiver de la zone A');
  expect(await written(bot)).toBe(before);
  const changes = { id, changes: 'Une semaine hors vacances.' };
  await bot.click(hugo, 'approval.askChanges', changes, inChannel);
  expect((await all(bot, 'engagements')).map((e) => e.state)).toEqual(['sent-back']);
});

it('an approved one cannot be corrected: other dates are offered, in the language of its author', async () => {
  const id = await offer(amy);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  await earlyWinter();
  const cards = await postsIn(bot, chatOf(amy));
  const card = cards.find((c) => textOf(c).includes(says('en', 'recheck.broken.heading')));
  expect(textOf(card)).toContain(says('en', 'recheck.next.again'));
  expect([hasButton(card, 'host.edit'), hasButton(card, 'host.again')]).toEqual([false, true]);
});

it('each change is told once, however often the bot starts and the job is run', async () => {
  await offer();
  await earlyWinter();
  for (let i = 0; i < 3; i++) {
    await bot.restart();
    await bot.app.runJob('recheck', { dryRun: false });
  }
  expect([await told(), await listed()].map((cards) => cards.length)).toEqual([1, 1]);
  // Another version, under which nothing new breaks.
  await fortnight({ official: true });
  expect([await told(), await listed()].map((cards) => cards.length)).toEqual([1, 1]);
});

it('what the change does not concern is left alone, and so is what was withdrawn', async () => {
  await offer(ines, { academies: '01' });
  const id = await offer(zoe);
  await bot.click(zoe, 'mine.withdrawConfirmed', { id });
  await earlyWinter();
  expect([await told(), await told(zoe), await listed()].map((cards) => cards.length)).toEqual([0, 0, 0]);
});

it('a fortnight that becomes official is confirmed to those who offered it, and nobody else hears of it', async () => {
  const id = await offer(ines, seconde);
  await offer(zoe);
  await fortnight({ official: true });
  const [card] = await told();
  expect(textOf(card)).toContain(says('fr', 'recheck.confirmed.heading'));
  expect(textOf(card)).toContain(says('fr', 'recheck.next.nothing'));
  expect([hasButton(card, 'host.edit'), hasButton(card, 'host.again')]).toEqual([false, false]);
  expect([await told(zoe), await listed()].map((cards) => cards.length)).toEqual([0, 0]);
  const kept = (await all(bot, 'actions')).find((a) => a.id === id);
  expect(kept?.checked).toMatchObject({ certainty: 'fine' });
});

it('a fortnight that becomes official on other days breaks what was offered', async () => {
  await offer(ines, seconde);
  await fortnight({ official: true, firstDay: '2027-06-21', lastDay: '2027-07-02' });
  const [card] = await told();
  expect(textOf(card)).toContain('La séquence de 2de a lieu du 21 juin au 2 juillet 2027');
  expect(await listed()).toHaveLength(1);
});

it('a correction that is possible ends it: the card in the chat and the list are drawn from what is so now', async () => {
  const id = await offer();
  await earlyWinter();
  const edit = await bot.click(ines, 'host.edit', { id });
  const data = formData(edit.value, 'host.submit', {
    ...placement,
    firstDay: '2027-02-08',
    lastDay: '2027-02-12',
  });
  await bot.click(ines, 'host.submit', data);
  const kept = (await all(bot, 'actions')).find((a) => a.id === id);
  expect(kept?.checked).toMatchObject({ certainty: 'fine' });
});

it('of many, the list has four a page, and whoever reads it in the channel goes through them, nobody else', async () => {
  for (let i = 0; i < 6; i++) await offer(ines, { remark: `Offre ${i}` });
  await earlyWinter();
  const [first] = await listed();
  const rowsIn = (card: unknown) => textOf(card).match(/› \||›$/g)?.length;
  expect([(await listed()).length, rowsIn(first)]).toEqual([1, 4]);
  expect(inputsOf(first ?? {})).toEqual({});
  const data = formData(first ?? {}, 'recheck.page');
  const second = await bot.click(hugo, 'recheck.page', data, inChannel);
  expect(rowsIn(second.value)).toBe(2);
  const back = await bot.click(hugo, 'recheck.page', formData(second.value, 'recheck.page'), inChannel);
  expect(rowsIn(back.value)).toBe(4);
  expect((await bot.click(zoe, 'recheck.page', data, inChannel)).value).toEqual(second.value);
  const elsewhere = await bot.click(zoe, 'recheck.page', data);
  expect(textOf(elsewhere.value)).toContain(says('fr', 'refusal.notCoordinator.heading'));
});

it('the list is restricted to an académie when it concerns several, and stays so from page to page', async () => {
  for (let i = 0; i < 5; i++) await offer(ines, { remark: `Offre ${i}` });
  await offer(ines, { academies: '08' });
  await earlyWinter();
  const [first] = await listed();
  const show = async (byArea: string, card = first) => {
    const data = formData(card ?? {}, 'recheck.page', { byArea });
    return (await bot.click(hugo, 'recheck.page', { ...data, page: 0 }, inChannel)).value;
  };
  const grenoble = textOf(await show('08'));
  expect(grenoble).toContain('Seulement : Grenoble.');
  expect(grenoble).toContain(says('fr', 'recheck.list.heading', { count: 1 }));
  const lyon = await show('10');
  expect(textOf(lyon)).toContain(says('fr', 'recheck.list.heading', { count: 5 }));
  const next = findAction(lyon, 'recheck.page')?.data ?? {};
  expect(next).toMatchObject({ area: '10', page: 1 });
  expect(textOf((await bot.click(hugo, 'recheck.page', next, inChannel)).value)).toContain(
    'Seulement : Lyon.',
  );
  expect(textOf(await show('all', lyon))).toContain(says('fr', 'recheck.list.heading', { count: 6 }));
});

it('an amendment that allows fewer places breaks what has more: both are told once, with the limit', async () => {
  const id = await offer(ines, { places: '10' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  await offer(zoe, { places: '8' });
  await amend({ maxPlaces: 8 });
  for (let i = 0; i < 2; i++) await bot.restart();
  const [card] = await told();
  expect([(await told()).length, (await told(zoe)).length, (await listed()).length]).toEqual([1, 0, 1]);
  for (const shown of [card, (await listed())[0]])
    expect(textOf(shown)).toContain(says('fr', 'host.placesError', { max: 8 }));
  expect((await all(bot, 'actions')).find((a) => a.id === id)?.checked?.certainty).toBe('refused');
  await amend({ maxPlaces: 10 });
  expect(textOf((await told()).at(-1))).toContain(says('fr', 'recheck.confirmed.heading'));
});

it('an amendment that shortens the week breaks what has longer hours', async () => {
  const id = await offer(ines, { from: '09:00', until: '17:00', breakMinutes: '60' });
  await offer(zoe);
  await amend(hours({ perWeek: 30 }));
  const [card] = await told();
  expect(textOf(card)).toContain(says('fr', 'host.hours.week-too-long', { perWeek: 30 }));
  expect(await told(zoe)).toEqual([]);
  const shown = await bot.click(ines, 'mine.show', { id });
  expect(textOf(shown.value)).toContain(says('fr', 'request.hoursChanged'));
});

it('an amendment that changes nothing for what is planned tells nobody', async () => {
  await offer();
  const [before] = await all(bot, 'actions');
  await amend({ maxPlaces: 20, ...hours({ earliest: '07:00' }) });
  expect([await told(), await listed()].map((cards) => cards.length)).toEqual([0, 0]);
  const [after] = await all(bot, 'actions');
  expect(after?.checked?.under).not.toBe(before?.checked?.under);
  expect(after?.checked?.since).toBe(before?.checked?.since);
  await amend({ lateAfterDays: 9 });
  expect((await all(bot, 'actions'))[0]?.checked).toEqual(after?.checked);
});

it('what is no placement keeps the version it was checked under as well', async () => {
  await fill(bot, ines, 'proposer', talk);
  await fill(bot, hugo, 'publier', { ...talk, seats: '2' });
  await offer();
  const under = (await all(bot, 'actions')).map((a) => a.checked?.under);
  expect(under).toHaveLength(3);
  expect(new Set(under).size).toBe(1);
});

describe('the official calendar of a year that was not published', () => {
  const winter = { firstDay: '2029-02-12', lastDay: '2029-02-16' };
  beforeEach(() => bot.setNow('2027-11-22T08:00:00.000Z'));

  /** What `npm run job -- calendar --from FILE` does, before the bot starts again. */
  async function importYear(): Promise<void> {
    const file = join(folder, 'calendar.csv');
    writeFileSync(file, officialCsv(inventedFile));
    await importCalendar(file, join(folder, 'data'), { dryRun: false });
    await bot.restart();
    await bot.app.drain();
  }

  it('once imported breaks what was approved in its holidays, and confirms the rest', async () => {
    const id = await offer(ines, winter);
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    await offer(zoe, { ...winter, academies: '09' });
    expect((await all(bot, 'actions')).map((a) => a.checked?.certainty)).toEqual(['unknown', 'unknown']);
    await importYear();
    expect(textOf((await told()).at(-1))).toContain(says('fr', 'recheck.broken.heading'));
    expect(textOf((await told(zoe)).at(-1))).toContain(says('fr', 'recheck.confirmed.heading'));
    const [list] = await listed();
    expect([idIn(list, 'approval.view'), (await listed()).length]).toEqual([id, 1]);
  });

  it('says why not where a calendar is its own, by the name that it gives its holidays', async () => {
    const october = { firstDay: '2028-10-09', lastDay: '2028-10-13', academies: '28' };
    await offer(ines, october);
    await importYear();
    for (const card of [(await told()).at(-1), (await listed()).at(-1)])
      expect(textOf(card)).toContain(
        'Ces jours tombent dans des vacances scolaires (Réunion : Après 1ère période)',
      );
    const { value } = await fill(bot, amy, 'accueillir', { ...placement, ...october });
    expect(faultsOf(value)[0]?.text).toContain('school holidays (Réunion: Après 1ère période)');
    expect(hasButton(value, 'host.useDates')).toBe(true);
  });
});

it('a dry run counts, writes nothing and tells nobody', async () => {
  await offer();
  await bot.app.services.store.transact(async (tx) => {
    for (const { id } of await tx.all('jobs')) await tx.remove('jobs', id);
    for (const action of await tx.all('actions'))
      await tx.put('actions', {
        ...action,
        firstDay: '2027-02-15',
        lastDay: '2027-02-19',
        checked: { under: 'another', certainty: 'fine', since: 'another' },
      });
  });
  const before = await written(bot);
  expect(await bot.app.runJob('recheck', { dryRun: true })).toContain('1 planned, 1 possible no more');
  expect(await written(bot)).toBe(before);
  await bot.app.runJob('recheck', { dryRun: false });
  expect(await told()).toHaveLength(1);
});
