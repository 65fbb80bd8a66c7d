import { hugo, ines, louis, type TestBot, textOf, zoe } from '../support/bot.js';
import { publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, edit, pass, told, engagementOf } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

/** 23:58:30 in Paris, on the eve of a session. */
const lastMinutes = '2026-12-07T22:58:30.000Z';

it('is told to who has a seat: other hours and another place for the next morning', async () => {
  await meet(zoe);
  const id = await publishSession(bot, hugo);
  await join(zoe, id);
  bot.setNow(lastMinutes);
  const changes = { from: '14:00', until: '15:00', school: 'Collège Autre, Paris' };
  const { value } = await edit(id, changes);
  expect(textOf(value)).toContain('Les personnes concernées sont prévenues dans quelques minutes');
  await pass(2);
  await pass(8 * 60);
  expect((await told(zoe)).at(-1) ?? 'told nothing').toContain('Collège Autre');
});

it('is told to who has moved up meanwhile, and has a seat now', async () => {
  await meet(zoe, ines);
  const id = await publishSession(bot, hugo, { seats: '1' });
  for (const who of [zoe, ines]) await join(who, id);
  bot.setNow(lastMinutes);
  await edit(id, { seats: '1', remark: 'Entrée par la cour.' });
  await bot.click(zoe, 'sessions.leave', { id });
  expect((await engagementOf(ines, id))?.state).toBe('approved');
  await pass(2);
  await pass(8 * 60);
  expect((await told(ines)).at(-1) ?? 'told nothing').toContain('vous participez');
});
