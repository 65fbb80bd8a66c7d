import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schoolYearOf } from '../../src/domain/calendar.js';
import { addDays, weekday } from '../../src/domain/convention.js';
import { readCalendar } from '../../src/reference/calendar.js';

type Row = Record<string, unknown>;
const rowsOf = (file: string, folder = 'data') =>
  (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { rows: Row[] }).rows;
const calendar = readCalendar('data');
const day = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (value: unknown) =>
  typeof value === 'string' && day.test(value) && new Date(value).toISOString().startsWith(value);

describe('the school holidays', () => {
  const rows = calendar.holidays;

  test.each(
    rows.map((h) => [h.schoolYear, h.zone, h.period, h] as const),
  )('%s, zone %s, %s is sound', (_, __, ___, h) => {
    expect(['A', 'B', 'C']).toContain(h.zone);
    expect([h.firstDayOff, h.lastDayOff].every(isDay)).toBe(true);
    expect(h.firstDayOff <= h.lastDayOff).toBe(true);
    expect(h.schoolYear).toMatch(/^\d{4}-\d{4}$/);
    expect(schoolYearOf(h.firstDayOff)).toBe(h.schoolYear);
    expect(['Toussaint', 'Noël', 'Hiver', 'Printemps', "Pont de l'Ascension", 'Été']).toContain(h.period);
  });

  const years = [...new Set(rows.map((h) => h.schoolYear))];
  test.each(
    years.flatMap((year) => ['A', 'B', 'C'].map((zone) => [year, zone] as const)),
  )('of %s in zone %s are the six periods, in order, without overlap', (year, zone) => {
    const own = rows.filter((h) => h.schoolYear === year && h.zone === zone);
    expect(new Set(own.map((h) => h.period)).size).toBe(6);
    expect(own).toHaveLength(6);
    own.slice(1).forEach((h, i) => {
      expect(h.firstDayOff > (own[i]?.lastDayOff ?? '')).toBe(true);
    });
  });

  test('follow one another year by year, without a gap', () => {
    expect(years).toEqual(
      years.map((_, i) => `${Number(years[0]?.slice(0, 4)) + i}-${Number(years[0]?.slice(0, 4)) + i + 1}`),
    );
  });
});

describe('the académies', () => {
  test('have a code, a name and départements of their own', () => {
    const all = calendar.academies;
    expect(new Set(all.map((a) => a.code)).size).toBe(all.length);
    expect(new Set(all.map((a) => a.name)).size).toBe(all.length);
    const departements = all.flatMap((a) => a.departements);
    expect(new Set(departements).size).toBe(departements.length);
    expect(all.every((a) => a.departements.length > 0)).toBe(true);
    // 96 of the mainland with Corse, 5 overseas, and the collectivities.
    expect(departements.filter((d) => !/^9[78]/.test(d))).toHaveLength(96);
  });

  test('are in a zone that has holidays, or keep a calendar of their own', () => {
    const zones = new Set(calendar.holidays.map((h) => h.zone));
    for (const a of calendar.academies) if (a.zone) expect(zones).toContain(a.zone);
    for (const row of rowsOf('academies.json')) {
      expect(['A/B/C', 'own calendar']).toContain(row.zoneKind);
      const read = calendar.academies.find((a) => a.code === row.code);
      expect(read?.zone).toBe(row.zoneKind === 'A/B/C' ? row.zone : undefined);
    }
  });
});

describe('the 2de fortnights', () => {
  test.each(
    calendar.secondeFortnights.map((f) => [f.schoolYear, f] as const),
  )('%s: two whole weeks in June', (year, f) => {
    expect([f.firstDay, f.lastDay].every(isDay)).toBe(true);
    expect([weekday(f.firstDay), weekday(f.lastDay)]).toEqual([1, 5]);
    expect(addDays(f.firstDay, 11)).toBe(f.lastDay);
    expect(schoolYearOf(f.firstDay)).toBe(year);
    expect(f.lastDay.slice(5, 7)).toBe('06');
  });

  test('are one a year, in order', () => {
    const years = calendar.secondeFortnights.map((f) => f.schoolYear);
    expect(years).toEqual([...new Set(years)].sort());
  });
});

test.each(
  rowsOf('ministry-events.json').map((e) => [e.name, e.year, e] as const),
)('the event %s of %s has both days in order, or none yet', (_, year, e) => {
  if (e.firstDay === null) {
    expect([e.lastDay, e.confirmed]).toEqual([null, false]);
    return;
  }
  expect([e.firstDay, e.lastDay].every(isDay)).toBe(true);
  expect(String(e.firstDay) <= String(e.lastDay)).toBe(true);
  expect(String(e.firstDay).startsWith(String(year))).toBe(true);
});

describe('reference data with faults', () => {
  test('is refused by the name of its file and row', () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-data-'));
    try {
      cpSync('data', folder, { recursive: true });
      const change = (file: string, at: number, row: Row) => {
        const rows = rowsOf(file, folder);
        Object.assign(rows[at] as Row, row);
        writeFileSync(join(folder, file), JSON.stringify({ rows }));
      };
      change('school-holidays.json', 3, { lastDayOff: '2023-01-01' });
      expect(() => readCalendar(folder)).toThrow(
        /school-holidays\.json has 1 fault.*\n {2}rows\.3: the last day off comes first/,
      );
      cpSync('data', folder, { recursive: true });
      change('seconde-weeks.json', 1, { firstDay: '16/06/2025' });
      expect(() => readCalendar(folder)).toThrow(
        /seconde-weeks\.json has 1 fault.*\n {2}rows\.1\.firstDay: /,
      );
      cpSync('data', folder, { recursive: true });
      change('academies.json', 0, { departements: '75' });
      expect(() => readCalendar(folder)).toThrow(
        /academies\.json has 1 fault.*\n {2}rows\.0\.departements: /,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
