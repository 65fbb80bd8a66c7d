/** The report beside a second count that shares no code with it: SQL over the exported CSV. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programmeYear } from '../../../src/domain/convention/programme-year.js';
import { type Cut, cuts } from '../../../src/domain/report/cuts.js';
import { type Figures, figureNames, type YearReport } from '../../../src/domain/report/figures.js';
import { readClosedReport, visitClosed } from '../../../src/features/report/closed.js';
import { readComparison } from '../../../src/features/report/compare.js';
import { rowLabel } from '../../../src/features/report/labels.js';
import { readReport } from '../../../src/features/report/read.js';
import { textIn } from '../../../src/text/text.js';
import { type CardJson, formData, hugo, type TestBot } from '../../support/bot.js';
import { all, startFast } from '../../support/flows.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { storeAll } from '../../support/report-data.js';
import { aYearOfActions } from '../../support/report-year.js';

const t = textIn('fr');
const columns = `number int, kind text, level text, state text, first_day text, last_day text, schools text,
  uai text, departement text, academie text, region text, event text, site text, pupils int, offered int,
  filled int, presence int, person_days int, hosting text, employees int, names text, codes text,
  corrected text, was text, why text`;

/** The column of each cut, as SQL reads it. */
const rowOf: Record<Cut, string> = {
  kind: 'kind',
  level: 'level',
  region: 'region',
  academie: 'academie',
  departement: 'departement',
  school: `case when schools = '' then 'Établissement non précisé'
    when schools like '% / %' then 'Plusieurs établissements' else schools end`,
  event: 'event',
  month: 'substr(first_day, 7, 4) || substr(first_day, 3, 3)',
  site: 'site',
};
const figuresIn = (groupedBy: string): string => `
  with rows as (select ${groupedBy} as row, * from actions),
  people as (select row, count(distinct code)::int as n
    from rows, unnest(string_to_array(codes, ' ')) as code where state = 'Tenue' group by row),
  places as (select row, count(distinct school)::int as n
    from rows, unnest(string_to_array(schools, ' / ')) as school where state = 'Tenue' and school <> '' group by row)
  select rows.row,
    count(*) filter (where state = 'Tenue')::int as actions,
    count(*) filter (where state = 'Prévue')::int as planned,
    sum(pupils)::int as pupils,
    coalesce(sum(pupils) filter (where kind like 'Stages%'), 0)::int as hosted,
    coalesce(max(places.n), 0) as schools,
    coalesce(max(people.n), 0) as employees,
    sum(offered)::int as offered,
    sum(filled)::int as filled,
    sum(pupils * presence)::int as "personDays"
  from rows left join people using (row) left join places using (row) group by rows.row`;

let bot: TestBot;
let server: PostgresServer;
let url: string;
let folder: string;
let report: YearReport;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  bot = await startFast();
  await bot.setUp([hugo]);
  await storeAll(bot, aYearOfActions(5_000));
  const { services } = bot.app;
  report = await readReport(services, programmeYear('2026-11-23', services.convention));

  const [card = {}] = await bot.say(hugo, 'bilan');
  const files = (await bot.click(hugo, 'report.files', formData(card, 'report.files'))).value;
  const link = (files.actions as CardJson[]).find((a) => String(a.title).includes('CSV'));
  const csv = Buffer.from(await (await fetch(String(link?.url), { method: 'POST' })).arrayBuffer());
  folder = mkdtempSync(join(tmpdir(), 'passerelle-csv-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'actions.csv'), csv, { mode: 0o644 });
  await server.query(url, `create table actions (${columns})`);
  await server.query(
    url,
    `copy actions from '${join(folder, 'actions.csv')}'
      with (format csv, delimiter ';', header true, encoding 'UTF8', force_not_null (schools, uai, codes))`,
  );
}, 120_000);
afterAll(async () => {
  await bot.close();
  await server.remove();
  rmSync(folder, { recursive: true });
});

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ');
const ordered = (figures: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(figureNames.map((name) => [name, figures[name]]));

it.each(cuts)('every figure of the cut by %s is what SQL counts', async (cut) => {
  const counted = await server.query(url, figuresIn(rowOf[cut]));
  const label = (key: string) =>
    cut === 'month'
      ? key.split('-').reverse().join('/')
      : plain(rowLabel(cut, key, report, t, bot.app.services));
  const bySql = Object.fromEntries(
    counted.map((row) => [plain(String(row.row).replace(/^(\d{4})\/(\d\d)$/, '$2/$1')), ordered(row)]),
  );
  const shown = Object.fromEntries(
    [...report.cuts[cut]].map(([key, figures]) => [label(key), ordered({ ...figures })]),
  );
  expect(shown).toEqual(bySql);
});

it('the total is what SQL counts, and distinct figures are not the sum of their rows', async () => {
  const [counted] = await server.query(url, figuresIn("''"));
  expect(ordered({ ...report.total })).toEqual(ordered(counted ?? {}));
  const sum = (name: keyof Figures) =>
    [...report.cuts.region.values()].reduce((n, figures) => n + figures[name], 0);
  expect([sum('actions'), sum('pupils'), sum('offered')]).toEqual([
    report.total.actions,
    report.total.pupils,
    report.total.offered,
  ]);
  expect(sum('employees')).toBeGreaterThan(report.total.employees);
});

it('how far the commitments are met is what SQL counts', async () => {
  const [counted] = await server.query(
    url,
    `with people as (select code, bool_or(state = 'Tenue') as came
        from actions, unnest(string_to_array(codes, ' ')) as code where state <> 'Non tenue' group by code)
     select count(*) filter (where came)::int as came, count(*) filter (where not came)::int as planned,
       (select sum(offered)::int from actions where state = 'Tenue') as held,
       (select sum(offered)::int from actions where state = 'Prévue') as to_come from people`,
  );
  expect(report.commitments.map(({ achieved, planned }) => [achieved, planned])).toEqual([
    [counted?.came, counted?.planned],
    [counted?.held, counted?.to_come],
  ]);
});

it('a closed year gives every figure of every cut again, from the lines that it keeps', async () => {
  const { services } = bot.app;
  const card = (await bot.click(hugo, 'closing.open', {})).value;
  await bot.click(hugo, 'closing.close', formData(card, 'closing.close'));
  const [closing] = await all(bot, 'closings');
  if (!closing) throw new Error('the year is closed');
  const again = await readClosedReport(services, report.year, closing);
  for (const cut of cuts) expect(again.cuts[cut]).toEqual(report.cuts[cut]);
  expect({ ...again, cuts: {} }).toEqual({ ...report, cuts: {} });
  expect((await readComparison(services, report.year, closing)).differences).toEqual([]);
});

it('whoever is in a closed year is named beside its lines, where they can be taken out', async () => {
  const { services } = bot.app;
  const [closing] = await all(bot, 'closings');
  const parts = await all(bot, 'closedlines');
  await services.store.transact(async (tx) => {
    for (const part of parts)
      await tx.put('closedlines', { ...part, people: part.people.map((id) => `gone-${id}`) });
  });
  const people = new Set<string>();
  if (closing)
    await visitClosed(services, closing, ({ employees }) => employees.forEach((id) => void people.add(id)));
  expect(people.size).toBeGreaterThan(100);
  expect([...people].filter((id) => !id.startsWith('gone-'))).toEqual([]);
});
