import { amy, formData, hugo, ines, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { inChannel, publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, told, engagementOf, actionOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('tells somebody whose presence was recorded that it does not count any more', async () => {
  await meet(zoe, ines, amy);
  const id = await publishSession(bot, hugo, { seats: '3' });
  for (const who of [zoe, ines, amy]) await join(who, id);
  bot.setNow('2026-12-08T12:00:00.000Z');
  const form = (await bot.click(zoe, 'outcome.open', { id })).value;
  await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '20' }));
  const said = (await bot.click(ines, 'outcome.present', { id, was: 'yes' })).value;
  expect(textOf(said)).toContain('Cette action compte');
  const other = (await bot.click(amy, 'outcome.differ', { id })).value;
  await bot.click(amy, 'outcome.notHeld', formData(other, 'outcome.notHeld'));
  const seen = (await actionOf(id))?.contradiction?.at;
  const settled = await bot.click(louis, 'outcome.settle', { id, seen, choice: 'second' }, inChannel);
  expect(textOf(settled.value)).toContain('Les personnes qui avaient répondu l’ont appris');
  expect((await engagementOf(ines, id))?.state).toBe('approved');
  expect(await told(zoe)).toHaveLength(1);
  // She had answered too, and her part was taken back.
  expect(await told(ines)).toHaveLength(1);
});
