/**
 * Opens the report's files in LibreOffice: the committee's sheet prints on one page, totals are those of the report, and
 * nothing is a formula. Needs `soffice` and `pdftoppm` (Debian: libreoffice-calc, poppler-utils). The pages are in
 * `test-results/office`, to be looked at.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { programmeYear } from '../../src/domain/convention/programme-year.js';
import { cuts } from '../../src/domain/report/cuts.js';
import { committeeSheet } from '../../src/features/report/committee-sheet.js';
import { readComparison } from '../../src/features/report/compare.js';
import { lateSheet } from '../../src/features/report/late-sheet.js';
import { readReport, yearBefore } from '../../src/features/report/read.js';
import { type Sheet, writeWorkbook } from '../../src/features/report/xlsx.js';
import { yearTitle } from '../../src/features/shared/year-title.js';
import type { Lang } from '../../src/records.js';
import { textIn } from '../../src/text/text.js';
import { type CardJson, formData, person, type TestBot } from '../support/bot.js';
import { startFast } from '../support/flows.js';
import { storeAll } from '../support/report-data.js';
import { aYearOfActions } from '../support/report-year.js';

const folder = resolve('test-results/office');
const faults: string[] = [];
const check = (isFine: boolean, fault: string): void => {
  if (!isFine) faults.push(fault);
};

/** Every sheet as CSV: field separator, quotes, UTF-8, and the whole workbook. */
const toCsv = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

const convert = (file: string, to: string): void => {
  execFileSync('soffice', ['--headless', '--convert-to', to, '--outdir', folder, join(folder, file)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, HOME: join(folder, 'home'), LC_ALL: 'C.UTF-8' },
  });
};
const countPages = (pdf: string): number =>
  Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [join(folder, pdf)], { encoding: 'utf8' }))?.[1]);
const readCsv = (name: string): string[][] =>
  parse(readFileSync(join(folder, name)), { relax_column_count: true, bom: true });

async function downloadAll(bot: TestBot, lang: Lang): Promise<Map<string, Uint8Array>> {
  const hugo = person('Hugo Témoin', lang === 'fr' ? 'fr-FR' : 'en-GB');
  await bot.setUp([hugo]);
  const [card = {}] = await bot.say(hugo, 'bilan');
  const files = (await bot.click(hugo, 'report.files', formData(card, 'report.files'))).value;
  const found = new Map<string, Uint8Array>();
  for (const [i, button] of (files.actions as CardJson[]).entries()) {
    if (button.type !== 'Action.OpenUrl') continue;
    const answer = await fetch(String(button.url), { method: 'POST' });
    check(answer.status === 200, `${lang}: file ${i} was answered ${answer.status}`);
    found.set(['workbook', 'ministry', 'table'][i] ?? '', new Uint8Array(await answer.arrayBuffer()));
  }
  return found;
}

/** Closes the year, and changes some of its lines afterwards. */
async function closeAndChange(bot: TestBot, lang: Lang) {
  const hugo = person('Hugo Témoin', lang === 'fr' ? 'fr-FR' : 'en-GB');
  const card = (await bot.click(hugo, 'closing.open', {})).value;
  await bot.click(hugo, 'closing.close', formData(card, 'closing.close'));
  bot.setNow('2027-06-15T08:00:00.000Z');
  const held = (await bot.app.services.store.read((r) => r.all('actions'))).filter(
    ({ state, firstDay }) => state === 'held' && firstDay >= '2026-09-01',
  );
  await storeAll(
    bot,
    held.slice(0, 12).map((action, n) => {
      const outcome = { pupils: 40 + n, by: hugo.aadObjectId, at: bot.now() };
      return {
        action: { ...action, ...(n % 4 === 0 ? { state: 'cancelled' as const } : { outcome }) },
        engagements: [],
      };
    }),
  );
  const { services } = bot.app;
  const year = programmeYear('2026-11-23', services.convention);
  const closing = await services.store.read((reader) => reader.get('closings', `${year.id}:1`));
  if (!closing) throw new Error('the year was not closed');
  // What is written past the moves is counted after a start.
  await bot.restart();
  return [closing, await readComparison(bot.app.services, year, closing)] as const;
}

async function checkLanguage(lang: Lang): Promise<void> {
  const bot = await startFast({ now: '2027-06-14T08:00:00.000Z' });
  try {
    await storeAll(bot, aYearOfActions(2_000));
    const { services } = bot.app;
    const t = textIn(lang);
    const year = programmeYear('2026-11-23', services.convention);
    const [report, last] = [
      await readReport(services, year),
      await readReport(services, yearBefore(year, services)),
    ];
    const files = await downloadAll(bot, lang);

    for (const name of ['workbook', 'ministry']) {
      const bytes = files.get(name) ?? new Uint8Array();
      writeFileSync(join(folder, `${lang}-${name}.xlsx`), bytes);
      for (const [part, content] of Object.entries(unzipSync(bytes)))
        check(!/<f[ >]/.test(strFromU8(content)), `${lang} ${name}: ${part} has a formula`);
      convert(`${lang}-${name}.xlsx`, toCsv);
    }
    for (const cut of cuts) {
      const rows = readCsv(`${lang}-workbook-${t.at(`report.sheet.${cut}`)}.csv`);
      const at = rows.findIndex(([label]) => label === t('report.total'));
      const number = (text = ''): number => Number(text.replaceAll(/[\s\u00a0\u202f,]/g, ''));
      const sum = (column: number) => rows.slice(1, at).reduce((n, row) => n + number(row[column]), 0);
      const total = rows[at] ?? [];
      check(number(total[1]) === report.total.actions, `${lang} ${cut}: the total of actions is ${total[1]}`);
      check(sum(1) === report.total.actions, `${lang} ${cut}: the actions of the rows add up to ${sum(1)}`);
      check(sum(3) === report.total.pupils, `${lang} ${cut}: the pupils of the rows add up to ${sum(3)}`);
    }
    const actions = readCsv(`${lang}-workbook-${t('report.sheet.actions')}.csv`);
    const inList = [...report.cuts.kind.values()].reduce((n, row) => n + row.actions + row.planned, 0);
    check(actions.length > inList, `${lang}: the list has ${actions.length} rows`);
    check(/^\d\d\/\d\d\/\d{4}$/.test(actions[1]?.[4] ?? ''), `${lang}: the first day is ${actions[1]?.[4]}`);

    const draw = async (name: string, sheet: Sheet, pages: number): Promise<void> => {
      writeFileSync(join(folder, `${name}.xlsx`), await writeWorkbook([sheet]));
      convert(`${name}.xlsx`, 'pdf');
      check(countPages(`${name}.pdf`) === pages, `${name} prints on ${countPages(`${name}.pdf`)} pages`);
      execFileSync('pdftoppm', ['-png', '-r', '80', join(folder, `${name}.pdf`), join(folder, name)]);
    };
    for (const hidden of [false, true]) {
      const name = `${lang}-committee${hidden ? '-ministry' : ''}`;
      const content = { report, last, title: yearTitle(year, t), t, services };
      const none = new Set<string>();
      const rows = Object.fromEntries(cuts.map((cut) => [cut, none])) as never;
      const nothing = { everything: false, rows, hosted: false, personDays: false, commitments: none };
      await draw(name, committeeSheet(hidden ? { ...content, hidden: nothing } : content), 1);
    }
    const [closing, late] = await closeAndChange(bot, lang);
    const closed = { report, last, title: yearTitle(year, t), t, services, closing, closedBy: 'Hugo Témoin' };
    await draw(`${lang}-committee-closed`, committeeSheet({ ...closed, late }), 1);
    await draw(`${lang}-late`, await lateSheet({ year, closing, comparison: late }, t, bot.app.services), 1);
    writeFileSync(join(folder, `${lang}-table.csv`), files.get('table') ?? new Uint8Array());
  } finally {
    await bot.close();
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const lang of ['fr', 'en'] as const) await checkLanguage(lang);
for (const fault of faults) console.log(`fault ${fault}`);
console.log(`${readdirSync(folder).length} files in ${folder}, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
