import { parse } from 'csv-parse/sync';
import { type CardJson, formData, hugo, ines, type TestBot, textOf } from '../../support/bot.js';
import { all, says, startFast, tidy } from '../../support/flows.js';
import { aHeldPlacement, aHeldTalk, aPlannedTalk, storeAll } from '../../support/report-data.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const filesCard = async (): Promise<CardJson> => {
  const [card = {}] = await bot.say(hugo, 'bilan');
  return (await bot.click(hugo, 'report.files', formData(card, 'report.files'))).value;
};
/** The addresses of the buttons that open a file. */
const urlsIn = (card: CardJson): string[] =>
  (card.actions as CardJson[]).flatMap(({ type, url }) => (type === 'Action.OpenUrl' ? [String(url)] : []));
const download = (url: string) => fetch(url, { method: 'POST' });
const downloadTable = async (): Promise<string> => {
  const [url = ''] = urlsIn(await filesCard());
  const answer = await download(url);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer()).toString('utf8');
};
const readTable = (csv: string): Record<string, string>[] =>
  parse(csv, { bom: true, delimiter: ';', columns: true, record_delimiter: '\r\n' });

describe('a link of the report', () => {
  it('gives its file once, to the person it is for, and who had what is recorded', async () => {
    await storeAll(bot, [aHeldTalk(['ines'])]);
    const [url = ''] = urlsIn(await filesCard());
    const first = await download(url);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(first.headers.get('content-disposition')).toContain('bilan-2026-2027-actions.csv');
    expect((await download(url)).status).toBe(410);
    const kept = await all(bot, 'exports');
    expect(kept.map(({ personId, file, about, at }) => ({ personId, file, about, at }))).toEqual([
      { personId: hugo.aadObjectId, file: 'report.table', about: '2026-09-01', at: bot.now() },
    ]);
  });

  it('works for ten minutes, and its page says until when', async () => {
    const [url = ''] = urlsIn(await filesCard());
    expect(tidy(await (await fetch(url)).text())).toContain('jusqu’au lundi 23 novembre à 9 h 10');
    bot.setNow('2026-11-23T08:10:02.000Z');
    const late = await download(url);
    expect(late.status).toBe(410);
    expect(tidy(await late.text())).toContain(says('fr', 'report.files.table.again'));
    expect(await all(bot, 'exports')).toEqual([]);
  });

  it('works for as long when the card is opened again a little later', async () => {
    const before = urlsIn(await filesCard());
    bot.setNow('2026-11-23T08:05:00.000Z');
    const after = urlsIn(await filesCard());
    bot.setNow('2026-11-23T08:14:00.000Z');
    expect((await download(before[0] ?? '')).status).toBe(410);
    expect((await download(after[0] ?? '')).status).toBe(200);
  });

  it('gives nothing to somebody who coordinates no more', async () => {
    const [url = ''] = urlsIn(await filesCard());
    await bot.setUp([ines]);
    await bot.app.services.directory.refresh();
    expect((await download(url)).status).toBe(410);
    expect(await all(bot, 'exports')).toEqual([]);
  });

  it('is not offered where no browser reaches Passerelle, and the card says what to do', async () => {
    bot.app.services.links.address = () => undefined;
    const card = await filesCard();
    expect(urlsIn(card)).toEqual([]);
    expect(textOf(card)).toContain(says('fr', 'report.files.noAddress'));
  });
});

describe('the list of actions as CSV', () => {
  it('is what a French Excel opens: UTF-8 with its mark, semicolons, CRLF, French days', async () => {
    await storeAll(bot, [aHeldPlacement(['ines'], { schools: ['0699001J'], school: '' })]);
    const csv = await downloadTable();
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(csv).toContain(';16/11/2026;20/11/2026;');
    expect(readTable(csv)[0]).toMatchObject({
      Type: 'Stages de 3e',
      Élèves: '2',
      'Journées d’accueil': '10',
    });
  });

  it('has a row for each action that counts, and no other', async () => {
    const pending = aPlannedTalk(['zoe'], { id: 'pending', number: 4 });
    await storeAll(bot, [
      aHeldTalk(['ines', 'zoe'], { id: 'held', number: 1 }),
      aPlannedTalk(['zoe'], { id: 'planned', number: 2 }),
      aHeldTalk(['zoe'], { id: 'last-year', number: 3, firstDay: '2025-10-01' }),
      { ...pending, engagements: pending.engagements.map((e) => ({ ...e, state: 'pending' as const })) },
    ]);
    const rows = readTable(await downloadTable());
    expect(rows.map((row) => [Object.values(row)[0], row.État])).toEqual([
      ['1', 'Tenue'],
      ['2', 'Prévue'],
    ]);
    expect(rows.map((row) => row['Codes des personnes'])).toEqual(['P1 P2', 'P2']);
  });

  it.each([
    '=HYPERLINK("http://example.invalid";"Collège")',
    '+33 Collège',
    '-1+1',
    '@SUM(A1)',
    '  =1+1',
    '＝1+1',
    '\t=1+1',
    '"=1+1',
  ])('no cell that somebody typed starts a formula: %j', async (school) => {
    await storeAll(bot, [aHeldTalk(['ines'], { school })]);
    const csv = await downloadTable();
    const cells = parse(csv, { bom: true, delimiter: ';', record_delimiter: '\r\n' }) as string[][];
    for (const cell of cells.flat()) expect(cell).not.toMatch(/^[\s]*[=+\-@\t\r＝＋－＠]/);
    expect(cells.flat().join()).toContain(school.trim().slice(-4));
  });
});
