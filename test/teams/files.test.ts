import ICAL from 'ical.js';
import { calendarLink, calendarWays } from '../../src/features/reminders/calendar-link.js';
import { readRequest } from '../../src/features/shared/records.js';
import {
  amy,
  type CardJson,
  formData,
  hugo,
  ines,
  type TestBot,
  type TestPerson,
  zoe,
} from '../support/bot.js';
import { anAction } from '../support/builders.js';
import {
  all,
  chatOf,
  inChannel,
  inputsOf,
  keepingLog,
  lastPostIn,
  offerTalk,
  publishSession,
  says,
  startFast,
  tidy,
  urlsIn,
} from '../support/flows.js';

let bot: TestBot;
let logged: ReturnType<typeof keepingLog>;
beforeEach(async () => {
  logged = keepingLog();
  bot = await startFast({ parts: { log: logged.log } });
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const fileUrlIn = (card: CardJson): string => {
  const url = urlsIn(card).find((u) => u.includes('/files/'));
  if (!url) throw new Error('the card has no link to a file');
  return url;
};

/** An approved talk of somebody; gives its id and the link that came with the approval. */
async function approved(who: TestPerson = ines): Promise<{ id: string; url: string }> {
  const id = await offerTalk(bot, who);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return { id, url: fileUrlIn(await lastPostIn(bot, chatOf(who))) };
}
const open = async (url: string, init: RequestInit = {}) => {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: answer.headers, text: tidy(await answer.text()) };
};
const download = (url: string) => open(url, { method: 'POST' });
const freshLink = async (id: string, who = ines) =>
  fileUrlIn((await bot.click(who, 'reminders.calendar', { id })).value);
const used = async () => (await all(bot, 'links')).filter(({ usedAt }) => usedAt !== undefined).length;

it('opening a link shows a page with one button, however often, and also to those who only look', async () => {
  const { url } = await approved();
  for (const method of ['HEAD', 'GET', 'GET', 'HEAD']) {
    const page = await open(url, { method });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text.match(/<button>/g)?.length ?? 0).toBe(method === 'GET' ? 1 : 0);
  }
  expect(await used()).toBe(0);
});

it('its button downloads the file, once; then the page says how to get another link', async () => {
  const { id, url } = await approved();
  const file = await download(url);
  expect(file.status).toBe(200);
  expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="passerelle-\d+\.ics"/);
  expect(new ICAL.Component(ICAL.parse(file.text)).getAllSubcomponents('vevent')).toHaveLength(1);
  for (const again of [await download(url), await open(url), await open(url, { method: 'HEAD' })])
    expect(again.status).toBe(410);
  expect((await open(url)).text).toContain(says('fr', 'reminders.files.calendar.again'));
  const next = await freshLink(id);
  expect(next).not.toBe(url);
  expect((await download(next)).status).toBe(200);
});

it('ten downloads at once give the file once', async () => {
  const { url } = await approved();
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await download(url)).status));
  expect(statuses.sort()).toEqual([200, ...Array(9).fill(410)]);
});

it('a link that works is given again, and each is for one person and one action', async () => {
  const { id, url } = await approved();
  expect(await freshLink(id)).toBe(url);
  const other = await approved(zoe);
  expect(other.url).not.toBe(url);
  const refused = await bot.click(zoe, 'reminders.calendar', { id });
  expect(JSON.stringify(refused.value)).toContain(says('fr', 'refusal.notYours.heading'));
});

it('after the last day it gives nothing, and a month later nobody remembers it', async () => {
  const { url } = await approved();
  bot.setNow('2026-12-08T22:59:59.000Z');
  expect((await open(url)).status).toBe(200);
  bot.setNow('2026-12-08T23:00:00.000Z');
  for (const late of [await open(url), await download(url)]) {
    expect(late.status).toBe(410);
    expect(late.text).toContain(says('fr', 'files.expired.heading'));
  }
  bot.setNow('2027-01-10T08:00:00.000Z');
  const id = await offerTalk(bot, ines, { firstDay: '2027-02-02' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect((await open(url)).status).toBe(404);
  expect(await all(bot, 'links')).toHaveLength(1);
});

it('a link that is given again after its session has moved works until that day is over', async () => {
  const id = await publishSession(bot, hugo);
  await bot.click(ines, 'sessions.join', { id });
  const url = await freshLink(id);
  const form = (await bot.click(hugo, 'sessions.edit', { id }, inChannel)).value;
  const moved = { ...inputsOf(form), firstDay: '2027-01-12' };
  await bot.click(hugo, 'sessions.save', formData(form, 'sessions.save', moved), inChannel);
  expect(await freshLink(id)).toBe(url);
  bot.setNow('2027-01-12T22:59:59.000Z');
  expect((await open(url)).text).toContain('12 janvier 2027');
  bot.setNow('2027-01-12T23:00:00.000Z');
  expect((await open(url)).status).toBe(410);
});

it.each([
  'x'.repeat(32),
  `${'A'.repeat(31)}=`,
  '1',
  '%00',
  '..%2f..%2fetc',
  'a'.repeat(5_000),
])('a token that was guessed (%p) leads to no file', async (token) => {
  await approved();
  const base = bot.url.replace('/api/messages', '/files');
  for (const method of ['GET', 'POST', 'HEAD'])
    expect((await open(`${base}/${token}`, { method })).status).toBe(404);
  expect(await used()).toBe(0);
});

it('a token is unguessable, and is in no log', async () => {
  const [{ url }, other] = [await approved(), await approved(zoe)];
  const tokens = [url, other.url].map((u) => u.split('/').at(-1) ?? '');
  for (const token of tokens) {
    expect(Buffer.from(token, 'base64url')).toHaveLength(24);
    await open(`${url.replace(/[^/]+$/, '')}${token}`);
    await download(`${url.replace(/[^/]+$/, '')}${token}`);
  }
  const broken = new Error('the disk is gone');
  bot.app.services.store.read = () => Promise.reject(broken);
  expect((await open(url)).status).toBe(500);
  expect(logged.lines.join()).toContain('the disk is gone');
  for (const token of tokens) expect(logged.lines.join()).not.toContain(token);
});

it('no page and no file is stored anywhere, framed, or told to another site', async () => {
  const { url } = await approved();
  for (const answer of [await open(url), await download(url), await open(url)]) {
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      connection: 'close',
    });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
});

it('whoever has withdrawn gets the cancellation of their entry', async () => {
  const { id, url } = await approved();
  await download(url);
  await bot.click(ines, 'mine.withdrawConfirmed', { id });
  const card = (await bot.click(ines, 'mine.show', { id })).value;
  expect(JSON.stringify(card)).toContain(says('fr', 'reminders.calendar.remove'));
  const file = await download(await freshLink(id));
  expect(file.text).toContain('METHOD:CANCEL');
  // It has changed twice: she is gone, and the offer with her.
  expect(file.text).toContain('SEQUENCE:2\r\n');
});

it('whoever never had an entry is not offered to take it out', async () => {
  const { id, url } = await approved();
  await bot.click(ines, 'mine.withdrawConfirmed', { id });
  const card = JSON.stringify((await bot.click(ines, 'mine.show', { id })).value);
  expect(card).not.toContain('reminders.calendar');
  const refused = await bot.click(ines, 'reminders.calendar', { id });
  expect(JSON.stringify(refused.value)).toContain(says('fr', 'refusal.outdated.heading'));
  // The link that came with the approval cancels what may have been copied by hand.
  expect((await download(url)).text).toContain('METHOD:CANCEL');
});

it('an engagement that is not stored any more gives nothing, and the link is not used up', async () => {
  const { id, url } = await approved();
  await bot.app.services.store.transact(async (tx) => {
    const request = await readRequest(tx, id);
    for (const engagement of request?.engagements ?? []) await tx.remove('engagements', engagement.id);
  });
  const gone = await download(url);
  expect(gone.status).toBe(410);
  expect(gone.text).toContain(says('fr', 'files.gone.heading'));
  expect(await used()).toBe(0);
});

it('the link of somebody who is not stored any more is as good as none', async () => {
  const { url } = await approved();
  await bot.app.services.store.transact((tx) => tx.remove('people', ines.aadObjectId));
  for (const answer of [await open(url), await download(url)]) {
    expect(answer.status).toBe(404);
    expect(answer.text).toContain(says('en', 'files.unknown.heading'));
  }
});

it('the page is in the language of the person, and without one in that of the browser', async () => {
  const { url } = await approved(amy);
  expect((await open(url)).text).toContain(says('en', 'files.download'));
  const base = url.replace(/[^/]+$/, '');
  const unknown = await open(`${base}${'x'.repeat(32)}`, { headers: { 'accept-language': 'en-GB,en' } });
  expect(unknown.text).toContain(says('en', 'files.unknown.heading'));
});

it('whoever asks too often has to wait', async () => {
  await bot.close();
  bot = await startFast({ parts: { personLimits: { perSecond: 1, burst: 4 } } });
  const base = bot.url.replace('/api/messages', '/files');
  const answers = await Promise.all(Array.from({ length: 12 }, () => open(`${base}/${'x'.repeat(32)}`)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(7);
  expect(refused[0]?.headers.get('retry-after')).toBe('5');
});

it('cards have the public address; a deployed bot without one has no links to files', async () => {
  await bot.close();
  bot = await startFast({ env: { PUBLIC_URL: 'https://passerelle.example.com/' } });
  await bot.setUp([hugo]);
  expect((await approved()).url).toMatch(/^https:\/\/passerelle\.example\.com\/files\/[\w-]{32}$/);
  await bot.close();
  const app = { MicrosoftAppId: 'app', MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: 'tenant' };
  bot = await startFast({ env: { ...app, ADMINS: 'hugo', HOST: '127.0.0.1' } });
  const { services } = bot.app;
  const action = anAction();
  const token = await services.store.transact((tx) => calendarLink(tx, services, action, 'ines'));
  expect(token).toBeUndefined();
  expect(await all(bot, 'links')).toEqual([]);
  expect(calendarWays(action, token, services.textIn('fr'), services)).toEqual({
    outlook: expect.stringMatching(/^https:/),
    ics: '',
  });
});
