import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyDay, type SchoolHoliday } from '../../../src/domain/calendar/school-calendar.js';
import { importCalendar } from '../../../src/reference/calendar/import-calendar.js';
import { readCalendar } from '../../../src/reference/calendar/read-calendar.js';
import { academie } from '../../support/builders.js';
import { inventedFile, inventedYear, officialCsv } from '../../support/official-calendar.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-impossible-'));
  cpSync('data', folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

type Row = SchoolHoliday & { verified: boolean };
const text = () => readFileSync(join(folder, 'school-holidays.json'), 'utf8');
const of = (zone: string, schoolYear = '2028-2029') =>
  (JSON.parse(text()) as { rows: Row[] }).rows.filter((h) => h.zone === zone && h.schoolYear === schoolYear);
const daysOf = (zone: string, schoolYear?: string) =>
  of(zone, schoolYear).map((h) => [h.period, h.firstDayOff, h.lastDayOff, h.toCheck === true]);

/** As if no own calendar had been imported yet. */
function keepZones(): void {
  const { about, rows } = JSON.parse(readFileSync('data/school-holidays.json', 'utf8')) as {
    about: string;
    rows: Row[];
  };
  const kept = rows.filter((h) => ['A', 'B', 'C'].includes(h.zone));
  writeFileSync(join(folder, 'school-holidays.json'), JSON.stringify({ about, rows: kept }));
}

/** Imports a file; a dry run before it says the same, and writes nothing. */
async function run(content: string): Promise<string> {
  const path = join(folder, 'calendar.csv');
  writeFileSync(path, content);
  const before = text();
  const dry = await importCalendar(path, folder, { dryRun: true });
  expect(text()).toBe(before);
  const said = await importCalendar(path, folder, { dryRun: false });
  expect(dry.split('\n').slice(1)).toEqual(said.split('\n').slice(1));
  return said;
}

const columns = ['description', 'population', 'start', 'end', 'academie', 'zones', 'schoolYear'] as const;
type Cells = Partial<Record<(typeof columns)[number], string>>;
const lines = officialCsv(inventedFile).trimEnd().split('\r\n');
/** Where the file has the row of an académie whose description holds these words. */
const at = (name: string, words: string): number =>
  inventedFile.findIndex((r) => r.academie === name && r.description.includes(words));
/** The file with other cells in one row. */
function withCells(row: number, cells: Cells): string {
  const changed = columns.map((column, i) => cells[column] ?? lines[row + 1]?.split(';')[i] ?? '');
  return `${lines.with(row + 1, changed.join(';')).join('\r\n')}\r\n`;
}
const withMore = (...more: string[]): string => `${[...lines, ...more].join('\r\n')}\r\n`;
const lineOf = (row: number): number => row + 2;

/** All zones but those named are imported as if nothing were wrong. */
function expectImported(but: readonly string[] = []): void {
  const expected: Readonly<Record<string, number>> = {
    ...{ A: 6, B: 6, C: 6, Corse: 5, Guadeloupe: 6 },
    ...{ 'Saint-Barthélemy': 6, 'Saint-Martin': 6, Réunion: 5, Polynésie: 5 },
  };
  for (const [zone, count] of Object.entries(expected))
    if (!but.includes(zone)) expect([zone, of(zone).filter((h) => !h.toCheck).length]).toEqual([zone, count]);
}

const midnight = (day: string): string => `${day}T00:00:00+02:00`;
const hiver = at('Besançon', 'Hiver');

describe('a row of one académie that cannot be true is left out, and its zone is imported from the others', () => {
  test.each<readonly [string, Cells, RegExp]>([
    [
      'it ends before it starts',
      { end: midnight('2029-01-10') },
      /it ends on 2029-01-10, before it starts on 2029-02-10$/,
    ],
    [
      'it is longer than any holiday',
      { end: midnight('2029-03-26') },
      /it has 44 days off, from 2029-02-10 to 2029-03-25, and 25 are the most/,
    ],
    [
      'it lasts for years',
      { end: midnight('2032-02-10') },
      /it has 1095 days off, .* and 25 are the most there can be$/,
    ],
    [
      'it has one day',
      { end: midnight('2029-02-10') },
      /it has one day off, and 7 are the least there can be$/,
    ],
    [
      'it has a weekend',
      { end: midnight('2029-02-12') },
      /it has 2 days off, and 7 are the least there can be$/,
    ],
    [
      'its dates are of another year',
      { schoolYear: '2029-2030' },
      /2029-02-10 to 2029-02-25 is not in the school year 2029-2030$/,
    ],
    ['its school year is one year', { schoolYear: '2028' }, /"2028" is no school year such as 2026-2027$/],
    ['its school year is three', { schoolYear: '2028-2030' }, /"2028-2030" is no school year such as/],
    [
      'its zone is another one',
      { zones: 'Zone C' },
      /Besançon is in "Zone C", and in zone A in data\/academies\.json$/,
    ],
    ['its zone does not exist', { zones: 'Zone D' }, /Besançon is in "Zone D", and in zone A/],
    [
      'its académie does not exist',
      { academie: 'Atlantis' },
      /\(Atlantis, .*\): "Atlantis" is no académie of data/,
    ],
    [
      'its start is no date',
      { start: '10/02/2029' },
      /"10\/02\/2029" is no date such as 2026-10-16T22:00:00/,
    ],
    [
      'its end is no day that exists',
      { end: '2029-02-30T00:00:00+01:00' },
      /"2029-02-30T00:00:00\+01:00" is no date/,
    ],
    ['it has no start', { start: '' }, /: it has no start$/],
    ['it has no end', { end: '' }, /: it has no end$/],
    ['it names no académie', { academie: '' }, /\(Vacances d'Hiver, 2028-2029\): it names no académie$/],
    ['it names no zone', { zones: '' }, /: it names no zone$/],
    ['it names no school year', { schoolYear: '' }, /: it names no school year$/],
    ['it does not say what it is', { description: '' }, /: it does not say which holiday it is$/],
    [
      'it is about somebody',
      { description: 'Vacances, appeler le 06 39 98 56 78' },
      /\(Besançon, 2028-2029\): its description looks like personal data, .*article 7\)$/,
    ],
    [
      'its académie is somebody',
      { academie: 'appeler le 06 39 98 56 78' },
      /\(Vacances d'Hiver, 2028-2029\): what stands there is no académie of data\/academies\.json$/,
    ],
    [
      'it says other days than all others of its zone',
      { start: midnight('2029-02-17'), end: midnight('2029-03-05') },
      /Besançon has Hiver of 2028-2029 from 2029-02-17 to 2029-03-04, and 7 other académies of zone A from 2029-02-10 to 2029-02-25$/,
    ],
  ])('%s', async (_, cells, reason) => {
    const report = (await run(withCells(hiver, cells))).split('\n');
    const told = report.indexOf('Left out for what is wrong with it (1 row):');
    expect(report[told + 1]).toMatch(new RegExp(`^ {2}line ${lineOf(hiver)}\\b`));
    expect(report[told + 1]).toMatch(reason);
    expect(report.join('\n')).not.toMatch(/06 39|Left as they are.*zone [ABC]/);
    expectImported();
    expect(daysOf('A')).toEqual(
      inventedYear.filter((h) => h.zone === 'A').map((h) => [h.period, h.firstDayOff, h.lastDayOff, false]),
    );
  });

  test.each([
    ['fewer', "Vacances d'Hiver;-;2029-02-09T23:00:00+00:00", /line \d+: it has 3 cells, and the header 7$/m],
    ['more', `${lines[hiver + 1]};x`, /line \d+: it has 8 cells, and the header 7$/m],
  ])('it has %s cells than the header', async (_, row, reason) => {
    expect(await run(`${lines.with(hiver + 1, row).join('\r\n')}\r\n`)).toMatch(reason);
    expectImported();
  });

  test('it says the holidays a second time, on other days', async () => {
    const other = lines[hiver + 1]?.replace('2029-02-09T', '2029-02-16T') ?? '';
    expect(await run(withMore(other))).toContain(
      `\n  lines ${lineOf(hiver)}, ${lines.length + 1}: Besançon has Hiver of 2028-2029 on several days: 2029-02-10 to 2029-02-25; 2029-02-17 to 2029-02-25\n`,
    );
    expectImported();
  });

  test('it is the same row again, which is nothing to tell', async () => {
    expect(await run(withMore(lines[hiver + 1] ?? ''))).not.toContain('Left out for what');
    expectImported();
  });
});

describe('rows of a whole zone that contradict one another are left out, and its year stays unpublished', () => {
  const edited = (change: (row: (typeof inventedFile)[number], nth: number) => object): string => {
    let nth = 0;
    return officialCsv(
      inventedFile.map((r) =>
        r.zones === 'Zone A' && r.description.includes('Hiver') ? { ...r, ...change(r, nth++) } : r,
      ),
    );
  };

  test('when its académies are of two minds', async () => {
    const report = await run(edited((_, nth) => (nth % 2 ? { start: '2029-02-17', end: '2029-03-05' } : {})));
    expect(report).toMatch(
      /\n {2}lines [\d, ]+: the académies of zone A do not agree on Hiver of 2028-2029: 2029-02-10 to 2029-02-25 in Besançon, .*; 2029-02-17 to 2029-03-04 in Bordeaux, /,
    );
    expect(report).toContain('\n  2028-2029, zone A: the file lacks Hiver\n');
    expect(of('A')).toEqual([]);
    expectImported(['A']);
    expect(classifyDay('2029-01-15', academie('Lyon'), readCalendar(folder))).toEqual({
      kind: 'unknown',
      because: 'unpublished',
    });
  });

  test('when two of its holidays overlap', async () => {
    const report = await run(edited(() => ({ start: '2029-03-24', end: '2029-04-10' })));
    expect(report).toMatch(
      /\n {2}lines [\d, ]+: Hiver of 2028-2029 in zone A, 2029-03-24 to 2029-04-09, overlaps Printemps, 2029-04-07 to 2029-04-22\n/,
    );
    expect(report).toContain('\n  2028-2029, zone A: the file lacks Hiver, Printemps\n');
    expectImported(['A']);
  });
});

test('a year that overlaps the one before it, which is kept, is left as it is', async () => {
  const early = inventedFile.map((r) =>
    r.zones === 'Zone B' && r.description.includes('Toussaint')
      ? { ...r, start: '2028-08-26', end: '2028-09-11' }
      : r,
  );
  expect(await run(officialCsv(early))).toMatch(
    /\n {2}2028-2029, zone B: \{.*"Toussaint".*\}: it overlaps Été, 2028-07-04 to 2028-08-31, of the same zone/,
  );
  expect(of('B')).toEqual([]);
  expectImported(['B']);
});

describe('a row of an own calendar that cannot be true', () => {
  const kinds = (...days: string[]) => {
    const calendar = readCalendar(folder);
    return days.map((day) => classifyDay(day, academie('Corse'), calendar).kind);
  };
  const spring = at('Corse', 'Printemps');
  const summer = at('Corse', 'Été');

  test('leaves the days from there on unknown, and those before as they are', async () => {
    // As the official file had it for 2023-2024: a summer of three years.
    const report = await run(
      withCells(summer, { start: midnight('2029-07-07'), end: '2032-07-07T01:00:00+02:00' }),
    );
    expect(report).toContain(
      `\n  line ${lineOf(summer)} (Corse, Début des Vacances d'Été, 2028-2029): it has 1096 days off, from 2029-07-07 to 2032-07-06, and 75 are the most there can be\n`,
    );
    expect(report).toContain(
      '\n  added     2028-2029, zone Corse, Été: 2029-07-07 to 2029-09-06, to be checked\n',
    );
    expect(kinds('2028-11-13', '2029-07-06', '2029-07-09', '2029-08-31', '2029-09-06')).toEqual([
      'school-day',
      'school-day',
      'unknown',
      'unknown',
      'unknown',
    ]);
    expectImported(['Corse']);
  });

  test.each<readonly [string, Cells, (string | boolean)[] | undefined]>([
    ['too long', { end: midnight('2029-06-30') }, ['2029-04-14', '2029-06-29']],
    ['without an end', { end: '' }, ['2029-04-14', '2029-09-06']],
    ['with an end that is no date', { end: 'fin avril' }, ['2029-04-14', '2029-09-06']],
    ['of one day', { end: midnight('2029-04-14') }, ['2029-04-14', '2029-09-06']],
    ['of a zone that is not its own', { zones: 'Zone B' }, ['2029-04-14', '2029-04-29']],
    ['of an unknown académie', { academie: 'Atlantis' }, ['2029-04-14', '2029-04-29']],
    ['of an unknown school year', { schoolYear: '2029' }, ['2029-04-14', '2029-04-29']],
  ])('%s is to be checked on the days it may have meant', async (_, cells, span) => {
    const report = await run(withCells(spring, cells));
    expect(report).toContain(`\n  line ${lineOf(spring)} (`);
    expect(daysOf('Corse')).toEqual([
      ...['Toussaint', 'Noël', 'Hiver'].map((period) => expect.arrayContaining([period, false])),
      ['Printemps', ...(span ?? []), true],
      expect.arrayContaining(['Été', false]),
    ]);
    expect(kinds('2029-04-13', '2029-04-16', '2029-04-27')).toEqual(['school-day', 'unknown', 'unknown']);
    expectImported(['Corse']);
  });

  test.each<readonly [string, Cells]>([
    ['ends before it starts', { end: midnight('2029-02-01') }],
    ['has no start', { start: '' }],
    ['has a start that is no date', { start: 'mi-avril' }],
    ['is of another year', { start: midnight('2030-04-14'), end: midnight('2030-04-30') }],
  ])('and %s may have meant any day: the whole year stays unknown', async (_, cells) => {
    const report = await run(withCells(spring, cells));
    expect(report).toContain(
      `\n  2028-2029, zone Corse: the file lacks Printemps of line ${lineOf(spring)}, which is left out\n`,
    );
    expect(of('Corse')).toEqual([]);
    expect(kinds('2028-11-13', '2029-04-16')).toEqual(['unknown', 'unknown']);
    expectImported(['Corse']);
  });

  test('does not matter when another row says the same holiday', async () => {
    const sound = lines[spring + 1] ?? '';
    await run(`${withCells(spring, { end: '' })}${sound}\r\n`);
    expect(kinds('2029-04-13', '2029-04-16', '2029-04-30')).toEqual(['school-day', 'holiday', 'school-day']);
    expectImported();
  });

  test('does not matter when what it meant is known from before', async () => {
    await run(withMore());
    const before = text();
    const report = await run(withCells(summer, { end: midnight('2032-07-07') }));
    expect(report).toContain('nothing changed');
    expect(report).toContain(`\n  line ${lineOf(summer)} (Corse, `);
    expect(text()).toBe(before);
    expect(await run(withCells(spring, { start: '' }))).toContain('nothing changed');
  });

  test('of one day in Guadeloupe is never a silent school day', async () => {
    const report = await run(
      withCells(at('Guadeloupe', 'Abolition'), { start: midnight('2029-05-28'), end: '' }),
    );
    expect(report).toMatch(
      /\n {2}line \d+ \(Guadeloupe, Abolition de l’esclavage, 2028-2029\): it has no end\n/,
    );
    const zones = ['Guadeloupe', 'Saint-Barthélemy', 'Saint-Martin'];
    for (const zone of zones)
      expect(daysOf(zone)).toContainEqual(['Abolition de l’esclavage', '2029-05-28', '2029-09-06', true]);
    expectImported(zones);
  });

  test('that overlaps another one leaves the days of both to be checked', async () => {
    await run(withCells(spring, { start: midnight('2029-03-03'), end: midnight('2029-03-20') }));
    expect(daysOf('Corse').filter(([, , , toCheck]) => toCheck)).toEqual([
      ['Hiver', '2029-02-17', '2029-03-04', true],
      ['Printemps', '2029-03-03', '2029-03-19', true],
    ]);
    expectImported(['Corse']);
  });

  test('imported twice changes nothing the second time', async () => {
    const file = withCells(summer, { start: midnight('2029-07-07'), end: midnight('2032-07-07') });
    await run(file);
    const before = text();
    expect(await run(file)).toContain('nothing changed');
    expect(text()).toBe(before);
  });

  test('is sure again as soon as a later file has it right', async () => {
    await run(withCells(summer, { start: midnight('2029-07-07'), end: midnight('2032-07-07') }));
    const report = await run(withMore());
    expect(report).toContain(
      '\n  moved     2028-2029, zone Corse, Été: 2029-07-07 to 2029-09-06, to be checked → 2029-07-07 to 2029-09-02\n',
    );
    expectImported();
  });
});

test('of rows that nobody is asked about, what is wrong with them does not matter', async () => {
  const teachers = at('Lyon', 'Prérentrée');
  const own = lines.findIndex((l) => l.startsWith("Vacances d'Été;Enseignants"));
  const report = await run(withCells(own - 1, { end: midnight('2035-01-01') }));
  expect(report).not.toContain('Left out for what');
  expect(teachers).toBeGreaterThan(0);
  expectImported();
});

test('the summer of three years in the official file of January 2026 is left out, and all else imported', async () => {
  const official = readFileSync('test/fixtures/fr-en-calendrier-scolaire.csv', 'utf8').trimEnd();
  // The row as an earlier export of the same data set had it (Licence Ouverte).
  keepZones();
  const impossible =
    "Début des Vacances d'Été;-;2024-07-06T00:00:00+02:00;2027-07-06T01:00:00+02:00;Corse;Corse;2023-2024";
  const said = `(Corse, Début des Vacances d'Été, 2023-2024): it has 1095 days off, from 2024-07-06 to 2027-07-05`;
  const withSummer = await run(`${official}\n${impossible}\n`);
  expect(withSummer).toContain(`\n  line 2322 ${said}`);
  expect(daysOf('Corse', '2023-2024').at(-1)).toEqual(['Été', '2024-07-06', '2024-09-04', false]);

  keepZones();
  const corse = /^Vacances d'Été;Élèves;.*;Corse;Corse;2023-2024$/m;
  const without = await run(`${official.replace(corse, impossible)}\n`);
  expect(without).toContain(said);
  expect(daysOf('Corse', '2023-2024').at(-1)).toEqual(['Été', '2024-07-06', '2024-09-06', true]);
  expect(without.match(/^ {2}added/gm)?.length).toBe(withSummer.match(/^ {2}added/gm)?.length);
});
