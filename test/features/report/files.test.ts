import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import type { Amendment } from '../../../src/domain/convention/amendments.js';
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
/** The address of one of the files: `workbook`, `ministry` or `table`. */
const urlOf = async (name: string): Promise<string> => {
  const title = says('fr', `report.files.${name}.button`);
  const button = ((await filesCard()).actions as CardJson[]).find((a) => tidy(String(a.title)) === title);
  return String(button?.url);
};
const download = (url: string) => fetch(url, { method: 'POST' });
const downloadTable = async (): Promise<string> => {
  const answer = await download(await urlOf('table'));
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer()).toString('utf8');
};
const readTable = (csv: string): Record<string, string>[] =>
  parse(csv, { bom: true, delimiter: ';', columns: true, record_delimiter: '\r\n' });

it('the files of a restricted report are said to be of the whole company, and the way back keeps what was shown', async () => {
  await storeAll(
    bot,
    Array.from({ length: 9 }, (_, n) =>
      aHeldTalk(['ines'], {
        id: `t${n}`,
        academies: ['10'],
        firstDay: `20${n < 4 ? 26 : 27}-${String(((n + 8) % 12) + 1).padStart(2, '0')}-03`,
      }),
    ),
  );
  bot.setNow('2027-06-28T08:00:00.000Z');
  const chosen = { cut: 'month', year: '2026-09-01', byArea: '10' };
  const first = (await bot.click(hugo, 'report.show', chosen)).value;
  const shown = (await bot.click(hugo, 'report.page', formData(first, 'report.page'))).value;
  const whole = says('fr', 'report.whole', { area: 'Lyon' });
  const press = async (card: CardJson, verb: string) =>
    (await bot.click(hugo, verb, formData(card, verb))).value;
  const files = await press(shown, 'report.files');
  expect(textOf(files)).toContain(whole);
  expect(textOf(await press(files, 'report.open'))).toBe(textOf(shown));
  const form = await press(files, 'report.form');
  expect(textOf(form)).toContain(whole);
  const text = await press(form, 'report.formText');
  expect(textOf(await press(await press(text, 'report.form'), 'report.open'))).toBe(textOf(first));
  const all = (await bot.click(hugo, 'report.show', { ...chosen, byArea: 'all' })).value;
  expect(textOf(await press(all, 'report.files'))).not.toContain('Vous aviez limité');
});

describe('a link of the report', () => {
  it('gives its file once, to the person it is for, and who had what is recorded', async () => {
    await storeAll(bot, [aHeldTalk(['ines'])]);
    const url = await urlOf('table');
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
    const url = await urlOf('table');
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
    expect(after).toEqual(before);
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

/** All that a workbook holds, part by part. */
async function downloadWorkbook(name: string) {
  const answer = await download(await urlOf(name));
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const parts = Object.entries(unzipSync(bytes)).map(([path, content]) => ({
    path,
    text: strFromU8(content),
  }));
  const { sheets } = await readXlsx(bytes);
  const rowsOf = (sheet: string) => sheets.find((s) => s.name === sheet)?.rows ?? [];
  return { parts, names: sheets.map((s) => s.name), rowsOf };
}
const cutSheets = 'Types Niveaux Régions Académies Départements Établissements'
  .split(' ')
  .concat('Temps forts', 'Mois', 'Sites');

describe('the whole workbook', () => {
  it('has a sheet for the committee, one a cut, the definitions and the list, and no formula', async () => {
    await bot.click(ines, 'help.open');
    await storeAll(bot, [
      aHeldTalk([ines.aadObjectId], { id: 'a', school: '=1+1 & <Collège>' }),
      aHeldPlacement(['louis'], { id: 'b' }),
      aPlannedTalk(['zoe'], { id: 'c' }),
    ]);
    const { parts, names, rowsOf } = await downloadWorkbook('workbook');
    expect(names).toEqual(['Comité', ...cutSheets, 'Définitions', 'Actions']);
    for (const { text } of parts) expect(text).not.toMatch(/<f[ >]/);
    expect(
      rowsOf('Types')
        .slice(1, 4)
        .map((row) => row.slice(0, 4)),
    ).toEqual([
      ['Interventions en classe', 1, 1, 28],
      ['Stages de 3e', 1, 0, 2],
      ['Total', 2, 1, 30],
    ]);
    const list = rowsOf('Actions');
    expect(list).toHaveLength(4);
    expect(list[1]).toEqual(expect.arrayContaining(['=1+1 & <Collège>', ines.name, 28]));
    expect(list[1]?.[4]).toEqual(new Date('2026-10-06T00:00:00.000Z'));
  });

  it('has frozen headings and filters on every cut and on the list, and prints on A4', async () => {
    await storeAll(bot, [aHeldTalk(['ines'])]);
    const { parts } = await downloadWorkbook('workbook');
    const sheets = parts.filter(({ path }) => path.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(12);
    for (const { text } of sheets) expect(text).toContain('paperSize="9"');
    expect(sheets.filter(({ text }) => text.includes('state="frozen"'))).toHaveLength(11);
    expect(sheets.filter(({ text }) => text.includes('<autoFilter '))).toHaveLength(10);
    expect(sheets[0]?.text).toMatch(/fitToWidth="1" fitToHeight="1"/);
  });

  it('has no list when nothing counts', async () => {
    expect((await downloadWorkbook('workbook')).names).not.toContain('Actions');
  });
});

describe('the files of a closed year', () => {
  const close = async () => {
    const card = (await bot.click(hugo, 'closing.open', {})).value;
    await bot.click(hugo, 'closing.close', formData(card, 'closing.close'));
  };
  const talkId = '01TA1K00000000000000000001';
  const correct = async () => {
    bot.setNow('2026-11-24T08:00:00.000Z');
    const form = (await bot.click(hugo, 'report.correct', { id: talkId })).value;
    const inputs = { state: 'held', pupils: '31', attended: ines.aadObjectId, why: 'Compté sur la photo.' };
    await bot.click(hugo, 'report.saveCorrection', formData(form, 'report.saveCorrection', inputs));
  };
  beforeEach(async () => {
    await bot.click(ines, 'help.open');
    await storeAll(bot, [
      aHeldTalk([ines.aadObjectId], { id: talkId }),
      aHeldTalk(['zoe'], { id: 'b', number: 2, schools: ['0699001J'], school: '' }),
    ]);
    await close();
  });

  it('show the closed figures, with today’s beside, and explain each line that differs', async () => {
    await correct();
    const { names, rowsOf } = await downloadWorkbook('workbook');
    expect(names.slice(0, 3)).toEqual(['Comité', 'Après la clôture', 'Types']);
    const committee = rowsOf('Comité');
    expect(tidy(String(committee[1]?.[0]))).toContain(
      'clôturé le 23 novembre 2026 par Hugo Témoin, version 1',
    );
    expect(committee.find(([label]) => label === 'Élèves')).toEqual(['Élèves', 56, 0, 56, null, 59, 3]);
    expect(committee.flat().map((cell) => tidy(String(cell)))).toContain(
      'Après la clôture : 1 ligne, expliquée dans la feuille « Après la clôture ».',
    );
    expect(rowsOf('Types')[1]?.slice(0, 4)).toEqual(['Interventions en classe', 2, 0, 56]);
    expect(rowsOf('Actions')[1]).toEqual(expect.arrayContaining([28]));
    const [head = [], line = [], total = []] = rowsOf('Après la clôture');
    const pupils = head.indexOf('Élèves');
    expect([line[0], line[pupils], total[pupils]]).toEqual([1, 3, 3]);
    expect(head.slice(-2).map((title) => tidy(String(title)))).toEqual([
      'Article 2 : personnes mobilisées',
      'Article 3 : places en stages tenus',
    ]);
    expect(total.slice(-2)).toEqual([0, 0]);
    expect(tidy(String(line[3]))).toBe('Modifiée\nÉlèves : 31 au lieu de 28');
    expect(tidy(String(line[4]))).toBe(
      '24 novembre 2026 : Hugo Témoin a corrigé le nombre d’élèves : 31 au lieu de 28. Compté sur la photo.',
    );
  });

  it('say which amendment has changed a commitment, what that adds or takes, and today’s target', async () => {
    await correct();
    const amendment: Amendment = {
      id: '01AMENDMENT000000000000001',
      number: 1,
      state: 'signed',
      subject: 'Article 2',
      from: '2026-09-01',
      change: { commitment: 'mobilised-employees', target: 5, kinds: ['placement-3e'] },
      signature: { by: 'Les deux directions', on: '2026-09-01' },
      moved: { by: hugo.aadObjectId, at: '2026-11-24T08:00:00.000Z' },
      revision: 2,
    };
    await bot.app.services.store.transact((tx) => tx.add('amendments', amendment));
    await bot.restart();
    const { rowsOf } = await downloadWorkbook('workbook');
    const committee = rowsOf('Comité').map((row) => row.map((cell) => tidy(String(cell ?? ''))));
    expect(committee.find(([label]) => label === 'Les engagements de la convention')?.at(-1)).toBe(
      'Objectif aujourd’hui',
    );
    const promise = committee.find(([label]) => label === 'Article 2 : personnes mobilisées');
    expect(promise).toEqual([promise?.[0], '2', '10', '0', '0.2', '0', '-2', '5']);
    const [head = [], rules = [], line = [], total = []] = rowsOf('Après la clôture');
    expect(tidy(String(rules[3]))).toBe(
      'Article 2, personnes mobilisées par an\n0 sur 5 au lieu de 2 sur 10',
    );
    expect(tidy(String(rules[4]))).toBe(
      'Avenant n° 1 : objectif 5 au lieu de 10\n' +
        'Avenant n° 1, à partir du 1er septembre 2026, types d’actions comptés : Stage de 3e',
    );
    const article = head.map((title) => tidy(String(title))).indexOf('Article 2 : personnes mobilisées');
    expect([rules[article], line[article], total[article]]).toEqual([-2, null, -2]);
  });

  it('have no such sheet while nothing differs, and today’s figures when they are asked for', async () => {
    expect((await downloadWorkbook('workbook')).names).not.toContain('Après la clôture');
    await correct();
    const card = (await bot.click(hugo, 'report.open', { as: 'today' })).value;
    const files = (await bot.click(hugo, 'report.files', formData(card, 'report.files'))).value;
    const title = says('fr', 'report.files.table.button');
    const button = (files.actions as CardJson[]).find((a) => tidy(String(a.title)) === title);
    const rows = readTable(await (await download(String(button?.url))).text());
    expect(rows[0]).toMatchObject({
      Élèves: '31',
      'Corrigée le': '24/11/2026',
      'Comptait avant': 'Tenue, 28 élèves, 1 personne',
      Motif: 'Compté sur la photo.',
    });
    expect((await all(bot, 'exports')).map(({ about }) => about)).toContain('2026-09-01@today');
    expect(readTable(await downloadTable())[0]).toMatchObject({ Élèves: '28', Motif: '' });
  });

  it('name nobody to the ministry, and say nothing of what came later', async () => {
    await correct();
    const { parts, names, rowsOf } = await downloadWorkbook('ministry');
    expect(names).toEqual(['Comité', ...cutSheets, 'Définitions']);
    expect(tidy(String(rowsOf('Comité')[1]?.[0]))).toContain('clôturé le 23 novembre 2026, version 1');
    expect(
      rowsOf('Comité')
        .find(([label]) => label === 'Élèves')
        ?.slice(0, 2),
    ).toEqual(['Élèves', 56]);
    expect(parts.map(({ text }) => text).join()).not.toContain('Hugo');
  });
});

describe('the workbook for the ministry', () => {
  it('has nobody’s name, nothing that somebody typed, and no list', async () => {
    await bot.click(ines, 'help.open');
    await storeAll(bot, [
      aHeldTalk([ines.aadObjectId], {
        id: 'a',
        school: 'Chez Camille Typée',
        remark: 'Avec Dominique Typée',
      }),
      aHeldTalk([ines.aadObjectId], { id: 'b', schools: ['0699001J'], school: '' }),
    ]);
    const { parts, names } = await downloadWorkbook('ministry');
    const all = parts.map(({ text }) => text).join();
    expect(names).toEqual(['Comité', ...cutSheets, 'Définitions']);
    for (const word of [ines.name, 'Exemple', 'Typée', ines.aadObjectId])
      expect(all.replaceAll('Collège Exemple des Tilleuls', '')).not.toContain(word);
    expect(tidy(all)).toContain(says('fr', 'report.typedSchool'));
  });

  it('hides the figures of fewer than five pupils, and another of each cut in which they could be computed', async () => {
    const schools = ['0699001J', '0579001Z', '0139001N'];
    await storeAll(
      bot,
      schools.map((uai, n) =>
        aHeldTalk(['ines'], {
          id: `t${n}`,
          schools: [uai],
          school: '',
          outcome: { pupils: [3, 28, 40][n] ?? 0, by: 'ines', at: '2026-10-07T08:00:00.000Z' },
        }),
      ),
    );
    const { rowsOf } = await downloadWorkbook('ministry');
    const shown = rowsOf('Établissements')
      .slice(1, 5)
      .map(([, actions, pupils]) => [actions, pupils]);
    expect(shown.filter(([, pupils]) => pupils === 'n. c.')).toHaveLength(2);
    expect(shown).toContainEqual([3, 71]);
    expect(rowsOf('Académies').filter((row) => row[2] === 'n. c.')).toHaveLength(2);
    expect(
      rowsOf('Types')
        .slice(1, 3)
        .map((row) => row[2]),
    ).toEqual([71, 71]);
  });

  it('hides even the totals when all pupils are too few', async () => {
    await storeAll(bot, [aHeldPlacement(['ines'])]);
    const { rowsOf } = await downloadWorkbook('ministry');
    expect(
      rowsOf('Types')
        .slice(1, 3)
        .map((row) => row.slice(1)),
    ).toEqual(Array(2).fill(Array(4).fill('n. c.')));
    expect(rowsOf('Comité').find(([label]) => label === 'Élèves')).toContain('n. c.');
  });
});
