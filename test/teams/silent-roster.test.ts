import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formData, hugo, ines, louis, type TestBot, textOf } from '../support/bot.js';
import { all, errorText, hasButton, inChannel, offerTalk, says, written } from '../support/flows.js';
import { type Roster, startWithTeam } from '../support/roster.js';

let bot: TestBot;
let roster: Roster;
afterEach(() => bot.close());

const decisions = [
  ['approval.approve', {}],
  ['approval.decline', { reason: 'L’équipe est complète.' }],
  ['approval.askChanges', { changes: 'Une autre semaine conviendrait.' }],
] as const;

it('when Teams does not answer, nobody changes anything two minutes later, and what is known shows for an hour', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  const id = await offerTalk(bot, ines);
  expect(await roster.refuses(hugo)).toBe(false);
  roster.fails();
  roster.later(5);
  const before = await written(bot);
  for (const [verb, more] of decisions) {
    const answer = await bot.click(hugo, verb, { id, ...more }, inChannel);
    // The card stays as it is, with what was typed into it.
    expect(answer.type).toBe('application/vnd.microsoft.error');
    expect(errorText(answer)).toContain(says('fr', 'refusal.teamUnknown.heading'));
  }
  expect(await written(bot)).toBe(before);
  roster.later(54);
  const [list] = await bot.say(hugo, 'à valider');
  expect(hasButton(list, 'approval.view')).toBe(true);
  const { value } = await bot.click(hugo, 'approval.view', { id }, inChannel);
  expect(hasButton(value, 'approval.approve')).toBe(true);
  expect(textOf(await bot.say(hugo, 'aide'))).toContain(says('fr', 'help.pending.title'));
  roster.later(2);
  expect(await roster.isSilent(hugo)).toBe(true);
});

it('an answer that Teams keeps waiting is one message, and nothing before it', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  await bot.say(hugo, 'aide');
  roster.later(61);
  bot.connector.fail({ match: ({ method }) => method === 'GET', delayMs: 1_300, status: 503 });
  const before = bot.connector.posts.length;
  await bot.say(hugo, 'à valider');
  const sent = bot.connector.posts.slice(before).map(({ activity }) => activity.type);
  expect(sent).toEqual(['message']);
});

it('somebody who is not among those known ten minutes ago may have joined since: they are not refused for good', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  expect(await roster.refuses(louis)).toBe(true);
  roster.fails();
  roster.later(9);
  expect(await roster.refuses(louis)).toBe(true);
  roster.later(2);
  expect(await roster.isSilent(louis)).toBe(true);
  expect(await roster.refuses(hugo)).toBe(false);
});

it.each([
  'fr',
  'en',
] as const)('what a coordinator is told then is not that they are none (%s)', async (lang) => {
  const who = { ...hugo, locale: lang === 'fr' ? 'fr-FR' : 'en-GB' };
  ({ bot, roster } = await startWithTeam([hugo]));
  await offerTalk(bot, ines);
  roster.later(61);
  roster.fails();
  for (const command of ['à valider', 'publier']) {
    const said = textOf(await bot.say(who, command));
    expect(said).toContain(says(lang, 'refusal.teamUnknown.heading'));
    expect(said).toContain(says(lang, 'refusal.teamUnknown.why'));
  }
  const answer = await bot.click(who, 'pending.page', { page: 0 });
  expect(errorText(answer)).toContain(says(lang, 'refusal.teamUnknown.why'));
});

it('what is the person’s own needs no answer of Teams', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  const id = await offerTalk(bot, ines, { firstDay: '2026-11-23' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  roster.later(61);
  roster.fails();
  const form = (await bot.click(ines, 'outcome.open', { id })).value;
  const held = await bot.click(ines, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
  expect(textOf(held.value)).toContain(says('fr', 'state.attended'));
});

it('of somebody else’s action Teams has to be asked before it is refused', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  const id = await offerTalk(bot, ines, { firstDay: '2026-11-23' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  const form = (await bot.click(hugo, 'outcome.open', { id })).value;
  roster.later(3);
  roster.fails();
  const answer = await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
  expect(errorText(answer)).toContain(says('fr', 'refusal.teamUnknown.heading'));
  bot.connector.heal();
  const held = await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
  expect(textOf(held.value)).toContain(says('fr', 'outcome.held'));
});

it('a request that Teams says nothing about shows everybody where it stands, and how to try again', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  const id = await offerTalk(bot, ines);
  roster.later(61);
  roster.fails();
  const { value } = await bot.click(hugo, 'approval.view', { id }, inChannel);
  expect(textOf(value)).toContain(says('fr', 'approval.unknownNote'));
  expect(textOf(value)).toContain(says('fr', 'approval.examine'));
  expect(hasButton(value, 'approval.approve')).toBe(false);
  bot.connector.heal();
  const again = await bot.click(hugo, 'approval.view', formData(value, 'approval.view'), inChannel);
  expect(hasButton(again.value, 'approval.approve')).toBe(true);
});

it('a change asks Teams again after two minutes: who has left the team meanwhile decides nothing', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  const id = await offerTalk(bot, ines);
  expect(await roster.refuses(hugo)).toBe(false);
  roster.set(louis);
  roster.later(3);
  const before = await written(bot);
  const { value } = await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect(textOf(value)).toContain(says('fr', 'refusal.notCoordinator.heading'));
  expect(await written(bot)).toBe(before);
  const approved = await bot.click(louis, 'approval.approve', { id }, inChannel);
  expect(textOf(approved.value)).toContain(says('fr', 'state.approved'));
});

it('the ages are settings of the convention', async () => {
  const convention = JSON.parse(readFileSync('convention.json', 'utf8'));
  convention.settings.roster = { changeMinutes: 30, readMinutes: 90 };
  const file = join(mkdtempSync(join(tmpdir(), 'passerelle-ages-')), 'convention.json');
  writeFileSync(file, JSON.stringify(convention));
  ({ bot, roster } = await startWithTeam([hugo], { CONVENTION_FILE: file }));
  const id = await offerTalk(bot, ines);
  expect(await roster.refuses(hugo)).toBe(false);
  roster.fails();
  roster.later(29);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect((await all(bot, 'engagements'))[0]?.state).toBe('approved');
  roster.later(60);
  expect(await roster.isSilent(hugo)).toBe(false);
  roster.later(2);
  expect(await roster.isSilent(hugo)).toBe(true);
});

it('a click waits three seconds for Teams; what comes later counts for the next one', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  const id = await offerTalk(bot, ines);
  await bot.app.drain();
  roster.later(3);
  const reads = roster.reads();
  const teams = roster.heldUp();
  const approve = () => bot.click(hugo, 'approval.approve', { id }, inChannel);
  const began = performance.now();
  expect(errorText(await approve())).toContain(says('fr', 'refusal.teamUnknown.heading'));
  expect(performance.now() - began).toBeLessThan(5_000);
  const next = approve();
  teams.answers();
  expect(textOf((await next).value)).toContain(says('fr', 'state.approved'));
  expect(roster.reads()).toBe(reads + 1);
});
