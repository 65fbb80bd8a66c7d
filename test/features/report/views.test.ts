/** The views of PostgreSQL beside the report: SQL over the records, which shares no code with it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { kinds } from '../../../src/domain/action.js';
import { programmeYear } from '../../../src/domain/convention/programme-year.js';
import type { Counted } from '../../../src/domain/report/counted.js';
import { createReportCounter } from '../../../src/domain/report/counter.js';
import { type Cut, cuts } from '../../../src/domain/report/cuts.js';
import { figureNames, type YearReport } from '../../../src/domain/report/figures.js';
import { readInForce } from '../../../src/features/convention/in-force.js';
import type { Services } from '../../../src/features/feature.js';
import { countYear } from '../../../src/features/report/read.js';
import { openPostgresStore } from '../../../src/storage/postgres/index.js';
import type { ReportSource } from '../../../src/storage/postgres/report.js';
import { formData, hugo, ines, type TestBot } from '../../support/bot.js';
import { aRecordOf } from '../../support/every-kind.js';
import { all, inputsOf, startFast } from '../../support/flows.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { aHeldPlacement, aHeldTalk, type StoredAction, storeAll } from '../../support/report-data.js';
import { aYearOfActions } from '../../support/report-year.js';

let server: PostgresServer;
let url: string;
let bot: TestBot;
const talk = '01TA1K00000000000000000001';
const importId = aRecordOf.imports.id;

/** An action that was not held, for which the only one who was approved has said that they could not come. */
const whoeverWasAway: StoredAction = (() => {
  const { action, engagements } = aHeldPlacement(['a'], { id: '01P1ACEMENT000000000000001', number: 2_010 });
  const { outcome: _, ...other } = action;
  return {
    action: { ...other, state: 'not-held' },
    engagements: engagements.map((e) => ({ ...e, state: 'absent' })),
  };
})();

/** Some actions of the year as those of an import, whose numbers follow; and somebody more of one that is there. */
const imported = (): StoredAction[] => [
  ...importedActions(),
  {
    ...aHeldTalk([ines.aadObjectId], { id: talk, number: 2_001 }),
    engagements: aHeldTalk(['imported'], { id: talk }).engagements.map((e) => ({ ...e, importId })),
  },
];
const importedActions = (): StoredAction[] =>
  aYearOfActions(60, 7).map(({ action, engagements }) => ({
    action: { ...action, id: `imported-${action.id}`, number: action.number + 3_000, importId },
    engagements: engagements.map((e) => ({
      ...e,
      id: `imported-${e.id}`,
      actionId: `imported-${action.id}`,
      importId,
    })),
  }));

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  bot = await startFast({ env: { DATABASE_URL: url }, now: '2027-07-01T08:00:00.000Z' });
  await bot.setUp([hugo]);
  await bot.click(ines, 'help.open');
  const stored = [
    ...aYearOfActions(1_000),
    aHeldTalk([ines.aadObjectId], { id: talk, number: 2_001 }),
    whoeverWasAway,
    ...imported(),
  ];
  for (let n = 0; n < stored.length; n += 250) await storeAll(bot, stored.slice(n, n + 250));
  await putImport('adding');
}, 60_000);
afterAll(async () => {
  await bot.close();
  await server.remove();
});

const putImport = (state: 'adding' | 'added') =>
  bot.app.services.store.transact((tx) => tx.put('imports', { ...aRecordOf.imports, state }));
const query = (text: string, values?: unknown[]) => server.query(url, text, values);

/** What another instance does as it starts; gives what it has warned of. */
async function start(other: Partial<ReportSource> = {}): Promise<string[]> {
  const { convention, calendar, schools } = bot.app.services;
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  const store = await openPostgresStore({ url, report: { convention, calendar, schools, warn, ...other } });
  await store.close();
  return warnings;
}

/** The services with what is in force now. */
const inForce = (): Promise<Services> =>
  bot.app.services.store.read((reader) => readInForce(reader, bot.app.services));
/** The report of a year, counted now, with its lines. */
async function countReport(day: string): Promise<YearReport & { readonly lines: readonly Counted[] }> {
  const services = await inForce();
  const year = programmeYear(day, services.convention);
  const begin = () => {
    const { add, finish } = createReportCounter(year, services.convention.commitments);
    const lines: Counted[] = [];
    const visit = (line: Counted) => {
      lines.push(line);
      add(line);
    };
    return { visit, finish: () => ({ ...finish(), lines }) };
  };
  return (await countYear(services, year, begin)).value;
}

const sums = `count(*) filter (where counts = 'held')::int as actions,
  count(*) filter (where counts = 'planned')::int as planned, sum(pupils)::int as pupils,
  sum(hosted)::int as hosted, sum(offered)::int as offered, sum(filled)::int as filled,
  sum(person_days)::int as "personDays"`;
/** What an analyst asks of the views: the figures of a year by rows of a column. */
const figuresBy = (column: string): string => `
  with lines as (select ${column} as row, * from report_actions where year = $1 and counts is not null),
  people as (select row, count(distinct employee)::int as n from report_engagements
    join lines using (action) where report_engagements.counts = 'held' group by 1),
  places as (select row, count(distinct code)::int as n
    from lines, unnest(string_to_array(schools, ' ')) as code where counts = 'held' group by 1)
  select row, ${sums}, coalesce(max(places.n), 0) as schools, coalesce(max(people.n), 0) as employees
  from lines left join people using (row) left join places using (row) group by row`;

const columnOf = (cut: Cut): string => (cut === 'month' ? "to_char(first_day, 'YYYY-MM')" : cut);
const ordered = (figures: Readonly<Record<string, unknown>>) => figureNames.map((name) => figures[name]);
/** Rows in an order; schools that were only typed have other names in the views. */
const sorted = (rows: readonly (readonly [string, unknown[]])[]) =>
  rows.map(([row, figures]) => `${row.replace(/^(~|typed-).*/, 'typed')}: ${figures.join(' ')}`).sort();

const commitmentRows = (report: Pick<YearReport, 'commitments'>) =>
  report.commitments.map((c) => [
    c.commitment.id,
    c.commitment.measure,
    c.achieved,
    c.planned,
    c.target ?? null,
  ]);
const toRows = (found: readonly Record<string, unknown>[]) =>
  found.map((r) => [r.commitment, r.measure, r.value, r.planned, r.target]);

/** Compares everything that the views give with the report. */
async function compareAll(days: readonly string[]): Promise<void> {
  for (const day of days) {
    const report = await countReport(day);
    expect(report.total.actions).toBeGreaterThan(2);
    const inViews = await query(
      `select action, counts, employees, presence_days from report_actions
        where year = $1 and counts is not null order by action`,
      [report.year.id],
    );
    expect(inViews).toEqual(
      report.lines
        .map(({ action, state, employees, presenceDays }) => ({
          action: action.number,
          counts: state,
          employees: new Set(employees).size,
          presence_days: presenceDays,
        }))
        .toSorted((a, b) => a.action - b.action),
    );
    for (const cut of cuts) {
      const rows = await query(figuresBy(columnOf(cut)), [report.year.id]);
      expect([cut, sorted(rows.map((row) => [String(row.row), ordered(row)]))]).toEqual([
        cut,
        sorted([...report.cuts[cut]].map(([row, figures]) => [row, ordered({ ...figures })])),
      ]);
    }
    const today = await query(
      "select * from report_year where year = $1 and source = 'today' order by commitment nulls first",
      [report.year.id],
    );
    const figures = today.filter((row) => row.commitment === null);
    expect(Object.fromEntries(figures.map((row) => [row.measure, row.value]))).toEqual(renamed(report.total));
    expect(toRows(today.filter((row) => row.commitment !== null))).toEqual(
      commitmentRows(report).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  }
}
const renamed = ({ personDays, ...figures }: YearReport['total']) => ({
  ...figures,
  person_days: personDays,
});

const years = ['2026-08-25', '2026-11-23', '2027-09-02'];

it('every figure of every cut, and every commitment, is what the report counts, in each year', async () => {
  await compareAll(years);
}, 20_000);

it('a correction, a withdrawal, an event and an amendment count in the views as in the report, at once', async () => {
  const form = (await bot.click(hugo, 'report.correct', { id: talk })).value;
  const before = await query('select pupils, corrected_at from report_actions where action = 2001');
  await bot.click(
    hugo,
    'report.saveCorrection',
    formData(form, 'report.saveCorrection', { ...inputsOf(form), pupils: '20', why: 'Compté deux fois.' }),
  );
  const after = await query('select pupils, corrected_at from report_actions where action = 2001');
  expect([before, after]).toEqual([
    [{ pupils: 28, corrected_at: null }],
    [{ pupils: 20, corrected_at: new Date('2027-07-01T08:00:00.000Z') }],
  ]);
  const attended = (await all(bot, 'engagements')).filter((e) => e.state === 'attended').slice(0, 40);
  const moved = (await all(bot, 'actions')).filter((a) => a.state === 'open' && a.schools).slice(0, 20);
  const inYear = (await inForce()).calendar.events.filter(
    ({ days }) => days && days.firstDay > '2026-09-01' && days.lastDay < '2027-08-31',
  );
  const [event, other] = inYear;
  if (!event || !other) throw new Error('there are two events with days in the year');
  await bot.app.services.store.transact(async (tx) => {
    for (const e of attended) await tx.put('engagements', { ...e, state: 'withdrawn' });
    for (const a of moved) await tx.put('actions', { ...a, schools: [], academies: ['08'] });
    await tx.put('amendments', aRecordOf.amendments);
    await tx.put('amendments', {
      ...aRecordOf.amendments,
      id: 'later',
      number: 2,
      from: '2027-01-01',
      change: { commitment: 'placements', target: 40, kinds: [...kinds] },
    });
    await tx.put('events', {
      id: `${event.id}:${event.year}`,
      event: { ...event, aside: true },
      history: [],
    });
    await tx.put('events', {
      id: `${other.id}:${other.year}`,
      event: { ...other, days: { firstDay: '2027-02-08', lastDay: '2027-02-26' } },
      history: [],
    });
    await tx.put('events', {
      id: 'fête-locale:2027',
      event: {
        ...event,
        id: 'fête-locale',
        year: 2027,
        days: { firstDay: '2027-02-01', lastDay: '2027-03-15' },
      },
      history: [],
    });
  });
  await compareAll(['2026-11-23']);
}, 20_000);

it('an import is in the views once it is complete, never before', async () => {
  const count = 'select count(*)::int as n from report_actions where imported';
  const people = 'select count(*)::int as n from report_engagements where action > 3000 or action = 2001';
  expect([await query(count), await query(people)]).toEqual([[{ n: 0 }], [{ n: 1 }]]);
  await putImport('added');
  expect(await query(count)).toEqual([{ n: 60 }]);
  await compareAll(['2026-11-23']);
}, 20_000);

it('says of each line that does not count why, and of all others how they count', async () => {
  const approved = (await all(bot, 'engagements')).filter((e) => e.state === 'approved');
  const availability = (await all(bot, 'actions')).find(
    ({ id, state }) => state === 'open' && approved.some((e) => e.actionId === id),
  );
  if (!availability) throw new Error('an action to come has somebody who is approved');
  await bot.app.services.store.transact((tx) => tx.put('actions', { ...availability, halfDays: ['am'] }));
  const engagementsOfIt = await query('select distinct counts from report_engagements where action = $1', [
    availability.number,
  ]);
  expect(engagementsOfIt).toEqual([{ counts: null }]);
  const rows = await query(
    'select state, counts, why_not, count(*)::int as n from report_actions group by 1, 2, 3',
  );
  expect(rows.map(({ state, counts, why_not }) => `${state}: ${counts ?? why_not}`).sort()).toEqual([
    'cancelled: cancelled',
    'held: held',
    'not-held: nobody-engaged',
    'not-held: not-held',
    'open: availability',
    'open: planned',
    'open: undecided',
  ]);
  expect(rows.reduce((sum, { n }) => sum + Number(n), 0)).toBe((await all(bot, 'actions')).length);
});

it('a year that was closed has its frozen figures beside those of today, and says which hold', async () => {
  const holding = async () =>
    query('select distinct source, version, holds from report_year where year = $1 order by 1', [
      '2026-2027',
    ]);
  const report = await countReport('2026-11-23');
  const card = (await bot.click(hugo, 'closing.open', { from: '2026-09-01' })).value;
  await bot.click(hugo, 'closing.close', formData(card, 'closing.close'));
  await storeAll(bot, [aHeldTalk(['a', 'b'], { id: '01TA1K00000000000000000002', number: 2_002 })]);
  expect(await holding()).toEqual([
    { source: 'closed', version: 1, holds: true },
    { source: 'today', version: null, holds: false },
  ]);
  const closed = await query(
    "select *, first_day::text as first, last_day::text as last from report_year where source = 'closed'",
  );
  expect(closed[0]).toMatchObject({
    first: '2026-09-01',
    last: '2027-08-31',
    counted_at: new Date('2027-07-01T08:00:00.000Z'),
  });
  const frozen = closed.filter((row) => row.commitment === null);
  expect(Object.fromEntries(frozen.map((row) => [row.measure, row.value]))).toEqual(renamed(report.total));
  expect(toRows(closed.filter((row) => row.commitment !== null))).toEqual(commitmentRows(report));
  const [now] = await query(
    "select value from report_year where source = 'today' and measure = 'actions' and year = '2026-2027'",
  );
  expect(now).toEqual({ value: report.total.actions + 1 });

  const again = (await bot.click(hugo, 'closing.open', { from: '2026-09-01' })).value;
  const reopening = (await bot.click(hugo, 'closing.askReopen', formData(again, 'closing.askReopen'))).value;
  await bot.click(hugo, 'closing.reopen', formData(reopening, 'closing.reopen', { reason: 'Une erreur.' }));
  expect(await holding()).toEqual([
    { source: 'reopened', version: 1, holds: false },
    { source: 'today', version: null, holds: true },
  ]);
});

it('no view has a name, an id of a person, or a text that somebody typed', async () => {
  const remark = 'Une remarque tapée';
  await bot.app.services.store.transact(async (tx) => {
    const action = await tx.get('actions', talk);
    if (!action?.outcome) throw new Error('the talk was held');
    const typed = { remark, expected: remark, reference: remark, school: remark, schools: [] };
    await tx.put('actions', { ...action, ...typed, outcome: { ...action.outcome, remark } });
    for (const person of await tx.all('people')) await tx.put('people', { ...person, name: 'Un Nom' });
  });
  const hash = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32);
  const ids = (await all(bot, 'people')).flatMap(({ id, teamsId }) => [id, teamsId, hash(id)]);
  const forbidden = new RegExp(
    [remark, 'remarque', 'Un Nom', 'employee-', 'Modèle', 'Compté', 'Une erreur', ...ids].join('|'),
    'i',
  );
  for (const view of ['report_actions', 'report_engagements', 'report_year']) {
    const rows = await query(`select row_to_json(v)::text as text from ${view} v`);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ text }) => forbidden.test(String(text)))).toEqual([]);
  }
  expect(JSON.stringify(await query('select record from actions'))).toMatch(forbidden);
});

describe('a read-only role', () => {
  const analyst = () => url.replace('passerelle:secret', 'analyst:secret');
  const grants = /```sql\n([\s\S]*?)```/.exec(
    readFileSync('docs/operations.md', 'utf8').split('\n## SQL for analysts\n')[1] ?? '',
  )?.[1];
  beforeAll(async () => {
    const [database] = await query('select current_database() as name');
    await query(
      (grants ?? '').replaceAll('DATABASE', String(database?.name)).replaceAll('PASSWORD', 'secret'),
    );
  });
  const ask = (sql: string) => server.query(analyst(), sql);

  it('reads the three views, and no table', async () => {
    for (const view of ['report_actions', 'report_engagements', 'report_year'])
      expect((await ask(`select * from ${view} limit 1`)).length).toBe(1);
    const tables = await query(
      `select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables)
      await expect(ask(`select * from ${name}`)).rejects.toThrow('permission denied');
  });

  it.each([
    "update report_actions set kind = 'x'",
    'delete from report_engagements',
    "insert into report_year (year) values ('x')",
    'drop view report_year',
    'create view report_mine as select 1',
    'delete from actions',
  ])('cannot write: %s', async (sql) => {
    await expect(ask(sql)).rejects.toThrow(/permission denied|must be owner|cannot (update|delete|insert)/);
  });

  it('keeps what it may read when the views are made anew', async () => {
    await query("update report_settings set views = 'of a version before'");
    await query(`drop view report_year; create view report_year as select 1 as one;
      grant select on report_year to analyst`);
    await start();
    expect(await ask('select year from report_year limit 1')).toEqual([{ year: expect.any(String) }]);
    expect(await ask('select action from report_actions limit 1')).toHaveLength(1);
  }, 20_000);

  it.each([
    ['reads for long', 'begin; select from report_year', 'rollback'],
    [
      'has built a view on them',
      'create schema mine authorization passerelle; create view mine.years as select year from report_year',
      'drop schema mine cascade',
    ],
  ])(
    'that %s keeps nobody from starting and writing; the next start renews the views',
    async (_, hold, end) => {
      await query("update report_settings set views = 'of a version before'");
      const client = new pg.Client({ connectionString: hold.startsWith('begin') ? analyst() : url });
      await client.connect();
      await client.query(hold);
      await bot.restart();
      expect(await query('select views from report_settings')).toEqual([{ views: 'of a version before' }]);
      expect((await query('select year from report_year limit 1')).length).toBe(1);
      await storeAll(bot, [aHeldTalk(['a'], { id: '01TA1K00000000000000000003', number: 2_003 })]);
      await client.query(end);
      await client.end();
      await bot.restart();
      const [{ views } = {}] = await query('select views from report_settings');
      expect(views).toMatch(/^[0-9a-f]{64}$/);
    },
    20_000,
  );
});

it('has the columns, types and order that the documents say', async () => {
  const section = readFileSync('docs/operations.md', 'utf8')
    .split('\n## SQL for analysts\n')[1]
    ?.split('\n## ')[0];
  const documented = [...(section ?? '').matchAll(/^### `(\w+)`$([\s\S]*?)(?=^### |$(?![\s\S]))/gm)].map(
    ([, view, text = '']) => [
      view,
      [...text.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, type]) => `${name} ${type}`),
    ],
  );
  const names: Record<string, string> = { integer: 'int', 'timestamp with time zone': 'timestamptz' };
  const columns = await query(
    `select table_name as view, column_name as name, data_type as type from information_schema.columns
      where table_name like 'report\\_%' and table_name <> 'report_settings' order by 1, ordinal_position`,
  );
  const found = new Map<string, string[]>();
  for (const { view, name, type } of columns)
    found.set(String(view), [...(found.get(String(view)) ?? []), `${name} ${names[String(type)] ?? type}`]);
  expect(documented.map(([view]) => view)).toHaveLength(3);
  expect(documented.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([...found]);
});

it.each([
  ['civil years', { yearMode: 'civil' }, undefined],
  ['years from the signature', { yearMode: 'anniversary', signedOn: '2026-11-24' }, undefined],
  ['years from a 29 February', { yearMode: 'anniversary', signedOn: '2024-02-29' }, undefined],
  ['years from the entered signature', { yearMode: 'anniversary', signedOn: '2026-11-24' }, '2026-03-01'],
] as const)('%s are those that the report counts', async (_, settings, entered) => {
  const { convention, store } = bot.app.services;
  const days = ['2027-02-28', '2027-03-01', '2028-02-28', '2028-02-29', '2028-03-01'];
  await storeAll(
    bot,
    days.map((day, n) =>
      aHeldTalk(['a'], { id: `day-${day}`, number: 5_000 + n, firstDay: day, lastDay: day }),
    ),
  );
  await store.transact(async (tx) => {
    const signature = { signedOn: entered ?? '', by: 'hugo', at: '2026-11-24T08:00:00.000Z' };
    await tx.put('terms', { id: 'convention', ...(entered ? { signature } : {}) });
  });
  await start({ convention: { ...convention, ...settings } });
  const inYears = await query('select distinct first_day::text as day, year from report_actions order by 1');
  expect(inYears.length).toBeGreaterThan(200);
  const counted = { ...settings, ...(entered ? { signedOn: entered } : {}) };
  expect(inYears).toEqual(inYears.map(({ day }) => ({ day, year: programmeYear(String(day), counted).id })));
  const bounds = await query(
    "select distinct year, first_day::text as first, last_day::text as last from report_year where source = 'today'",
  );
  expect(bounds.length).toBeGreaterThan(2);
  expect(bounds).toEqual(
    bounds.map(({ year, first }) => {
      const { id, firstDay, lastDay } = programmeYear(String(first), counted);
      expect(id).toBe(year);
      return { year: id, first: firstDay, last: lastDay };
    }),
  );
});

it('another directory of schools counts from the start that reads it', async () => {
  const { schools } = bot.app.services;
  const corsica = (uai: string) => {
    const known = schools.byUai(uai);
    return known && { ...known, departement: '2A', academie: '27' };
  };
  await start({ schools: { byUai: corsica } });
  const where = "select distinct departement, academie from report_actions where school ~ '^[0-9]{7}[A-Z]$'";
  expect(await query(where)).toEqual([{ departement: '2A', academie: '27' }]);
  await start();
  expect((await query(where)).length).toBeGreaterThan(3);
}, 20_000);

it('starts over a database without them make them, of what it has; another start changes nothing', async () => {
  await query('drop view report_year, report_engagements, report_actions; drop table report_settings');
  await query('alter table actions drop column for_report');
  expect(await Promise.all([start(), start()])).toEqual([[], []]);
  await compareAll(['2026-11-23']);
  const versions = 'select id, xmin::text from actions order by id';
  const before = await query(versions);
  await start();
  expect(await query(versions)).toEqual(before);
  expect((await query('select from report_year')).length).toBeGreaterThan(10);
}, 20_000);
