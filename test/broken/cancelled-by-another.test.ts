import { hugo, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { inChannel, publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, told } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('tells the second coordinator that another one has cancelled, with another reason', async () => {
  await meet(zoe);
  const id = await publishSession(bot, hugo);
  await join(zoe, id);
  await bot.click(hugo, 'sessions.cancel', { id, reason: 'Le collège est fermé.' }, inChannel);
  const data = { id, reason: 'La classe est en sortie.' };
  const { value } = await bot.click(louis, 'sessions.cancel', data, inChannel);
  const said = (await told(zoe)).join();
  expect(said).toContain('Le collège est fermé');
  expect(said).not.toContain('La classe est en sortie');
  // "La séance est annulée. Les personnes concernées sont prévenues." is all that Louis reads, and his reason is gone.
  expect(textOf(value)).toContain(hugo.name);
});
