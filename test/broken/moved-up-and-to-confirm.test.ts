import { hugo, ines, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, edit, pass, told } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('says the same of a seat as the session does, to whoever moves up with a change of day', async () => {
  await meet(zoe, ines);
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, ines]) await join(who, id);
  await edit(id, { seats: '2', firstDay: '2026-12-10' });
  await pass(3);
  const said = (await told(ines)).at(-1) ?? '';
  const session = textOf((await bot.click(ines, 'sessions.view', { id })).value);
  expect(session).toContain('État : | À confirmer');
  expect(said).toContain('Sans réponse, votre place revient à une autre personne');
  // "Une place s'est libérée : vous participez", "Vous participez."
  expect(said).not.toContain('État : | Vous participez');
});
