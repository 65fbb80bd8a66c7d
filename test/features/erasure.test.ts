import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { indexPerson } from '../../src/features/shared/search-words.js';
import { standInId } from '../../src/features/shared/stand-ins.js';
import { StoreUnavailable } from '../../src/ports.js';
import { amy, coordination, formData, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import { lintCard } from '../support/card-lint.js';
import {
  askToErase,
  erase,
  finishErasing,
  isCountRight,
  kindsWith,
  type Lived,
  liveAYear,
  pastFigures,
  recountAll,
  talkId,
  traces,
} from '../support/erasure-flows.js';
import {
  all,
  chatOf,
  errorText,
  hasButton,
  inChannel,
  keepingLog,
  offerTalk,
  postsIn,
  says,
  shownIn,
  startFast,
} from '../support/flows.js';
import { aHeldTalk, storeAll } from '../support/report-data.js';
import { publicUrl } from '../support/samples-reminders.js';

let bot: TestBot;
let lived: Lived;
let logged: string[];
const start = async (): Promise<TestBot> => {
  const { log, lines } = keepingLog();
  logged = lines;
  return startFast({ env: publicUrl, parts: { log } });
};
const begin = async (): Promise<void> => {
  bot = await start();
  lived = await liveAYear(bot);
};

/** Which of the texts are in which file of the bot's folder, backups of before left out. */
function filesWith(texts: readonly string[]): string[] {
  const files = readdirSync(dirname(bot.file), { recursive: true, withFileTypes: true }).filter(
    (f) => f.isFile() && !f.parentPath.endsWith('backups'),
  );
  return files.flatMap((f) => {
    const bytes = readFileSync(join(f.parentPath, f.name)).toString('utf8').toLowerCase();
    return texts.filter((text) => bytes.includes(text.toLowerCase())).map((text) => `${f.name}: ${text}`);
  });
}
const stateOf = async (actionId: string): Promise<string | undefined> =>
  (await all(bot, 'engagements')).find(
    (e) => e.actionId === actionId && ![zoe, hugo].some((p) => p.aadObjectId === e.employeeId),
  )?.state;

describe('who asks to be erased', () => {
  beforeEach(begin);
  afterEach(() => bot.close());

  it('reads what will happen, and is asked once', async () => {
    const [card = {}] = await bot.say(ines, 'effacer mes données');
    const text = textOf(card);
    expect(text).toContain(says('fr', 'erasure.heading'));
    expect(text).toContain(says('fr', 'erasure.withdrawn', { count: 6 }));
    expect(text).toContain('Intervention en classe, 4e, mardi 8 décembre 2026');
    expect(text).toContain(says('fr', 'erasure.invitations', { count: 1 }));
    expect(lintCard(card)).toEqual([]);
    expect(hasButton(card, 'data.open')).toBe(true);
    expect(await all(bot, 'erasures')).toEqual([]);
    const own = (await bot.click(ines, 'data.open')).value;
    expect(textOf((await bot.click(ines, 'erasure.open', formData(own, 'erasure.open'))).value)).toBe(text);
  });

  it('has nothing erased by a card on which other plans are, which then comes again', async () => {
    const asked = await askToErase(bot);
    await offerTalk(bot, ines, { firstDay: '2027-03-09' });
    const again = (await bot.click(ines, 'erasure.erase', formData(asked, 'erasure.erase'))).value;
    expect(textOf(again)).toContain(says('fr', 'erasure.changed'));
    expect(textOf(again)).toContain(says('fr', 'erasure.withdrawn', { count: 7 }));
    expect(await all(bot, 'erasures')).toEqual([]);
  });

  it('is nobody from then on: a second click, a message and what is about to be sent have no name', async () => {
    const asked = formData(await askToErase(bot), 'erasure.erase');
    const begun = await bot.click(ines, 'erasure.erase', asked);
    expect(textOf(begun.value)).toContain(says('fr', 'erasure.begun.heading'));
    expect(lintCard(begun.value)).toEqual([]);
    expect(errorText(await bot.click(ines, 'erasure.erase', asked))).toContain(
      says('fr', 'refusal.beingErased.heading'),
    );
    expect(textOf((await bot.say(ines, 'mes engagements'))[0])).toContain(
      says('fr', 'refusal.beingErased.why'),
    );
    expect(await all(bot, 'people')).not.toContainEqual(expect.objectContaining({ id: ines.aadObjectId }));
    const before = bot.connector.posts.length;
    await finishErasing(bot);
    const sent = JSON.stringify(bot.connector.posts.slice(before));
    expect(sent).not.toContain('Exemple');
    expect((await postsIn(bot, chatOf(ines))).map(textOf).join()).not.toContain(
      says('fr', 'mine.withdrawOffer'),
    );
  });
});

describe('once it is done', () => {
  let before: unknown;
  beforeAll(async () => {
    await begin();
    before = await pastFigures(bot);
    expect(filesWith(traces)).not.toEqual([]);
    await erase(bot);
  });
  afterAll(() => bot.close());

  it('what was planned is withdrawn, those concerned are told, and what is past counts as before', async () => {
    for (const id of [lived.approved, lived.pending, lived.sentBack, lived.session, lived.waitedFor])
      expect([id, await stateOf(id)]).toEqual([id, 'withdrawn']);
    expect((await all(bot, 'invitations')).map(({ state }) => state)).toEqual(['declined']);
    // Zoé moves up, and the coordinators hear of the approved talk that will not take place.
    const seat = (await all(bot, 'engagements')).find(
      (e) => e.actionId === lived.session && e.employeeId === zoe.aadObjectId,
    );
    expect(seat?.state).toBe('approved');
    const channel = (await postsIn(bot, coordination)).map(textOf);
    const gone = says('fr', 'mine.withdrawnHeading', { name: 'Une personne inconnue' });
    expect(channel.filter((text) => text.includes(gone)).length).toBeGreaterThan(0);
    expect(await pastFigures(bot)).toEqual(before);
    expect(await isCountRight(bot)).toBe(true);
  });

  it('what one person did is still what one person did: past engagements, history and corrections agree', async () => {
    const actions = await all(bot, 'actions');
    const past = actions.find(({ id }) => id === talkId);
    const id = past?.corrected?.by ?? '';
    const engagements = (await all(bot, 'engagements')).filter((e) => e.employeeId === id);
    expect(engagements.map((e) => e.id)).toEqual(engagements.map((e) => `${e.actionId}:${id}`));
    expect(engagements.filter(({ state }) => state === 'attended')).toHaveLength(3);
    expect(past?.outcome?.by).toBe(id);
    expect((await all(bot, 'deadlines'))[0]?.done?.by).toBe(id);
    expect((await all(bot, 'closedlines'))[0]?.people).toContain(id);
    expect((await all(bot, 'history')).find((row) => row.id === 'pm')?.onBehalfOf).toBe(id);
    expect(past?.remark).toBe('Avec ….');
  });

  it('no byte of the files and no line of the log has anything of them, also after a restart', async () => {
    expect(await kindsWith(bot, [...traces, standInId(ines.name, bot.app.services)])).toEqual([]);
    expect(filesWith(traces)).toEqual([]);
    await bot.restart();
    expect(filesWith(traces)).toEqual([]);
    await offerTalk(bot, zoe, { firstDay: '2027-03-11', school: 'Collège Fictif, Lyon' });
    expect(filesWith(traces)).toEqual([]);
    expect(logged.filter((line) => traces.some((trace) => line.includes(trace)))).toEqual([]);
  });

  it('cards of what they took part in name nobody, and coordinators can still open everything', async () => {
    const cards = (await shownIn(bot, coordination)).map(textOf);
    expect(cards.filter((text) => text.includes('Inès'))).toEqual([]);
    for (const id of [talkId, lived.approved]) {
      const card = await bot.click(hugo, 'approval.view', { id }, inChannel);
      expect(card.statusCode).toBe(200);
      expect((await bot.click(hugo, 'story.view', { id }, inChannel)).statusCode).toBe(200);
    }
    for (const command of ['bilan', 'à valider', 'progression'])
      expect(textOf(await bot.say(hugo, command))).not.toContain('Inès');
  });

  it('who writes again is somebody new, and can be erased again', async () => {
    const { value } = await bot.click(ines, 'data.open');
    expect(textOf(value)).toContain(says('fr', 'data.noEngagement'));
    expect(await all(bot, 'people')).toContainEqual(
      expect.objectContaining({ id: ines.aadObjectId, name: ines.name }),
    );
    await offerTalk(bot, ines, { school: 'Collège Fictif, Lyon' });
    await erase(bot);
    expect(await kindsWith(bot, traces)).toEqual([]);
    expect(filesWith(traces)).toEqual([]);
  });

  it('somebody of whom there is nothing but a chat goes without anybody being told', async () => {
    await bot.say(amy, 'help');
    const before = bot.connector.posts.length;
    const asked = await askToErase(bot, amy);
    expect(textOf(asked)).toContain(says('en', 'erasure.nothingPlanned'));
    await bot.click(amy, 'erasure.erase', formData(asked, 'erasure.erase'));
    await finishErasing(bot);
    expect(bot.connector.posts.length).toBe(before);
    expect(filesWith([amy.name, amy.aadObjectId, amy.id])).toEqual([]);
    expect((await all(bot, 'people')).length).toBeGreaterThan(1);
  });

  it('the next backup has nothing of them', async () => {
    bot.setNow('2026-11-24T09:00:00.000Z');
    await bot.click(zoe, 'preferences.save', { language: 'en' });
    const folder = join(dirname(bot.file), 'backups');
    const text = readFileSync(join(folder, 'records-2026-11-24.json'), 'utf8');
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
  });
});

describe('however it goes', () => {
  beforeEach(begin);
  afterEach(() => bot.close());

  it('what a file had under their name, and was about to become theirs, goes with them', async () => {
    const id = standInId(ines.name, bot.app.services);
    const claimed = { id, teamsId: id, name: ines.name, lang: 'fr', claimedBy: ines.aadObjectId } as const;
    await storeAll(bot, [aHeldTalk([id], { id: '01NAMED0000000000000000001', number: 950, createdBy: id })]);
    const another = { ...claimed, id: 'name:another', teamsId: 'name:another', claimedBy: zoe.aadObjectId };
    await bot.app.services.store.transact(async (tx) => {
      await tx.put('people', claimed);
      await indexPerson(tx, undefined, claimed);
      await tx.put('people', { ...another, name: 'Zoé Modèle' });
      await tx.put('exports', {
        id: 'e',
        personId: another.id,
        file: 'report.table',
        about: 'a',
        at: bot.now(),
      });
    });
    await recountAll(bot);
    await erase(bot);
    expect(await kindsWith(bot, [...traces, id])).toEqual([]);
    expect((await all(bot, 'exports')).map(({ personId }) => personId)).toContain(another.id);
    const mover = (await all(bot, 'actions')).find((action) => action.id === talkId)?.corrected?.by;
    expect(await all(bot, 'engagements')).toContainEqual(
      expect.objectContaining({ actionId: '01NAMED0000000000000000001', employeeId: mover }),
    );
    expect(await isCountRight(bot)).toBe(true);
  });

  it('a turn that had begun before, and writes while the rest is erased, leaves nothing either', async () => {
    const asked = formData(await askToErase(bot), 'erasure.erase');
    await bot.click(ines, 'erasure.erase', asked);
    await bot.app.runJob('erasures', { dryRun: false });
    const by = ines.aadObjectId;
    await bot.app.services.store.transact(async (tx) => {
      const late = { id: 'late', actionId: talkId, move: 'other', from: 'a', to: 'b', by, at: bot.now() };
      await tx.add('history', late);
      const action = await tx.get('actions', lived.invitedTo);
      if (action)
        await tx.put('engagements', {
          id: `${action.id}:${by}`,
          actionId: action.id,
          employeeId: by,
          state: 'withdrawn',
          since: bot.now(),
          firstDay: action.firstDay,
        });
    });
    await finishErasing(bot);
    expect(await kindsWith(bot, traces)).toEqual([]);
    expect(filesWith(traces)).toEqual([]);
    expect(await isCountRight(bot)).toBe(true);
  });

  it('stopped between any two steps, it is done by the next start', async () => {
    await bot.click(ines, 'erasure.erase', formData(await askToErase(bot), 'erasure.erase'));
    const before = await pastFigures(bot);
    const { store } = bot.app.services;
    const { transact } = store;
    for (let steps = 0; steps < 25; steps++) {
      let left = steps;
      const mayGoOn = () => left-- > 0;
      const cutOff = () => Promise.reject(new StoreUnavailable('the process was killed'));
      Object.assign(store, { transact: (work: never) => (mayGoOn() ? transact(work) : cutOff()) });
      await bot.app.runJob('erasures', { dryRun: false }).catch(() => undefined);
      Object.assign(store, { transact });
      expect(await pastFigures(bot)).toEqual(before);
    }
    await bot.restart();
    await finishErasing(bot);
    expect(await kindsWith(bot, traces)).toEqual([]);
    expect(await pastFigures(bot)).toEqual(before);
  });
});
