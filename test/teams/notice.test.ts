import { get } from 'node:http';
import { hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { says, startFast, tidy } from '../support/flows.js';
import { publicUrl } from '../support/samples-reminders.js';

let bot: TestBot;
const start = async (options: Parameters<typeof startFast>[0] = {}) => {
  bot = await startFast(options);
};
afterEach(() => bot.close());

async function open(path: string, init: RequestInit = {}) {
  const answer = await fetch(new URL(path, bot.url), init);
  return { status: answer.status, headers: answer.headers, text: tidy(await answer.text()) };
}

it('the page on data protection is there for anybody, in the language of the browser or the one asked for', async () => {
  await start();
  const french = says('fr', 'notice.heading');
  const english = says('en', 'notice.heading');
  for (const [path, language, heading] of [
    ['/privacy', 'fr-FR,fr;q=0.9', french],
    ['/privacy', 'en-GB', english],
    ['/privacy?lang=en', 'fr-FR', english],
    ['/privacy?lang=fr', 'en', french],
  ] as const) {
    const { status, text } = await open(path, { headers: { 'accept-language': language } });
    expect(status).toBe(200);
    expect(text).toContain(`<h1>${heading}</h1>`);
  }
  const { text } = await open('/privacy', { headers: { 'accept-language': 'fr' } });
  for (const part of ['what', 'why', 'who', 'where', 'howLong', 'rights'])
    expect(text).toContain(says('fr', `notice.${part}.heading`));
  expect(text).toContain('href="/privacy?lang=en"');
  expect(text).toContain(says('fr', 'notice.officer', { company: 'Microsoft France' }));
  expect(text).not.toContain(says('fr', 'notice.model'));
  expect(text).not.toContain('{{');
});

it('it names the contact of the company, typed text is text, and no script can run in it', async () => {
  await start({ convention: { dataProtectionContact: 'Délégué <b>DPO</b>, dpo@exemple.fr' } });
  const { text, headers } = await open('/privacy?lang=fr');
  expect(text).toContain('Délégué &lt;b&gt;DPO&lt;/b&gt;, dpo@exemple.fr');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(text).not.toContain('<script');
});

it('it says when a language model reads sentences', async () => {
  await start({ env: { OPENAI_API_KEY: 'sk-invented', OPENAI_MODEL: 'gpt-4.1-mini' } });
  expect((await open('/privacy?lang=en')).text).toContain(says('en', 'notice.model'));
});

it('whoever asks for its head gets no body, and nothing else is there', async () => {
  await start();
  const head = await open('/privacy', { method: 'HEAD' });
  expect([head.status, head.text]).toEqual([200, '']);
  const status = await new Promise((resolve) => {
    get(new URL('/privacy/../privacy?lang=%', bot.url), (answer) => resolve(answer.statusCode));
  });
  expect(status).toBe(200);
  expect((await open('/privacy', { method: 'POST' })).status).toBe(405);
  expect((await open('/privacy/more')).status).toBe(404);
});

it('the card of one’s own data leads to it, in the language of its reader', async () => {
  await start({ env: publicUrl });
  await bot.setUp([hugo]);
  const card = (await bot.click(ines, 'data.open')).value;
  expect(textOf(card)).toContain(`${publicUrl.PUBLIC_URL}/privacy?lang=fr`);
});
