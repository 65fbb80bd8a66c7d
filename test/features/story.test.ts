import { readdirSync, readFileSync } from 'node:fs';
import { engagementMoves } from '../../src/domain/engagements/moves.js';
import { storyMoves } from '../../src/features/story/sentences.js';
import {
  coordination,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  hasButton,
  inChannel,
  offerTalk,
  publishSession,
  says,
  startFast,
  talk,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

const story = async (who = hugo, id = '', page = 0, where = 'personal') =>
  textOf((await bot.click(who, 'story.view', { id, page }, { where })).value);

/** Whether a move is one of those that the code names with a hole: `prepare-${item}`. */
const isLike = (move: string, named: string): boolean =>
  named.includes('${') && move.startsWith(named.slice(0, named.indexOf('${')));

it('every move that is made can be told', () => {
  // What happens to the convention itself is told on cards of its own.
  const files = readdirSync('src/features', { recursive: true, encoding: 'utf8' }).filter(
    (f) => f.endsWith('.ts') && !/^(amendments|convention|deadlines|events)\//.test(f),
  );
  const code = files.map((file) => readFileSync(`src/features/${file}`, 'utf8')).join('\n');
  // `move: 'offer'`, and both names of `move: held ? 'hold' : 'miss'`.
  const named = [
    ...code.matchAll(/\bmove: (?:[\w.]+ (?:=== '[\w-]+' )?\? )?['`](\w[^'`]*)['`](?: : '(\w+)')?/g),
  ].flatMap(([, one, other]) => [one, other].filter((move) => move !== undefined));
  expect(named.length).toBeGreaterThan(7);
  const made = new Set<string>([...Object.keys(engagementMoves), ...named]);
  expect([...made].filter((move) => !storyMoves.some((told) => told === move || isLike(told, move)))).toEqual(
    [],
  );
});

it('tells in order who did what, with the reason, to author and coordinators alike', async () => {
  const id = await offerTalk(bot, ines);
  bot.setNow('2026-11-23T09:30:00.000Z');
  await bot.click(hugo, 'approval.askChanges', { id, changes: 'Plutôt une 3e.' }, inChannel);
  const form = (await bot.click(ines, 'volunteer.edit', { id })).value;
  await bot.click(ines, 'volunteer.submit', formData(form, 'volunteer.submit', { ...talk, level: '3e' }));
  await bot.click(louis, 'approval.approve', { id });
  bot.setNow('2026-12-08T17:00:00.000Z');
  const outcome = (await bot.click(hugo, 'outcome.open', { id })).value;
  await bot.click(hugo, 'outcome.held', formData(outcome, 'outcome.held', { pupils: '28' }));
  const told = await story(hugo, id);
  const sentences = [
    'Inès Exemple a proposé cette action.',
    'Hugo Témoin a demandé une modification. | « Plutôt une 3e. »',
    'Inès Exemple a corrigé l’offre.',
    'Louis Fictif a approuvé l’offre.',
    'Hugo Témoin, pour Inès Exemple, a répondu que l’action a eu lieu.',
    'Inès Exemple a participé, selon Hugo Témoin.',
  ];
  const places = sentences.map((sentence) => told.indexOf(sentence));
  expect(places).toEqual(places.filter((at) => at > 0).toSorted((a, b) => a - b));
  expect(told).toContain('Lundi 23 novembre à 10 h 30');
  const own = (await bot.click(ines, 'story.view', { id })).value;
  expect(textOf(own)).toBe(told);
  // Each goes back to their own card of the request.
  expect(hasButton(own, 'mine.show')).toBe(true);
});

it('is in the reader’s language, page by page, and leads back to the request', async () => {
  const id = await offerTalk(bot, ines);
  for (let n = 0; n < 9; n++) {
    const form = (await bot.click(ines, 'volunteer.edit', { id })).value;
    await bot.click(ines, 'volunteer.submit', formData(form, 'volunteer.submit', talk));
  }
  const english = { ...hugo, locale: 'en-GB' };
  const first = (await bot.click(english, 'story.view', { id })).value;
  expect(textOf(first)).toContain('Inès Exemple offered this action.');
  expect(textOf(first)).toContain('1 to 8 of 10.');
  const next = (await bot.click(english, 'story.view', formData(first, 'story.view'))).value;
  expect(textOf(next)).toContain('9 to 10 of 10.');
  const back = await bot.click(hugo, 'approval.view', formData(next, 'approval.view'));
  expect(hasButton(back.value, 'approval.approve')).toBe(true);
});

it('of an offer is not for colleagues, nor for people in the coordinators’ channel elsewhere', async () => {
  const id = await offerTalk(bot, ines);
  expect(await story(zoe, id)).toContain(says('fr', 'refusal.notYours.heading'));
  expect(await story(zoe, id, 0, '19:autre@thread.tacv2')).toContain(says('fr', 'refusal.notYours.heading'));
  expect(await story(zoe, id, 0, coordination)).toContain('Inès Exemple a proposé');
});

it('of a session is for those who have or had a seat, and for coordinators', async () => {
  const id = await publishSession(bot, hugo);
  await bot.click(ines, 'sessions.join', { id });
  await bot.click(ines, 'sessions.leave', { id });
  expect(hasButton((await bot.click(zoe, 'sessions.view', { id })).value, 'story.view')).toBe(false);
  expect(await story(zoe, id)).toContain(says('fr', 'refusal.notYours.heading'));
  const card = (await bot.click(ines, 'sessions.view', { id })).value;
  const told = textOf((await bot.click(ines, 'story.view', formData(card, 'story.view'))).value);
  for (const sentence of [
    'Hugo Témoin a publié la séance.',
    'Inès Exemple a pris une place.',
    'Inès Exemple a annoncé un retrait.',
  ])
    expect(told).toContain(sentence);
});

it('of a session keeps a reason to whom it concerns and the coordinators', async () => {
  const id = await publishSession(bot, hugo);
  for (const who of [ines, zoe]) await bot.click(who, 'sessions.join', { id });
  const rows = await all(bot, 'history');
  const joined = rows.find((r) => r.move === 'join' && r.by === ines.aadObjectId);
  await bot.app.services.store.transact(async (tx) => {
    if (joined) await tx.put('history', { ...joined, why: 'Mon train est supprimé.' });
  });
  for (const who of [ines, hugo]) expect(await story(who, id)).toContain('Mon train');
  expect(await story(zoe, id)).not.toContain('Mon train');
});

it('says what a rule did in Passerelle’s name, what was done for a colleague or by themselves, and what it has no words for', async () => {
  const id = await offerTalk(bot, ines);
  const at = bot.now();
  const row = { actionId: id, from: 'open', at };
  await bot.app.services.store.transact(async (tx) => {
    await tx.add('history', { ...row, id: 'r1', move: 'recheck', to: 'refused', by: 'passerelle' });
    const behalf = { by: hugo.aadObjectId, onBehalfOf: ines.aadObjectId };
    await tx.add('history', { ...row, id: 'r2', move: 'withdraw', to: 'withdrawn', ...behalf });
    await tx.add('history', { ...row, id: 'r3', move: 'somethingElse', to: 'x', by: hugo.aadObjectId });
    const own = { by: ines.aadObjectId, engagementId: `${id}:${ines.aadObjectId}` };
    await tx.add('history', { ...row, id: 'r4', move: 'attend', to: 'attended', ...own });
  });
  const told = await story(hugo, id);
  expect(told).toContain('Passerelle a vérifié de nouveau les dates : elles ne conviennent plus.');
  expect(told).toContain('Hugo Témoin, pour Inès Exemple, a annoncé un retrait.');
  expect(told).toContain('Hugo Témoin a modifié la demande.');
  expect(told).toContain('Inès Exemple a participé.');
});

it('escapes names', async () => {
  const mean = { ...person('Mallory'), name: '**Mallory** [x](https://x.test)' };
  const id = await offerTalk(bot, mean);
  expect(JSON.stringify((await bot.click(hugo, 'story.view', { id })).value)).toContain('\\\\*\\\\*Mallory');
});
