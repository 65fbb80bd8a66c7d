import { ines, startBot } from './bot.js';
import { keepingLog } from './flows.js';
import { watchLog } from './log-watch.js';

const typed = 'Venez avec un plan de la gare.';
const env = { MicrosoftAppPassword: 'not-for-the-log', DATABASE_URL: 'postgres://bot:of-the-base@host/db' };
const form = { value: { action: { verb: 'host.submit', data: { remark: typed } } } };

it.each([
  ['a name', { err: new Error(`no place for ${ines.name}`) }],
  ['the id of a person', { chat: `a:${ines.id}` }],
  ['what was typed into a form', { data: { remark: typed } }],
  ['what was written', { text: 'je voudrais accueillir « Untel »' }],
  ['a secret of the settings', { settings: env }],
  ['the password of a database', { url: env.DATABASE_URL }],
  ['a token that nobody has planted', { headers: { authorization: 'eyJhbGciOi' } }],
  ['a token of a link', { path: '/files/abcdefghijklmnopqrstuvwxyz012345' }],
  ['what is beside an error', { err: Object.assign(new Error('refused'), { detail: ines.name }) }],
])('a log with %s is found, once', (_, facts) => {
  const kept = keepingLog();
  const watch = watchLog(env, kept.log);
  watch.sees({ from: ines, text: 'je voudrais accueillir « Untel »' });
  watch.sees({ from: ines, ...form });
  watch.plant('abcdefghijklmnopqrstuvwxyz012345');
  watch.log.warn(facts, 'something went wrong');
  expect(kept.lines).toHaveLength(1);
  expect(() => watch.check()).toThrow('something went wrong');
  expect(() => watch.check()).not.toThrow();
});

it('a log of requests, files and jobs is none', () => {
  const watch = watchLog(env);
  watch.sees({ from: ines, ...form, text: 'aide' });
  watch.log.info(
    { job: 'weekly', order: '01K' },
    'a word that was written, such as aide, is a word like others',
  );
  expect(() => watch.check()).not.toThrow();
});

it('a bot of a test is closed, and then says what its log has', async () => {
  const bot = await startBot();
  await bot.say(ines, 'aide');
  bot.connector.fail({ status: 500, message: `no chat with ${ines.name}`, times: 9 });
  await bot.say(ines, 'aide').catch(() => []);
  await expect(bot.close()).rejects.toThrow('The log has what it may not have');
});
