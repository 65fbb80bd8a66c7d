import type { Action } from '../../src/domain/action.js';
import type { Person } from '../../src/records.js';
import {
  amy,
  coordination,
  findAction,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import { anAction, anEngagement } from '../support/builders.js';
import {
  all,
  chatOf,
  faultsOf,
  fill,
  hasButton,
  inChannel,
  inputsOf,
  lastPostIn,
  offerTalk,
  postsIn,
  publishSession,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

const nour = person('Nour Modèle');
const lyon = '0699001J';
const free = {
  timing: 'availability',
  kind: 'classroom-talk',
  level: '4e',
  academies: '10,25',
  firstDay: '2026-11-30',
  lastDay: '2027-03-26',
  halfDays: 'am',
  remark: '',
};

/** Offers an availability and has it approved; gives its id. */
async function available(who: TestPerson, inputs: object = {}): Promise<string> {
  const { value } = await fill(bot, who, 'proposer', { ...free, ...inputs });
  const { id } = formData(value, 'mine.withdraw') as { id: string };
  await bot.click(who.id === hugo.id ? louis : hugo, 'approval.approve', { id }, inChannel);
  return id;
}
const publish = (inputs: object = {}) => publishSession(bot, hugo, { schools: lyon, school: '', ...inputs });
const moveTo = async (id: string, firstDay: string) => {
  const form = (await bot.click(hugo, 'sessions.edit', { id }, inChannel)).value;
  const data = formData(form, 'sessions.save', { ...inputsOf(form), firstDay });
  return bot.click(hugo, 'sessions.save', data, inChannel);
};
const open = async (id: string, who = hugo) =>
  (await bot.click(who, 'invitations.open', { id }, inChannel)).value;
const invite = (id: string, people: readonly TestPerson[], who = hugo) =>
  bot.click(
    who,
    'invitations.invite',
    { id, invited: people.map((p) => p.aadObjectId).join(',') },
    inChannel,
  );
/** The people that the card lets a coordinator choose, in its order. */
const choices = (card: unknown): { title: string; value: string }[] => {
  const found = JSON.stringify(card).match(/"id":"invited"/) ? findInput(card, 'invited') : undefined;
  return (found?.choices ?? []) as { title: string; value: string }[];
};
function findInput(node: unknown, id: string): Record<string, unknown> | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const record = node as Record<string, unknown>;
  if (record.id === id) return record;
  for (const inner of Object.values(record)) {
    const found = findInput(inner, id);
    if (found) return found;
  }
  return undefined;
}
const proposed = async (id: string) => choices(await open(id)).map(({ value }) => value);
const answer = (who: TestPerson, verb: 'accept' | 'refuse' | 'postpone', id: string, more: object = {}) =>
  bot.click(who, `invitations.${verb}`, { id, seen: 0, ...more });
const invitationOf = async (who: TestPerson) =>
  (await all(bot, 'invitations')).find((i) => i.employeeId === who.aadObjectId);
const seatOf = async (who: TestPerson, id: string) =>
  (await all(bot, 'engagements')).find((e) => e.actionId === id && e.employeeId === who.aadObjectId)?.state;
const invitesTo = async (who: TestPerson) =>
  (await postsIn(bot, chatOf(who))).map(textOf).filter((text) => text.includes('vous invite'));
const remind = async (now: string) => {
  bot.setNow(now);
  await bot.app.runJob('reminders', { dryRun: false });
  await bot.app.drain();
};

describe('who can be invited', () => {
  it('has an approved availability that fits, with the reason in words, the least solicited first', async () => {
    await available(zoe);
    await available(ines, { academies: '10' });
    await available(amy, { level: '3e' });
    await fill(bot, nour, 'proposer', free);
    const talk = await offerTalk(bot, zoe, { firstDay: '2026-12-09' });
    await bot.click(hugo, 'approval.approve', { id: talk }, inChannel);
    const id = await publish();
    const shown = choices(await open(id));
    expect(shown.map(({ value }) => value)).toEqual([ines.aadObjectId, zoe.aadObjectId]);
    expect(shown.map(({ title }) => title.replaceAll(/[\u00a0\u202f]/g, ' '))).toEqual([
      'Inès Exemple : disponible le matin, académie de Lyon, aucune action cette année',
      'Zoé Spécimen : disponible le matin, académie de Lyon, 1 action cette année',
    ]);
  });

  it('is opened from the session, by coordinators only', async () => {
    const id = await publish();
    const manage = (await bot.click(hugo, 'sessions.manage', { id }, inChannel)).value;
    expect(findAction(manage, 'invitations.open')?.data).toEqual({ id });
    expect(textOf(await open(id))).toContain(says('fr', 'invitations.nobody'));
  });

  it('counts somebody with two availabilities once, and who was invited before comes after the others', async () => {
    await available(zoe);
    await available(zoe, { halfDays: 'am,pm' });
    const first = await publish();
    await invite(first, [zoe]);
    await available(ines);
    expect(await proposed(await publish({ firstDay: '2026-12-10' }))).toEqual([
      ines.aadObjectId,
      zoe.aadObjectId,
    ]);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['takes part', (id) => bot.click(zoe, 'sessions.join', { id })],
    [
      'has left it',
      async (id) => {
        await bot.click(zoe, 'sessions.join', { id });
        await bot.click(zoe, 'sessions.leave', { id });
      },
    ],
    [
      'is engaged at that time',
      async () => {
        const talk = await offerTalk(bot, zoe, { from: '10:30', until: '12:00' });
        await bot.click(hugo, 'approval.approve', { id: talk }, inChannel);
      },
    ],
    [
      'wants no invitations',
      () =>
        bot.app.services.store.transact(async (tx) => {
          const own = await tx.get('people', zoe.aadObjectId);
          if (own) await tx.put('people', { ...own, muted: { invitations: 'always' } });
        }),
    ],
    [
      'wants none until a later day',
      () =>
        bot.app.services.store.transact(async (tx) => {
          const own = await tx.get('people', zoe.aadObjectId);
          if (own) await tx.put('people', { ...own, muted: { invitations: '2026-11-24' } });
        }),
    ],
    [
      'has no chat with the bot any more',
      () =>
        bot.app.services.store.transact(async (tx) => {
          const { conversationId: _, ...own } = (await tx.get('people', zoe.aadObjectId)) ?? {};
          await tx.put('people', own as Person);
        }),
    ],
  ])('is nobody who %s', async (_, happens) => {
    await available(zoe);
    const id = await publish();
    expect(await proposed(id)).toEqual([zoe.aadObjectId]);
    await happens(id);
    expect(await proposed(id)).toEqual([]);
    await invite(id, [zoe]);
    expect(await all(bot, 'invitations')).toEqual([]);
  });

  it('is found among 10,000 availabilities without reading every record', async () => {
    const days = { firstDay: '2026-11-30', lastDay: '2027-03-26', halfDays: ['am'] as const };
    const { hours: _, ...talk } = anAction();
    await available(zoe);
    const id = await publish();
    await bot.app.services.store.transact(async (tx) => {
      const someone = await tx.get('people', zoe.aadObjectId);
      for (let i = 0; i < 10_000; i++) {
        const createdBy = `someone-${i % 300}`;
        const level = (['5e', '4e', '3e'] as const)[i % 3] ?? '3e';
        const academies = [['10'], ['25'], ['24']][i % 7] ?? ['13'];
        const action: Action = {
          ...talk,
          ...days,
          id: `period-${i}`,
          number: 100 + i,
          level,
          academies,
          createdBy,
        };
        await tx.put('actions', action);
        await tx.put('engagements', anEngagement(action, createdBy, 'approved'));
        if (someone) await tx.put('people', { ...someone, id: createdBy, teamsId: `29:${createdBy}` });
      }
    });
    const { store } = bot.app.services;
    const real = store.read.bind(store);
    const read = jest
      .spyOn(store, 'read')
      .mockImplementation((work) =>
        real((reader) => work({ ...reader, all: () => Promise.reject(new Error('every record was read')) })),
      );
    const started = performance.now();
    const card = await open(id);
    const ms = performance.now() - started;
    read.mockRestore();
    expect(choices(card)).toHaveLength(12);
    expect(choices(card)[0]?.value).toBe(zoe.aadObjectId);
    expect(ms).toBeLessThan(3_000);
  });
});

describe('an invitation', () => {
  it('goes to the person’s own chat with what, when, where and why, and is kept once', async () => {
    await available(zoe);
    const id = await publish();
    const sent = await invite(id, [zoe]);
    expect(textOf(sent.value)).toContain(says('fr', 'invitations.invitedNow', { count: 1 }));
    expect(textOf((await invite(id, [zoe])).value)).toContain(
      says('fr', 'invitations.invitedNow', { count: 1 }),
    );
    const cards = await invitesTo(zoe);
    expect(cards).toHaveLength(1);
    for (const part of [
      'Hugo Témoin vous invite',
      'mardi 8 décembre 2026, de 10 h à 11 h',
      'Collège Exemple',
      'disponible le matin, académie de Lyon',
      'jeudi 26 novembre à 18 h',
    ])
      expect(cards[0]).toContain(part);
    expect(await invitationOf(zoe)).toMatchObject({
      id: `${id}:${zoe.aadObjectId}`,
      state: 'sent',
      by: hugo.aadObjectId,
    });
    expect((await all(bot, 'history')).filter(({ move }) => move === 'invite')).toHaveLength(1);
  });

  it('is sent once when two coordinators ask at once, and the second is told', async () => {
    await available(zoe);
    const id = await publish();
    const [one, two] = await Promise.all([invite(id, [zoe], hugo), invite(id, [zoe], louis)]);
    const texts = [one, two].map(({ value }) => textOf(value));
    expect(
      texts.filter((text) => text.includes(says('fr', 'invitations.invitedNow', { count: 1 }))),
    ).toHaveLength(1);
    expect(
      texts.filter((text) => text.includes(says('fr', 'invitations.leftOut', { count: 1 }))),
    ).toHaveLength(1);
    expect(await invitesTo(zoe)).toHaveLength(1);
    expect(await all(bot, 'invitations')).toHaveLength(1);
  });

  it.each([
    ['nobody', []],
    ['six people', ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => person(name))],
  ])('to %s comes back with the reason', async (_, people) => {
    const id = await publish();
    await available(zoe);
    const before = await written(bot);
    const { value } = await invite(id, people);
    const text = says('fr', 'invitations.chooseError', { max: 5 });
    expect(faultsOf(value)).toEqual([{ text, before: 'invited' }]);
    expect(await written(bot)).toBe(before);
  });

  it('of a session that is full, closed, cancelled or over is not sent, and the card says why', async () => {
    await available(zoe);
    const full = await publish({ seats: '1' });
    await bot.click(ines, 'sessions.join', { id: full });
    const closed = await publish({ firstDay: '2026-12-09' });
    await bot.click(hugo, 'sessions.close', { id: closed }, inChannel);
    const off = await publish({ firstDay: '2026-12-10' });
    await bot.click(hugo, 'sessions.cancel', { id: off, reason: 'Grève.' }, inChannel);
    for (const [id, why] of [
      [full, 'full'],
      [closed, 'closed'],
      [off, 'cancelled'],
    ] as const) {
      const { value } = await invite(id, [zoe]);
      expect(textOf(value)).toContain(says('fr', `invitations.hindrance.${why}`));
      expect(hasButton(value, 'invitations.invite')).toBe(false);
    }
    expect(await all(bot, 'invitations')).toEqual([]);
  });

  it('of a session that is cancelled before it could be sent is not sent', async () => {
    await available(zoe);
    const id = await publish();
    await bot.app.drain();
    bot.connector.fail({ match: (r) => r.path.includes(`a:${zoe.id}`), status: 502, times: 1 });
    await invite(id, [zoe]);
    await bot.click(hugo, 'sessions.cancel', { id, reason: 'Grève.' }, inChannel);
    expect(await invitesTo(zoe)).toEqual([]);
  });

  it.each([
    ['it, if somebody else has taken a seat', ines, 1],
    ['nothing, if they have taken one', zoe, 0],
  ])('that could not be sent at once sends %s meanwhile', async (_, who, times) => {
    await available(zoe);
    const id = await publish();
    await bot.app.drain();
    bot.connector.fail({ match: (r) => r.path.includes(`a:${zoe.id}`), status: 503, retryAfter: 60 });
    await invite(id, [zoe]);
    await bot.app.drain();
    await bot.click(who, 'sessions.join', { id });
    bot.setNow('2026-11-23T08:02:00.000Z');
    expect(await invitesTo(zoe)).toHaveLength(times);
  });
});

describe('the answer', () => {
  it('yes takes a seat, once; the session, the invitation’s card and the coordinators’ list say so', async () => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    await bot.app.drain();
    const yes = await answer(zoe, 'accept', id);
    expect(textOf(yes.value)).toContain(says('fr', 'invitations.said.accepted'));
    const after = await written(bot);
    await answer(zoe, 'accept', id);
    expect(await written(bot)).toBe(after);
    expect(await seatOf(zoe, id)).toBe('approved');
    expect(await invitationOf(zoe)).toMatchObject({ state: 'accepted' });
    expect(textOf((await shownIn(bot, chatOf(zoe))).at(-1))).toContain(says('fr', 'sessions.youTakePart'));
    expect(textOf(await open(id))).toContain(`${zoe.name} |  : oui`);
  });

  it('yes to a session that has filled leads to its waiting list', async () => {
    await available(zoe);
    const id = await publish({ seats: '1' });
    await invite(id, [zoe]);
    await bot.click(ines, 'sessions.join', { id });
    expect(textOf((await shownIn(bot, chatOf(zoe))).at(-1))).toContain(says('fr', 'sessions.full'));
    const yes = await answer(zoe, 'accept', id);
    expect(textOf(yes.value)).toContain(says('fr', 'invitations.said.filled'));
    expect(textOf(yes.value)).toContain(says('fr', 'sessions.waitingFirst'));
    const waits = says('fr', 'invitations.answered', { answer: says('fr', 'invitations.answer.waits') });
    expect(textOf(await open(id))).toContain(`${zoe.name} | ${waits}`);
    expect(await seatOf(zoe, id)).toBe('waitlisted');
    expect(textOf(await open(id))).toContain(`${zoe.name} |  : ${says('fr', 'invitations.answer.waits')}`);
  });

  it.each([
    ['cancelled', 'sessions.cancel', 'state.cancelled'],
    ['closed', 'sessions.close', 'sessions.closed'],
  ])('yes to a session that is %s changes nothing, and the card says so', async (_, verb, word) => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    await bot.app.drain();
    await bot.click(hugo, verb, { id, reason: 'Grève.' }, inChannel);
    const before = await written(bot);
    const { value } = await answer(zoe, 'accept', id);
    expect(textOf(value)).toContain(says('fr', word));
    expect(hasButton(value, 'invitations.accept')).toBe(false);
    expect(await written(bot)).toBe(before);
    expect(textOf((await shownIn(bot, chatOf(zoe))).at(-1))).toContain(says('fr', word));
  });

  it('yes to what a card showed before a change takes no seat before it was read again', async () => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    await moveTo(id, '2026-12-11');
    const stale = await answer(zoe, 'accept', id);
    expect(textOf(stale.value)).toContain(says('fr', 'invitations.said.changed'));
    expect(textOf(stale.value)).toContain('vendredi 11 décembre 2026');
    expect(await seatOf(zoe, id)).toBeUndefined();
    await bot.click(zoe, 'invitations.accept', formData(stale.value, 'invitations.accept'));
    expect(await seatOf(zoe, id)).toBe('approved');
    // Once they take part, the card of before has nothing to ask again.
    const seated = textOf((await answer(zoe, 'accept', id)).value);
    expect(seated).toContain(says('fr', 'sessions.youTakePart'));
    expect(seated).not.toContain(says('fr', 'invitations.said.changed'));
  });

  it('no is kept, and the coordinators learn who can be asked next once nobody is awaited', async () => {
    await available(zoe);
    await available(ines);
    const id = await publish();
    await invite(id, [zoe, ines]);
    const before = (await postsIn(bot, coordination)).length;
    const no = await answer(zoe, 'refuse', id);
    expect(textOf(no.value)).toContain(says('fr', 'invitations.said.refused'));
    expect((await postsIn(bot, coordination)).length).toBe(before);
    await answer(ines, 'refuse', id);
    await answer(ines, 'refuse', id);
    const posts = (await postsIn(bot, coordination)).slice(before);
    expect(posts).toHaveLength(1);
    expect(textOf(posts[0])).toContain(says('fr', 'invitations.nextHeading', { count: 2 }));
    expect(findAction(posts[0], 'invitations.open')?.data).toEqual({ id });
    expect(await proposed(id)).toEqual([]);
  });

  it('not before a day: nobody proposes or invites them before it, to any session', async () => {
    await available(zoe);
    const id = await publish();
    const next = await publish({ firstDay: '2027-01-19' });
    await invite(id, [zoe]);
    const later = await answer(zoe, 'postpone', id, { notBefore: '2026-12-15' });
    expect(textOf(later.value)).toContain(
      says('fr', 'invitations.said.postponed', { day: '15 décembre 2026' }),
    );
    expect(await invitationOf(zoe)).toMatchObject({ state: 'later', notBefore: '2026-12-15' });
    expect(await proposed(next)).toEqual([]);
    await invite(next, [zoe]);
    expect(await all(bot, 'invitations')).toHaveLength(1);
    bot.setNow('2026-12-15T08:00:00.000Z');
    expect(await proposed(next)).toEqual([zoe.aadObjectId]);
  });

  it('not before a day: the preferences show it, and lift it', async () => {
    await available(zoe);
    await invite(await publish(), [zoe]);
    const next = await publish({ firstDay: '2027-01-19' });
    const preferences = async () => inputsOf((await bot.say(zoe, 'préférences'))[0]);
    await answer(zoe, 'postpone', (await invitationOf(zoe))?.actionId ?? '', { notBefore: '2027-03-01' });
    const shown = await preferences();
    expect(shown).toMatchObject({ invitations: 'until', invitationsUntil: '2027-03-01' });
    await bot.click(zoe, 'preferences.save', shown);
    expect(await proposed(next)).toEqual([]);
    await bot.click(zoe, 'preferences.save', { ...shown, invitations: 'on', invitationsUntil: '' });
    expect(await preferences()).toMatchObject({ invitations: 'on', invitationsUntil: '' });
    expect(await proposed(next)).toEqual([zoe.aadObjectId]);
  });

  it.each([
    ['always', '', 'always', ''],
    ['until', '2027-04-01', 'until', '2027-04-01'],
    ['until', '2026-12-01', 'until', '2027-03-01'],
  ])('not before a day, after %s %s: the longer wish stands', async (invitations, day, stands, until) => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    const asked = { language: 'fr', reminders: 'on', remindersUntil: '' };
    await bot.click(zoe, 'preferences.save', { ...asked, invitations, invitationsUntil: day });
    await answer(zoe, 'postpone', id, { notBefore: '2027-03-01' });
    const shown = inputsOf((await bot.say(zoe, 'préférences'))[0]);
    expect(shown).toMatchObject({ reminders: 'on', invitations: stands, invitationsUntil: until });
  });

  it.each([
    ['none', ''],
    ['today', '2026-11-23'],
    ['no day', 'demain peut-être'],
  ])('not before %s comes back with the reason', async (_, notBefore) => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    const before = await written(bot);
    const { value } = await answer(zoe, 'postpone', id, { notBefore });
    expect(faultsOf(value)).toHaveLength(1);
    expect(await written(bot)).toBe(before);
  });

  it.each(['refuse', 'postpone'] as const)('no (%s) takes no seat back', async (verb) => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    await bot.click(zoe, 'sessions.join', { id });
    const before = await written(bot);
    const { value } = await answer(zoe, verb, id, { notBefore: '2026-12-15' });
    expect(textOf(value)).toContain(says('fr', 'sessions.youTakePart'));
    expect(await written(bot)).toBe(before);
  });

  it('is for the person invited alone', async () => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    const before = await written(bot);
    for (const verb of ['accept', 'refuse', 'postpone'] as const)
      expect((await answer(ines, verb, id, { notBefore: '2027-01-04' })).value).toBeDefined();
    expect(await written(bot)).toBe(before);
  });
});

describe('without an answer', () => {
  it('it lapses after three working days, once, and the coordinators can ask the next', async () => {
    await available(zoe);
    await available(ines);
    const id = await publish();
    await invite(id, [zoe]);
    const before = (await postsIn(bot, coordination)).length;
    await remind('2026-11-26T16:59:00.000Z');
    expect(await invitationOf(zoe)).toMatchObject({ state: 'sent' });
    await remind('2026-11-26T17:00:00.000Z');
    await remind('2026-11-26T17:05:00.000Z');
    expect(await invitationOf(zoe)).toMatchObject({ state: 'lapsed' });
    expect((await postsIn(bot, coordination)).slice(before)).toHaveLength(1);
    const card = await lastPostIn(bot, coordination);
    expect(textOf(card)).toContain(`${zoe.name} |  : sans réponse`);
    expect(textOf((await shownIn(bot, chatOf(zoe))).at(-1))).toContain(says('fr', 'invitations.unanswered'));
    expect(await proposed(id)).toEqual([ines.aadObjectId]);
  });

  it('it lapses before a session that has moved to an earlier day, and not too early for one moved to a later', async () => {
    await available(zoe);
    await available(ines, { firstDay: '2026-11-24' });
    const earlier = await publish();
    const later = await publish({ firstDay: '2026-11-25' });
    await invite(earlier, [zoe]);
    await invite(later, [ines]);
    await bot.app.drain();
    await moveTo(earlier, '2026-11-25');
    await moveTo(later, '2026-12-08');
    const shown = async (who: TestPerson) => textOf((await shownIn(bot, chatOf(who))).at(-1));
    expect(await shown(zoe)).toContain('avant mardi 24 novembre à 18 h');
    expect(await shown(ines)).toContain('avant jeudi 26 novembre à 18 h');
    const before = (await postsIn(bot, coordination)).length;
    await remind('2026-11-24T16:59:00.000Z');
    expect(await invitationOf(zoe)).toMatchObject({ state: 'sent' });
    await remind('2026-11-24T17:00:00.000Z');
    expect(await invitationOf(zoe)).toMatchObject({ state: 'lapsed' });
    expect(await invitationOf(ines)).toMatchObject({ state: 'sent' });
    expect((await postsIn(bot, coordination)).slice(before)).toHaveLength(1);
  });

  it('a yes that comes late still takes a free seat', async () => {
    await available(zoe);
    const id = await publish();
    await invite(id, [zoe]);
    await remind('2026-11-26T17:00:00.000Z');
    await answer(zoe, 'accept', id);
    expect(await seatOf(zoe, id)).toBe('approved');
    expect(await invitationOf(zoe)).toMatchObject({ state: 'accepted' });
  });

  it('nothing lapses of somebody who took a seat from the session’s own card, or of a cancelled session', async () => {
    await available(zoe);
    await available(ines);
    const id = await publish();
    const off = await publish({ firstDay: '2026-12-10' });
    await invite(id, [zoe]);
    await invite(off, [ines]);
    await bot.click(zoe, 'sessions.join', { id });
    await bot.click(hugo, 'sessions.cancel', { id: off, reason: 'Grève.' }, inChannel);
    const before = (await postsIn(bot, coordination)).length;
    await remind('2026-11-26T17:00:00.000Z');
    expect((await all(bot, 'invitations')).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect((await postsIn(bot, coordination)).length).toBe(before);
    expect(textOf(await open(id))).toContain(`${zoe.name} |  : oui`);
  });
});
