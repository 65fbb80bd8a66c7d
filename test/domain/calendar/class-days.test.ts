import fc from 'fast-check';
import {
  type ClassDays,
  checkPeriod,
  countClassDays,
  findNearestPeriod,
  type Period,
} from '../../../src/domain/calendar/class-days.js';
import {
  type Academie,
  type Calendar,
  classifyDay,
  schoolYearOf,
} from '../../../src/domain/calendar/school-calendar.js';
import { addDays, type Day, daysBetween, eachDay, weekday } from '../../../src/domain/days.js';
import { academie, calendar } from '../../support/builders.js';

/** Verdict and reason in one line. */
function said(v: ClassDays): string {
  switch (v.outcome) {
    case 'enough':
      return 'enough';
    case 'few':
      return `${v.count}${v.holiday ? `, ${v.holiday.period}` : ''}`;
    default:
      return `unknown: ${v.because}${v.from ? ` from ${v.from}` : ''}`;
  }
}

test.each([
  ['three months', '2027-01-04', '2027-03-26', 'Lyon', 'enough'],
  ['the Christmas holidays', '2026-12-19', '2027-01-03', 'Versailles', '0, Noël'],
  ['two weeks of which two days are left', '2026-12-17', '2026-12-30', 'Versailles', '2, Noël'],
  ['two weeks of which one is holidays', '2026-12-14', '2026-12-25', 'Lyon', 'enough'],
  ['three weeks of which two are holidays', '2026-12-14', '2027-01-03', 'Lyon', '5, Noël'],
  ['two weeks with a public holiday', '2026-11-09', '2026-11-20', 'Lyon', 'enough'],
  ['the winter holidays of zone A', '2027-02-15', '2027-02-26', 'Lyon', '0, Hiver'],
  ['the same weeks in zone B, of which one is holidays', '2027-02-15', '2027-02-26', 'Lille', 'enough'],
  ['July and August', '2027-07-01', '2027-08-31', 'Lyon', '2, Été'],
  ['the Ascension and its bridge', '2027-05-06', '2027-05-07', 'Lyon', '0'],
  ['a weekend', '2026-12-05', '2026-12-06', 'Lyon', '0'],
  ['one class day', '2026-12-08', '2026-12-08', 'Lyon', 'enough'],
  ['three days of which one is left', '2027-05-05', '2027-05-07', 'Lyon', '1'],
  ['between two holidays, with a few days of both', '2026-10-26', '2026-12-31', 'Lyon', 'enough'],
  ['Corse', '2026-12-19', '2027-01-03', 'Corse', 'unknown: local-calendar'],
  ['a weekend in Corse', '2026-12-05', '2026-12-06', 'Corse', '0'],
  ['a year not published', '2029-01-15', '2029-03-30', 'Lille', 'unknown: unpublished'],
  [
    'a summer after which nothing is published',
    '2028-06-01',
    '2028-10-31',
    'Lille',
    'unknown: unpublished from 2028-09-01',
  ],
])('%s', (_, firstDay, lastDay, where, expected) =>
  expect(said(checkPeriod({ firstDay, lastDay }, academie(where), calendar))).toBe(expected));

const today = '2026-11-23';
test.each([
  ['after the Christmas holidays', '2026-12-19', '2027-01-03', ['Versailles'], '2027-01-04', '2027-01-15'],
  [
    'before them, when that is nearer',
    '2026-12-19',
    '2026-12-27',
    ['Versailles'],
    '2026-12-14',
    '2026-12-18',
  ],
  ['after the winter holidays of zone A', '2027-02-15', '2027-02-19', ['Lyon'], '2027-02-08', '2027-02-12'],
  ['for two zones together', '2027-02-15', '2027-02-19', ['Lyon', 'Paris'], '2027-03-01', '2027-03-05'],
  [
    'for three zones together',
    '2027-02-15',
    '2027-02-19',
    ['Lyon', 'Paris', 'Lille'],
    '2027-02-01',
    '2027-02-05',
  ],
  ['of a weekend, the next Monday', '2026-12-05', '2026-12-06', ['Lyon'], '2026-12-07', '2026-12-07'],
  [
    'of the Ascension and its bridge, a week later',
    '2027-05-06',
    '2027-05-07',
    ['Lyon'],
    '2027-05-13',
    '2027-05-14',
  ],
])('the nearest period: %s', (_, firstDay, lastDay, where, first, last) =>
  expect(findNearestPeriod({ firstDay, lastDay }, where.map(academie), calendar, today)).toEqual({
    firstDay: first,
    lastDay: last,
  }));

test('no period is proposed before tomorrow, after the last day, or where no calendar is known', () => {
  const christmas = { firstDay: '2026-12-21', lastDay: '2026-12-25' };
  const nearest = (where: string, from: string, last?: string) =>
    findNearestPeriod(christmas, [academie(where)], calendar, from, last);
  expect(nearest('Lyon', '2026-12-13')).toEqual({ firstDay: '2026-12-14', lastDay: '2026-12-18' });
  expect(nearest('Lyon', '2026-12-14')).toEqual({ firstDay: '2027-01-04', lastDay: '2027-01-08' });
  expect(nearest('Lyon', '2026-12-14', '2027-01-07')).toBeUndefined();
  expect(nearest('Corse', '2026-12-13')).toBeUndefined();
});

const twoYears = daysBetween('2026-09-01', '2028-08-31');
const period = fc
  .tuple(fc.integer({ min: 0, max: 2200 }), fc.oneof(fc.integer({ min: 0, max: 60 }), fc.nat(twoYears)))
  .map(([start, length]): Period => {
    const firstDay = addDays('2023-09-01', start);
    return { firstDay, lastDay: addDays(firstDay, length) };
  });
const where = fc.constantFrom(...calendar.academies);

const kindsOf = ({ firstDay, lastDay }: Period, a: Academie) =>
  eachDay(firstDay, lastDay).map((day) => classifyDay(day, a, calendar).kind);
const classDaysOf = (p: Period, a: Academie) => kindsOf(p, a).filter((k) => k === 'school-day').length;
const isFew = (p: Period, a: Academie) => {
  const weekdays = eachDay(p.firstDay, p.lastDay).filter((d) => weekday(d) <= 5).length;
  const count = classDaysOf(p, a);
  return count === 0 || (count < 10 && count < weekdays / 2);
};

test('class days are those that a look at every day finds, as far as they are counted', () => {
  fc.assert(
    fc.property(period, where, fc.nat(20), (p, a, upTo) => {
      const all = classDaysOf(p, a);
      expect(countClassDays(p, a, calendar)).toBe(all);
      expect(countClassDays(p, a, calendar, upTo)).toBe(Math.min(all, upTo));
    }),
  );
});

/** A part of the period lies in a school year that nobody has published. */
const hasUnpublishedYear = (p: Period, a: Academie): boolean => {
  const parts = new Map<string, Day[]>();
  for (const day of eachDay(p.firstDay, p.lastDay))
    parts.set(schoolYearOf(day), [...(parts.get(schoolYearOf(day)) ?? []), day]);
  return [...parts.values()].some((days) => {
    const kinds = days.map((day) => classifyDay(day, a, calendar));
    const first = kinds.find(
      (k) =>
        k.kind === 'school-day' ||
        (k.kind === 'unknown' && (k.because === 'unpublished' || k.because === 'local-calendar')),
    );
    return first?.kind === 'unknown';
  });
};

test('a period is unknown when a year of it is, or when days nobody is sure of could make the few class days enough', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(period, where, (p, a) => {
      const verdict = checkPeriod(p, a, calendar);
      const unsure = isFew(p, a) && kindsOf(p, a).includes('unknown');
      const unknown = hasUnpublishedYear(p, a) || unsure;
      expect(verdict.outcome).toBe(unknown ? 'unknown' : isFew(p, a) ? 'few' : 'enough');
      if (verdict.outcome === 'few') expect(verdict.count).toBe(classDaysOf(p, a));
      if (verdict.outcome === 'unknown' && verdict.from)
        expect(classifyDay(verdict.from, a, calendar).kind).toBe('unknown');
      outcomes.add(verdict.outcome);
    }),
    { numRuns: 500 },
  );
  expect([...outcomes].sort()).toEqual(['enough', 'few', 'unknown']);
});

/** What is asked for, in weekdays: those around a weekend are the Monday after it. */
const weekdaysOf = ({ firstDay, lastDay }: Period): Period => {
  const days = eachDay(firstDay, lastDay).filter((d) => weekday(d) <= 5);
  const monday = eachDay(firstDay, addDays(firstDay, 2)).find((d) => weekday(d) === 1) ?? firstDay;
  return { firstDay: days[0] ?? monday, lastDay: days.at(-1) ?? monday };
};

test('a proposal is the nearest period that is allowed and has class days in every académie', () => {
  const wishes = fc.tuple(fc.nat(1600), fc.nat(70)).map(([start, length]): Period => {
    const firstDay = addDays('2023-09-01', start);
    return { firstDay, lastDay: addDays(firstDay, length) };
  });
  // One whose calendar is not known allows no period at all: mostly those that have one.
  const zoned = fc.constantFrom(...calendar.academies.filter((one) => one.zone));
  const several = fc.oneof(
    { weight: 9, arbitrary: fc.uniqueArray(zoned, { minLength: 1, maxLength: 5 }) },
    { weight: 1, arbitrary: fc.uniqueArray(where, { minLength: 1, maxLength: 5 }) },
  );
  let proposed = 0;
  fc.assert(
    fc.property(
      wishes,
      several,
      fc.integer({ min: -150, max: 20 }),
      fc.nat(300),
      (wish, academies, ago, span) => {
        const from = addDays(wish.firstDay, ago);
        const last = addDays(wish.firstDay, span);
        const { firstDay, lastDay } = weekdaysOf(wish);
        const isClassDay = (day: string, a: Academie) => classifyDay(day, a, calendar).kind === 'school-day';
        const fits = (p: Period) =>
          p.firstDay > from &&
          p.lastDay <= last &&
          academies.every((a) => isClassDay(p.firstDay, a) && isClassDay(p.lastDay, a) && !isFew(p, a));
        const possible = Array.from({ length: 33 }, (_, i) => i - 16)
          .map((weeks) => ({
            weeks,
            firstDay: addDays(firstDay, 7 * weeks),
            lastDay: addDays(lastDay, 7 * weeks),
          }))
          .filter(fits)
          .sort((a, b) => Math.abs(a.weeks) - Math.abs(b.weeks) || b.weeks - a.weeks)
          .map(({ weeks: _, ...days }) => days);
        const found = findNearestPeriod(wish, academies, calendar, from, last);
        expect(found).toEqual(possible[0]);
        if (found) proposed++;
      },
    ),
    { numRuns: 300 },
  );
  expect(proposed).toBeGreaterThan(50);
});

test('two school years in every académie are looked at as far as the answer needs', () => {
  let looked = 0;
  const counting: Calendar = {
    ...calendar,
    publicHoliday: (day, departement) => {
      looked++;
      return calendar.publicHoliday(day, departement);
    },
  };
  const wish = { firstDay: '2026-11-23', lastDay: '2028-08-31' };
  for (const a of counting.academies) checkPeriod(wish, a, counting);
  expect(looked).toBeLessThan(20 * counting.academies.length);
});
