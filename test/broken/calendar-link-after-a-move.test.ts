import { hugo, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, edit, pass } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast({ env: { PUBLIC_URL: 'https://bot.example' } });
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('gives a link that works until the last day is over, also after the session has moved to a later day', async () => {
  await meet(zoe);
  const id = await publishSession(bot, hugo);
  await join(zoe, id);
  // She opens the card for the 8th of December and does not download the file.
  await bot.click(zoe, 'reminders.calendar', { id });
  await edit(id, { firstDay: '2027-01-12' });
  await pass(3);
  bot.setNow('2026-12-07T09:00:00.000Z');
  const { value } = await bot.click(zoe, 'reminders.calendar', { id });
  expect(textOf(value)).toContain('mardi 12 janvier 2027');
  const token = /\/files\/([\w-]{32})/.exec(JSON.stringify(value))?.[1] ?? '';
  const address = new URL(`/files/${token}`, bot.url);
  // Three days later, a month before the session.
  bot.setNow('2026-12-10T09:00:00.000Z');
  expect((await fetch(address)).status).toBe(200);
});
