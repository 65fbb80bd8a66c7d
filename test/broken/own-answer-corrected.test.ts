import { coordination, formData, hugo, ines, louis, type TestBot, textOf } from '../support/bot.js';
import { inChannel, offerTalk, postsIn, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('does not tell somebody who corrects their own answer that it differs from that of somebody else', async () => {
  const id = await offerTalk(bot, ines);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  bot.setNow('2026-12-08T12:00:00.000Z');
  const form = (await bot.click(ines, 'outcome.open', { id })).value;
  await bot.click(ines, 'outcome.held', formData(form, 'outcome.held', { pupils: '20' }));
  const other = (await bot.click(ines, 'outcome.differ', { id })).value;
  const said = await bot.click(ines, 'outcome.held', formData(other, 'outcome.held', { pupils: '25' }));
  expect(textOf((await postsIn(bot, coordination)).at(-1))).toContain('avec 25 élèves');
  // "Votre réponse diffère de celle de Inès Exemple", to Inès.
  expect(textOf(said.value)).not.toContain('celle de Inès Exemple');
});
