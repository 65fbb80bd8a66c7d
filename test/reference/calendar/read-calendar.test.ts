import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventState } from '../../../src/domain/calendar/ministry-events.js';
import {
  type Academie,
  classifyDay,
  holidayZone,
  narrowToDepartement,
  schoolYearOf,
} from '../../../src/domain/calendar/school-calendar.js';
import { addDays, weekday } from '../../../src/domain/days.js';
import { readCalendar } from '../../../src/reference/calendar/read-calendar.js';

type Row = Record<string, unknown>;
const rowsOf = (file: string, folder = 'data') =>
  (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { rows: Row[] }).rows;
const calendar = readCalendar('data');
const day = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (value: unknown) =>
  typeof value === 'string' && day.test(value) && new Date(value).toISOString().startsWith(value);

describe('the school holidays', () => {
  const rows = calendar.holidays;
  const zones = calendar.academies.flatMap((a) => [
    holidayZone(a),
    ...Object.keys(a.otherZones ?? {}).map((d) => holidayZone(narrowToDepartement(a, d))),
  ]);

  test.each(
    rows.map((h) => [h.schoolYear, h.zone, h.period, h] as const),
  )('%s, zone %s, %s is sound', (_, __, ___, h) => {
    expect(zones).toContain(h.zone);
    expect([h.firstDayOff, h.lastDayOff].every(isDay)).toBe(true);
    expect(h.firstDayOff <= h.lastDayOff).toBe(true);
    expect(h.schoolYear).toMatch(/^\d{4}-\d{4}$/);
    expect(schoolYearOf(h.firstDayOff)).toBe(h.schoolYear);
    // An own calendar names its periods as it likes.
    const national = ['Toussaint', 'Noël', 'Hiver', 'Printemps', "Pont de l'Ascension", 'Été'];
    if (h.zone.length === 1) expect(national).toContain(h.period);
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

describe('a file of data/ with a fault', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-data-'));
    cpSync('data', folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What is said at the start once the rows of a file are changed so, in the layout of the files that ship. */
  const saidOf = (file: string, change: (rows: Row[]) => unknown): string => {
    const rows = rowsOf(file, folder);
    const changed = change(rows);
    const kept = Array.isArray(changed) ? changed : rows;
    const lines = kept.map((row) => `  ${JSON.stringify(row)}`).join(',\n');
    writeFileSync(join(folder, file), `{\n "about": "x",\n "rows": [\n${lines}\n ]\n}\n`);
    try {
      readCalendar(folder);
      return 'no fault';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const set = (at: number, row: Row) => (rows: Row[]) => Object.assign(rows[at] as Row, row);
  const copy = (at: number, row: Row) => (rows: Row[]) => rows.push({ ...rows[at], ...row });

  const holidays = 'school-holidays.json';
  const weeks = 'seconde-weeks.json';
  const events = 'ministry-events.json';
  const academies = 'academies.json';
  type Case = readonly [string, string, (rows: Row[]) => unknown, RegExp];
  const faults: readonly Case[] = [
    [
      'reversed days',
      holidays,
      set(3, { lastDayOff: '2024-01-01' }),
      /row 4, line 7: the last day, 2024-01-01, comes before the first, 2024-04-13\. Exchange or correct/,
    ],
    [
      'a day that does not exist',
      holidays,
      set(0, { firstDayOff: '2023-02-30' }),
      /row 1, line 4: "firstDayOff": a day that exists, written YYYY-MM-DD/,
    ],
    [
      'a day written in French',
      holidays,
      set(0, { firstDayOff: '21/10/2023' }),
      /row 1, line 4: "firstDayOff": .*YYYY-MM-DD/,
    ],
    ['a day missing', holidays, (rows) => delete rows[1]?.lastDayOff, /row 2, line 5: "lastDayOff": /],
    [
      'an unknown zone',
      holidays,
      set(2, { zone: 'D' }),
      /row 3, line 6: "D" is no zone of academies\.json: A, B, C, Corse, .* add the zone there/,
    ],
    [
      'an unknown period',
      holidays,
      set(2, { period: 'Pâques' }),
      /row 3, line 6: "Pâques" is no period of the zones A, B and C: Toussaint, /,
    ],
    [
      'a school year of three years',
      holidays,
      set(2, { schoolYear: '2023-2025' }),
      /row 3, line 6: "schoolYear": .*"2026-2027"/,
    ],
    [
      'days of another school year',
      holidays,
      set(2, { schoolYear: '2024-2025' }),
      /row 3, line 6: 2024-02-17 to .* is not in the school year 2024-2025/,
    ],
    [
      'a row twice',
      holidays,
      copy(5, {}),
      /row \d+, line \d+: Été of 2023-2024 in zone A is already in row 6\. Remove one/,
    ],
    [
      'two periods that overlap',
      holidays,
      set(4, { firstDayOff: '2024-04-28' }),
      /row 5, line 8: it overlaps Printemps, 2024-04-13 to 2024-04-28, of the same zone/,
    ],
    [
      'a year without one of its periods',
      holidays,
      (rows) => rows.filter((_, i) => i !== 3),
      /row 1, line 4: 2023-2024 in zone A lacks Printemps\. Add it, or remove the rows of that year/,
    ],
    [
      'an own calendar of one row',
      holidays,
      copy(0, { zone: 'Nouvelle-Calédonie' }),
      /2023-2024 in zone Nouvelle-Calédonie lacks the long holidays\. Add it, or remove/,
    ],
    [
      'an own calendar of two rows',
      holidays,
      (rows) => rows.push(...[0, 5].map((i) => ({ ...rows[i], zone: 'Nouvelle-Calédonie' }))),
      /2023-2024 in zone Nouvelle-Calédonie lacks periods: it has 2 only\. Add it, or remove/,
    ],
    [
      'reversed weeks',
      weeks,
      set(1, { lastDay: '2025-06-02' }),
      /row 2, line 5: the last day, 2025-06-02, comes before the first/,
    ],
    [
      'a week written in French',
      weeks,
      set(1, { firstDay: '16/06/2025' }),
      /row 2, line 5: "firstDay": .*YYYY-MM-DD/,
    ],
    ['two fortnights of one year', weeks, copy(0, {}), /the fortnight of 2023-2024 is already in row 1/],
    [
      'a fortnight of another year',
      weeks,
      set(0, { schoolYear: '2022-2023' }),
      /row 1, line 4: 2024-06-17 is not in the school year 2022-2023/,
    ],
    [
      'a fortnight that is perhaps official',
      weeks,
      set(0, { official: 'yes' }),
      /row 1, line 4: "official": true, or false until/,
    ],
    [
      'an event with one day of two',
      events,
      set(0, { lastDay: null }),
      /row 1, line 4: it has one day of two\. Give both, or null for both/,
    ],
    [
      'an event confirmed without days',
      events,
      set(0, { firstDay: null, lastDay: null }),
      /row 1, line 4: it is confirmed and has no days/,
    ],
    ['an event of another year', events, set(0, { year: 2022 }), /row 1, line 4: 2023-11-27 is not in 2022/],
    [
      'an event with reversed days',
      events,
      set(0, { lastDay: '2023-11-01' }),
      /row 1, line 4: the last day, 2023-11-01, comes before/,
    ],
    ['an event twice in a year', events, copy(0, {}), /semaine-industrie of 2023 is already in row 1/],
    [
      'départements as one text',
      academies,
      set(0, { departements: '75' }),
      /row 1, line 4: "departements": /,
    ],
    [
      'a département as the directory writes it',
      academies,
      set(0, { departements: ['075'] }),
      /row 1, line 4: "departements\.0": .*"01", "75", "2A" or "974"/,
    ],
    [
      'a département in two académies',
      academies,
      set(1, { departements: ['75', '93'] }),
      /row 2, line 5: the département 75 is already in row 1\. It has one académie only/,
    ],
    [
      'an académie without départements',
      academies,
      set(0, { departements: [] }),
      /row 1, line 4: "departements": name its départements/,
    ],
    [
      'an académie twice',
      academies,
      copy(0, { code: '99', departements: ['99'] }),
      /the académie Paris is already in row 1/,
    ],
    ['a code twice', academies, set(1, { code: '01' }), /row 2, line 5: the code 01 is already in row 1/],
    [
      'a zone that is no national one',
      academies,
      set(0, { zone: 'D' }),
      /row 1, line 4: the zone "D" does not go with "A\/B\/C"/,
    ],
    [
      'an own calendar named like a zone',
      academies,
      set(0, { zoneKind: 'own calendar' }),
      /row 1, line 4: the zone "C" does not go with "own calendar"/,
    ],
    [
      'an unknown kind of zone',
      academies,
      set(0, { zoneKind: 'D' }),
      /row 1, line 4: "zoneKind": "A\/B\/C", or "own calendar"/,
    ],
    [
      'a school year that starts in July',
      academies,
      set(0, { yearStart: '07-11' }),
      /row 1, line 4: "yearStart": a day of August such as "08-11"/,
    ],
    [
      'a day off that is perhaps local',
      holidays,
      set(0, { local: 'yes' }),
      /row 1, line 4: "local": true for days off that no official calendar has/,
    ],
    [
      'holidays that are perhaps to be checked',
      holidays,
      set(0, { toCheck: 'yes' }),
      /row 1, line 4: "toCheck": true when nobody is sure of these days/,
    ],
    [
      'a local day off of a zone',
      holidays,
      copy(0, { period: 'Carnaval', local: true, firstDayOff: '2024-02-13', lastDayOff: '2024-02-13' }),
      /"Carnaval" is no period of the zones A, B and C/,
    ],
    [
      'another calendar for a département elsewhere',
      academies,
      set(0, { otherZones: { '977': 'X' } }),
      /"otherZones" names 977, which is none of its départements/,
    ],
  ];
  test.each(faults)('stops the start: %s (%s)', (_, file, change, said) => {
    const message = saidOf(file, change);
    expect(message).toMatch(said);
    expect(message).toContain(`${join(folder, file)} has `);
    // The row itself is quoted.
    expect(message).toMatch(/\n {4}\{"/);
  });

  test('is told with all the faults of the file, twenty at most', () => {
    const all = saidOf(holidays, (rows) => {
      for (const row of rows) Object.assign(row, { zone: 'D' });
    });
    const count = rowsOf(holidays, folder).length;
    expect(all).toContain(`has ${count} fault(s) to mend:`);
    expect(all.match(/is no zone/g)).toHaveLength(20);
    expect(all).toMatch(new RegExp(`\\n {2}and ${count - 20} more$`));
  });

  test('is found in a file of another layout by the number of its row', () => {
    const rows = rowsOf(holidays, folder);
    Object.assign(rows[3] as Row, { zone: 'D' });
    writeFileSync(join(folder, holidays), JSON.stringify({ rows }, null, 1));
    expect(() => readCalendar(folder)).toThrow(/ {2}row 4: "D" is no zone/);
  });

  test.each([
    ['that is no JSON', '{"rows": [1,]}', /cannot be read as JSON: .*A comma after the last row/],
    ['without rows', '{"about": ""}', /is no reference file: it needs \{"about"/],
    ['that is a list', '[]', /is no reference file/],
  ])('stops the start: a file %s', (_, content, said) => {
    writeFileSync(join(folder, weeks), content);
    expect(() => readCalendar(folder)).toThrow(said);
  });

  test('stops the start: a file that is not there', () => {
    rmSync(join(folder, events));
    expect(() => readCalendar(folder)).toThrow(/ministry-events\.json cannot be read: .*put it back/);
  });

  test('is no day off that somebody has added to an own calendar, whether its year is published or not', () => {
    const local = { zone: 'Corse', local: true, verified: true };
    const added = (rows: Row[]) =>
      rows.push(
        {
          ...local,
          schoolYear: '2026-2027',
          period: 'Septembre',
          firstDayOff: '2026-09-08',
          lastDayOff: '2026-09-08',
        },
        {
          ...local,
          schoolYear: '2025-2026',
          period: 'Décembre',
          firstDayOff: '2025-12-08',
          lastDayOff: '2025-12-08',
        },
        {
          ...local,
          schoolYear: '2025-2026',
          period: 'Février',
          firstDayOff: '2026-02-18',
          lastDayOff: '2026-02-18',
        },
      );
    expect(saidOf(holidays, added)).toBe('no fault');
    const read = readCalendar(folder);
    const corse = read.academies.find((a) => a.name === 'Corse') as Academie;
    const days = ['2026-09-08', '2026-09-09', '2025-12-08', '2025-12-09', '2026-02-18'];
    expect(days.map((d) => classifyDay(d, corse, read).kind)).toEqual([
      ...['closure', 'unknown', 'closure', 'school-day', 'holiday'],
    ]);
  });

  test('is no year that is not there: it is unpublished', () => {
    const without = (rows: Row[]) => rows.filter((r) => r.schoolYear !== '2026-2027');
    expect(saidOf(holidays, without)).toBe('no fault');
    const lyon = readCalendar(folder).academies.find((a) => a.name === 'Lyon') as Academie;
    expect(classifyDay('2027-01-18', lyon, readCalendar(folder))).toEqual({
      kind: 'unknown',
      because: 'unpublished',
    });
  });
});

describe('the events of the ministry', () => {
  const eventOf = (id: string, year: number) =>
    calendar.events.filter((e) => e.id === id && e.year === year).map((e) => [eventState(e), e.days]);

  test.each([
    // Two sources: the ministry of the economy and the ministry of education.
    ['semaine-industrie', 2026, 'confirmed', { firstDay: '2026-11-16', lastDay: '2026-11-22' }],
    // One source each: the Medef, and the ministry of education.
    ['semaine-ecole-entreprise', 2024, 'provisional', { firstDay: '2024-11-04', lastDay: '2024-11-08' }],
    ['semaine-lycees-professionnels', 2025, 'provisional', { firstDay: '2025-12-01', lastDay: '2025-12-07' }],
    // Announced for the year, without days.
    ['worldskills', 2027, 'not-announced', undefined],
    ['euroskills', 2027, 'not-announced', undefined],
  ])('%s of %i is %s', (id, year, state, days) => expect(eventOf(id, year)).toEqual([[state, days]]));

  test('are confirmed, provisional or not announced', () => {
    const states = new Set(calendar.events.map(eventState));
    expect([...states].sort()).toEqual(['confirmed', 'not-announced', 'provisional']);
    for (const event of calendar.events)
      expect(event.days === undefined).toBe(eventState(event) === 'not-announced');
  });
});
