import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  classifyDay,
  narrowToDepartement,
  type SchoolHoliday,
} from '../../../src/domain/calendar/school-calendar.js';
import { addDays } from '../../../src/domain/days.js';
import { importCalendar } from '../../../src/reference/calendar/import-calendar.js';
import { readCalendar } from '../../../src/reference/calendar/read-calendar.js';
import { academie, calendar } from '../../support/builders.js';
import {
  inventedFile,
  inventedYear,
  type OfficialRow,
  officialCsv,
  officialDate,
  officialRows,
} from '../../support/official-calendar.js';

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-calendar-'));
  cpSync('data', folder, { recursive: true });
  target = join(folder, 'school-holidays.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (content: string | Uint8Array): string => {
  const path = join(folder, 'calendar.csv');
  writeFileSync(path, content);
  return path;
};
const run = (rows: readonly OfficialRow[], dryRun = false) =>
  importCalendar(file(officialCsv(rows)), folder, { dryRun });
const text = () => readFileSync(target, 'utf8');
type Row = SchoolHoliday & { verified: boolean };
const rows = () => (JSON.parse(text()) as { rows: Row[] }).rows;
const of = (zone: string, schoolYear = '2028-2029') =>
  rows()
    .filter((h) => h.zone === zone && h.schoolYear === schoolYear)
    .map((h) => [h.period, h.firstDayOff, h.lastDayOff, h.verified] as const);

test('a day of the official file is midnight in Paris, written in UTC', () => {
  expect(officialDate('2026-10-17')).toBe('2026-10-16T22:00:00+00:00');
  expect(officialDate('2026-12-19')).toBe('2026-12-18T23:00:00+00:00');
});

describe('the official calendar', () => {
  test('of the years that are there already changes nothing, not a byte', async () => {
    const before = text();
    const verified = calendar.holidays.filter((h) => h.schoolYear !== '2027-2028');
    const report = await run(officialRows(verified));
    expect(report).toContain('nothing changed');
    expect(text()).toBe(before);
  });

  test('of a new year adds it, zone by zone, and keeps the rest of the file', async () => {
    const before = rows();
    const report = await run(inventedFile);
    expect(report).toMatch(
      /school-holidays\.json from .*calendar\.csv: \d+ added, 0 moved, 0 confirmed, 0 removed/,
    );
    expect(report).toContain('  added     2028-2029, zone A, Hiver: 2029-02-10 to 2029-02-25\n');
    expect(rows().slice(0, before.length)).toEqual(before);
    expect((JSON.parse(text()) as { about: string }).about).toContain('A year that is absent is unpublished');
    for (const zone of ['A', 'B', 'C']) {
      const expected = inventedYear.filter((h) => h.zone === zone);
      expect(of(zone)).toEqual(expected.map((h) => [h.period, h.firstDayOff, h.lastDayOff, true]));
    }
    // One row a line, as before.
    expect(text().split('\n')).toHaveLength(rows().length + 6);
    expect(readdirSync(folder).filter((f) => f.endsWith('.new'))).toEqual([]);
  });

  test('imported twice changes nothing the second time, nor touches the file', async () => {
    await run(inventedFile);
    const [before, { mtimeMs }] = [text(), statSync(target)];
    expect(await run(inventedFile)).toContain('nothing changed');
    expect([text(), statSync(target).mtimeMs]).toEqual([before, mtimeMs]);
  });

  test('in another order gives the same file', async () => {
    await run(inventedFile);
    const before = text();
    cpSync('data/school-holidays.json', target);
    await run(inventedFile.toReversed());
    expect(text()).toBe(before);
  });

  test('writes nothing in a dry run, and says what it would change', async () => {
    const before = text();
    const report = await run(inventedFile, true);
    expect(report).toMatch(/\d+ added.*dry run: nothing is written/);
    expect(text()).toBe(before);
  });

  test('gives Corse and overseas the dates they lacked', async () => {
    await run(inventedFile);
    expect(of('Corse').map(([period]) => period)).toEqual(['Toussaint', 'Noël', 'Hiver', 'Printemps', 'Été']);
    expect(of('Corse').at(-1)).toEqual(['Été', '2029-07-07', '2029-09-02', true]);
    expect(of('Réunion')).toEqual([
      ['Après 1ère période', '2028-10-07', '2028-10-22', true],
      ['Été austral', '2028-12-16', '2029-01-21', true],
      ['Après 3ème période', '2029-03-10', '2029-03-25', true],
      ['Après 4ème période', '2029-05-05', '2029-05-13', true],
      // Teachers are back on the 16th, pupils are not yet: that is all the file says.
      ['Hiver austral', '2029-07-07', '2029-08-16', false],
    ]);
    const now = readCalendar(folder);
    const kind = (day: string, name: string, departement?: string) => {
      const where = academie(name);
      return classifyDay(day, departement ? narrowToDepartement(where, departement) : where, now);
    };
    expect(kind('2028-11-13', 'Corse').kind).toBe('school-day');
    expect(kind('2028-10-23', 'Corse').kind).toBe('holiday');
    expect(kind('2028-10-23', 'La Réunion').kind).toBe('school-day');
    // In a year that starts in August, and is not published.
    expect(kind('2029-08-20', 'La Réunion')).toEqual({ kind: 'unknown', because: 'local-calendar' });
    expect(kind('2027-11-22', 'Corse')).toEqual({ kind: 'unknown', because: 'local-calendar' });
    expect(kind('2028-11-13', 'Mayotte')).toEqual({ kind: 'unknown', because: 'local-calendar' });
    expect(kind('2028-11-13', 'Nouvelle-Calédonie')).toEqual({ kind: 'unknown', because: 'local-calendar' });
  });

  test('gives Saint-Barthélemy its own, where it differs from Guadeloupe', async () => {
    await run(inventedFile);
    const names = (zone: string) => of(zone).map(([period, first]) => `${period} ${first}`);
    const common = ['Toussaint 2028-10-21', 'Noël 2028-12-23'];
    const rest = ['Pâques 2029-03-24', 'Abolition de l’esclavage 2029-05-28', 'Été 2029-07-07'];
    expect(names('Guadeloupe')).toEqual([...common, 'Carnaval 2029-02-10', ...rest]);
    expect(names('Saint-Martin')).toEqual([...common, 'Carnaval 2029-02-10', ...rest]);
    expect(names('Saint-Barthélemy')).toEqual([...common, 'Carnaval 2029-02-03', ...rest]);
  });

  test('is read for the second degree, without teachers and primary schools', async () => {
    const report = await run(inventedFile);
    expect(of('Polynésie').at(-1)).toEqual(['Grandes Vacances', '2029-07-06', '2029-08-12', true]);
    expect(report).toMatch(
      /Left out of \d+ rows:\n {2}24 of teachers: line \d+, .*Vacances d'Été, 2028-2029; .*; …\n/,
    );
    expect(report).toMatch(/\n {2}1 of primary schools: line \d+, Polynésie, Grandes Vacances/);
    expect(report).toMatch(
      /\n {2}1 of a territory whose school year is the civil year: line \d+, Nouvelle Caléd/,
    );
  });

  test('says which years it has a part of only, and leaves those as they are', async () => {
    const without = inventedFile.filter((r) => !(r.zones === 'Zone B' && r.description.includes('Hiver')));
    const report = await run(without);
    expect(report).toContain('Left as they are, of which the file has a part only:\n');
    expect(report).toContain('  2028-2029, zone B: the file lacks Hiver\n');
    expect(report).toContain('  2028-2029, zone Mayotte: the file lacks the long holidays\n');
    expect([of('A').length, of('B').length]).toEqual([6, 0]);
  });

  test('says what moved, what is confirmed and what is no more', async () => {
    await run(inventedFile);
    const changed = inventedFile
      .filter((r) => !r.description.startsWith('Abolition'))
      .map((r) => {
        const moved = r.zones === 'Zone C' && r.description.includes('Hiver');
        return moved ? { ...r, start: addDays(r.start, 7), end: addDays(r.end ?? r.start, 7) } : r;
      });
    const back = { description: 'Rentrée scolaire des élèves', academie: 'Réunion', zones: 'Réunion' };
    const report = await run([...changed, { ...back, start: '2029-08-17', schoolYear: '2029-2030' }]);
    expect(report).toContain('0 added, 1 moved, 1 confirmed, 3 removed');
    expect(report).toContain(
      '  moved     2028-2029, zone C, Hiver: 2029-02-24 to 2029-03-11 → 2029-03-03 to 2029-03-18\n',
    );
    expect(report).toContain(
      '  confirmed 2028-2029, zone Réunion, Hiver austral: 2029-07-07 to 2029-08-16\n',
    );
    expect(report).toContain(
      '  removed   2028-2029, zone Guadeloupe, Abolition de l’esclavage: 2029-05-28 to',
    );
  });

  describe('of a year of which somebody has entered rows by hand', () => {
    const corse = { schoolYear: '2028-2029', zone: 'Corse', verified: true };
    const enter = (...more: object[]) =>
      writeFileSync(
        target,
        JSON.stringify({ about: '', rows: [...rows(), ...more.map((m) => ({ ...corse, ...m }))] }),
      );
    const ofCorse = () => rows().filter((h) => h.zone === 'Corse' && h.schoolYear === '2028-2029');
    const september = {
      period: 'Septembre',
      local: true,
      firstDayOff: '2028-09-08',
      lastDayOff: '2028-09-08',
    };

    test('keeps a day off that it does not have', async () => {
      enter(september);
      const report = await run(inventedFile);
      expect(report).not.toContain('removed ');
      expect(ofCorse().map((h) => h.period)).toEqual([
        'Septembre',
        'Toussaint',
        'Noël',
        'Hiver',
        'Printemps',
        'Été',
      ]);
      expect(await run(inventedFile)).toContain('nothing changed');
    });

    test('takes its place once it has that day itself, or holidays around it', async () => {
      enter(september, {
        ...september,
        period: 'Février',
        firstDayOff: '2029-02-20',
        lastDayOff: '2029-02-20',
      });
      const day = { description: 'Journée vaquée', start: '2028-09-08', end: '2028-09-08' };
      await run([...inventedFile, { ...day, academie: 'Corse', zones: 'Corse', schoolYear: '2028-2029' }]);
      expect(ofCorse().map((h) => h.period)).toEqual([
        'Journée vaquée',
        'Toussaint',
        'Noël',
        'Hiver',
        'Printemps',
        'Été',
      ]);
    });

    test('says where a row is from as long as it says the same days', async () => {
      const source = 'bulletin of the académie';
      enter(
        { period: 'Toussaint', firstDayOff: '2028-10-21', lastDayOff: '2028-11-05', source },
        { period: 'Noël', firstDayOff: '2028-12-16', lastDayOff: '2029-01-07', source },
        { period: 'Hiver', firstDayOff: '2029-02-17', lastDayOff: '2029-03-04' },
        { period: 'Été', firstDayOff: '2029-07-07', lastDayOff: '2029-09-02' },
      );
      await run(inventedFile);
      expect(ofCorse().map((h) => ('source' in h ? h.source : undefined))).toEqual([source, ...Array(4)]);
    });
  });

  test('leaves out the years before those that are kept, whatever their académies were called', async () => {
    const old = { description: 'Vacances de Noël', start: '2017-12-23', end: '2018-01-08', zones: 'Zone B' };
    const caen = { ...old, academie: 'Caen', schoolYear: '2017-2018' };
    const report = await run([caen, ...inventedFile]);
    expect(report).toMatch(/1 of a school year before the first one kept: line 2, Caen, Vacances de Noël/);
  });
});

describe('the end of a summer', () => {
  const start = inventedFile.filter((r) => r.schoolYear === '2028-2029');
  const summer = async (more: readonly OfficialRow[]) => {
    await run([...start, ...more]);
    return of('A').at(-1);
  };
  const next = (description: string, day: string, population = '-') =>
    calendar.academies
      .filter((a) => a.zone === 'A')
      .map(({ name }) => ({
        description,
        population,
        start: day,
        academie: name,
        zones: 'Zone A',
        schoolYear: '2029-2030',
      }));

  test.each([
    [
      'the eve of the day pupils are back',
      [...next('Rentrée scolaire des élèves', '2029-09-04')],
      '2029-09-03',
      true,
    ],
    [
      'the last of those days when there are several',
      [
        ...next('Rentrée scolaire des élèves', '2029-09-03'),
        ...next('Rentrée scolaire des élèves', '2029-09-05'),
      ],
      '2029-09-04',
      true,
    ],
    [
      'the day teachers are back',
      [...next('Prérentrée des enseignants', '2029-08-31', 'Enseignants')],
      '2029-08-31',
      false,
    ],
    ['the end of the school year for want of anything better', [], '2029-08-31', false],
  ])('is %s', async (_, more, last, verified) =>
    expect(await summer(more)).toEqual(['Été', '2029-07-07', last, verified]));

  test('is the one that was known before', async () => {
    writeFileSync(
      target,
      JSON.stringify({
        about: '',
        rows: [...rows(), ...inventedYear.map((h) => ({ ...h, verified: true }))],
      }),
    );
    expect(await summer([])).toEqual(['Été', '2029-07-07', '2029-09-02', true]);
  });

  test('is the one that the file gives, when it gives both', async () => {
    const range = officialRows(inventedYear.filter((h) => h.period === 'Été' && h.zone === 'A'));
    expect(await summer(range.map((r) => ({ ...r, end: '2029-09-05' })))).toEqual([
      'Été',
      '2029-07-07',
      '2029-09-04',
      true,
    ]);
  });
});

describe('the end of a summer where the calendar is its own', () => {
  const corse = inventedFile.filter((r) => r.academie === 'Corse' || r.academie === 'Réunion');
  const without = corse.filter((r) => r.schoolYear === '2028-2029');
  const summers = () => [of('Corse').at(-1), of('Réunion').at(-1)];
  const toCheck = () =>
    rows()
      .filter((h) => h.toCheck && h.schoolYear === '2028-2029')
      .map((h) => h.zone);

  test('is not believed to be that of the school year when the file has none', async () => {
    await run(without);
    expect(summers()).toEqual([
      ['Été', '2029-07-07', '2029-09-06', false],
      ['Hiver austral', '2029-07-07', '2029-08-31', false],
    ]);
    expect(toCheck()).toEqual(['Corse', 'Réunion']);
  });

  test('is the one that the file gives once it does', async () => {
    await run(without);
    const back = { ...(corse.find((r) => r.description.startsWith('Rentrée')) ?? corse[0]) } as OfficialRow;
    const report = await run([
      ...corse,
      { ...back, academie: 'Réunion', zones: 'Réunion', start: '2029-08-21' },
    ]);
    expect(report).toContain(
      '  moved     2028-2029, zone Corse, Été: 2029-07-07 to 2029-09-06, to be checked → 2029-07-07 to 2029-09-02\n',
    );
    expect(summers()).toEqual([
      ['Été', '2029-07-07', '2029-09-02', true],
      ['Hiver austral', '2029-07-07', '2029-08-20', true],
    ]);
    expect(toCheck()).toEqual([]);
  });
});

describe('the zones that a row of Guadeloupe is for', () => {
  const all = ['Guadeloupe', 'Saint-Barthélemy', 'Saint-Martin'];
  const whole = inventedFile.filter((r) => r.academie === 'Guadeloupe');
  // The populations of the official file, and other ways to write them.
  test.each<readonly [string, readonly string[]]>([
    ['-', all],
    ['Élèves', all],
    ['Guadeloupe, Saint-Martin & Saint-Barthélémy', all],
    ['Guadeloupe & Saint-Martin', ['Guadeloupe', 'Saint-Martin']],
    ['Guadeloupe & Saint-Barthélémy', ['Guadeloupe', 'Saint-Barthélemy']],
    ['Guadeloupe sauf Saint-Martin', ['Guadeloupe', 'Saint-Barthélemy']],
    ['Guadeloupe sauf Saint Barthélemy', ['Guadeloupe', 'Saint-Martin']],
    ['Guadeloupe sauf Saint-Martin et Saint-Barthélemy', ['Guadeloupe']],
    ['Guadeloupe (hors Saint-Martin)', ['Guadeloupe', 'Saint-Barthélemy']],
    ['Saint-Martin', ['Saint-Martin']],
    ['Saint Martin', ['Saint-Martin']],
    ['SAINT-MARTIN', ['Saint-Martin']],
    ['Saint-Barthélémy', ['Saint-Barthélemy']],
    ['Les Saintes', all],
    ['Tous sauf Les Saintes', all],
  ])('whose population is "%s": %j', async (population, expected) => {
    const day = { description: 'Mi-carême', start: '2029-03-15', end: '2029-03-15', population };
    await run([...whole, { ...day, academie: 'Guadeloupe', zones: 'Guadeloupe', schoolYear: '2028-2029' }]);
    expect(all.filter((zone) => of(zone).some(([period]) => period === 'Mi-carême'))).toEqual(expected);
  });
});

test('holidays of collèges and primary schools are those of collèges, where 3e is', async () => {
  const may = { description: 'Vacances de Mai', start: '2029-05-19', end: '2029-05-28' };
  const row = { ...may, academie: 'Polynésie', zones: 'Polynésie', schoolYear: '2028-2029' };
  await run([...inventedFile, { ...row, population: 'Premier degré et collèges' }]);
  expect(of('Polynésie').map(([period]) => period)).toContain('Mai');
});

describe('a file that is refused', () => {
  const refused = async (content: string | Uint8Array): Promise<string> => {
    const before = text();
    const said = await importCalendar(file(content), folder, { dryRun: false }).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
    expect(text()).toBe(before);
    return said;
  };
  test.each([
    ['that is empty', '', /is empty\. Download the school calendar .*data\.education\.gouv\.fr again as CSV/],
    ['with a BOM only', '\uFEFF\r\n', /is empty/],
    [
      'that is a web page',
      '<!doctype html><title>502 Bad Gateway</title>',
      /is a web page, not a CSV file\. Download/,
    ],
    ['that is JSON', '{"results": []}', /is JSON, not CSV\. Download/],
    ['that is a workbook', 'PK\u0003\u0004 xl/workbook.xml', /is an Excel or zip file, not CSV/],
    [
      'of another data set',
      'Nom;Ville\nx;y\n',
      /has no column "Description", .*"annee_scolaire"; it starts with "Nom", "Ville"\. Download/,
    ],
    ['separated by commas', 'Description,Population,Zones\n', /has no column .*separated by semicolons/],
    [
      'with its header only',
      'Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire\n',
      /has no whole school year from 2023-2024 on.*without a filter/,
    ],
    [
      'with nothing but a row cut short',
      'Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire\nVacances;-;x\n',
      /has no whole school year.*\n.*1 row\):\n {2}line 2: it has 3 cells, and the header 7$/,
    ],
    [
      'with a column about people besides',
      officialCsv(inventedFile).replaceAll('\r\n', ';x\r\n').replace(';x', ';Nom_eleve'),
      /is refused, nothing of it is read: its columns "Nom_eleve" hold personal data.*article 7/,
    ],
    [
      'of another year only',
      officialCsv(inventedFile.map((r) => ({ ...r, schoolYear: '2019-2020' }))),
      /has no whole school year from 2023-2024 on: .*\nLeft out of \d+ rows:\n/,
    ],
    [
      'of which no row can be true',
      officialCsv(
        inventedFile.filter((r) => r.zones === 'Corse').map((r) => ({ ...r, academie: 'Atlantis' })),
      ),
      /has no whole school year.*\n.*6 rows\):\n {2}line 2 \(Atlantis, .*"Atlantis" is no académie/,
    ],
  ])('%s', async (_, content, said) => expect(await refused(content)).toMatch(said));

  test('that is not there', async () => {
    await expect(importCalendar(join(folder, 'no.csv'), folder, { dryRun: false })).rejects.toThrow(
      /no\.csv cannot be read: .*Give the path/,
    );
  });
});

test('the columns may have their technical names, in another order, and the file no BOM', async () => {
  const [, ...lines] = officialCsv(inventedFile).trimEnd().split('\r\n');
  const header = 'annee_scolaire;zones;location;end_date;start_date;population;description';
  const turned = lines.map((line) => line.split(';').reverse().join(';'));
  const report = await importCalendar(file([header, ...turned].join('\n')), folder, { dryRun: false });
  expect(report).toContain('added');
  expect(of('A')).toHaveLength(6);
});

test('a file saved as Windows-1252 is read as such', async () => {
  const content = officialCsv(inventedFile).slice(1).replaceAll('’', "'");
  await importCalendar(file(Buffer.from(content, 'latin1')), folder, { dryRun: false });
  expect(of('Guadeloupe').map(([period]) => period)).toContain('Été');
});
