import { formData, hugo, ines, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { inChannel, publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('does not say that the last person was there because a coordinator gives another number of pupils', async () => {
  await meet(zoe, ines);
  const id = await publishSession(bot, hugo);
  for (const who of [zoe, ines]) await join(who, id);
  bot.setNow('2026-12-08T12:00:00.000Z');
  const form = (await bot.click(zoe, 'outcome.open', { id })).value;
  await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '20' }));
  expect((await engagementOf(ines, id))?.state).toBe('approved');
  const other = (await bot.click(louis, 'outcome.differ', { id }, inChannel)).value;
  // The form does not name Inès, and does not ask who was there.
  expect(textOf(other)).not.toContain('Inès');
  const data = formData(other, 'outcome.held', { pupils: '25' });
  const answered = await bot.click(louis, 'outcome.held', data, inChannel);
  expect(textOf(answered.value)).toContain('Rien ne change avant ce choix');
  expect((await engagementOf(ines, id))?.state).toBe('approved');
  expect(textOf((await bot.say(zoe, 'progression'))[0])).toContain('Réalisé 1');
});
