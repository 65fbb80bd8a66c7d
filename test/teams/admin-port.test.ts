import { ines, type TestBot, textOf } from '../support/bot.js';
import { keepingLog, says, startFast } from '../support/flows.js';

const { lines, log } = keepingLog();
let bot: TestBot;
afterEach(() => bot.close());

const start = async (env: Record<string, string>) => {
  lines.length = 0;
  bot = await startFast({ env, parts: { log } });
  const port = /"adminPort":(\d+)/.exec(lines.join())?.[1];
  return { open: new URL(bot.url).origin, admin: `http://127.0.0.1:${port}` };
};
const statusesOf = (origin: string) =>
  Promise.all(['/health', '/ready', '/metrics'].map(async (path) => (await fetch(origin + path)).status));

it('without ADMIN_PORT everything is on the port of the bot', async () => {
  const { open } = await start({});
  expect(await statusesOf(open)).toEqual([200, 200, 200]);
  expect(lines.join()).not.toContain('adminPort');
});

it('with ADMIN_PORT only those who reach it read the figures, and whether the bot is ready', async () => {
  const { open, admin } = await start({ ADMIN_PORT: '0' });
  expect(await statusesOf(open)).toEqual([200, 404, 404]);
  expect(await statusesOf(admin)).toEqual([200, 200, 200]);
  expect(await (await fetch(`${admin}/metrics`)).text()).toContain('passerelle_turn_seconds');
});

it('nobody speaks to the bot through it', async () => {
  const { admin } = await start({ ADMIN_PORT: '0' });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${admin}/api/messages`, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(400);
  expect((await fetch(`${admin}/api/messages`, { method: 'POST' })).status).toBe(404);
  expect(textOf((await bot.say(ines, 'aide'))[0])).toContain(says('fr', 'help.help.heading'));
});

it('it stops with the bot', async () => {
  const { admin } = await start({ ADMIN_PORT: '0' });
  await bot.app.close();
  await expect(fetch(`${admin}/health`)).rejects.toThrow();
});
