import { once } from 'node:events';
import { download, isMicrosoftFile } from '../../src/teams/download.js';
import { coordination, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { drop, type FileHost, fileMessage, startFileHost } from '../support/dropped-files.js';
import { activityFrom, all, keepingLog, says, startFast } from '../support/flows.js';
import { aLine, toCsv } from '../support/import-files.js';

let host: FileHost;
let bot: TestBot;
let logged: ReturnType<typeof keepingLog>;
beforeAll(async () => {
  host = await startFileHost();
  logged = keepingLog();
  bot = await startFast({ parts: { fetchFile: host.fetchFile, log: logged.log } });
  await bot.setUp([hugo]);
  for (const who of [hugo, ines]) await bot.say(who, 'aide');
});
afterAll(async () => {
  await bot.close();
  await host.close();
});

const csv = toCsv([aLine()]);
const answerWith = (status: number) =>
  host.answer((response) => {
    response.statusCode = status;
    response.end('no');
  });
const answerTo = async (url: unknown, who = hugo, more = {}) =>
  (await drop(bot, who, 'engagements.csv', url, more)).map(textOf).join('\n');
const heading = (key: string) => says('fr', `refusal.${key}.heading`);

describe('where a file is read from', () => {
  it.each([
    'https://exemple-my.sharepoint.com/personal/a/_layouts/15/download.aspx?UniqueId=1&tempauth=x',
    'https://exemple.sharepoint.com/a.csv',
    'https://exemple.sharepoint.us/a.csv',
    'https://exemple.sharepoint-mil.us/a.csv',
    'https://EXEMPLE.SharePoint.com/a.csv',
  ])('%s is', (url) => expect(isMicrosoftFile(url)).toBe(true));

  it.each([
    'http://exemple.sharepoint.com/a.csv',
    'https://sharepoint.com/a.csv',
    'https://evilsharepoint.com/a.csv',
    'https://exemple.sharepoint.com.example.org/a.csv',
    'https://example.org/exemple.sharepoint.com',
    'https://exemple.sharepoint.com@example.org/a.csv',
    'https://somebody:password@exemple.sharepoint.com/a.csv',
    'https://exemple.sharepoint.com:8443/a.csv',
    'https://127.0.0.1/a.csv',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/a.csv',
    'file:///etc/passwd',
    'ftp://exemple.sharepoint.com/a.csv',
    'javascript:alert(1)',
    'a.csv',
    '',
  ])('%j is not', async (url) => {
    expect(isMicrosoftFile(url)).toBe(false);
    const before = host.requests();
    await expect(
      download(url, { fetchFile: host.fetchFile, maxBytes: 10, timeoutMs: 100 }),
    ).rejects.toMatchObject({
      key: 'refusal.fileElsewhere',
    });
    expect(host.requests()).toBe(before);
  });
});

describe('what is not read', () => {
  const read = (url: string, options: { maxBytes?: number; timeoutMs?: number } = {}) =>
    download(url, { fetchFile: host.fetchFile, maxBytes: 1_000, timeoutMs: 2_000, ...options }).then(
      (bytes) => Buffer.from(bytes).toString(),
      (error: { key: string }) => error.key,
    );

  it('a file is read to its end, and one byte more is too many', async () => {
    expect(await read(host.keep('x'.repeat(1_000)))).toBe('x'.repeat(1_000));
    expect(await read(host.keep('x'.repeat(1_001)))).toBe('refusal.fileTooLarge');
  });

  it('one without a length is given up as soon as it is too long', async () => {
    let cut: Promise<unknown> | undefined;
    const endless = host.answer((response) => {
      cut = once(response, 'close');
      const more = () => {
        while (response.writable && response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    expect(await read(endless)).toBe('refusal.fileTooLarge');
    await cut;
  });

  it('a redirect is not followed', async () => {
    const target = host.keep(csv);
    const before = host.requests();
    const to = host.answer((response) => {
      response.statusCode = 302;
      response.setHeader('location', target.replace(/^.*\//, '/'));
      response.end();
    });
    expect(await read(to)).toBe('refusal.fileUnavailable');
    expect(host.requests()).toBe(before + 1);
  });

  it.each([401, 403, 404, 410, 500])('an answer of %d', async (status) => {
    expect(await read(answerWith(status))).toBe('refusal.fileUnavailable');
  });

  it('one that does not come in time, or stops in the middle', async () => {
    expect(
      await read(
        host.answer(() => undefined),
        { timeoutMs: 50 },
      ),
    ).toBe('refusal.fileUnavailable');
    const stuck = host.answer((response) => void response.write('x'));
    expect(await read(stuck, { timeoutMs: 50 })).toBe('refusal.fileUnavailable');
    const cut = host.answer((response) => {
      response.setHeader('content-length', '100');
      response.write('x');
      setImmediate(() => response.destroy());
    });
    expect(await read(cut)).toBe('refusal.fileUnavailable');
  });
});

it('a coordinator drops a file in their chat, and is answered there', async () => {
  expect(await answerTo(host.keep(csv))).toContain('1 engagement à ajouter');
});

it('somebody who is no coordinator is refused before anything is read', async () => {
  const before = host.requests();
  expect(await answerTo(host.keep(csv), ines)).toContain(heading('notCoordinator'));
  expect(host.requests()).toBe(before);
});

it.each<[string, () => unknown, string]>([
  ['a file from elsewhere', () => 'https://example.org/a.csv', 'fileElsewhere'],
  ['a file that is gone', () => answerWith(404), 'fileUnavailable'],
  ['a picture', () => host.keep(Buffer.from('\x89PNG\r\n\0\0', 'latin1')), 'fileType'],
  ['a large file that is no table', () => host.keep(`<${'x'.repeat(300_000)}`), 'fileType'],
])('%s is refused with what to do', async (_, url, key) => {
  expect(await answerTo(url())).toContain(heading(key));
});

it('a file whose name holds personal data is neither read nor kept', async () => {
  const [card] = await drop(bot, hugo, 'stage Léa 06 12 34 56 78.csv', host.keep(csv));
  expect(textOf(card)).toContain(heading('fileName'));
  expect(JSON.stringify(await all(bot, 'imports'))).not.toContain('Léa');
});

it('a long file is answered at once that it is read, and then with what is in it', async () => {
  const lines = Array.from({ length: 1_500 }, (_, i) => aLine({ reference: `${i}`, remark: 'r'.repeat(60) }));
  const cards = await drop(bot, hugo, 'long.csv', host.keep(toCsv(lines)));
  expect(cards.map(textOf)).toEqual([
    expect.stringContaining(says('fr', 'imports.reading')),
    expect.stringContaining('1 500 engagements à ajouter'),
  ]);
});

it.each<[string, unknown]>([
  ['no address', undefined],
  ['a number', 12],
  ['an object', { toString: 'x' }],
  ['a very long address', `https://exemple.sharepoint.com/${'x'.repeat(20_000)}`],
])('what is no file is a message like any other: %s', async (_, url) => {
  const before = host.requests();
  const cards = await drop(bot, hugo, 'a.csv', url, { text: 'aide' });
  expect(cards.map(textOf)).toEqual([expect.stringContaining(says('fr', 'help.help.heading'))]);
  expect(host.requests()).toBe(before);
});

it('a file in a channel is not read', async () => {
  const before = host.requests();
  const message = fileMessage('a.csv', host.keep(csv));
  await bot.raw(activityFrom(bot, hugo, { ...message, text: '<at>Passerelle</at> aide' }, coordination));
  await bot.app.drain();
  expect(host.requests()).toBe(before);
});

it('the address of a file, with which anybody could read it, is in no record and no log', async () => {
  const url = host.keep('<html>');
  await answerTo(`${url}?tempauth=secret-of-the-file`);
  const records = await Promise.all(
    (['imports', 'importparts', 'outbox', 'people'] as const).map((kind) => all(bot, kind)),
  );
  expect(JSON.stringify([records, logged.lines])).not.toContain('secret-of-the-file');
});
