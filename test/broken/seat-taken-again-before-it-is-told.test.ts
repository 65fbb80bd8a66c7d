import { coordination, hugo, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { postsIn, publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, pass, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('does not tell the coordinators that a seat is free which the person has taken again', async () => {
  await meet(zoe);
  const id = await publishSession(bot, hugo, { seats: '1' });
  await join(zoe, id);
  await bot.app.drain();
  // Teams refuses for a moment, so that the message waits.
  const match = (r: { method: string; ids: readonly string[] }) =>
    r.method === 'POST' && r.ids[0] === coordination;
  bot.connector.fail({ match, times: 1, status: 503 });
  await bot.click(zoe, 'sessions.leave', { id });
  await join(zoe, id);
  await pass(10);
  expect((await engagementOf(zoe, id))?.state).toBe('approved');
  const said = (await postsIn(bot, coordination)).map(textOf).join('\n');
  expect(said).not.toContain('la place est libre');
});
