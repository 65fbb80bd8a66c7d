import { readOwn } from '../../src/features/data/read.js';
import {
  amy,
  type CardJson,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import { lintCard } from '../support/card-lint.js';
import {
  activityFrom,
  all,
  chatOf,
  inChannel,
  offerTalk,
  publishSession,
  says,
  startFast,
  talk,
  tidy,
  urlsIn,
} from '../support/flows.js';
import { aHeldTalk, storeAll } from '../support/report-data.js';
import { publicUrl } from '../support/samples-reminders.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ env: publicUrl });
  await bot.setUp([hugo, louis]);
  for (const who of [zoe, amy]) await bot.say(who, who === amy ? 'help' : 'aide');
});
afterAll(() => bot.close());

const open = async (who: TestPerson): Promise<CardJson> => (await bot.click(who, 'data.open')).value;

/** The file of a card, as its link gives it. */
async function download(card: CardJson): Promise<Response> {
  const [url = ''] = urlsIn(card);
  return fetch(url.replace(publicUrl.PUBLIC_URL, new URL(bot.url).origin), { method: 'POST' });
}
const everything = async (who: TestPerson): Promise<Record<string, unknown>> =>
  JSON.parse(await (await download(await open(who))).text());

it.each([
  ['fr', zoe, 'mes données'],
  ['en', amy, 'my data'],
] as const)('in %s the command and the button open the same card, also for somebody of whom there is nothing', async (lang, who, command) => {
  const [card = {}] = await bot.say(who, command);
  expect(textOf(card)).toContain(says(lang, 'data.heading'));
  expect(textOf(card)).toContain(says(lang, 'data.noEngagement'));
  expect(textOf(card)).toContain(says(lang, 'data.name', { name: who.name }));
  expect(lintCard(card)).toEqual([]);
  expect(textOf(await open(who))).toBe(textOf(card));
});

describe('of somebody with a year behind them', () => {
  let talkId = '';
  let sessionId = '';
  beforeAll(async () => {
    talkId = await offerTalk(bot, ines, { remark: 'Avec une démonstration.' });
    await bot.click(hugo, 'approval.approve', { id: talkId }, inChannel);
    sessionId = await publishSession(bot, hugo, { firstDay: '2027-01-12', remark: 'Badge à l’accueil.' });
    for (const who of [ines, zoe]) await bot.click(who, 'sessions.join', { id: sessionId });
    await offerTalk(bot, ines, { firstDay: '2026-12-10' });
    await bot.app.drain();
  });

  it('the card has what is to come first, then what they did, in sentences', async () => {
    const said = textOf(await open(ines));
    expect(said).toContain(says('fr', 'data.toCome', { count: 3 }));
    expect(said).toContain('Intervention en classe, 4e, mardi 8 décembre 2026, de 10 h à 11 h');
    const group = (name: string) => said.indexOf(says('fr', `data.group.${name}`));
    const places = ['engagements', 'did', 'who', 'messages'].map(group);
    expect(places).toEqual(places.filter((at) => at >= 0).toSorted((a, b) => a - b));
    expect(said).toContain(says('fr', 'data.keptFor', { count: 3 }));
    expect(said).toContain(says('fr', 'data.counted', { years: 'Année scolaire 2026-2027' }));
  });

  it('who keeps the convention reads what they noted', async () => {
    expect(textOf(await open(hugo))).toContain(says('fr', 'data.noted.channel', { count: 1 }));
  });

  it('the file has everything, in words, and nothing of others nor of the inside', async () => {
    const file = await everything(ines);
    expect(Object.keys(file)).toEqual(
      expect.arrayContaining(['fichier établi', 'identité', 'engagements', 'historique', 'messages reçus']),
    );
    expect(file.identité).toMatchObject({
      nom: 'Inès Exemple',
      'identifiant Microsoft': ines.aadObjectId,
      'identifiant Teams': ines.id,
      'conversation avec Passerelle': chatOf(ines),
      'langue de Teams': 'Français',
      'dernière activité': '2026-11-23',
      'mots de recherche': ['ines', 'exemple'],
    });
    const engagements = file.engagements as Record<string, unknown>[];
    expect(engagements).toHaveLength(3);
    expect(engagements).toContainEqual(
      expect.objectContaining({
        'type d’action': 'Intervention en classe',
        état: 'Approuvée',
        'premier jour': talk.firstDay,
        remarque: 'Avec une démonstration.',
      }),
    );
    const history = (file.historique as Record<string, string>[]).map(({ quoi = '' }) => tidy(quoi));
    expect(history).toContain('Inès Exemple a proposé cette action.');
    expect(history).toContain('une autre personne a approuvé l’offre.');
    expect((file['messages reçus'] as unknown[]).length).toBeGreaterThan(0);
    const text = JSON.stringify(file);
    for (const other of [hugo, louis, zoe])
      for (const secret of [other.name, other.aadObjectId, other.id]) expect(text).not.toContain(secret);
    for (const { id } of [...(await all(bot, 'actions')), ...(await all(bot, 'history'))])
      expect(text).not.toContain(id);
  });

  it('the file has what they wrote and received, and not what others did', async () => {
    await bot.say(hugo, 'aide');
    const own = (await all(bot, 'outbox')).find(({ conversationId }) => conversationId === chatOf(ines));
    if (!own) throw new Error('nothing was sent');
    const { id, conversationId, message, lang } = own;
    await bot.app.services.store.transact((tx) =>
      tx.put('posts', { id, actionId: talkId, conversationId, message, lang }),
    );
    const [mine, his] = [await everything(ines), await everything(hugo)];
    const sent = [...(await all(bot, 'outbox')), ...(await all(bot, 'posts'))];
    const inTheirs = sent.filter(({ conversationId }) => conversationId === chatOf(ines)).map(({ id }) => id);
    expect(mine['messages reçus']).toHaveLength(new Set(inTheirs).size);
    expect(inTheirs.length).toBeGreaterThan(new Set(inTheirs).size);
    const session = (mine.engagements as Record<string, unknown>[]).find(
      (each) => each['premier jour'] === '2027-01-12',
    );
    expect(session).toHaveProperty('état', 'Approuvée');
    expect(session).not.toHaveProperty('remarque');
    expect(JSON.stringify(mine)).not.toContain('Badge à l’accueil.');
    expect(mine.identité).not.toHaveProperty('langue choisie');
    expect(his.rappels).toBeUndefined();
    expect((mine.rappels as unknown[]).length).toBe(
      (await all(bot, 'tasks')).filter(({ employeeId }) => employeeId === ines.aadObjectId).length,
    );
  });

  it('the card and the file have a time zone and a chosen language once there is one', async () => {
    expect(textOf(await open(zoe))).not.toContain('Asia/Tokyo');
    await bot.app.services.store.transact(async (tx) => {
      const person = await tx.get('people', zoe.aadObjectId);
      if (person) await tx.put('people', { ...person, timeZone: 'Asia/Tokyo' });
    });
    await bot.click(zoe, 'preferences.save', { language: 'en' });
    expect(textOf(await open(zoe))).toContain(says('en', 'data.timeZone', { zone: 'Asia/Tokyo' }));
    expect((await everything(zoe)).identity).toMatchObject({ 'chosen language': 'English' });
  });

  it('nothing can be read of somebody who is not known', async () => {
    const { services } = bot.app;
    await expect(services.store.read((reader) => readOwn(reader, 'nobody', services))).rejects.toMatchObject({
      key: 'refusal.outdated',
    });
  });

  it('the keys are in the language of whoever reads', async () => {
    const file = await everything(amy);
    expect(Object.keys(file)).toEqual(expect.arrayContaining(['file made', 'identity', 'links']));
    expect(file.identity).toMatchObject({ name: 'Amy Sample', 'language of Teams': 'English' });
  });

  it('every kind of thing that they noted for the convention is in the file', async () => {
    const at = bot.now();
    const by = louis.aadObjectId;
    await bot.app.services.store.transact(async (tx) => {
      await tx.put('deadlines', { id: 'committee:2027-07-05', done: { by, at, evidence: 'Bilan envoyé.' } });
      await tx.add('exports', { id: 'e', personId: by, file: 'report.table', about: '2026-09-01', at });
    });
    const file = await everything(louis);
    expect(file['pour la convention']).toContainEqual(
      expect.objectContaining({ quoi: '1 échéance faite', jour: '2027-07-05', texte: 'Bilan envoyé.' }),
    );
    expect(file.téléchargements).toEqual([
      { fichier: 'La liste des actions de l’année', texte: '2026-09-01', date: at },
    ]);
    expect(textOf(await open(louis))).toContain(says('fr', 'data.exports', { count: 1 }));
  });

  it('the file of a coordinator has the texts of their sessions, and what they wrote about actions of others', async () => {
    const texts = { remark: 'Badge au poste de garde.', expected: 'Raconter son métier.' };
    const id = await publishSession(bot, louis, { firstDay: '2027-01-26', ...texts });
    const by = louis.aadObjectId;
    const at = bot.now();
    const was = { state: 'held', pupils: 25, employees: 1 } as const;
    await storeAll(bot, [
      aHeldTalk([zoe.aadObjectId], {
        ...{ id: '01TA1K00000000000000000009', number: 990, remark: 'Ne la regarde pas.' },
        createdBy: zoe.aadObjectId,
        corrected: { by, at, why: 'Chiffre de l’établissement.', was },
        contradiction: { state: 'held', pupils: 26, remark: 'Vu sur place.', by, at },
      }),
    ]);
    await bot.app.services.store.transact((tx) =>
      tx.put('history', {
        ...{ id: 'corrected', actionId: '01TA1K00000000000000000009', move: 'correctNumber' },
        ...{ from: '25', to: '27', by, at },
      }),
    );
    const written = (file: Record<string, unknown>) => file['ce que vous avez écrit pour les autres'];
    const [his, hers] = [await everything(louis), await everything(ines)];
    expect(written(his)).toContainEqual(
      expect.objectContaining({
        'premier jour': '2027-01-26',
        remarque: 'Badge au poste de garde.',
        'ce qui est attendu': 'Raconter son métier.',
      }),
    );
    expect(written(his)).toContainEqual({
      'type d’action': 'Intervention en classe',
      'premier jour': expect.any(String),
      numéro: 990,
      texte: 'Vu sur place.',
      raison: 'Chiffre de l’établissement.',
    });
    expect(written(hers)).toBeUndefined();
    await bot.click(louis, 'sessions.join', { id });
    expect((await everything(louis)).engagements).toContainEqual(
      expect.objectContaining({ 'ce qui est attendu': 'Raconter son métier.' }),
    );
  });

  it('the file says which messages name them, such as that they have added Passerelle somewhere', async () => {
    const groupChat = { conversation: { id: '19:added@thread.v2', conversationType: 'groupChat' } };
    const caused = async () =>
      ((await everything(zoe))['messages sent after what you did, or that name you'] as unknown[]).length;
    const before = await caused();
    await bot.raw(activityFrom(bot, zoe, { type: 'installationUpdate', action: 'add', ...groupChat }));
    await bot.app.drain();
    expect(await caused()).toBe(before + 1);
    // Rows of before do not say who caused them.
    await bot.app.services.store.transact(async (tx) => {
      const { by, ...row } = (await tx.get('outbox', 'welcome:19:added@thread.v2')) ?? ({} as never);
      expect(by).toBe(zoe.aadObjectId);
      await tx.put('outbox', row);
    });
    expect(await caused()).toBe(before + 1);
  });

  it('the file has the months of which they got the card of an area, and not those of others', async () => {
    const at = bot.now();
    await bot.app.services.store.transact(async (tx) => {
      for (const id of [zoe, hugo].map((who, n) => `regional:2026-1${n}:10:${who.aadObjectId}`))
        await tx.put('jobs', { id, at });
      await tx.put('jobs', { id: 'regional:2026-12', at });
    });
    const file = await everything(louis);
    expect(file).not.toHaveProperty('cartes du mois d’une académie');
    expect((await everything(hugo))['cartes du mois d’une académie']).toEqual([
      { mois: '2026-11', académies: 'Lyon', date: at },
    ]);
  });

  it('the file tells what the audit trail names them for, without the names of others', async () => {
    const rows = (await everything(hugo))['lignes de l’historique'] as Record<string, string>[];
    expect(
      rows.map((row) => ({ ...row, texte: tidy(row.texte ?? ''), titre: tidy(row.titre ?? '') })),
    ).toContainEqual(
      expect.objectContaining({
        quoi: 'Demandes et séances',
        texte: `${hugo.name} a approuvé l’offre.`,
        titre: expect.stringMatching(/^Demande n° \d+ · rencontre d’élèves, article 2$/),
        avant: 'pending',
        après: 'approved',
      }),
    );
    for (const { name } of [ines, louis]) expect(JSON.stringify(rows)).not.toContain(name);
  });

  it('the link gives the file once, and only for some minutes', async () => {
    const card = await open(ines);
    expect((await download(card)).status).toBe(200);
    expect((await download(card)).status).toBe(410);
    const later = await open(ines);
    const now = bot.now();
    bot.setNow('2026-11-23T08:30:00.000Z');
    expect((await download(later)).status).toBe(410);
    bot.setNow(now);
  });
});
