import fc from 'fast-check';
import { type PlacementKind, placementKinds } from '../../../src/domain/action.js';
import {
  type Academie,
  classifyDay,
  findPublicHoliday,
  holidayZone,
  narrowToDepartement,
} from '../../../src/domain/calendar/school-calendar.js';
import { addDays, eachDay, weekday } from '../../../src/domain/days.js';
import { findNearestDates } from '../../../src/domain/placements/nearest-dates.js';
import {
  checkPlacement,
  checkPlacements,
  findPartialPresenceDaysOff,
} from '../../../src/domain/placements/placement.js';
import { academie, calendar } from '../../support/builders.js';

/** Outcome, presence days and what is off, in one line. */
const verdict = (kind: PlacementKind, firstDay: string, lastDay: string, where = 'Lille') => {
  const v = checkPlacement({ kind, firstDay, lastDay }, academie(where), calendar);
  switch (v.outcome) {
    case 'refused':
      return `refused: ${v.broken.rule}, ${v.presenceDays} days`;
    case 'fewer-days':
      return `fewer-days: ${v.presenceDays} days, ${v.off.length} off`;
    case 'unknown':
      return `unknown: ${v.because}`;
    default:
      return `${v.outcome}: ${v.presenceDays} days`;
  }
};

describe('a 3e placement', () => {
  test.each([
    ['scenario 4: Thursday to Wednesday', '2026-03-19', '2026-03-25', 'Lille', 'fine: 5 days'],
    [
      'scenario 5: in the winter holidays of Lyon',
      '2026-02-09',
      '2026-02-13',
      'Lyon',
      'refused: holiday, 0 days',
    ],
    ['scenario 5: the same days in Lille', '2026-02-09', '2026-02-13', 'Lille', 'fine: 5 days'],
    ['scenario 5: the same days in Paris', '2026-02-09', '2026-02-13', 'Paris', 'fine: 5 days'],
    [
      'scenario 6: the week of the Ascension',
      '2026-05-11',
      '2026-05-15',
      'Paris',
      'fewer-days: 3 days, 2 off',
    ],
    ['one day', '2026-03-16', '2026-03-16', 'Lille', 'refused: too-short, 1 days'],
    ['two days', '2026-03-16', '2026-03-17', 'Lille', 'refused: too-short, 2 days'],
    ['three days', '2026-03-16', '2026-03-18', 'Lille', 'fine: 3 days'],
    ['three days around a weekend', '2026-03-19', '2026-03-23', 'Lille', 'fine: 3 days'],
    ['six days', '2026-03-16', '2026-03-23', 'Lille', 'refused: too-long, 6 days'],
    ['a weekend', '2026-03-21', '2026-03-22', 'Lille', 'refused: too-short, 0 days'],
    ['two days left by the bridge', '2026-05-12', '2026-05-15', 'Paris', 'refused: too-short, 2 days'],
    [
      'its last day the first of the holidays',
      '2026-02-18',
      '2026-02-23',
      'Paris',
      'refused: holiday, 3 days',
    ],
    ['until the eve of the holidays', '2026-02-18', '2026-02-20', 'Paris', 'fine: 3 days'],
    ['from the day after the holidays', '2026-03-09', '2026-03-11', 'Paris', 'fine: 3 days'],
    ['Good Friday in Strasbourg', '2026-03-30', '2026-04-03', 'Strasbourg', 'fewer-days: 4 days, 1 off'],
    ['the same days in Reims', '2026-03-30', '2026-04-03', 'Reims', 'fine: 5 days'],
    ['in Corse', '2026-03-16', '2026-03-20', 'Corse', 'fine: 5 days'],
    ['in Corse a year later', '2027-03-15', '2027-03-19', 'Corse', 'unknown: local-calendar'],
    ['in Corse, of two days', '2026-03-16', '2026-03-17', 'Corse', 'refused: too-short, 2 days'],
    ['in a year not published', '2029-01-15', '2029-01-19', 'Lille', 'unknown: unpublished'],
  ])('%s', (_, firstDay, lastDay, where, expected) =>
    expect(verdict('placement-3e', firstDay, lastDay, where)).toBe(expected));
});

describe('a 3e placement on some days of the week', () => {
  test.each([
    ['Monday, Wednesday, Friday', '2026-03-16', '2026-03-20', [1, 3, 5], 'fine', 3],
    ['Wednesdays and Fridays of two weeks', '2026-03-16', '2026-03-27', [3, 5], 'fine', 4],
    ['two days of one week', '2026-03-16', '2026-03-20', [1, 2], 'refused', 2],
    ['two days a week for three weeks', '2026-03-16', '2026-04-03', [1, 2], 'refused', 6],
    ['Mondays around the holidays, the middle one in them', '2026-02-16', '2026-03-09', [1], 'refused', 2],
    ['Mondays and Tuesdays around Easter Monday', '2026-03-30', '2026-04-07', [1, 2], 'fewer-days', 3],
  ] as const)('%s: %s to %s', (_, firstDay, lastDay, weekdays, outcome, presenceDays) => {
    const dates = { kind: 'placement-3e', firstDay, lastDay, weekdays } as const;
    expect(checkPlacement(dates, academie('Paris'), calendar)).toMatchObject({ outcome, presenceDays });
  });

  test('a public holiday on a day they do not come takes nothing away', () => {
    const week = { kind: 'placement-3e', firstDay: '2026-05-11', lastDay: '2026-05-13' } as const;
    expect(
      checkPlacement({ ...week, lastDay: '2026-05-15', weekdays: [1, 2, 3] }, academie('Paris'), calendar),
    ).toEqual(checkPlacement(week, academie('Paris'), calendar));
  });

  test('the nearest days are on the same days of the week', () => {
    const dates = {
      kind: 'placement-3e',
      firstDay: '2026-02-23',
      lastDay: '2026-02-27',
      weekdays: [1, 3, 5],
    } as const;
    const [nearest] = findNearestDates(dates, [academie('Paris')], calendar, '2026-01-12');
    expect(nearest).toMatchObject({ firstDay: '2026-02-16', weekdays: [1, 3, 5] });
  });
});

describe('a 2de placement that two hosts share', () => {
  test.each([
    ['its first week', '2026-06-15', '2026-06-19', true, 'fine'],
    ['its second week', '2026-06-22', '2026-06-26', true, 'fine'],
    ['the whole fortnight', '2026-06-15', '2026-06-26', true, 'fine'],
    ['the middle of it', '2026-06-17', '2026-06-23', true, 'refused'],
    ['its first week, not shared', '2026-06-15', '2026-06-19', false, 'refused'],
    ['a week of the year after, provisional', '2027-06-14', '2027-06-18', true, 'provisional'],
  ] as const)('%s', (_, firstDay, lastDay, shared, outcome) => {
    const dates = { kind: 'placement-2de', firstDay, lastDay, shared } as const;
    expect(checkPlacement(dates, academie('Lille'), calendar).outcome).toBe(outcome);
  });

  test('of a year whose fortnight nobody knows is a week of June', () => {
    const outcome = (firstDay: string, lastDay: string) =>
      checkPlacement({ kind: 'placement-2de', firstDay, lastDay, shared: true }, academie('Lille'), calendar)
        .outcome;
    expect([
      outcome('2028-06-19', '2028-06-23'),
      outcome('2028-06-19', '2028-06-30'),
      outcome('2028-06-19', '2028-06-22'),
      outcome('2028-05-15', '2028-05-19'),
    ]).toEqual(['unknown', 'unknown', 'refused', 'refused']);
  });

  test('the nearest days are its two weeks', () => {
    const dates = {
      kind: 'placement-2de',
      firstDay: '2026-06-01',
      lastDay: '2026-06-05',
      shared: true,
    } as const;
    expect(findNearestDates(dates, [academie('Lille')], calendar, '2026-01-12')).toMatchObject([
      { firstDay: '2026-06-15', lastDay: '2026-06-19' },
      { firstDay: '2026-06-22', lastDay: '2026-06-26' },
    ]);
  });
});

describe('a 3e prépa-métiers placement', () => {
  test.each([
    ['scenario 8: five weeks', '2026-03-02', '2026-04-03', 'refused: too-long, 25 days'],
    ['four days', '2026-03-02', '2026-03-05', 'refused: too-short, 4 days'],
    ['one week', '2026-03-02', '2026-03-06', 'fine: 5 days'],
    ['one week shortened by a public holiday', '2026-11-09', '2026-11-13', 'fewer-days: 4 days, 1 off'],
    ['four weeks', '2026-03-09', '2026-04-03', 'fine: 20 days'],
    [
      'four weeks and a day, public holidays counted',
      '2026-05-04',
      '2026-06-01',
      'refused: too-long, 17 days',
    ],
  ])('of %s', (_, firstDay, lastDay, expected) =>
    expect(verdict('placement-prepa-metiers', firstDay, lastDay)).toBe(expected));

  test('cut in two by the holidays does not count their days', () => {
    // Zone B: off from 14 February to 1 March 2026.
    expect(verdict('placement-prepa-metiers', '2026-02-02', '2026-03-13')).toBe('fine: 20 days');
    expect(verdict('placement-prepa-metiers', '2026-02-02', '2026-03-16')).toBe('refused: too-long, 21 days');
    expect(verdict('placement-prepa-metiers', '2026-02-16', '2026-02-27')).toBe('refused: holiday, 0 days');
  });

  test('cut in two by Christmas does not count 25 December and 1 January, which are in the holidays', () => {
    expect(verdict('placement-prepa-metiers', '2026-12-07', '2027-01-15')).toBe('fine: 20 days');
  });
});

describe('a 2de placement', () => {
  test.each([
    ['scenario 7: the official fortnight', '2026-06-15', '2026-06-26', 'Lille', 'fine: 10 days'],
    ['scenario 7: a week later', '2026-06-22', '2026-07-03', 'Lille', 'refused: seconde-fortnight, 10 days'],
    ['another year', '2025-06-16', '2025-06-27', 'Lyon', 'fine: 10 days'],
    ['the fortnight not official yet', '2027-06-14', '2027-06-25', 'Lyon', 'provisional: 10 days'],
    ['a fortnight that nobody knows', '2028-06-12', '2028-06-23', 'Lyon', 'unknown: unpublished'],
    ['of such a year, one week', '2028-06-12', '2028-06-16', 'Lyon', 'refused: seconde-fortnight, 5 days'],
    ['of such a year, in January', '2028-01-10', '2028-01-21', 'Lyon', 'refused: seconde-fortnight, 10 days'],
    ['of such a year, into July', '2028-06-26', '2028-07-07', 'Lyon', 'refused: seconde-fortnight, 6 days'],
    ['of such a year, on Tuesdays', '2028-06-13', '2028-06-24', 'Lyon', 'refused: seconde-fortnight, 9 days'],
    ['the official fortnight in Corse', '2026-06-15', '2026-06-26', 'Corse', 'fine: 10 days'],
    ['the official fortnight in La Réunion', '2026-06-15', '2026-06-26', 'La Réunion', 'fine: 10 days'],
    ['that of the next year in Corse', '2027-06-14', '2027-06-25', 'Corse', 'unknown: local-calendar'],
    [
      'in May holidays of Polynésie that last into July',
      '2026-06-15',
      '2026-06-26',
      'Polynésie française',
      'unknown: holiday-to-check',
    ],
  ])('%s', (_, firstDay, lastDay, where, expected) =>
    expect(verdict('placement-2de', firstDay, lastDay, where)).toBe(expected));
});

test('a fortnight is never fine in a year whose holidays are not published', () => {
  const dates = { kind: 'placement-2de', firstDay: '2029-06-18', lastDay: '2029-06-29' } as const;
  const announced = {
    ...calendar,
    secondeFortnights: [{ schoolYear: '2028-2029', ...dates, official: true }],
  };
  expect(checkPlacement(dates, academie('Lyon'), announced)).toMatchObject({
    outcome: 'unknown',
    because: 'unpublished',
  });
});

test('scenario 6: the days that are taken off are told, each with its reason', () => {
  const dates = { kind: 'placement-3e', firstDay: '2026-05-11', lastDay: '2026-05-15' } as const;
  expect(checkPlacement(dates, academie('Paris'), calendar)).toMatchObject({
    outcome: 'fewer-days',
    presenceDays: 3,
    off: [
      { day: '2026-05-14', because: 'public-holiday' },
      { day: '2026-05-15', because: 'bridge' },
    ],
  });
});

describe('a placement in one département', () => {
  const week = { kind: 'placement-3e', firstDay: '2026-03-30', lastDay: '2026-04-03' } as const;
  test.each([
    ['57', 'fewer-days', 4],
    ['54', 'fine', 5],
  ])('of Nancy-Metz, %s, has the public holidays of that département', (departement, outcome, presenceDays) => {
    const where = narrowToDepartement(academie('Nancy-Metz'), departement);
    expect(checkPlacement(week, where, calendar)).toMatchObject({ outcome, presenceDays });
    expect(findPartialPresenceDaysOff(week, where, calendar)).toEqual([]);
  });

  test('is told of by the whole académie, when pupils would come on that day', () => {
    const days = (weekdays?: number[]) =>
      findPartialPresenceDaysOff(
        { ...week, ...(weekdays ? { weekdays } : {}) },
        academie('Nancy-Metz'),
        calendar,
      );
    expect(days()).toEqual([{ day: '2026-04-03', departements: ['57'], because: 'public-holiday' }]);
    expect(days([1, 2, 3])).toEqual([]);
  });
});

describe('a placement where the own calendar is known', () => {
  const holidays = ['2025-2026', '2026-2027'].flatMap((schoolYear) =>
    calendar.holidays.filter((h) => h.zone === 'B' && h.schoolYear === schoolYear),
  );
  const withCorse = {
    ...calendar,
    holidays: [
      ...calendar.holidays.filter((h) => h.zone !== 'Corse'),
      ...holidays.map((h) => ({ ...h, zone: 'Corse' })),
    ],
  };
  const outcome = (kind: PlacementKind, firstDay: string, lastDay: string, of = withCorse) =>
    checkPlacement({ kind, firstDay, lastDay }, academie('Corse'), of).outcome;

  test('has a verdict like any other', () => {
    expect(outcome('placement-3e', '2026-03-16', '2026-03-20')).toBe('fine');
    expect(outcome('placement-3e', '2026-02-16', '2026-02-20')).toBe('refused');
    expect(outcome('placement-2de', '2026-06-15', '2026-06-26')).toBe('fine');
    expect(outcome('placement-2de', '2027-06-14', '2027-06-25')).toBe('provisional');
    expect(outcome('placement-3e', '2028-03-13', '2028-03-17')).toBe('unknown');
  });

  test('is to be checked when some of its days are', () => {
    const toCheck = {
      ...{ schoolYear: '2025-2026', zone: 'Corse', period: 'Mai', toCheck: true },
      ...{ firstDayOff: '2026-06-01', lastDayOff: '2026-06-16' },
    };
    const doubtful = { ...withCorse, holidays: [...withCorse.holidays, toCheck] };
    expect(outcome('placement-3e', '2026-06-15', '2026-06-19', doubtful)).toBe('unknown');
    expect(outcome('placement-3e', '2026-06-17', '2026-06-19', doubtful)).toBe('fine');
    expect(outcome('placement-2de', '2026-06-15', '2026-06-26', doubtful)).toBe('unknown');
  });

  test('has no 2de placement in its holidays', () => {
    const early = {
      ...withCorse,
      holidays: withCorse.holidays.map((h) =>
        h.zone === 'Corse' && h.period === 'Été' ? { ...h, firstDayOff: '2026-06-20' } : h,
      ),
    };
    expect(outcome('placement-2de', '2026-06-15', '2026-06-26', early)).toBe('refused');
  });
});

test('every académie has a verdict of its own, in the order asked', () => {
  const dates = { kind: 'placement-3e', firstDay: '2027-02-15', lastDay: '2027-02-19' } as const;
  const all = ['Lyon', 'Lille', 'Corse'].map(academie);
  expect(checkPlacements(dates, all, calendar).map((v) => [v.academie.name, v.outcome])).toEqual([
    ['Lyon', 'refused'],
    ['Lille', 'fine'],
    ['Corse', 'unknown'],
  ]);
});

const start = fc.integer({ min: 0, max: 2200 }).map((n) => addDays('2023-09-01', n));
const kinds = fc.constantFrom(...placementKinds);
const places = fc.constantFrom(...calendar.academies);

test('own calendars and years that nobody knows are never fine, for any placement on any days', () => {
  const own = calendar.academies.filter((a) => !a.zone);
  const unknown = own.filter((a) => !calendar.holidays.some((h) => h.zone === holidayZone(a)));
  expect(unknown.map((a) => a.name)).toEqual(['Nouvelle-Calédonie', 'Wallis-et-Futuna']);
  const cases = fc.oneof(
    fc.record({ where: fc.constantFrom(...unknown), firstDay: start }),
    fc.record({
      where: fc.constantFrom(...own),
      firstDay: fc.integer({ max: 900, min: 0 }).map((n) => addDays('2027-09-01', n)),
    }),
    fc.record({
      where: places,
      firstDay: fc.integer({ max: 900, min: 0 }).map((n) => addDays('2028-09-01', n)),
    }),
    ...calendar.secondeFortnights.map((f) =>
      fc.record({ where: fc.constantFrom(...unknown), firstDay: fc.constant(f.firstDay) }),
    ),
  );
  fc.assert(
    fc.property(cases, kinds, fc.constantFrom(2, 4, 11, 18, 25), ({ where, firstDay }, kind, length) => {
      const dates = { kind, firstDay, lastDay: addDays(firstDay, length) };
      expect(['unknown', 'refused']).toContain(checkPlacement(dates, where, calendar).outcome);
    }),
    { numRuns: 300 },
  );
});

const someWeekdays = fc.option(fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }), { nil: undefined });
/** An académie as a whole, or the schools of one of its départements. */
const whole = fc.constantFrom(...calendar.academies);
const school = whole.chain((a) => fc.constantFrom(...a.departements).map((d) => narrowToDepartement(a, d)));

test('an accepted 3e placement has 3 to 5 presence days, none of which is a day off in the school’s zone', () => {
  const off = (day: string, where: Academie) =>
    weekday(day) > 5 ||
    ['law', 'custom'].includes(findPublicHoliday(day, where, calendar) ?? '') ||
    calendar.holidays.some(
      (h) => h.zone === holidayZone(where) && h.firstDayOff <= day && day <= h.lastDayOff && !h.toCheck,
    );
  const lengths = fc.integer({ min: 0, max: 25 });
  let accepted = 0;
  fc.assert(
    fc.property(
      start,
      lengths,
      fc.oneof(whole, school),
      someWeekdays,
      (firstDay, length, where, weekdays) => {
        const lastDay = addDays(firstDay, length);
        const dates = { firstDay, lastDay, ...(weekdays ? { weekdays } : {}) };
        const v = checkPlacement({ kind: 'placement-3e', ...dates }, where, calendar);
        if (v.outcome === 'refused') return;
        accepted += 1;
        const days = eachDay(firstDay, lastDay).filter((d) => !weekdays || weekdays.includes(weekday(d)));
        const present = days.filter((d) => !off(d, where));
        expect(v.presenceDays).toBe(present.length);
        expect(present.length).toBeGreaterThanOrEqual(3);
        expect(present.length).toBeLessThanOrEqual(5);
        // What is in a school holiday refuses all of them, and is never left out in silence.
        const holidays = days.filter((d) => classifyDay(d, where, calendar).kind === 'holiday');
        expect(holidays).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test('splitting an offer by school never changes a verdict', () => {
  const asked = fc.uniqueArray(fc.oneof(whole, school), { minLength: 1, maxLength: 6 });
  const lengths = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(kinds, start, lengths, asked, fc.boolean(), (kind, firstDay, length, all, shared) => {
      const dates = { kind, firstDay, lastDay: addDays(firstDay, length), shared };
      const together = checkPlacements(dates, all, calendar);
      expect(all.flatMap((one) => checkPlacements(dates, [one], calendar))).toEqual(together);
      expect(checkPlacements(dates, all.toReversed(), calendar).reverse()).toEqual(together);
    }),
    { numRuns: 300 },
  );
});

describe('the nearest dates', () => {
  test('are accepted themselves by every académie asked, after today, at most two', () => {
    const asked = fc.uniqueArray(places, { minLength: 1, maxLength: 4 });
    const lengths = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(kinds, start, lengths, asked, fc.nat(60), (kind, firstDay, length, academies, ahead) => {
        const today = addDays(firstDay, -ahead);
        const dates = { kind, firstDay, lastDay: addDays(firstDay, length) };
        const found = findNearestDates(dates, academies, calendar, today);
        expect(found.length).toBeLessThanOrEqual(2);
        for (const near of found) {
          expect(near.firstDay > today).toBe(true);
          for (const v of checkPlacements(near, academies, calendar)) expect(v.outcome).not.toBe('refused');
        }
      }),
      { numRuns: 60 },
    );
  });

  test('to a week in the holidays are the week before them and the week after', () => {
    const dates = { kind: 'placement-3e', firstDay: '2027-02-15', lastDay: '2027-02-19' } as const;
    expect(findNearestDates(dates, [academie('Lyon')], calendar, '2026-11-23')).toEqual([
      { kind: 'placement-3e', firstDay: '2027-02-08', lastDay: '2027-02-12' },
      { kind: 'placement-3e', firstDay: '2027-03-01', lastDay: '2027-03-05' },
    ]);
  });

  test('to six days are the same week, made a whole one', () => {
    const dates = { kind: 'placement-3e', firstDay: '2027-01-18', lastDay: '2027-01-25' } as const;
    expect(findNearestDates(dates, [academie('Lyon')], calendar, '2026-11-23')[0]).toMatchObject({
      firstDay: '2027-01-18',
      lastDay: '2027-01-22',
    });
  });

  test('are never after the last day that may be asked for', () => {
    const dates = { kind: 'placement-3e', firstDay: '2028-07-10', lastDay: '2028-07-14' } as const;
    const near = (last?: string) => findNearestDates(dates, [academie('Lyon')], calendar, '2026-11-23', last);
    expect(near().map((d) => d.firstDay)).toEqual(['2028-06-26', '2028-09-04']);
    expect(near('2028-08-31').map((d) => d.firstDay)).toEqual(['2028-06-26']);
  });

  test('to one or two days a week are several weeks', () => {
    const near = (...weekdays: number[]) => {
      const dates = {
        kind: 'placement-3e',
        firstDay: '2027-01-18',
        lastDay: '2027-01-22',
        weekdays,
      } as const;
      return findNearestDates(dates, [academie('Lyon')], calendar, '2026-11-23')[0];
    };
    expect(near(1, 3)).toMatchObject({ firstDay: '2027-01-18', lastDay: '2027-01-29', weekdays: [1, 3] });
    expect(near(4)).toMatchObject({ firstDay: '2027-01-18', lastDay: '2027-02-05', weekdays: [4] });
  });

  test.each([
    ['2027-06-21', '2027-07-02', '2026-03-01', '2027-06-14'],
    ['2026-06-22', '2026-07-03', '2026-03-01', '2026-06-15'],
    ['2026-06-22', '2026-07-03', '2026-06-16', '2027-06-14'],
    // Of a year whose fortnight nobody knows: the last two weeks of June.
    ['2028-06-12', '2028-06-16', '2026-03-01', '2028-06-19'],
  ])('to a 2de placement from %s to %s, asked on %s, begin on %s', (firstDay, lastDay, today, expected) => {
    const dates = { kind: 'placement-2de', firstDay, lastDay } as const;
    expect(findNearestDates(dates, [academie('Lyon')], calendar, today).map((d) => d.firstDay)).toEqual([
      expected,
    ]);
  });

  test('to a 2de placement are none in the holidays of an own calendar', () => {
    const early = {
      ...calendar,
      holidays: [
        ...calendar.holidays,
        {
          schoolYear: '2025-2026',
          zone: 'Corse',
          period: 'Été',
          firstDayOff: '2026-06-20',
          lastDayOff: '2026-08-31',
        },
      ],
    };
    const dates = { kind: 'placement-2de', firstDay: '2026-06-22', lastDay: '2026-07-03' } as const;
    expect(findNearestDates(dates, [academie('Corse')], early, '2026-03-01')).toMatchObject([
      { firstDay: '2027-06-14' },
    ]);
  });

  test('to a 2de placement are the next fortnight', () => {
    const dates = { kind: 'placement-2de', firstDay: '2026-06-22', lastDay: '2026-07-03' } as const;
    expect(findNearestDates(dates, [academie('Lyon')], calendar, '2026-03-01')).toEqual([
      { kind: 'placement-2de', firstDay: '2026-06-15', lastDay: '2026-06-26' },
    ]);
  });
});
