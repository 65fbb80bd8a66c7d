import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { writeXlsx } from 'hucre/xlsx';
import { checkFile } from '../../../src/features/imports/check-file.js';
import { maxLines } from '../../../src/features/imports/limits.js';
import { amy, hugo, ines, type TestBot, type TestPerson } from '../../support/bot.js';
import { startFast, urlsIn } from '../../support/flows.js';
import { aLine, aPlacementLine, type FileLine, rowsOf, titles, toCsv } from '../../support/import-files.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, amy]);
  await bot.say(ines, 'aide');
});
afterAll(() => bot.close());

const check = (content: string | Uint8Array) => checkFile(Buffer.from(content), bot.app.services);
const reasonOf = (content: string | Uint8Array) =>
  check(content).then(
    () => 'read',
    (error: { key: string }) => error.key,
  );
const toWorkbook = (lines: readonly FileLine[], lang: 'fr' | 'en' = 'fr') =>
  writeXlsx({ sheets: [{ name: 'Engagements', rows: [titles(lang), ...rowsOf(lines)] }] });

/**
 * An archive of zeros, so many millions in each entry, that states none of their sizes.
 * @param times how often each entry is listed
 */
function bomb(megabytes: readonly number[], times = 1): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  for (const size of megabytes) {
    const content = deflateRawSync(Buffer.alloc(size * 1_000_000), { level: 1 });
    const at = Buffer.concat(locals).length;
    const local = Buffer.alloc(31);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(1, 26);
    const entry = Buffer.alloc(47);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(1, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, content);
    entries.push(...Array.from({ length: times }, () => entry));
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

const lines = [aLine({ school: 'Collège "Les Îles"; Lyon', remark: 'Élèves curieux.' }), aPlacementLine()];
const expected = async () => (await check(toCsv(lines))).actions;

describe('the same table is read from', () => {
  const csv = toCsv(lines);
  const withCommas = [titles(), ...rowsOf(lines)]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n');
  it.each<[string, () => string | Uint8Array | Promise<Uint8Array>]>([
    ['CSV with semicolons, as a French Excel saves it', () => Buffer.from(`\uFEFF${csv}\r\n`)],
    ['CSV with commas', () => withCommas],
    [
      'CSV with tabs in UTF-16, as Excel saves Unicode text',
      () => Buffer.from(`\uFEFF${withCommas.replaceAll('","', '"\t"')}`, 'utf16le'),
    ],
    ['CSV as Windows saved it', () => Buffer.from(csv, 'latin1')],
    ['CSV with empty lines', () => `\n\n${csv.replaceAll('\r\n', '\r\n;;;\r\n\r\n')}\n\n`],
    ['CSV with English titles', () => toCsv(lines, 'en')],
    ['XLSX', () => toWorkbook(lines)],
    ['XLSX with English titles', () => toWorkbook(lines, 'en')],
  ])('%s', async (_, content) => {
    const { findings, actions } = await check(await content());
    expect(findings).toEqual([]);
    expect(actions).toEqual(await expected());
    expect(actions).toMatchObject([{ school: 'Collège "Les Îles"; Lyon' }, { kind: 'placement-3e' }]);
  });
});

it('days and numbers are read from cells that are days and numbers', async () => {
  const [head, row = []] = [titles(), ...rowsOf([aLine()])];
  const typed = row.map((cell, i) => {
    if (head[i] === 'Premier jour') return new Date('2026-03-12T00:00:00Z');
    return head[i] === 'Élèves' ? 28 : cell;
  });
  const { findings, actions } = await check(
    await writeXlsx({ sheets: [{ name: 'E', rows: [head, typed] }] }),
  );
  expect(findings).toEqual([]);
  expect(actions).toMatchObject([{ firstDay: '2026-03-12', pupils: 28 }]);
});

it.each<[string, (wrong: FileLine) => string | Uint8Array | Promise<Uint8Array>]>([
  ['CSV', (wrong) => toCsv([aLine(), {}, wrong]).replace(/\r\n;+\r\n/, '\r\n\r\n')],
  [
    'CSV with a cell of several lines above',
    (wrong) => toCsv([aLine({ remark: 'Deux\nlignes.' }), {}, wrong]),
  ],
  ['XLSX', (wrong) => toWorkbook([aLine(), {}, wrong])],
])('a fault has the line that a spreadsheet shows, also in %s', async (_, content) => {
  const { findings } = await check(await content(aLine({ firstDay: '13/03/2026', pupils: 'x' })));
  expect(findings).toMatchObject([{ line: 4, column: 'pupils' }]);
});

describe('what is no such table', () => {
  it.each<[string, () => string | Uint8Array | Promise<Uint8Array>, string]>([
    ['nothing', () => '', 'fileEmpty'],
    ['only spaces', () => ' \n \n', 'fileEmpty'],
    ['only titles', () => toCsv([]), 'fileEmpty'],
    ['a workbook with only titles', () => toWorkbook([]), 'fileEmpty'],
    ['a web page', () => '<!doctype html><p>Connexion', 'fileType'],
    ['JSON', () => '{"a": 1}', 'fileType'],
    ['a PDF', () => '%PDF-1.7', 'fileType'],
    ['a picture', () => Buffer.from('\x89PNG\r\n\0\0', 'latin1'), 'fileType'],
    ['an old or protected workbook', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'fileProtected'],
    ['an archive that is cut', async () => (await toWorkbook(lines)).slice(0, 400), 'fileDamaged'],
    ['an archive without a workbook', () => zipSync({ 'a.txt': Buffer.from('a') }), 'fileDamaged'],
    ['a quote that never ends', () => `${toCsv([aLine()])}\r\n"${'x'.repeat(200_000)}`, 'fileDamaged'],
    ['a bomb', () => bomb([70]), 'fileUnzipped'],
    ['a bomb of several', () => bomb([25, 25, 25]), 'fileUnzipped'],
    ['entries that share their bytes', () => bomb([1], 40), 'fileDamaged'],
    [
      'too many lines',
      () => `Collaborateur;Type;Premier jour;Élèves${'\na;b;c;d'.repeat(maxLines + 1)}`,
      'fileLines',
    ],
  ])('%s', async (_, content, key) => {
    expect(await reasonOf(await content())).toBe(`refusal.${key}`);
  });
});

describe('the template', () => {
  const download = async (who: TestPerson, command: string, i: number) => {
    const [card = {}] = await bot.say(who, command);
    const answer = await fetch(urlsIn(card)[i] ?? '', { method: 'POST' });
    expect(answer.status).toBe(200);
    return new Uint8Array(await answer.arrayBuffer());
  };

  it.each([
    ['French', hugo, 'importer', 'fr'],
    ['English', amy, 'import', 'en'],
  ] as const)('in %s, as a workbook and as CSV, has the columns that are read', async (_, who, command, lang) => {
    const csv = Buffer.from(await download(who, command, 1)).toString();
    expect(csv).toBe(`\uFEFF${titles(lang).join(';')}\r\n`);
    expect((await check(csv + rowsOf([aLine()]).join().replaceAll(',', ';'))).findings).toEqual([]);
    const workbook = await download(who, command, 0);
    expect(await reasonOf(workbook)).toBe('refusal.fileEmpty');
    const { readXlsx } = await import('hucre/xlsx');
    const { sheets } = await readXlsx(workbook);
    expect(sheets[0]?.rows[0]).toEqual(titles(lang));
    expect(sheets[1]?.rows.slice(1).map(([column]) => column)).toEqual(titles(lang));
  });

  it('its examples are lines that are read', async () => {
    const { sheets } = await (await import('hucre/xlsx')).readXlsx(await download(hugo, 'importer', 0));
    const guide = sheets[1]?.rows.slice(1) ?? [];
    const example = guide.map(([, , , text]) => String(text));
    const ofMeeting = example.map((text, i) =>
      /^(Places|Académie)/.test(String(guide[i]?.[0])) ? '' : text,
    );
    const { findings, actions } = await check([titles(), ofMeeting].map((row) => row.join(';')).join('\n'));
    expect(findings).toEqual([]);
    expect(actions).toHaveLength(1);
  });
});
