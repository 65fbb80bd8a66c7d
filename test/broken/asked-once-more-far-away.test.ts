import { hugo, louis, type TestBot, zoe } from '../support/bot.js';
import { activityFrom, publishSession, says, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { join, edit, pass, run, told, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it.each([
  'Pacific/Tahiti',
  'America/Los_Angeles',
])('asks somebody in %s once more before the seat goes to another', async (localTimezone) => {
  await bot.raw(activityFrom(bot, zoe, { text: 'aide', localTimezone }));
  const id = await publishSession(bot, hugo);
  await join(zoe, id);
  await edit(id, { firstDay: '2026-12-10' });
  await pass(3);
  const confirmBy = (await engagementOf(zoe, id))?.confirmBy ?? '';
  expect(confirmBy).toBe('2026-11-26');
  // Every hour, from the day before the last one to the deadline, 18:00 in Paris.
  for (
    let t = Date.parse('2026-11-25T00:05:00.000Z');
    t <= Date.parse('2026-11-26T17:05:00.000Z');
    t += 3_600_000
  )
    await run('reminders', new Date(t).toISOString());
  expect((await engagementOf(zoe, id))?.state).toBe('withdrawn');
  const asked = (await told(zoe)).filter((text) => text.includes(says('fr', 'sessions.askAgain')));
  expect(asked).toHaveLength(1);
});
