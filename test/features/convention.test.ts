import { createHash } from 'node:crypto';
import { recount } from '../../src/domain/engagements/tally.js';
import { createAuthentication } from '../../src/teams/authentication.js';
import {
  amy,
  type CardJson,
  coordination,
  findAction,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { countUnder } from '../support/counting.js';
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
import { enterAndFind, note } from '../support/register-flows.js';
import { rosterOf, tenantId } from '../support/roster.js';

const start = '2026-11-23T08:00:01.000Z';
const alma = person('Alma Fictive');
const basile = person('Basile Inventé');
let bot: TestBot;
beforeAll(async () => {
  // Without an app id everybody would be an administrator.
  const env = {
    MicrosoftAppId: 'app',
    MicrosoftAppPassword: 'password',
    MicrosoftAppTenantId: tenantId,
    ADMINS: `${alma.aadObjectId},${basile.aadObjectId}`,
    HOST: '127.0.0.1',
  };
  const { outgoing } = createAuthentication({ MicrosoftAppType: 'SingleTenant' });
  bot = await startFast({ now: start, env, parts: { auth: { outgoing } } });
  rosterOf(bot).set(hugo, louis, amy);
  await bot.click(alma, 'setup.choose', { use: 'coordinators' }, inChannel);
});
afterAll(() => bot.close());
beforeEach(async () => {
  bot.setNow(start);
  await bot.app.services.store.transact(async (tx) => {
    for (const kind of ['terms', 'amendments', 'deadlines', 'history', 'entries'] as const)
      for (const { id } of await tx.all(kind)) await tx.remove(kind, id);
  });
});

const card = async (who = hugo) => (await bot.click(who, 'convention.open')).value;
const enter = async (signedOn: unknown, who = alma) => {
  const form = (await bot.click(who, 'convention.signature')).value;
  const data = formData(form, 'convention.sign', { signedOn });
  return { data, answer: await bot.click(who, 'convention.sign', data) };
};

describe('the card', () => {
  it('asks for the date of signature while nobody has entered it, and only an administrator gets its form', async () => {
    const [theirs, own] = [await card(), await card(alma)];
    expect(textOf(theirs)).toContain(says('fr', 'convention.unsignedHeading'));
    expect(textOf(theirs)).toContain(says('fr', 'convention.missing'));
    expect(hasButton(theirs, 'convention.signature')).toBe(false);
    expect(textOf(own)).toContain(says('fr', 'convention.missingAdmin'));
    expect(findAction(own, 'convention.signature')).toMatchObject({ style: 'positive' });
    expect(JSON.stringify(theirs)).not.toContain('image/png;base64,undefined');
    expect(textOf(theirs)).not.toContain(says('fr', 'convention.timeline'));
    const refused = await bot.click(hugo, 'convention.signature');
    expect(textOf(refused.value)).toContain(says('fr', 'refusal.notAdmin.heading'));
  });

  it.each([
    [
      'fr',
      hugo,
      'convention',
      'La convention court jusqu’au 4 novembre 2027, dans 346 jours',
      'au plus tard le mardi 4 mai 2027',
    ],
    [
      'en',
      amy,
      'convention',
      'The convention runs until 4 November 2027, in 346 days',
      'told by Tuesday 4 May 2027',
    ],
  ] as const)('says in %s who, since when, until when, what is promised and what comes', async (lang, who, command, heading, notice) => {
    await enter('2024-11-05');
    const text = textOf((await bot.say(who, command))[0]);
    for (const said of [heading, notice, 'Microsoft France']) expect(text).toContain(said);
    expect(text).toContain(says(lang, 'convention.noAmendment'));
    expect(text).toContain(
      lang === 'fr' ? 'Article 2 : 0 personne mobilisée sur 10.' : 'Article 2: 0 people',
    );
    expect(text).toContain(
      lang === 'fr' ? 'Comité de pilotage : lundi 5 juillet 2027' : 'Steering committee: Monday 5 July 2027',
    );
  });

  it('has a timeline from the signature to the end, whose picture is described by what is under it', async () => {
    await enter('2024-11-05');
    const shown = await card();
    const text = textOf(shown);
    const days = [
      '5 novembre 2024',
      '7 juillet 2025',
      '6 juillet 2026',
      '4 mai 2027',
      '5 juillet 2027',
      '4 novembre 2027',
    ];
    const at = days.map((day) => text.lastIndexOf(`${day} :`));
    expect(at).toEqual(at.filter((n) => n >= 0).toSorted((a, b) => a - b));
    const [picture] = (shown.body as CardJson[]).filter(({ type }) => type === 'Image');
    for (const day of days)
      expect(String(picture?.altText)).toContain(day.replaceAll(' ', '\u00a0').split('\u00a0')[2]);
    expect(String(picture?.url)).toMatch(/^data:image\/png;base64,/);
  });

  it('shows what is done, and the amendments with what they change of a commitment', async () => {
    await enter('2024-11-05');
    const done = { by: hugo.aadObjectId, at: start, evidence: 'Remis' };
    await bot.app.services.store.transact(async (tx) => {
      await tx.put('deadlines', { id: 'committee:2026-07-06', done });
      for (const number of [1, 2, 3, 4, 5])
        await tx.put('amendments', {
          id: `amendment${number}`,
          number,
          state: number === 5 ? 'dropped' : number === 4 ? 'drafted' : 'signed',
          subject: `Objet *${number}*`,
          from: `2027-0${number}-01`,
          change: { commitment: 'mobilised-employees', target: 10 + number },
          moved: { by: hugo.aadObjectId, at: start },
          revision: 2,
        });
    });
    const text = textOf(await card());
    expect(text).toContain('il y a 140 jours, fait');
    expect(text).toContain('sur 13. Objectif de l’avenant n° 3.');
    expect(text).toContain('Avenant n° 4, Objet \\*4\\*. Projet, pour le 1er avril 2027.');
    expect(text).toContain(says('fr', 'convention.moreAmendments', { count: 1 }));
    expect(text).not.toContain('Objet \\*5');
    expect(text).toContain('Avenant n° 3, prise d’effet');
  });

  it('says when the convention has ended', async () => {
    await enter('2022-01-01');
    const text = textOf(await card());
    expect(text).toContain('La convention a pris fin le 31 décembre 2024');
    expect(text).toContain(says('fr', 'convention.nothingNext'));
  });

  it('says that a termination is notified, and that it has ended the convention, by which article', async () => {
    await enter('2025-01-15');
    const id = await enterAndFind(bot, hugo, 'termination', { day: '2026-11-05' });
    const running = textOf(await card());
    expect(running).toContain('La convention court jusqu’au 14 janvier 2028');
    expect(running).toContain(
      'Dénonciation reçue le jeudi 5 novembre 2026 : elle prend effet le mercredi 5 mai 2027 au plus tôt (article 9).',
    );
    bot.setNow('2027-05-10T08:00:00.000Z');
    await note(bot, hugo, id, 'takeEffect', { day: '2027-05-05' });
    const ended = textOf(await card());
    expect(ended).toContain('La convention a pris fin le 5 mai 2027');
    expect(ended).toContain('La convention est résiliée depuis le mercredi 5 mai 2027 (article 9).');
    expect(ended).toContain('5 mai 2027 : Fin avant le terme (article 9)');
    expect(ended).toContain(says('fr', 'convention.nothingNext'));
    for (const text of [
      '2028',
      '5 juillet 2027',
      'Prévenir le ministère',
      'Ministère prévenu',
      'Dénonciation',
    ])
      expect(ended).not.toContain(text);
    await note(bot, hugo, id, 'abandon');
    expect(textOf(await card())).toContain('La convention court jusqu’au 14 janvier 2028');
  });

  it('says that a formal notice without an answer has ended it, before anybody knows when it was signed', async () => {
    const id = await enterAndFind(bot, hugo, 'formal-notice', { day: '2026-11-03' });
    await note(bot, hugo, id, 'lapse');
    const text = textOf(await card());
    expect(text).toContain('La convention a pris fin le 11 novembre 2026');
    expect(text).toContain('la convention est caduque depuis le mercredi 11 novembre 2026 (article 6).');
    expect(text).not.toContain(says('fr', 'convention.missing'));
  });

  it('opens the deadlines and the report only to those who may read them', async () => {
    for (const verb of ['deadlines.open', 'report.open']) {
      expect(hasButton(await card(), verb)).toBe(true);
      expect(hasButton(await card(alma), verb)).toBe(false);
    }
    expect(hasButton(await card(alma), 'amendments.open')).toBe(true);
    const opened = await bot.click(alma, 'amendments.open');
    expect(textOf(opened.value)).not.toContain(says('fr', 'refusal.notCoordinator.heading'));
  });

  it('is for coordinators and administrators, in their chats and the channel', async () => {
    expect(textOf((await bot.say(alma, 'convention'))[0])).toContain(says('fr', 'convention.eyebrow'));
    expect(textOf((await bot.say(hugo, 'convention', coordination))[0])).toContain(
      says('fr', 'convention.eyebrow'),
    );
    for (const answer of [(await bot.say(zoe, 'convention'))[0], await card(zoe)])
      expect(textOf(answer)).toContain(says('fr', 'refusal.notCoordinator.heading'));
    expect(textOf((await bot.say(alma, 'aide'))[0])).toContain(says('fr', 'help.convention.title'));
    expect(textOf((await bot.say(zoe, 'aide'))[0])).not.toContain(says('fr', 'help.convention.title'));
  });
});

describe('the date of signature', () => {
  it('is kept with who entered it, and every deadline follows at once, after a restart too', async () => {
    expect(textOf((await bot.say(hugo, 'échéances'))[0])).not.toContain('Prévenir le ministère');
    const { answer } = await enter('2024-08-31');
    expect(textOf(answer.value)).toContain(
      'Samedi 31 août 2024, date saisie par Alma Fictive le 23 novembre 2026',
    );
    expect(textOf((await bot.say(hugo, 'échéances'))[0])).toContain(
      'Dimanche 28 février 2027, dans 97 jours',
    );
    expect(textOf((await bot.say(ines, 'agenda'))[0])).toContain('Prévenir le ministère de la fin');
    expect((await all(bot, 'history')).map(({ move, from, to, by }) => [move, from, to, by])).toEqual([
      ['signature', 'none', '2024-08-31', alma.aadObjectId],
    ]);
  });

  it('is entered once, and can be corrected; the history keeps both', async () => {
    const { data } = await enter('2024-08-31');
    const before = await written(bot);
    const again = await bot.click(alma, 'convention.sign', { ...data, signedOn: '2024-01-01' });
    expect(textOf(again.value)).toContain('Samedi 31 août 2024');
    expect(await written(bot)).toBe(before);
    // A coordinator reads the date and is offered no form for it.
    expect(hasButton(await card(), 'convention.signature')).toBe(false);
    expect(hasButton(await card(alma), 'convention.signature')).toBe(true);
    const form = (await bot.click(alma, 'convention.signature')).value;
    expect(inputsOf(form)).toEqual({ signedOn: '2024-08-31' });
    expect(textOf(form)).toContain('Date connue : samedi 31 août 2024, date saisie par Alma Fictive');
    await enter('2024-09-02');
    expect(textOf(await card())).toContain('Lundi 2 septembre 2024');
    expect((await all(bot, 'history')).map(({ from, to }) => [from, to]).sort()).toEqual([
      ['2024-08-31', '2024-09-02'],
      ['none', '2024-08-31'],
    ]);
    const unchanged = await written(bot);
    await enter('2024-09-02');
    expect(await written(bot)).toBe(unchanged);
  });

  it.each([
    ['nothing', '', says('fr', 'convention.signedOnError')],
    ['a day to come', '2026-11-24', 'choisissez un jour passé'],
    ['a day long before such conventions', '2014-12-31', 'à partir du jeudi 1er janvier 2015'],
    ['a day that is none', '2024-02-30', 'n’est pas une date possible'],
    ['no text', { day: 1 }, 'n’est pas une date possible'],
  ])('is refused as %s, and the form comes back', async (_, signedOn, fault) => {
    const before = await written(bot);
    const { answer } = await enter(signedOn);
    expect(faultsOf(answer.value)).toEqual([{ text: expect.stringContaining(fault), before: 'signedOn' }]);
    expect(await written(bot)).toBe(before);
  });

  it('is refused when a signed amendment would be outside the convention', async () => {
    await enter('2024-11-05');
    await bot.app.services.store.transact((tx) =>
      tx.put('amendments', {
        id: 'amendment',
        number: 1,
        state: 'signed',
        subject: 'Objet',
        from: '2027-01-01',
        signature: { by: 'Les deux parties', on: '2024-12-01' },
        moved: { by: hugo.aadObjectId, at: start },
        revision: 2,
      }),
    );
    for (const signedOn of ['2024-12-02', '2023-12-31']) {
      const { answer } = await enter(signedOn);
      expect(faultsOf(answer.value)).toEqual([
        { text: expect.stringContaining('L’avenant n° 1 serait hors de la convention.'), before: 'signedOn' },
      ]);
    }
    expect(textOf((await enter('2024-12-01')).answer.value)).toContain('Dimanche 1er décembre 2024');
  });

  it('sent with the key of another’s form is refused', async () => {
    const { data } = await enter('2024-08-31');
    expect(errorText(await bot.click(basile, 'convention.sign', data))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
  });
});

it('a convention whose years begin with its signature counts everything again when the date is corrected', async () => {
  const other = await startFast({
    now: '2026-08-20T08:00:00.000Z',
    env: { CONVENTION_FILE: 'test/fixtures/convention-anniversary.json' },
  });
  try {
    await other.setUp([hugo]);
    for (const [who, firstDay] of [
      [ines, '2026-08-25'],
      [zoe, '2026-09-03'],
    ] as const) {
      const id = await offerTalk(other, who, { firstDay });
      await other.click(hugo, 'approval.approve', { id }, inChannel);
      other.setNow(`${firstDay}T16:00:00.000Z`);
      const form = (await other.click(who, 'outcome.open', { id })).value;
      await other.click(who, 'outcome.held', formData(form, 'outcome.held', { pupils: '20' }));
    }
    const counted = async () =>
      (await all(other, 'tallies')).map(({ id, achieved }) => [id, achieved]).sort();
    expect(await counted()).toEqual([
      ['2025-08-31', 1],
      ['2026-08-31', 1],
    ]);
    const form = (await other.click(hugo, 'convention.signature')).value;
    await other.click(hugo, 'convention.sign', formData(form, 'convention.sign', { signedOn: '2024-09-30' }));
    expect(await counted()).toEqual([['2025-09-30', 2]]);
    const convention = await other.app.services.store.read(other.app.services.conventionIn);
    const { tallies, mobilised } = recount(
      await all(other, 'actions'),
      await all(other, 'engagements'),
      countUnder(convention),
    );
    expect(await all(other, 'tallies')).toEqual([...tallies.values()]);
    expect(hash(await all(other, 'mobilised'))).toBe(hash([...mobilised.values()]));
    expect(textOf((await other.say(ines, 'progression'))[0])).toContain('2 personnes mobilisées sur 25');
    expect(textOf((await other.say(hugo, 'bilan'))[0])).toContain('2 actions tenues');
  } finally {
    await other.close();
  }
});

const hash = (records: readonly { id: string }[]): string =>
  createHash('sha256')
    .update(JSON.stringify(records.toSorted((a, b) => (a.id < b.id ? -1 : 1))))
    .digest('hex');
