import { amy, hugo, ines, louis, type TestBot, zoe } from '../support/bot.js';
import { publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, edit, pass, told, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('does not tell somebody who gave back a seat and waits again that there are fewer seats', async () => {
  await meet(zoe, ines, amy);
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, ines, amy]) await join(who, id);
  await bot.app.drain();
  await edit(id, { seats: '1', remark: 'Entrée par la cour.' });
  await bot.click(zoe, 'sessions.leave', { id });
  await join(zoe, id);
  await pass(5);
  expect((await engagementOf(ines, id))?.state).toBe('approved');
  expect((await engagementOf(zoe, id))?.state).toBe('waitlisted');
  // Amy is before her on the list.
  const said = (await told(zoe)).at(-1) ?? '';
  expect(said).not.toContain('Il y a moins de places');
  expect(said).not.toContain('Vous passez avant les autres');
});
