import type { Action } from '../../src/domain/action.js';
import type { Services } from '../../src/features/feature.js';
import { planReminders } from '../../src/features/reminders/plan.js';
import { readRequest, writeMove } from '../../src/features/shared/records.js';
import type { Lang } from '../../src/records.js';
import { amy, hugo, ines, louis, type TestBot, type TestPerson, textOf, zoe } from '../support/bot.js';
import { aConvention, anAction, anEngagement, aPlacement, calendar } from '../support/builders.js';
import {
  activityFrom,
  all,
  chatOf,
  fill,
  idIn,
  inChannel,
  offerTalk,
  placement,
  postsIn,
  publishSession,
  says,
  startFast,
} from '../support/flows.js';
import { createMemoryStore } from '../support/memory-store.js';

describe('when reminders are due', () => {
  /** The reminders planned now for an approved engagement of Inès: when they are due, and until when. */
  async function planned(
    action: Action,
    { timeZone, now = '2026-09-01T08:00:00.000Z' }: { timeZone?: string; now?: string } = {},
  ) {
    const store = createMemoryStore();
    await store.transact((tx) =>
      tx.put('people', { id: 'ines', teamsId: '29:ines', lang: 'fr', ...(timeZone ? { timeZone } : {}) }),
    );
    const services = { convention: aConvention(), calendar, clock: { now: () => now } } as Services;
    const request = { action, engagements: [anEngagement(action, 'ines', 'approved')] };
    const tasks = await store.read((r) => planReminders(request, r, services));
    return tasks.map(({ dueAt, until }) => [dueAt.slice(0, 16), until.slice(0, 16)]);
  }

  it.each([
    ['an ordinary week', '2026-12-08', undefined, '2026-12-01T08:00', '2026-12-07T08:00', '2026-12-08T09:00'],
    [
      'summer time begins between',
      '2027-03-31',
      undefined,
      '2027-03-24T08:00',
      '2027-03-30T07:00',
      '2027-03-31T08:00',
    ],
    [
      'summer time ends between',
      '2027-11-03',
      undefined,
      '2027-10-27T07:00',
      '2027-11-02T08:00',
      '2027-11-03T09:00',
    ],
    [
      'a Monday: the Friday before',
      '2026-12-14',
      undefined,
      '2026-12-07T08:00',
      '2026-12-11T08:00',
      '2026-12-14T09:00',
    ],
    [
      'after Easter Monday, when the clocks have changed: the Friday before both',
      '2027-03-30',
      undefined,
      '2027-03-23T08:00',
      '2027-03-26T08:00',
      '2027-03-30T08:00',
    ],
    [
      'a week after a public holiday: the day before that',
      '2026-11-18',
      undefined,
      '2026-11-10T08:00',
      '2026-11-17T08:00',
      '2026-11-18T09:00',
    ],
    [
      'somebody in Tokyo',
      '2026-12-08',
      'Asia/Tokyo',
      '2026-12-01T00:00',
      '2026-12-07T00:00',
      '2026-12-08T09:00',
    ],
    [
      'somebody in Cayenne',
      '2026-12-08',
      'America/Cayenne',
      '2026-12-01T12:00',
      '2026-12-07T12:00',
      '2026-12-08T09:00',
    ],
  ])('%s', async (_, firstDay, timeZone, week, day, beginning) => {
    expect(await planned(anAction({ firstDay }), timeZone ? { timeZone } : {})).toEqual([
      [week, day],
      [day, beginning],
    ]);
  });

  it('a placement too, until midnight if its hours are not known', async () => {
    expect(await planned(aPlacement())).toEqual([
      ['2027-01-11T08:00', '2027-01-15T08:00'],
      ['2027-01-15T08:00', '2027-01-17T23:00'],
    ]);
  });

  it.each([
    ['five days before', '2026-12-03T08:00:00.000Z', 1],
    ['on the eve, after the hour', '2026-12-07T08:01:00.000Z', 0],
    ['on the day itself', '2026-12-08T08:00:00.000Z', 0],
  ])('approved %s, nobody is told what they have just heard', async (_, now, wanted) => {
    expect(await planned(anAction({ firstDay: '2026-12-08' }), { now })).toHaveLength(wanted);
  });

  it.each([
    ['an availability, which has no day yet', { halfDays: ['am'] as const }],
    ['a cancelled action', { state: 'cancelled' as const }],
  ])('never for %s', async (_, more) => {
    expect(await planned(anAction(more))).toEqual([]);
  });
});

describe('what people get', () => {
  let bot: TestBot;
  beforeEach(async () => {
    bot = await startFast();
    await bot.setUp([hugo]);
  });
  afterEach(() => bot.close());

  async function approvedTalk(who = ines, inputs: object = {}): Promise<string> {
    const id = await offerTalk(bot, who, inputs);
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    return id;
  }
  const runAt = async (now: string) => {
    bot.setNow(now);
    return bot.app.runJob('reminders', { dryRun: false });
  };
  const remindersTo = async (who: TestPerson, lang: Lang = 'fr') =>
    (await postsIn(bot, chatOf(who))).filter((c) => textOf(c).includes(says(lang, 'reminders.note')));
  const headings = async (who: TestPerson, lang: Lang = 'fr') =>
    (await remindersTo(who, lang)).map((card) => textOf(card).split(' | ')[1]);
  /** The reminders that are due wait in the outbox afterwards. */
  async function runWhileTeamsFails(now: string): Promise<void> {
    await bot.app.drain();
    bot.connector.fail({ match: (r) => r.method === 'POST', status: 503, times: Infinity });
    await runAt(now);
    await bot.app.drain();
  }
  /** What became of the reminders in the outbox an hour later. */
  async function endOfReminders(): Promise<string[]> {
    bot.setNow(new Date(Date.parse(bot.now()) + 3_600_000).toISOString());
    await bot.app.drain();
    const rows = await all(bot, 'outbox');
    return rows.flatMap(({ message, state }) => (message === 'reminders.due' ? [state] : []));
  }
  const inZone = (who: TestPerson, localTimezone: string) =>
    bot.raw(activityFrom(bot, who, { text: 'aide', localTimezone }));

  it('a week and a day before, once each, whatever is restarted in the middle', async () => {
    await approvedTalk();
    for (const [now, count] of [
      ['2026-12-01T07:59:00.000Z', 0],
      ['2026-12-01T08:00:00.000Z', 1],
      ['2026-12-04T08:00:00.000Z', 1],
      ['2026-12-07T08:00:00.000Z', 2],
      ['2026-12-08T07:00:00.000Z', 2],
    ] as const) {
      await runAt(now);
      await bot.restart();
      await bot.app.runJob('reminders', { dryRun: false });
      expect([now, (await remindersTo(ines)).length]).toEqual([now, count]);
    }
    expect(await headings(ines)).toEqual([
      'Mardi 8 décembre : une intervention en classe, 4e',
      'Demain : une intervention en classe, 4e',
    ]);
  });

  it('over a weekend the second one names the day, and not as the first one did', async () => {
    await approvedTalk(ines, { firstDay: '2026-12-07' });
    for (const now of ['2026-11-30T08:00:00.000Z', '2026-12-04T08:00:00.000Z']) {
      await runAt(now);
      await bot.app.drain();
    }
    expect(await headings(ines)).toEqual([
      'Lundi 7 décembre : une intervention en classe, 4e',
      'Lundi : une intervention en classe, 4e',
    ]);
  });

  it('after days down, only the reminder that is still of use is sent', async () => {
    await approvedTalk();
    await runAt('2026-12-07T10:00:00.000Z');
    expect(await headings(ines)).toEqual(['Demain : une intervention en classe, 4e']);
    await approvedTalk(zoe, { firstDay: '2026-12-16' });
    await runAt('2026-12-16T09:30:00.000Z');
    expect(await remindersTo(zoe)).toEqual([]);
  });

  it('each in their own zone, also when Teams says the zone late', async () => {
    const id = await publishSession(bot, hugo, { seats: '3' });
    await inZone(zoe, 'Asia/Tokyo');
    await inZone(louis, 'America/Cayenne');
    for (const who of [ines, zoe, louis]) await bot.click(who, 'sessions.join', { id });
    const counts = async () =>
      Promise.all([ines, zoe, louis].map(async (who) => (await remindersTo(who)).length));
    for (const [now, wanted] of [
      ['2026-11-30T23:59:00.000Z', [0, 0, 0]],
      ['2026-12-01T00:00:00.000Z', [0, 1, 0]],
      ['2026-12-01T08:00:00.000Z', [1, 1, 0]],
      ['2026-12-01T12:00:00.000Z', [1, 1, 1]],
    ] as const) {
      await runAt(now);
      expect([now, await counts()]).toEqual([now, wanted]);
    }
    // In the evening of Nouméa; the next working hours there come before the action.
    await inZone(ines, 'Pacific/Noumea');
    await runAt('2026-12-07T08:30:00.000Z');
    expect(await remindersTo(ines)).toHaveLength(1);
    await runAt('2026-12-07T21:00:00.000Z');
    expect(await remindersTo(ines)).toHaveLength(2);
  });

  it('the card says when, where and who else comes, and how to stop', async () => {
    const id = await publishSession(bot, hugo, { seats: '3', from: '14:00', until: '15:30' });
    for (const who of [ines, zoe]) await bot.click(who, 'sessions.join', { id });
    await runAt('2026-12-01T08:00:00.000Z');
    const [card] = await remindersTo(ines);
    for (const text of [
      'mardi 8 décembre 2026, de 14 h à 15 h 30',
      'Collège Jean-Fictif',
      'Zoé Spécimen',
      'préférences',
      says('fr', 'reminders.turn.nobody'),
    ])
      expect(textOf(card)).toContain(text);
    expect(textOf(card)).not.toContain('Inès Exemple');
    expect(idIn(card, 'mine.show')).toBe(id);
  });

  it('the card of a placement says what is missing, until it is not', async () => {
    const { value } = await fill(bot, amy, 'accueillir', placement);
    const id = idIn(value, 'mine.withdraw');
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    await runAt('2027-01-11T08:00:00.000Z');
    const [card] = await remindersTo(amy, 'en');
    for (const text of ['agreements signed: 0 of 2', '- a tutor', says('en', 'reminders.turn.both')])
      expect(textOf(card)).toContain(text);
    const { store, clock } = bot.app.services;
    await store.transact(async (tx) => {
      const action = await tx.get('actions', id);
      const done = { by: amy.aadObjectId, at: clock.now() };
      const preparation = { tutor: done, programme: done, school: done };
      if (action) await tx.put('actions', { ...action, agreements: 2, preparation });
    });
    await runAt('2027-01-15T08:00:00.000Z');
    expect(textOf((await remindersTo(amy, 'en'))[1])).toContain(says('en', 'reminders.turn.nobody'));
  });

  it.each([
    ['until when', '2026-12-04', 'votre confirmation, jusqu’au vendredi 4 décembre 2026'],
    ['until when on the last day', '2026-12-01', 'votre confirmation, jusqu’au mardi 1er décembre 2026'],
    ['no day that is past', '2026-11-30', says('fr', 'reminders.missing.confirmSoon')],
  ])('whoever has to confirm is told %s, and that it is their turn', async (_, confirmBy, words) => {
    const id = await approvedTalk();
    await bot.app.services.store.transact(async (tx) => {
      const [engagement] = await tx.list('engagements', 'byAction', id);
      if (engagement) await tx.put('engagements', { ...engagement, confirmBy });
    });
    await runAt('2026-12-01T08:00:00.000Z');
    const [card] = await remindersTo(ines);
    expect(textOf(card)).toContain(words);
    expect(textOf(card)).toContain(says('fr', 'reminders.turn.you'));
  });

  it('nobody is reminded of what they withdrew from, nor of what is off when its turn comes', async () => {
    const id = await approvedTalk();
    await bot.click(ines, 'mine.withdrawConfirmed', { id });
    expect(await all(bot, 'tasks')).toEqual([]);
    const other = await approvedTalk(zoe);
    await runWhileTeamsFails('2026-12-01T08:00:00.000Z');
    await bot.click(zoe, 'mine.withdrawConfirmed', { id: other });
    expect(await endOfReminders()).toEqual(['void']);
    expect([...(await remindersTo(ines)), ...(await remindersTo(zoe))]).toEqual([]);
  });

  /** Moves an action to another day, as an edit does. */
  async function moveTo(id: string, day: string): Promise<void> {
    const { services } = bot.app;
    await services.store.transact(async (tx) => {
      const before = await readRequest(tx, id);
      if (!before) throw new Error(`there is no action ${id}`);
      const { revision = 0, ...rest } = before.action;
      const action = { ...rest, firstDay: day, lastDay: day, revision: revision + 1 };
      const row = { id: services.ids.next(), move: 'edit', from: rest.firstDay, to: day, by: 'hugo' };
      await writeMove(tx, services, before, { action, engagements: before.engagements }, [row]);
    });
  }

  it('nobody gets a link for the calendar before an approval, nor after the day', async () => {
    const offered = await offerTalk(bot, ines);
    const past = await approvedTalk(zoe);
    bot.setNow('2026-12-09T08:00:00.000Z');
    for (const [who, id] of [
      [ines, offered],
      [zoe, past],
    ] as const) {
      const { value } = await bot.click(who, 'reminders.calendar', { id });
      expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
    }
  });

  it('a day that has moved is reminded of at its new times only', async () => {
    const id = await approvedTalk();
    await runAt('2026-12-01T08:00:00.000Z');
    expect(await remindersTo(ines)).toHaveLength(1);
    await moveTo(id, '2026-12-15');
    await runAt('2026-12-07T09:00:00.000Z');
    expect(await remindersTo(ines)).toHaveLength(1);
    await runAt('2026-12-08T08:00:00.000Z');
    expect(await remindersTo(ines)).toHaveLength(2);
    await runAt('2026-12-14T08:00:00.000Z');
    expect((await headings(ines)).map((h) => h?.split(' : ')[0])).toEqual([
      'Mardi 8 décembre',
      'Mardi 15 décembre',
      'Demain',
    ]);
  });

  it('a day that has moved near is not reminded of as if a week were left', async () => {
    const id = await approvedTalk();
    bot.setNow('2026-11-24T08:00:00.000Z');
    await moveTo(id, '2026-11-27');
    await runAt('2026-11-24T08:01:00.000Z');
    expect(await remindersTo(ines)).toEqual([]);
    await runAt('2026-11-26T08:00:00.000Z');
    expect(await headings(ines)).toEqual(['Demain : une intervention en classe, 4e']);
  });

  it('a reminder that waits to be sent says nothing of a day that has moved meanwhile', async () => {
    const id = await approvedTalk();
    await runWhileTeamsFails('2026-12-01T08:00:00.000Z');
    await moveTo(id, '2026-12-17');
    bot.connector.heal();
    expect(await endOfReminders()).toEqual(['void']);
    expect(await remindersTo(ines)).toEqual([]);
  });

  it('a reminder that could not be sent for a week is not sent with the next one', async () => {
    await approvedTalk();
    await runWhileTeamsFails('2026-12-01T08:00:00.000Z');
    bot.setNow('2026-12-07T08:00:00.000Z');
    bot.connector.heal();
    await runAt('2026-12-07T08:00:00.000Z');
    expect(await headings(ines)).toEqual(['Demain : une intervention en classe, 4e']);
  });

  it('muted reminders are not sent, those after the mute has ended are', async () => {
    await approvedTalk();
    await approvedTalk(zoe);
    const mute = (who: TestPerson, data: object) =>
      bot.click(who, 'preferences.save', { language: 'fr', invitations: 'on', ...data });
    await mute(ines, { reminders: 'until', remindersUntil: '2026-12-07' });
    await mute(zoe, { reminders: 'always' });
    await runAt('2026-12-01T08:00:00.000Z');
    expect(await remindersTo(ines)).toEqual([]);
    await runAt('2026-12-07T08:00:00.000Z');
    expect(await headings(ines)).toEqual(['Demain : une intervention en classe, 4e']);
    expect(await remindersTo(zoe)).toEqual([]);
  });
});
