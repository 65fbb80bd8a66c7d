import { coordination, hugo, ines, louis, type TestBot, textOf } from '../support/bot.js';
import { all, chatOf, inChannel, postsIn, publishSession, shownIn, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { edit, pass, run, available } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

const lyon = { schools: '0699001J', school: '' };

/** A session on 8 December to which Inès is invited until the 26th of November moves to the 25th. */
async function invitedThenMoved(): Promise<string> {
  await available(ines);
  const id = await publishSession(bot, hugo, lyon);
  await bot.click(hugo, 'invitations.invite', { id, invited: ines.aadObjectId }, inChannel);
  await bot.app.drain();
  await edit(id, { ...lyon, firstDay: '2026-11-25' });
  await pass(3);
  return id;
}

it('does not await an answer until after the session', async () => {
  await invitedThenMoved();
  const card = textOf((await shownIn(bot, chatOf(ines))).at(-1));
  expect(card).toContain('mercredi 25 novembre 2026');
  expect(card).not.toContain('avant jeudi 26 novembre');
});

it('lapses before the session, and the coordinators are told that they can ask the next', async () => {
  await invitedThenMoved();
  const before = (await postsIn(bot, coordination)).length;
  for (const now of ['2026-11-24T17:05:00.000Z', '2026-11-24T17:30:00.000Z']) await run('reminders', now);
  expect((await all(bot, 'invitations')).map(({ state }) => state)).toEqual(['lapsed']);
  expect((await postsIn(bot, coordination)).length).toBe(before + 1);
});
