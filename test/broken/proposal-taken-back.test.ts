import { coordination, formData, hugo, ines, louis, type TestBot, textOf } from '../support/bot.js';
import { shownIn, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { available, fixDate, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('does not leave the coordinators with the proposal of another day once the fixed day is confirmed', async () => {
  const id = await fixDate(await available(ines));
  const form = (await bot.click(ines, 'dates.propose', { id })).value;
  const other = { firstDay: '2026-12-11', from: '', until: '', remark: '' };
  await bot.click(ines, 'dates.send', formData(form, 'dates.send', other));
  const proposed = (await shownIn(bot, coordination)).map(textOf);
  expect(proposed.at(-1)).toContain('Vendredi 11 décembre 2026');
  const { value } = await bot.click(ines, 'dates.confirm', { id });
  expect(textOf(value)).toContain('C’est convenu pour le mardi 8 décembre');
  expect((await engagementOf(ines, id))?.proposal).toBeUndefined();
  const shown = (await shownIn(bot, coordination)).map(textOf);
  // Neither a message about it, nor another card in the place of "Voyez avec l'établissement, puis fixez la date".
  const about = shown.filter((text) => text.includes('Demande n° 2')).at(-1);
  expect(about).not.toContain('Voyez avec l’établissement, puis fixez la date');
});
