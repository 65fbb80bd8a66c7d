import { coordination, hugo, louis, type TestBot, textOf } from '../support/bot.js';
import { all, fill, shownIn, startFast, talk } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { edit, pass } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('does not leave a session at its old place in the list of its series', async () => {
  await fill(bot, hugo, 'publier', { ...talk, firstDay: '2027-01-05', seats: '2', weeks: '6' });
  const second = (await all(bot, 'actions')).find(({ firstDay }) => firstDay === '2027-01-12');
  const list = async () => textOf((await shownIn(bot, coordination)).at(-1));
  expect(await list()).toMatch(/6 séances.*Collège Jean-Fictif, Lyon.*mardi 12 janvier 2027/);
  await edit(second?.id ?? '', { firstDay: '2027-01-12', school: 'Lycée Ailleurs, Paris' });
  await pass(3);
  expect(await list()).toContain('Lycée Ailleurs, Paris');
});
