import { hugo, ines, louis, type TestBot, zoe } from '../support/bot.js';
import { publishSession, startFast } from '../support/flows.js';
import { toolsOf } from './tools.js';

let bot: TestBot;
const { meet, join, edit, pass, run, told, engagementOf, available, fixDate } = toolsOf(() => bot);
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

/** Changes the hours of a session of the 8th on the 7th; gives what somebody with a seat is told. */
async function changeOnTheEve(now: string) {
  await meet(zoe);
  const id = await publishSession(bot, hugo);
  await join(zoe, id);
  bot.setNow(now);
  await edit(id, { from: '14:00', until: '15:00' });
  await pass(3);
  return { id, said: (await told(zoe)).at(-1) ?? '' };
}

it('does not say that a seat is lost which is kept (told-once: asked on the very last day)', async () => {
  const { id, said } = await changeOnTheEve('2026-12-07T11:00:00.000Z');
  await run('reminders', '2026-12-07T17:30:00.000Z');
  expect((await engagementOf(zoe, id))?.state).toBe('approved');
  expect(said).not.toContain('Sans réponse, votre place revient à une autre personne');
});

it('does not ask for an answer before a time that has passed', async () => {
  const { said } = await changeOnTheEve('2026-12-07T19:00:00.000Z');
  expect(bot.now() > '2026-12-07T17:00:00.000Z').toBe(true);
  expect(said).not.toContain('Répondez avant lundi 7 décembre à 18 h');
});

it('does not either for a date that is fixed', async () => {
  const id = await available(ines);
  bot.setNow('2026-12-07T19:00:00.000Z');
  await fixDate(id);
  expect((await told(ines)).at(-1)).not.toContain('Répondez avant lundi 7 décembre à 18 h');
});
