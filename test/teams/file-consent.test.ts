import { createAuthentication } from '../../src/teams/authentication.js';
import {
  amy,
  type CardJson,
  formData,
  hugo,
  ines,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  hasButton,
  inChannel,
  keepingLog,
  says,
  startFast,
  tidy,
  urlsIn,
} from '../support/flows.js';
import { rosterOf, tenantId } from '../support/roster.js';

const start = '2026-11-23T08:00:01.000Z';
const uploadUrl = 'https://exemple-my.sharepoint.com/personal/a/_api/v2.0/drive/upload?tempauth=x';
const contentUrl = 'https://exemple-my.sharepoint.com/personal/a/Documents/bilan.xlsx';

interface Put {
  readonly url: string;
  readonly init: RequestInit;
  readonly bytes: Buffer;
}
const puts: Put[] = [];
let respond: () => Response | Promise<Response>;
let bot: TestBot;
const logged = keepingLog();

beforeAll(async () => {
  // Only with an app id does Teams take files: a local trial has none.
  const env = {
    MicrosoftAppId: 'app',
    MicrosoftAppPassword: 'password',
    MicrosoftAppTenantId: tenantId,
    ADMINS: hugo.aadObjectId,
    HOST: '127.0.0.1',
  };
  const { outgoing } = createAuthentication({ MicrosoftAppType: 'SingleTenant' });
  const fetchFile = async (url: string, init: RequestInit) => {
    puts.push({ url, init, bytes: Buffer.from(init.body as Uint8Array) });
    return respond();
  };
  bot = await startFast({ now: start, env, parts: { auth: { outgoing }, fetchFile, log: logged.log } });
  rosterOf(bot).set(hugo, amy);
  await bot.setUp([hugo, amy]);
  for (const who of [hugo, amy, ines]) await bot.say(who, 'aide');
});
afterAll(() => bot.close());
beforeEach(async () => {
  await bot.app.drain();
  bot.setNow(start);
  puts.length = 0;
  respond = () => new Response('{}', { status: 201 });
});

const openFiles = async (who: TestPerson = hugo, options = {}) =>
  (await bot.click(who, 'report.files', {}, options)).value as CardJson;

interface Attachment {
  readonly contentType: string;
  readonly name?: string;
  readonly contentUrl?: string;
  readonly content: Record<string, unknown>;
}
const lastIn = (who: TestPerson): Attachment =>
  bot.connector.personal(chatOf(who)).at(-1)?.activity.attachments?.[0] as Attachment;

/** Asks for a file; gives what Teams is to ask the person. */
async function offered(file = 'workbook', who: TestPerson = hugo): Promise<Attachment> {
  const answer = await bot.click(who, 'report.offer', { file });
  expect(textOf(answer.value)).toContain('OneDrive');
  await bot.app.drain();
  return lastIn(who);
}

/** What Teams sends when somebody answers. */
const answer = async (
  who: TestPerson,
  { content }: Pick<Attachment, 'content'>,
  {
    action = 'accept',
    uploadInfo = {},
    ...more
  }: { action?: unknown; uploadInfo?: unknown; where?: string } = {},
) => {
  const value = {
    type: 'fileUpload',
    action,
    context: content.acceptContext,
    uploadInfo:
      typeof uploadInfo === 'object'
        ? { uploadUrl, contentUrl, name: 'x.xlsx', uniqueId: 'U-1', fileType: 'xlsx', ...uploadInfo }
        : uploadInfo,
  };
  const activity = activityFrom(bot, who, { type: 'invoke', name: 'fileConsent/invoke', value }, more.where);
  const { status } = await bot.raw(activity);
  await bot.app.drain();
  return { status, activity };
};
const told = (who: TestPerson) => tidy(textOf(lastIn(who).content));
const heading = (reason: string) => tidy(says('fr', `files.told.${reason}.heading`));

it('in a coordinator’s own chat the files are offered by Teams; in the channel they have links', async () => {
  const own = await openFiles();
  expect(hasButton(own, 'report.offer')).toBe(true);
  expect(urlsIn(own)).toEqual([]);
  expect(textOf(own)).toContain('OneDrive');
  expect(hasButton(await openFiles(hugo, inChannel), 'report.offer')).toBe(false);
});

it.each([
  ['workbook', /^bilan-2026-2027\.xlsx$/, 'PK'],
  ['ministry', /^bilan-2026-2027-ministere\.xlsx$/, 'PK'],
  ['table', /^bilan-2026-2027-actions\.csv$/, '\ufeff'],
])('the %s is asked about with its name and size, and put into their OneDrive once they accept', async (file, name, begins) => {
  const before = (await all(bot, 'exports')).length;
  const question = await offered(file);
  expect(question).toMatchObject({
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name: expect.stringMatching(name),
    content: { description: expect.stringMatching(/./), sizeInBytes: expect.any(Number) },
  });
  expect(question.content.declineContext).toEqual(question.content.acceptContext);
  expect((await answer(hugo, question)).status).toBe(200);
  const [put, ...more] = puts;
  expect(more).toEqual([]);
  expect(put?.url).toBe(uploadUrl);
  expect(put?.init).toMatchObject({ method: 'PUT', redirect: 'error' });
  const size = put?.bytes.length ?? 0;
  expect(new Headers(put?.init.headers).get('content-range')).toBe(`bytes 0-${size - 1}/${size}`);
  expect(put?.bytes.toString('utf8').startsWith(begins)).toBe(true);
  expect(lastIn(hugo)).toMatchObject({
    contentType: 'application/vnd.microsoft.teams.card.file.info',
    name: question.name,
    contentUrl,
    content: { uniqueId: 'U-1', fileType: question.name?.split('.')[1] },
  });
  expect((await all(bot, 'exports')).slice(before)).toMatchObject([
    { personId: hugo.aadObjectId, file: `report.${file}` },
  ]);
});

it('an offer works once, after a restart too', async () => {
  const question = await offered();
  await bot.restart();
  await answer(hugo, question);
  expect(puts).toHaveLength(1);
  await answer(hugo, question);
  expect(puts).toHaveLength(1);
  expect(told(hugo)).toContain(heading('used'));
});

it('the same answer that comes twice at once uploads once', async () => {
  const question = await offered();
  const { activity } = { activity: activityFrom(bot, hugo, {}) };
  const value = { type: 'fileUpload', action: 'accept', context: question.content.acceptContext };
  const uploadInfo = { uploadUrl, contentUrl, uniqueId: 'U-1' };
  const body = { ...activity, type: 'invoke', name: 'fileConsent/invoke', value: { ...value, uploadInfo } };
  await Promise.all([bot.raw(body), bot.raw(body)]);
  await bot.app.drain();
  expect(puts).toHaveLength(1);
});

it('who declines gets nothing, and the offer is over', async () => {
  const question = await offered();
  await answer(hugo, question, { action: 'decline' });
  expect(told(hugo)).toContain(heading('declined'));
  expect(told(hugo)).toContain(tidy(says('fr', 'report.files.workbook.again')));
  await answer(hugo, question);
  expect(told(hugo)).toContain(heading('used'));
  expect(puts).toEqual([]);
});

it('an offer lapses after ten minutes', async () => {
  const question = await offered();
  bot.setNow('2026-11-23T08:10:01.000Z');
  await answer(hugo, question);
  expect(told(hugo)).toContain(heading('expired'));
  expect(puts).toEqual([]);
});

it('nobody takes a file that was offered to somebody else', async () => {
  const question = await offered();
  for (const who of [amy, ines]) {
    await answer(who, question);
    expect(lastIn(who).contentType).toBe('application/vnd.microsoft.card.adaptive');
  }
  expect(puts).toEqual([]);
  await answer(hugo, question);
  expect(puts).toHaveLength(1);
});

it('who has stopped being a coordinator since gets no file', async () => {
  const question = await offered('workbook', amy);
  rosterOf(bot).set(hugo);
  bot.setNow('2026-11-23T08:05:00.000Z');
  await answer(amy, question);
  rosterOf(bot).set(hugo, amy);
  expect(puts).toEqual([]);
  expect(tidy(textOf(lastIn(amy).content))).toContain(tidy(says('en', 'files.told.gone.heading')));
});

it.each([
  ['another host', { uploadUrl: 'https://example.org/upload' }],
  ['a host that only ends so', { uploadUrl: 'https://evilsharepoint.com/upload' }],
  ['the machine itself', { uploadUrl: 'https://127.0.0.1/upload' }],
  ['no https', { uploadUrl: 'http://exemple-my.sharepoint.com/upload' }],
  ['a link to another host', { contentUrl: 'https://example.org/bilan.xlsx' }],
  ['no address', { uploadUrl: undefined }],
  ['an address that is no text', { uploadUrl: { length: { toString: 1 } } }],
  ['nothing', null],
])('a file is put nowhere for %s, and the offer stands', async (_, uploadInfo) => {
  const question = await offered();
  await answer(hugo, question, { uploadInfo: uploadInfo ?? 'none' });
  expect(puts).toEqual([]);
  expect(told(hugo)).toContain(heading('notUploaded'));
  await answer(hugo, question);
  expect(puts).toHaveLength(1);
});

it.each([
  ['refuses', () => new Response('no', { status: 403 })],
  ['fails', () => new Response('no', { status: 500 })],
  ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
])('when OneDrive %s, it is said with what to do', async (_, says500) => {
  respond = says500;
  await answer(hugo, await offered());
  expect(told(hugo)).toContain(heading('notUploaded'));
  expect(told(hugo)).toContain(tidy(says('fr', 'report.files.workbook.again')));
});

it.each([
  ['no context', { action: 'accept' }],
  ['a token that is none', { action: 'accept', context: { link: '../x' } }],
  ['an unknown action', { action: 'other', context: { link: 'a'.repeat(32) } }],
  ['no value', null],
])('an answer with %s changes nothing', async (_, value) => {
  const before = bot.connector.posts.length;
  const sent = activityFrom(bot, hugo, { type: 'invoke', name: 'fileConsent/invoke', value });
  expect((await bot.raw(sent)).status).toBe(400);
  await bot.app.drain();
  expect(bot.connector.posts.length).toBe(before);
});

it('an answer from elsewhere than their own chat changes nothing', async () => {
  const question = await offered();
  expect((await answer(hugo, question, inChannel)).status).toBe(400);
  expect(puts).toEqual([]);
});

it('everything that is kept about somebody is offered to them in their own chat, as one file', async () => {
  const card = (await bot.click(ines, 'data.open')).value as CardJson;
  expect(hasButton(card, 'data.offer')).toBe(true);
  expect(urlsIn(card)).toEqual([]);
  const asked = (await bot.click(ines, 'data.offer')).value;
  expect(tidy(textOf(asked))).toContain(
    tidy(says('fr', 'files.asked', { what: says('fr', 'data.files.everything.what') })),
  );
  await bot.app.drain();
  expect(lastIn(ines).contentType).toContain('file.consent');
  await answer(ines, lastIn(ines));
  expect(puts).toHaveLength(1);
  expect(puts[0]?.bytes.toString('utf8')).toContain('Inès Exemple');
});

it('a guest who answers in somebody’s place gets nothing', async () => {
  const question = await offered('workbook', amy);
  const value = { type: 'fileUpload', action: 'accept', context: question.content.acceptContext };
  const activity = activityFrom(bot, amy, { type: 'invoke', name: 'fileConsent/invoke', value });
  const guest = { ...activity, from: { ...activity.from, userRole: 'guest' } };
  expect((await bot.raw(guest)).status).toBe(400);
  await bot.app.drain();
  expect(puts).toEqual([]);
});

it('who is being erased is answered, and gets nothing', async () => {
  const card = (await bot.click(zoe, 'erasure.open')).value;
  const asked = await bot.click(zoe, 'data.offer');
  expect(asked.http).toBe(200);
  await bot.app.drain();
  const question = lastIn(zoe);
  await bot.click(zoe, 'erasure.erase', formData(card, 'erasure.erase'));
  expect((await answer(zoe, question)).status).toBe(400);
  expect(puts).toEqual([]);
});

it('an employee is offered no report', async () => {
  const before = (await all(bot, 'links')).length;
  await bot.click(ines, 'report.offer', { file: 'workbook' });
  expect(await all(bot, 'links')).toHaveLength(before);
});

it('neither a token nor an address of an upload is in the log', () => {
  expect(logged.lines.join('\n')).not.toMatch(/tempauth|sharepoint|[\w-]{32}/);
});
