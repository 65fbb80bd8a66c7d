import { hugo, ines, louis, type TestBot, zoe } from '../support/bot.js';
import { hasButton, publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

it('offers a coordinator the waiting list of a full session for a colleague, as the colleague has it', async () => {
  await meet(zoe, ines);
  const id = await publishSession(bot, hugo, { seats: '1' });
  await join(zoe, id);
  expect(hasButton((await bot.click(ines, 'sessions.view', { id })).value, 'sessions.join')).toBe(true);
  const forInes = `${id}:${ines.aadObjectId}`;
  const { value } = await bot.click(hugo, 'behalf.action', { id: forInes });
  expect(hasButton(value, 'behalf.join')).toBe(true);
  await bot.click(hugo, 'behalf.join', { id: forInes });
  expect((await engagementOf(ines, id))?.state).toBe('waitlisted');
});
