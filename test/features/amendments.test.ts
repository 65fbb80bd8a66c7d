import type { Action, Engagement, Kind } from '../../src/domain/action.js';
import {
  amy,
  type CardJson,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { anEngagement, aPlacement } from '../support/builders.js';
import {
  all,
  errorText,
  faultsOf,
  hasButton,
  inChannel,
  inputsOf,
  offerTalk,
  says,
  startFast,
  written,
} from '../support/flows.js';

const start = '2026-11-23T08:00:01.000Z';
let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ now: start });
  await bot.setUp([hugo, louis]);
});
afterAll(() => bot.close());

const kinds = [
  'terms',
  'amendments',
  'history',
  'counters',
  'actions',
  'engagements',
  'tallies',
  'mobilised',
  'tasks',
  'closings',
  'closedlines',
] as const;
beforeEach(async () => {
  bot.setNow(start);
  await bot.app.drain();
  await bot.app.services.store.transact(async (tx) => {
    for (const kind of kinds) for (const { id } of await tx.all(kind)) await tx.remove(kind, id);
  });
});

type Who = typeof hugo;
const click = async (who: Who, verb: string, data: object) => bot.click(who, verb, data, inChannel);
const open = async (who: Who, verb: string, data: object) => (await click(who, verb, data)).value;

const inputs = {
  subject: 'Un objectif de 15 personnes',
  from: '2027-01-01',
  commitment: 'mobilised-employees',
};
/** Opens the form of a new amendment and sends it. */
async function draft(more: object = {}, who = hugo) {
  const form = await open(who, 'amendments.draft', {});
  const data = formData(form, 'amendments.save', { ...inputs, target: '15', kinds: '', ...more });
  return { data, answer: await click(who, 'amendments.save', data), id: String(data.id) };
}
async function sign(id: string, more: object = {}, who = hugo) {
  const form = await open(who, 'amendments.signature', { id });
  const data = formData(form, 'amendments.sign', {
    signers: 'Les deux directions',
    signedOn: '2026-11-20',
    ...more,
  });
  return { data, answer: await click(who, 'amendments.sign', data) };
}
const signed = async (more: object = {}) => {
  const { id } = await draft(more);
  await sign(id);
  return id;
};
const press = async (id: string, verb: string, who = hugo) =>
  open(who, verb, formData(await open(who, 'amendments.view', { id }), verb));
const progress = async () => textOf((await bot.say(ines, 'progression'))[0]);

describe('an amendment', () => {
  it('is drafted, changed, signed, and in force from its day', async () => {
    const { id, answer } = await draft();
    expect(textOf(answer.value)).toContain('Avenant n° 1 | Un objectif de 15 personnes');
    expect(textOf(answer.value)).toContain(says('fr', 'amendments.rest.drafted', { day: '' }));
    expect(textOf(answer.value)).toContain('Article 2, personnes mobilisées par an · objectif 15');

    const form = await open(louis, 'amendments.edit', { id });
    expect(inputsOf(form)).toMatchObject({ ...inputs, target: 15, kinds: '' });
    const data = formData(form, 'amendments.save', {
      ...inputs,
      target: '16',
      kinds: 'immersion,classroom-talk',
    });
    const edited = textOf((await click(louis, 'amendments.save', data)).value);
    expect(edited).toContain('objectif 16 · comptent : Intervention en classe et Immersion');

    bot.setNow('2026-11-24T08:00:00.000Z');
    const after = textOf((await sign(id, {}, louis)).answer.value);
    expect(after).toContain('Signé | , en vigueur à partir du vendredi 1er janvier 2027.');
    expect(after).toContain('Vendredi 20 novembre 2026, Les deux directions');
    expect(after).toContain('Année scolaire 2026-2027 : la première de ce nouvel objectif.');
    expect(after).toContain('Louis Fictif a noté la signature le mardi 24 novembre 2026.');

    bot.setNow('2027-01-01T08:00:00.000Z');
    const card = await open(hugo, 'amendments.view', { id });
    expect(textOf(card)).toContain('En vigueur |  depuis le vendredi 1er janvier 2027.');
    expect(hasButton(card, 'amendments.edit')).toBe(false);
    expect((await all(bot, 'history')).map(({ move, by }) => [move, by]).sort()).toEqual([
      ['amendment-draft', hugo.aadObjectId],
      ['amendment-edit', louis.aadObjectId],
      ['amendment-sign', louis.aadObjectId],
    ]);
  });

  it.each([
    ['fr', hugo, 'avenants', 'Avenant n° 1 : Un objectif de 15 personnes'],
    ['en', amy, 'amendments', 'Amendment no. 1: Un objectif de 15 personnes'],
  ] as const)('is in the list in %s, the latest first, after a restart too', async (lang, who, command, title) => {
    await bot.setUp([hugo, louis, amy]);
    expect(textOf((await bot.say(who, command))[0])).toContain(says(lang, 'amendments.none'));
    await signed();
    for (const n of [2, 3, 4]) await draft({ subject: `Projet ${n}`, commitment: 'none', target: '' });
    await bot.restart();
    const [first = {}] = await bot.say(who, command);
    expect(textOf(first)).toContain('Projet 4');
    expect(textOf(first)).toContain(says(lang, 'amendments.heading', { count: 4 }));
    const next = await open(who, 'amendments.page', formData(first, 'amendments.page'));
    expect(textOf(next)).toContain(title);
    expect(textOf(next)).toContain(
      says(lang, 'amendments.standing.signed', {
        day: lang === 'fr' ? '1er janvier 2027' : '1 January 2027',
      }),
    );
  });

  it('is drafted once, and signed once, however often the forms are sent', async () => {
    const { data, id } = await draft();
    const before = await written(bot);
    const again = await click(hugo, 'amendments.save', { ...data, target: '99' });
    expect(textOf(again.value)).toContain('objectif 15');
    expect(await written(bot)).toBe(before);
    const signature = await sign(id);
    const after = await written(bot);
    const twice = await click(hugo, 'amendments.sign', { ...signature.data, signers: 'Autre chose' });
    expect(textOf(twice.value)).toContain('Les deux directions');
    expect(errorText(await click(louis, 'amendments.sign', signature.data))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
    expect(await written(bot)).toBe(after);
  });

  it('is none of a form that was sent for another one, or for something else', async () => {
    const { data } = await draft();
    const offer = await offerTalk(bot, hugo);
    const [row] = (await all(bot, 'history')).filter(({ actionId }) => actionId === offer);
    const before = await written(bot);
    for (const keys of [{ id: '01NEWREC0RD000000000000000' }, { id: offer, formKey: row?.id }])
      expect(errorText(await click(hugo, 'amendments.save', { ...data, seen: 0, ...keys }))).toContain(
        says('fr', 'refusal.outdated.heading'),
      );
    expect(await written(bot)).toBe(before);
  });

  it('that somebody has changed meanwhile is neither signed nor changed from an older card', async () => {
    const { id } = await draft();
    const [form, signature] = [
      await open(hugo, 'amendments.edit', { id }),
      await open(hugo, 'amendments.signature', { id }),
    ];
    const card = await open(hugo, 'amendments.view', { id });
    const other = formData(await open(louis, 'amendments.edit', { id }), 'amendments.save', {
      ...inputs,
      target: '20',
    });
    await click(louis, 'amendments.save', other);
    const before = await written(bot);
    const refused = says('fr', 'refusal.amendmentMoved.heading', { number: '1' });
    for (const [verb, data] of [
      ['amendments.save', formData(form, 'amendments.save', { ...inputs, target: '30' })],
      [
        'amendments.sign',
        formData(signature, 'amendments.sign', { signers: 'Nous', signedOn: '2026-11-20' }),
      ],
    ] as const)
      expect(errorText(await click(hugo, verb, data))).toContain(refused);
    expect(textOf(await open(hugo, 'amendments.drop', formData(card, 'amendments.drop')))).toContain(refused);
    expect(await written(bot)).toBe(before);
  });

  it('is given up and taken up again; a signature noted by mistake is taken back, each with who and when', async () => {
    const { id } = await draft();
    const dropped = await press(id, 'amendments.drop');
    expect(textOf(dropped)).toContain(says('fr', 'amendments.word.dropped'));
    for (const verb of ['amendments.edit', 'amendments.signature'])
      expect(textOf(await open(hugo, verb, { id }))).toContain(says('fr', 'refusal.outdated.heading'));
    await press(id, 'amendments.resume');
    await sign(id);
    expect(await progress()).toContain('sur 15');
    const reopened = await press(id, 'amendments.reopen', louis);
    expect(textOf(reopened)).toContain(says('fr', 'amendments.word.drafted'));
    expect(textOf(reopened)).toContain('Louis Fictif a retiré la signature le lundi 23 novembre 2026.');
    expect(await progress()).toContain('sur 10');
    expect((await all(bot, 'amendments'))[0]).not.toHaveProperty('signature');
  });
});

describe('the form', () => {
  it.each([
    ['no subject', { subject: ' ' }, 'subject', says('fr', 'amendments.subjectError')],
    ['a subject that is too long', { subject: 'x'.repeat(121) }, 'subject', '121 caractères'],
    [
      'a pupil in its subject',
      { subject: 'Pour Léa, élève de 3e, 06 12 34 56 78' },
      'subject',
      'information personnelle',
    ],
    ['no day', { from: '' }, 'from', says('fr', 'amendments.fromError')],
    ['a day that is none', { from: '31/02/2027' }, 'from', 'n’est pas une date possible'],
    [
      'a commitment that is not there',
      { commitment: 'x' },
      'commitment',
      says('fr', 'amendments.commitmentError'),
    ],
    [
      'a target without a commitment',
      { commitment: 'none' },
      'commitment',
      says('fr', 'amendments.fault.commitment-missing.text'),
    ],
    [
      'the target that there is',
      { target: '10' },
      'target',
      says('fr', 'amendments.fault.nothing-changes.text'),
    ],
    ['nothing that changes', { target: '' }, 'target', says('fr', 'amendments.fault.nothing-changes.text')],
    ['a target of 0', { target: '0' }, 'target', says('fr', 'amendments.targetError', { max: 100_000 })],
    ['a target in words', { target: 'quinze' }, 'target', 'n’est pas un nombre'],
    ['an unknown kind', { kinds: 'classroom-talk,visit' }, 'kinds', says('fr', 'amendments.kindsError')],
    ['kinds that cannot be read', { kinds: { a: 1 } }, 'kinds', says('fr', 'form.unread')],
  ])('with %s comes back with the reason beside the field, and nothing is kept', async (_, more, field, fault) => {
    const before = await written(bot);
    const { answer } = await draft(more);
    expect(faultsOf(answer.value)).toEqual([{ text: expect.stringContaining(fault), before: field }]);
    expect(await written(bot)).toBe(before);
  });

  it.each([
    ['before the convention is signed', '2024-11-04', 'La convention est signée le mardi 5 novembre 2024'],
    ['after its end', '2027-11-05', 'La convention se termine le jeudi 4 novembre 2027'],
  ])('refuses a day %s', async (_, from, fault) => {
    await enterSignature('2024-11-05');
    const { answer } = await draft({ from });
    expect(faultsOf(answer.value)).toEqual([{ text: expect.stringContaining(fault), before: 'from' }]);
  });

  it.each([
    ['nobody', { signers: '' }, 'signers', says('fr', 'amendments.signersError')],
    ['a private address', { signers: 'lea.exemple@gmail.com' }, 'signers', 'information personnelle'],
    ['no day', { signedOn: '' }, 'signedOn', says('fr', 'amendments.signedOnError')],
    ['a day to come', { signedOn: '2026-11-24' }, 'signedOn', says('fr', 'amendments.signedLater')],
    [
      'a day before the convention',
      { signedOn: '2024-11-04' },
      'signedOn',
      says('fr', 'amendments.signed.before-signature'),
    ],
  ])('of the signature refuses %s, and the amendment stays a draft', async (_, more, field, fault) => {
    await enterSignature('2024-11-05');
    const { id } = await draft();
    const { answer } = await sign(id, more);
    expect(faultsOf(answer.value)).toEqual([{ text: expect.stringContaining(fault), before: field }]);
    expect((await all(bot, 'amendments')).map(({ state }) => state)).toEqual(['drafted']);
  });

  it('of the signature is refused when the convention turns out to end before the amendment', async () => {
    const { id } = await draft();
    await enterSignature('2022-01-01');
    const { answer } = await sign(id, { signedOn: '2023-01-01' });
    expect(errorText(answer)).toContain(says('fr', 'refusal.amendmentDay.heading'));
    expect((await all(bot, 'amendments')).map(({ state }) => state)).toEqual(['drafted']);
  });
});

const enterSignature = (signedOn: string) =>
  bot.app.services.store.transact((tx) =>
    tx.put('terms', { id: 'convention', signature: { signedOn, by: 'aad-alma', at: start } }),
  );

describe('a new target', () => {
  it('counts once it is signed, in the progress, the report, the weekly message and the committee’s figures', async () => {
    const { id } = await draft();
    expect(await progress()).toContain('0 personne mobilisée sur 10');
    await sign(id);
    expect(await progress()).toContain('0 personne mobilisée sur 15');
    expect(textOf((await bot.say(hugo, 'bilan'))[0])).toContain('0 personne mobilisée sur 15');
    expect(textOf((await bot.say(hugo, 'bilan 2025-2026'))[0])).toContain('0 personne mobilisée sur 10');
    await bot.app.services.store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      if (channel) await tx.put('channels', { ...channel, at: '2026-01-01T00:00:00.000Z' });
    });
    bot.setNow('2026-11-30T09:00:00.000Z');
    await bot.app.runJob('weekly', { dryRun: false });
    await bot.app.drain();
    expect(textOf(bot.connector.posts.at(-1)?.card)).toContain('0 personne mobilisée sur 15');
    bot.setNow('2027-11-30T09:00:00.000Z');
    expect(await progress()).toContain('0 personne mobilisée sur 15');
  });

  it('of a year in which it is not yet in force on the last day does not count there', async () => {
    await signed({ from: '2027-09-01' });
    expect(await progress()).toContain('sur 10');
    bot.setNow('2027-09-01T09:00:00.000Z');
    expect(await progress()).toContain('sur 15');
  });

  it('leaves a closed year as it was closed, and counts once that is reopened and closed again', async () => {
    const report = async () => textOf((await bot.say(hugo, 'bilan'))[0]);
    const close = async (card: CardJson) =>
      (await bot.click(hugo, 'closing.close', formData(card, 'closing.close'))).value;
    const closing = async () => (await bot.click(hugo, 'closing.open')).value;
    await close(await closing());
    await signed();
    expect(await report()).toContain('0 personne mobilisée sur 10');
    const changed = await closing();
    expect(textOf(changed)).toContain('0 personne mobilisée sur 10');
    expect(textOf(changed)).toContain(says('fr', 'report.late.rules'));
    expect(textOf(changed)).not.toContain(says('fr', 'report.late.none'));

    const form = (await bot.click(hugo, 'closing.askReopen', formData(changed, 'closing.askReopen'))).value;
    const reason = { reason: 'Un avenant a été signé.' };
    const reopened = await bot.click(hugo, 'closing.reopen', formData(form, 'closing.reopen', reason));
    expect(await report()).toContain('0 personne mobilisée sur 15');
    await close(reopened.value);
    expect(await report()).toContain('0 personne mobilisée sur 15');
    expect((await all(bot, 'closings')).map(({ commitments }) => commitments[0]?.target)).toEqual([10, 15]);
  });

  it('that is signed while somebody reads the figures is not closed unseen', async () => {
    bot.setNow('2026-11-23T09:00:00.000Z');
    const read = (await bot.click(hugo, 'closing.open')).value;
    await signed();
    const again = (await bot.click(hugo, 'closing.close', formData(read, 'closing.close'))).value;
    expect(textOf(again)).toContain(says('fr', 'closing.news.moved'));
    expect(textOf(again)).toContain('0 personne mobilisée sur 15');
    expect(await all(bot, 'closings')).toEqual([]);
  });

  it('may be the first of a commitment', async () => {
    await signed({ commitment: 'placements', target: '40' });
    expect(await progress()).toContain('places tenues 0 sur 40');
    expect(textOf((await bot.say(hugo, 'bilan'))[0])).toContain('0 place en stages tenus sur 40');
  });
});

/** Offers, approves and holds a talk or another meeting of one day. */
async function hold(who: Who, kind: Kind, firstDay: string, pupils = 20): Promise<void> {
  bot.setNow('2026-10-01T07:00:00.000Z');
  const id = await offerTalk(bot, who, { kind, firstDay });
  await bot.click(hugo === who ? louis : hugo, 'approval.approve', { id }, inChannel);
  bot.setNow(`${firstDay}T16:00:00.000Z`);
  const form = (await bot.click(who, 'outcome.open', { id })).value;
  await bot.click(who, 'outcome.held', formData(form, 'outcome.held', { pupils: String(pupils) }));
}

/** Counts the people of a school year with no code of the bot's: an action counts if its kind does on its day. */
function countPeople(
  actions: readonly Action[],
  engagements: readonly Engagement[],
  kindsOn: (day: string) => readonly string[],
) {
  const count = (state: Action['state'], took: Engagement['state']) =>
    new Set(
      engagements
        .filter((e) => e.state === took)
        .filter((e) =>
          actions.some(
            (a) =>
              a.id === e.actionId && a.state === state && !a.halfDays && kindsOn(a.firstDay).includes(a.kind),
          ),
        )
        .map((e) => e.employeeId),
    );
  const achieved = count('held', 'attended');
  return {
    achieved: achieved.size,
    planned: [...count('open', 'approved')].filter((p) => !achieved.has(p)).length,
  };
}

describe('other kinds', () => {
  const talks = ['classroom-talk'];
  const everything = ['classroom-talk', 'careers-fair', 'company-visit', 'immersion'];

  it('count from their day on: a recount by hand gives the same, before, after, and when it is taken back', async () => {
    await hold(ines, 'careers-fair', '2026-10-06');
    await hold(zoe, 'careers-fair', '2026-11-10');
    await hold(louis, 'classroom-talk', '2026-11-12');
    await hold(hugo, 'careers-fair', '2026-11-17');
    bot.setNow(start);
    const planned = await offerTalk(bot, amy, { kind: 'careers-fair', firstDay: '2026-12-15' });
    await bot.click(hugo, 'approval.approve', { id: planned }, inChannel);

    const expectCount = async (kindsOn: (day: string) => readonly string[], expected: object) => {
      const counted = countPeople(await all(bot, 'actions'), await all(bot, 'engagements'), kindsOn);
      expect(counted).toEqual(expected);
      const [tally] = (await all(bot, 'tallies')).filter(({ id }) => id === '2026-2027');
      expect({ achieved: tally?.achieved, planned: tally?.planned }).toEqual(expected);
      const [said, report] = [await progress(), textOf((await bot.say(hugo, 'bilan'))[0])];
      for (const text of [said, report])
        expect(text).toContain(`${counted.achieved} personnes mobilisées sur 10`);
      const byPerson = (await all(bot, 'mobilised')).filter(({ attended }) => attended > 0);
      expect(byPerson).toHaveLength(counted.achieved);
    };
    await expectCount(() => everything, { achieved: 4, planned: 1 });

    // From 11 November on, only class talks count.
    const id = await signed({ from: '2026-11-11', target: '', kinds: 'classroom-talk' });
    await expectCount((day) => (day >= '2026-11-11' ? talks : everything), { achieved: 3, planned: 0 });

    // What happens later is counted by them too.
    bot.setNow('2026-12-15T16:00:00.000Z');
    const form = (await bot.click(amy, 'outcome.open', { id: planned })).value;
    await bot.click(amy, 'outcome.held', formData(form, 'outcome.held', { pupils: '12' }));
    await expectCount((day) => (day >= '2026-11-11' ? talks : everything), { achieved: 3, planned: 0 });
    await bot.restart();
    await expectCount((day) => (day >= '2026-11-11' ? talks : everything), { achieved: 3, planned: 0 });

    await press(id, 'amendments.reopen');
    await expectCount(() => everything, { achieved: 5, planned: 0 });
  });

  it('of a commitment of places count only the placements of those days', async () => {
    const store = bot.app.services.store;
    const place = async (
      id: string,
      kind: 'placement-3e' | 'placement-2de',
      firstDay: string,
      places: number,
    ) => {
      const action = aPlacement({ id, kind, firstDay, lastDay: firstDay, places, state: 'held' });
      await store.transact(async (tx) => {
        await tx.put('actions', action);
        await tx.put('engagements', anEngagement(action, ines.aadObjectId, 'attended'));
      });
    };
    await hold(zoe, 'classroom-talk', '2026-11-10');
    await place('a', 'placement-3e', '2026-11-02', 3);
    await place('b', 'placement-3e', '2026-11-16', 5);
    await place('c', 'placement-2de', '2026-11-03', 7);
    await place('d', 'placement-2de', '2026-11-17', 11);
    bot.setNow(start);
    await signed({ commitment: 'placements', target: '', from: '2026-11-11', kinds: 'placement-2de' });
    // 3 + 7 by the convention's own kinds, 11 since.
    expect(await progress()).toContain('places tenues 21, prévues 0');
    expect(textOf((await bot.say(hugo, 'bilan'))[0])).toContain('21 places en stages tenus');
  });
});
