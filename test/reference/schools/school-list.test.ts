import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config.js';
import { schoolKinds } from '../../../src/domain/schools/school.js';
import { createSchoolIndex } from '../../../src/domain/schools/search.js';
import { departementOf, locateByDepartement, parseUai } from '../../../src/domain/schools/uai.js';
import { formatSchools, readSchools } from '../../../src/reference/schools/school-list.js';
import { calendar } from '../../support/builders.js';

const shipped = readConfig({}).SCHOOLS_FILE;
const { schools, demonstration } = readSchools(shipped);

describe('the schools that ship', () => {
  test('are a demonstration, obviously invented, with codes of a series that no real school has', () => {
    expect(demonstration).toBe(true);
    expect(readFileSync(shipped, 'utf8')).toMatch(/"about": "Invented schools, for demonstration/);
    expect(schools.length).toBeGreaterThanOrEqual(60);
    for (const { uai, name } of schools) {
      expect(name).toMatch(/^(Collège|Lycée|EREA).* Exemple /);
      expect(parseUai(uai)).toBe(uai);
      expect(uai.slice(3, 7) > '9000').toBe(true);
    }
    expect(new Set(schools.map((s) => s.uai)).size).toBe(schools.length);
  });

  test('are where their codes say', () => {
    for (const { departement, academie, uai } of schools) {
      const place = locateByDepartement(departement, calendar.academies);
      expect(place?.academie.code).toBe(academie);
      expect(departementOf(uai)).toBe(departement);
    }
  });

  test('are of all zones, Alsace-Moselle, Corse and overseas, of all kinds and sectors', () => {
    const zones = new Set(schools.map((s) => locateByDepartement(s.departement, calendar.academies)?.zone));
    const expected = ['A', 'B', 'C', 'Corse', 'Guadeloupe', 'Saint-Barthélemy', 'Réunion', 'Mayotte'];
    expect([...zones]).toEqual(expect.arrayContaining(expected));
    const departements = schools.map((s) => s.departement);
    expect(departements).toEqual(expect.arrayContaining(['57', '67', '68', '2A', '2B', '972', '973', '988']));
    expect(new Set(schools.map((s) => s.kind))).toEqual(new Set(schoolKinds));
    expect(new Set(schools.map((s) => s.sector))).toEqual(new Set(['public', 'private']));
    expect(new Set(schools.map((s) => s.priority))).toEqual(new Set([undefined, 'REP', 'REP+']));
  });

  test('are found', () => {
    const index = createSchoolIndex(schools);
    expect(index.search('clg tilleuls lyon 3')[0]?.name).toBe('Collège Exemple des Tilleuls');
    expect(index.search('cigognes')[0]?.town).toBe('Strasbourg');
    for (const school of schools) expect(index.byUai(school.uai)).toBe(school);
  });

  test('are written as they are read', () => {
    const text = readFileSync(shipped, 'utf8');
    const { about } = JSON.parse(text) as { about: string };
    expect(formatSchools(about, { demonstration, schools })).toBe(text);
  });
});

describe('a list of schools with a fault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-list-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'schools.json');
  const row = ['0699001V', 'Collège Exemple', 'college', 'Lyon', '69003', '69', '10', 'public', ''];
  const list = (rows: unknown[]) => {
    const { about, columns } = JSON.parse(readFileSync(shipped, 'utf8')) as Record<string, unknown>;
    return JSON.stringify({ about, columns, rows });
  };

  test.each([
    [
      'that is no JSON',
      '{',
      /schools\.json cannot be read as JSON: .*Import the directory again: npm run import/,
    ],
    ['of another form', '{"rows": []}', /is no list of schools\. Import .*\n {2}about: .*\n {2}columns: /],
    [
      'with a wrong code',
      list([row, ['0699001A', ...row.slice(1)]]),
      /\n {2}row 2: the UAI code .*\n {4}\["0699001A"/,
    ],
    ['with an unknown kind', list([row.with(2, 'école')]), /\n {2}row 1: .*\n {4}\["0699001V"/],
    ['with a value missing', list([row.slice(0, 8)]), /\n {2}row 1: /],
  ])('%s stops the start', (_, content, said) => {
    writeFileSync(file, content);
    expect(() => readSchools(file)).toThrow(said);
  });

  test('that is not there stops the start', () => {
    expect(() => readSchools(join(folder, 'no.json'))).toThrow(/no\.json cannot be read.*npm run import/);
  });
});
