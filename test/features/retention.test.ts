import { instantAt } from '../../src/domain/calendar/working-hours.js';
import { addDays } from '../../src/domain/days.js';
import { standInId } from '../../src/features/shared/stand-ins.js';
import { StoreUnavailable, type Transaction } from '../../src/ports.js';
import type { Person } from '../../src/records.js';
import { dayAt, zone } from '../../src/text/dates.js';
import {
  amy,
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  person,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import type { SeenRequest } from '../support/connector.js';
import { finishErasing, kindsWith, liveAYear, pastFigures, traces } from '../support/erasure-flows.js';
import { activityFrom, all, chatOf, hasButton, postsIn, says, startFast, written } from '../support/flows.js';
import { aHeldTalk, aPlannedTalk, storeAll } from '../support/report-data.js';
import { publicUrl } from '../support/samples-reminders.js';

// Inès writes on Monday 23 November 2026: she is told on Tuesday 23 October 2029, and erased on Friday 23 November.
const [told, erased] = ['2029-10-23', '2029-11-23'];
let bot: TestBot;
const begin = async (options: Parameters<typeof startFast>[0] = {}) => {
  bot = await startFast({ env: publicUrl, ...options });
};
afterEach(() => bot.close());

const run = (dryRun = false) => bot.app.runJob('retention', { dryRun });
/** Runs the job as it is on a day, at ten in the morning or at another time of Paris. */
const jumpTo = (day: string, time = '10:00') => {
  bot.setNow(instantAt(day, time, zone));
  return run();
};
/** The same, and on each day before, if it is a matter of weeks: the bot has run meanwhile. */
const runOn = async (day: string, time?: string) => {
  const from = dayAt(bot.now());
  if (addDays(from, 60) > day)
    for (let at = addDays(from, 1); at < day; at = addDays(at, 1)) await jumpTo(at);
  return jumpTo(day, time);
};
const noticesOf = async (who: TestPerson): Promise<CardJson[]> =>
  (await postsIn(bot, chatOf(who))).filter((card) => hasButton(card, 'retention.keep'));
const listHeading = (count: number) => says('fr', 'retention.coming.heading', { count });
const cardsOfCoordinators = async (): Promise<string[]> =>
  (await postsIn(bot, coordination))
    .map(textOf)
    .filter((text) => text.includes('seront effacées de') || text.includes('sera effacée de'));
const recordOf = async (who: TestPerson): Promise<Person | undefined> =>
  (await all(bot, 'people')).find(({ id }) => id === who.aadObjectId);
const isErasing = async (who: TestPerson) =>
  (await all(bot, 'erasures')).some(({ person }) => person?.id === who.aadObjectId);
const uninstall = async (who: TestPerson, action = 'remove') => {
  await bot.raw(activityFrom(bot, who, { type: 'installationUpdate', action }));
};
const change = async (who: TestPerson, what: (known: Person) => Person) => {
  const known = await recordOf(who);
  await bot.app.services.store.transact(async (tx) => {
    if (known) await tx.put('people', what(known));
  });
};

describe('who has done nothing for three years', () => {
  beforeEach(async () => {
    await begin();
    await bot.say(ines, 'aide');
  });

  it('is told a month before, once, what is erased and when, however often the job runs', async () => {
    await runOn('2029-10-22');
    expect(await noticesOf(ines)).toHaveLength(0);
    bot.setNow('2029-10-23T08:00:00.000Z');
    await Promise.all([run(), run(), run()]);
    await bot.restart();
    await run();
    for (const day of ['2029-10-24', '2029-11-05', '2029-11-22']) await runOn(day);
    const [notice, ...others] = await noticesOf(ines);
    expect(others).toEqual([]);
    const text = textOf(notice);
    expect(text).toContain(says('fr', 'retention.notice.heading', { day: 'vendredi 23 novembre 2029' }));
    expect(text).toContain(says('fr', 'retention.notice.lead', { count: 3, day: 'lundi 23 novembre 2026' }));
    expect(text).toContain(says('fr', 'erasure.erased'));
    expect(hasButton(notice, 'data.open')).toBe(true);
  });

  it('is erased on the day, from the first look in the morning on, and not before', async () => {
    await runOn(told);
    await runOn('2029-11-22', '23:59');
    await jumpTo(erased, '07:59');
    expect(await recordOf(ines)).toBeDefined();
    expect(await isErasing(ines)).toBe(false);
    bot.setNow('2029-11-23T07:00:00.000Z');
    await Promise.all([run(), run()]);
    expect(await recordOf(ines)).toBeUndefined();
    expect(await isErasing(ines)).toBe(true);
    await run();
    await finishErasing(bot);
    expect(await kindsWith(bot, traces)).toEqual([]);
  });

  it('keeps everything with the button, and three years later it begins anew', async () => {
    await runOn(told);
    const [notice = {}] = await noticesOf(ines);
    bot.setNow('2029-11-22T09:00:00.000Z');
    const { value } = await bot.click(ines, 'retention.keep', formData(notice, 'retention.keep'));
    expect(textOf(value)).toContain(says('fr', 'retention.kept.lead', { day: 'lundi 22 novembre 2032' }));
    await runOn(erased);
    await runOn('2032-10-21');
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2029-11-22' });
    expect(await noticesOf(ines)).toHaveLength(1);
    await runOn('2032-10-22');
    expect(await noticesOf(ines)).toHaveLength(2);
    await runOn('2032-11-19');
    expect(await isErasing(ines)).toBe(false);
    await runOn('2032-11-22');
    expect(await isErasing(ines)).toBe(true);
  });

  it('keeps everything with a word, and what waits to be sent then is not', async () => {
    await runOn('2029-10-23');
    bot.setNow('2029-11-22T22:00:00.000Z');
    await bot.say(ines, 'bonjour');
    expect((await recordOf(ines))?.expiry).toBeUndefined();
    await runOn(erased);
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2029-11-22' });
  });

  it('reads nothing of it when they do something before it is sent', async () => {
    await change(ines, (known) => ({ ...known, timeZone: 'America/New_York' }));
    await runOn(told);
    bot.setNow('2029-10-23T09:05:00.000Z');
    await bot.click(ines, 'help.open');
    bot.setNow('2029-10-23T14:00:00.000Z');
    expect(await noticesOf(ines)).toEqual([]);
    expect((await all(bot, 'outbox')).find(({ message }) => message === 'retention.notice')?.state).toBe(
      'void',
    );
  });

  it('is told in their own working hours, and the job looks for them in those of Paris', async () => {
    await change(ines, (known) => ({ ...known, timeZone: 'America/New_York' }));
    await runOn(told, '07:59');
    expect((await recordOf(ines))?.expiry).toBeUndefined();
    await runOn(told);
    const [message] = (await all(bot, 'outbox')).filter(({ message }) => message === 'retention.notice');
    expect(message?.dueAt).toBe('2029-10-23T12:00:00.000Z');
  });

  it('is told before a weekend what falls on it', async () => {
    // Saturday 15 December 2029 is a month before Tuesday 15 January 2030.
    await change(ines, (known) => ({ ...known, activeOn: '2027-01-15' }));
    await runOn('2029-12-13');
    expect(await noticesOf(ines)).toHaveLength(0);
    await runOn('2029-12-14');
    expect(await noticesOf(ines)).toHaveLength(1);
    expect((await recordOf(ines))?.expiry).toMatchObject({
      announcedOn: '2029-12-14',
      eraseOn: '2030-01-15',
    });
  });

  it('is told late, and erased a month after, if the bot was stopped meanwhile', async () => {
    await runOn('2031-03-31');
    expect(await noticesOf(ines)).toHaveLength(1);
    await runOn('2031-04-29');
    expect(await recordOf(ines)).toBeDefined();
    await runOn('2031-04-30');
    expect(await isErasing(ines)).toBe(true);
  });

  it('has another month after a pause in which they could not have answered', async () => {
    await runOn(told);
    expect(await noticesOf(ines)).toHaveLength(1);
    await jumpTo('2030-01-10');
    expect((await recordOf(ines))?.expiry).toMatchObject({ announcedOn: told, eraseOn: '2030-02-10' });
    await runOn('2030-02-08');
    expect(await isErasing(ines)).toBe(false);
    await runOn('2030-02-11');
    expect(await isErasing(ines)).toBe(true);
  });

  it('has another month when the message still waits to be sent on the day', async () => {
    await runOn(told);
    await bot.app.drain();
    const [row] = (await all(bot, 'outbox')).filter(({ message }) => message === 'retention.notice');
    await bot.app.services.store.transact(async (tx) => {
      if (row) await tx.put('outbox', { ...row, state: 'held' });
    });
    await runOn(erased);
    expect((await recordOf(ines))?.expiry).toMatchObject({ eraseOn: '2029-12-23' });
    expect(await isErasing(ines)).toBe(false);
  });

  it('is read from the records by a dry run, which writes nothing', async () => {
    bot.setNow('2029-10-23T09:00:00.000Z');
    const before = await written(bot);
    expect(await run(true)).toBe('retention: would announce 1, erase 0 (dry run)');
    expect([await written(bot), (await recordOf(ines))?.expiry]).toEqual([before, undefined]);
    await run();
    await runOn('2029-11-22');
    bot.setNow('2029-11-23T09:00:00.000Z');
    expect(await run(true)).toBe('retention: would announce 0, erase 1 (dry run)');
    expect(await recordOf(ines)).toBeDefined();
    expect(await run()).toBe('retention: announced 0, told the coordinators of 0, began to erase 1');
  });

  it('was told by a clock that was ahead, which says nothing', async () => {
    await runOn('2032-03-01');
    await runOn('2026-11-24');
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2026-11-23' });
    expect((await recordOf(ines))?.expiry).toBeUndefined();
    await runOn(told);
    expect((await recordOf(ines))?.expiry).toMatchObject({ announcedOn: told, eraseOn: erased });
  });

  it('looks once a day, and writes nothing when there is nothing to do', async () => {
    await runOn('2026-11-24');
    const { store } = bot.app.services;
    const { transact } = store;
    Object.assign(store, { transact: () => Promise.reject(new Error('nothing is to be written')) });
    await run();
    await expect(runOn('2026-11-25')).rejects.toThrow('nothing is to be written');
    Object.assign(store, { transact });
    await run();
  });

  it('is looked for again on a day that a clock that was ahead had recorded', async () => {
    await bot.app.services.store.transact((tx) =>
      tx.put('jobs', { id: 'retention', at: '2029-10-23T07:00:00.000Z', early: true }),
    );
    await runOn(told);
    expect(await noticesOf(ines)).toHaveLength(1);
  });
});

describe('what counts as an activity', () => {
  beforeEach(async () => {
    await begin();
    await bot.setUp([hugo]);
    await bot.say(ines, 'aide');
  });
  const by = ines.aadObjectId;
  const eraseOn = async () => {
    await runOn('2035-01-02');
    return (await recordOf(ines))?.activeOn;
  };

  it.each([
    [
      'the last day of what they took part in',
      aHeldTalk([by], { firstDay: '2027-05-04', lastDay: '2027-05-05' }),
      '2027-05-05',
    ],
    [
      'the day of a visit that nobody has answered about',
      aPlannedTalk([by], { firstDay: '2027-05-04', lastDay: '2027-05-04' }),
      '2027-05-04',
    ],
    [
      'not what did not take place',
      aHeldTalk([by], { firstDay: '2027-05-04', lastDay: '2027-05-04', state: 'not-held' }),
      '2026-11-23',
    ],
    [
      'not a talk of others',
      aHeldTalk([zoe.aadObjectId], { firstDay: '2027-05-04', lastDay: '2027-05-04', createdBy: by }),
      '2026-11-23',
    ],
  ])('%s', async (_, stored, day) => {
    await storeAll(bot, [stored]);
    expect(await eraseOn()).toBe(day);
  });

  it('an offer that a coordinator has entered for somebody counts until it is over, whatever is decided on it', async () => {
    for (const state of ['pending', 'sent-back', 'waitlisted'] as const) {
      const offer = aPlannedTalk([by], { firstDay: '2029-12-04', lastDay: '2029-12-04' });
      await storeAll(bot, [{ ...offer, engagements: offer.engagements.map((e) => ({ ...e, state })) }]);
      await jumpTo(told);
      expect(await noticesOf(ines)).toHaveLength(0);
    }
  });

  it('somebody with a visit to come is active until then', async () => {
    await storeAll(bot, [aPlannedTalk([by], { firstDay: '2029-12-04', lastDay: '2029-12-04' })]);
    await runOn(told);
    expect(await noticesOf(ines)).toHaveLength(0);
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2026-11-23' });
    await runOn('2032-11-04');
    expect((await recordOf(ines))?.expiry).toMatchObject({ eraseOn: '2032-12-04' });
  });

  it('a visit that a coordinator has entered after the announcement puts the erasure off', async () => {
    await runOn(told);
    const near = aPlannedTalk([by], {
      id: '01NEAR0000000000000000001',
      firstDay: '2026-11-30',
      lastDay: '2026-11-30',
    });
    await storeAll(bot, [near]);
    await runOn(erased);
    expect((await recordOf(ines))?.expiry).toMatchObject({ announcedOn: told, eraseOn: '2029-11-30' });
    await storeAll(bot, [aPlannedTalk([by], { firstDay: '2029-12-04', lastDay: '2029-12-04' })]);
    await runOn('2029-11-30');
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2026-11-30' });
    expect((await recordOf(ines))?.expiry).toBeUndefined();
  });

  it('of older records, what they did last says it; of nothing, today', async () => {
    const forget = ({ activeOn: _, ...known }: Person): Person => known;
    for (const who of [ines, hugo]) await change(who, forget);
    const move = { actionId: 'a', move: 'approve', from: 'pending', to: 'approved' };
    await bot.app.services.store.transact(async (tx) => {
      await tx.add('history', { ...move, id: 'own', by, at: '2026-03-02T23:30:00.000Z' });
      await tx.add('history', {
        ...move,
        id: 'for',
        by: 'other',
        onBehalfOf: by,
        at: '2026-05-02T09:00:00.000Z',
      });
      await tx.add('exports', {
        id: 'x',
        personId: by,
        file: 'report.table',
        about: '',
        at: '2026-02-02T09:00:00.000Z',
      });
    });
    await runOn('2026-11-24');
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2026-03-03' });
    expect(await recordOf(hugo)).toMatchObject({ activeOn: '2026-11-24' });
    await bot.app.services.store.transact((tx) =>
      tx.add('exports', {
        id: 'y',
        personId: by,
        file: 'report.table',
        about: '',
        at: '2026-04-02T09:00:00.000Z',
      }),
    );
    await change(ines, forget);
    await runOn('2026-11-25');
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2026-04-02' });
  });

  it('not that others add the bot for them, but it is known from then on who is new', async () => {
    await runOn(told);
    await uninstall(ines, 'add');
    expect((await recordOf(ines))?.expiry).toMatchObject({ eraseOn: erased });
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2026-11-23' });
    await uninstall(zoe, 'add');
    expect(await recordOf(zoe)).toMatchObject({ activeOn: told });
    await change(ines, ({ activeOn: _, expiry: __, ...known }) => known);
    await uninstall({ ...ines, name: 'Inès Exemple-Fictif' }, 'add');
    expect(await recordOf(ines)).toMatchObject({ name: 'Inès Exemple-Fictif' });
    expect((await recordOf(ines))?.activeOn).toBeUndefined();
  });

  it('the first turn of a day is written, and no other', async () => {
    bot.setNow('2026-11-24T09:00:00.000Z');
    await bot.click(ines, 'help.open');
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2026-11-24' });
    const { store } = bot.app.services;
    const { transact } = store;
    Object.assign(store, { transact: () => Promise.reject(new Error('nothing is to be written')) });
    expect((await bot.click(ines, 'help.open')).statusCode).toBe(200);
    Object.assign(store, { transact });
  });

  it('coordinators are people too', async () => {
    await runOn(told);
    expect(await noticesOf(hugo)).toHaveLength(1);
    await runOn(erased);
    expect([await isErasing(hugo), await isErasing(ines)]).toEqual([true, true]);
  });

  it('the years are a setting', async () => {
    await bot.close();
    await begin({ settings: { retentionYears: 1 } });
    await bot.say(amy, 'help');
    await runOn('2027-10-21');
    expect(await noticesOf(amy)).toHaveLength(0);
    await runOn('2027-10-22');
    const [notice] = await noticesOf(amy);
    expect(textOf(notice)).toContain(says('en', 'retention.notice.how', { count: 1 }));
    await runOn('2027-11-23');
    expect(await isErasing(amy)).toBe(true);
  });
});

describe('who cannot be told', () => {
  beforeEach(async () => {
    await begin();
    await bot.setUp([hugo]);
    for (const who of [ines, zoe]) await bot.say(who, 'aide');
    bot.setNow('2027-11-23T09:00:00.000Z');
    await bot.click(hugo, 'help.open');
    bot.setNow('2026-11-23T10:00:00.000Z');
  });

  it('is erased at the term, and the coordinators see it coming a month before, once', async () => {
    await uninstall(ines);
    await runOn('2029-10-22');
    expect(await cardsOfCoordinators()).toEqual([]);
    await runOn(told);
    await Promise.all([run(), run()]);
    await bot.restart();
    for (const day of ['2029-10-24', '2029-11-22']) await runOn(day);
    const [card = '', ...others] = await cardsOfCoordinators();
    expect(others).toEqual([]);
    expect(card).toContain(listHeading(1));
    expect(card).toContain(ines.name);
    expect(card).not.toContain(zoe.name);
    expect(card).toContain(says('fr', 'retention.coming.on', { day: 'vendredi 23 novembre 2029' }));
    expect(await noticesOf(ines)).toHaveLength(0);
    expect(await noticesOf(zoe)).toHaveLength(1);
    await runOn(erased);
    expect([await isErasing(ines), await isErasing(zoe)]).toEqual([true, true]);
  });

  it('is in a list of the coordinators until they do something', async () => {
    await uninstall(ines);
    await runOn(told);
    bot.setNow('2029-10-24T09:00:00.000Z');
    const list = async () => textOf((await bot.click(hugo, 'retention.coming', {})).value);
    expect(await list()).toContain(ines.name);
    await bot.say(ines, 'aide');
    expect(await list()).toContain(says('fr', 'retention.coming.none'));
    await runOn(erased);
    expect(await recordOf(ines)).toMatchObject({ activeOn: '2029-10-24' });
  });

  it('is known from the message that did not arrive', async () => {
    bot.connector.fail({
      match: ({ path }) => path.includes(chatOf(ines)),
      status: 403,
      code: 'BotNotInConversationRoster',
      times: 9,
    });
    await runOn(told);
    await bot.app.drain();
    expect(await cardsOfCoordinators()).toEqual([]);
    await runOn('2029-10-24');
    const [card = ''] = await cardsOfCoordinators();
    expect(card).toContain(ines.name);
    expect(card).not.toContain(zoe.name);
    const undelivered = textOf((await bot.click(hugo, 'pending.undelivered', {})).value);
    expect(undelivered).toContain(says('fr', 'pending.message.retention.notice'));
    await runOn('2029-10-25');
    expect(await cardsOfCoordinators()).toHaveLength(1);
    await runOn(erased);
    expect(await isErasing(ines)).toBe(true);
  });

  it('and nobody knows whether the message arrived: the coordinators are told', async () => {
    bot.connector.fail({
      match: ({ path }) => path.includes(chatOf(ines)),
      cut: 'after',
    });
    await runOn(told);
    await bot.app.drain();
    await runOn('2029-10-24');
    expect((await cardsOfCoordinators())[0]).toContain(ines.name);
  });

  it('whom Teams had refused, and can be written to at the term, is told once more and has another month', async () => {
    bot.connector.fail({
      match: ({ path }) => path.includes(chatOf(ines)),
      status: 403,
      code: 'BotNotInConversationRoster',
      times: 1,
    });
    await runOn(told);
    await bot.app.drain();
    await uninstall(ines, 'add');
    await runOn(erased);
    expect(await noticesOf(ines)).toHaveLength(1);
    expect((await recordOf(ines))?.expiry).toMatchObject({ again: true, eraseOn: '2029-12-23' });
    await runOn('2029-12-24');
    expect(await isErasing(ines)).toBe(true);
  });

  it('but can be at the term has another month', async () => {
    await uninstall(ines);
    await runOn(told);
    await uninstall(ines, 'add');
    await runOn(erased);
    expect(await noticesOf(ines)).toHaveLength(1);
    expect((await recordOf(ines))?.expiry).toMatchObject({ eraseOn: '2029-12-23' });
    await runOn('2029-12-23');
    expect(await isErasing(ines)).toBe(false);
    await runOn('2029-12-24');
    expect(await isErasing(ines)).toBe(true);
    expect(await noticesOf(ines)).toHaveLength(1);
  });

  it('somebody of a file, who never wrote, is named too and erased', async () => {
    const id = standInId('Paul Inventé', bot.app.services);
    const named = { id, teamsId: id, name: 'Paul Inventé', lang: 'fr' } as const;
    const claimed = { ...named, id: 'name:claimed', name: 'Inès Exemple', claimedBy: ines.aadObjectId };
    await bot.app.services.store.transact(async (tx) => {
      for (const each of [named, claimed]) await tx.put('people', each);
    });
    await storeAll(bot, [aHeldTalk([id], { firstDay: '2026-10-06', lastDay: '2026-10-06' })]);
    await runOn('2029-09-06');
    const [card = ''] = await cardsOfCoordinators();
    expect([card.includes('Paul Inventé'), card.includes(ines.name)]).toEqual([true, false]);
    await runOn('2029-10-05');
    expect((await all(bot, 'people')).some((each) => each.id === id)).toBe(true);
    await runOn('2029-10-08');
    await finishErasing(bot);
    expect(await kindsWith(bot, [id, 'Paul Inventé'])).toEqual([]);
  });

  it('is told of once there is a channel, in its language, if there was none', async () => {
    await bot.close();
    await begin({ settings: { channelLanguage: 'en' } });
    await bot.say(ines, 'aide');
    await uninstall(ines);
    await runOn(told);
    expect((await recordOf(ines))?.expiry?.toldOn).toBeUndefined();
    await bot.setUp([hugo]);
    await runOn('2029-10-24');
    const cards = (await postsIn(bot, coordination)).map(textOf);
    expect(
      cards.filter((text) => text.includes(says('en', 'retention.coming.heading', { count: 1 }))),
    ).toHaveLength(1);
  });

  it('is told of on a later day when the look of that day was interrupted', async () => {
    await uninstall(ines);
    const { store } = bot.app.services;
    const { transact } = store;
    const failsAtTheEnd = (work: (tx: Transaction) => Promise<unknown>) =>
      transact(async (tx) => {
        const put: Transaction['put'] = async (kind, record) => {
          if (kind === 'jobs') throw new StoreUnavailable('the process was killed');
          await tx.put(kind, record);
        };
        return work({ ...tx, put });
      });
    Object.assign(store, { transact: failsAtTheEnd });
    await expect(jumpTo(told)).rejects.toThrow();
    Object.assign(store, { transact });
    expect(await cardsOfCoordinators()).toEqual([]);
    await jumpTo('2029-10-24');
    expect((await cardsOfCoordinators())[0]).toContain(ines.name);
  });

  it('and does something before the message is sent is not in it', async () => {
    const toChannel = ({ body }: SeenRequest) => body?.channelData?.channel?.id === coordination;
    await uninstall(ines);
    bot.connector.fail({ match: toChannel, status: 429, retryAfter: 600 });
    await runOn(told);
    await bot.connector.waitFor(() => bot.connector.requests.some(toChannel));
    await bot.click(ines, 'help.open');
    bot.setNow('2029-10-23T10:00:00.000Z');
    expect(await cardsOfCoordinators()).toEqual([]);
  });
});

it('many are told of in one card, listed in pages, and erased a few at a time', async () => {
  await begin();
  await bot.setUp([hugo]);
  const many = Array.from({ length: 12 }, (_, n) => person(`Personne Inventée ${'abcdefghijkl'[n]}`));
  for (const who of many) {
    await bot.click(who, 'help.open');
    await uninstall(who);
  }
  await runOn('2028-01-03');
  bot.setNow('2028-01-03T10:00:00.000Z');
  await bot.click(hugo, 'help.open');
  await runOn(told);
  const [card = '', ...others] = await cardsOfCoordinators();
  expect(others).toEqual([]);
  expect(card).toContain(listHeading(12));
  const message = (await postsIn(bot, coordination)).at(-1) ?? {};
  const first = (await bot.click(hugo, 'retention.coming', formData(message, 'retention.coming'))).value;
  const next = (await bot.click(hugo, 'retention.coming', formData(first, 'retention.coming'))).value;
  expect([first, next].map((page) => many.filter(({ name }) => textOf(page).includes(name)).length)).toEqual([
    10, 2,
  ]);
  expect(textOf(next)).toContain(says('fr', 'list.position', { from: 11, to: 12, total: 12 }));
  await runOn(erased);
  await run();
  expect(await all(bot, 'erasures')).toHaveLength(5);
  for (let n = 0; n < 3; n++) {
    await finishErasing(bot);
    await run();
  }
  await finishErasing(bot);
  expect((await all(bot, 'people')).map(({ id }) => id)).toEqual([hugo.aadObjectId]);
});

it('a year that somebody has lived is erased with nothing left, and counts as before', async () => {
  await begin();
  await liveAYear(bot);
  const before = await pastFigures(bot);
  // What she has open longest is her availability, until 26 March 2027.
  await runOn('2030-02-25');
  expect(await noticesOf(ines)).toHaveLength(0);
  await runOn('2030-02-26');
  expect(await noticesOf(ines)).toHaveLength(1);
  bot.setNow('2030-02-27T09:00:00.000Z');
  await bot.click(hugo, 'help.open');
  await runOn('2030-03-25');
  expect(await recordOf(ines)).toBeDefined();
  await runOn('2030-03-26');
  expect(await recordOf(ines)).toBeUndefined();
  await finishErasing(bot);
  expect(await kindsWith(bot, traces)).toEqual([]);
  expect(await pastFigures(bot)).toEqual(before);
});
