import { hugo, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, edit, pass, told, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('tells somebody who has seen and confirmed a change that it was undone', async () => {
  await meet(zoe);
  const id = await publishSession(bot, hugo);
  await join(zoe, id);
  await bot.app.drain();
  await edit(id, { firstDay: '2026-12-10' });
  // She opens the session within the two minutes that the message waits, and confirms what she reads.
  const { value } = await bot.click(zoe, 'sessions.confirm', { id });
  expect(textOf(value)).toMatch(/Merci, c’est confirmé.*jeudi 10 décembre/);
  await edit(id, { firstDay: '2026-12-08' });
  await pass(5);
  expect((await engagementOf(zoe, id))?.firstDay).toBe('2026-12-08');
  // All that she knows is the 10th, which she has confirmed.
  expect((await told(zoe)).at(-1) ?? 'told nothing').toContain('mardi 8 décembre');
});
