import fc from 'fast-check';
import { type Action, halfDays, kinds, levels } from '../../../src/domain/action.js';
import { addDays, eachDay } from '../../../src/domain/days.js';
import {
  findOutside,
  fits,
  halfDaysOf,
  overlaps,
  sortVolunteers,
} from '../../../src/domain/engagements/matching.js';
import { anAction } from '../../support/builders.js';

const limits = { morningUntil: '13:00', afternoonFrom: '12:00' };
const session = anAction({ origin: 'need', level: '3e', academies: ['10'], firstDay: '2027-01-12' });
const { hours: _, ...noHours } = anAction();
const availability: Action = {
  ...noHours,
  level: '3e',
  academies: ['10', '25'],
  firstDay: '2027-01-04',
  lastDay: '2027-03-26',
  halfDays: ['am'],
};

describe('an availability fits a session', () => {
  it.each<[string, boolean, Partial<Action>, Partial<Action>]>([
    ['when all agrees', true, {}, {}],
    ['not of another kind', false, { kind: 'immersion' }, {}],
    ['not of another level', false, { level: '4e' }, {}],
    ['not in another académie', false, { academies: ['24'] }, {}],
    ['when the académie of the school is not known', true, { academies: [] }, {}],
    ['on the first day of its period', true, { firstDay: '2027-01-04', lastDay: '2027-01-04' }, {}],
    ['on the last day', true, { firstDay: '2027-03-26', lastDay: '2027-03-26' }, {}],
    ['not the day before', false, { firstDay: '2027-01-03', lastDay: '2027-01-03' }, {}],
    ['not when it ends a day later', false, { firstDay: '2027-03-26', lastDay: '2027-03-27' }, {}],
    ['until one o’clock in the morning half', true, { hours: { from: '11:00', until: '13:00' } }, {}],
    ['not a minute longer', false, { hours: { from: '11:00', until: '13:01' } }, {}],
    ['not when it begins at noon', false, { hours: { from: '12:00', until: '12:45' } }, {}],
    ['not when it is withdrawn', false, {}, { state: 'cancelled' }],
    ['not when it has a day of its own', false, {}, { halfDays: undefined as never }],
  ])('%s', (_name, expected, need, offered) => {
    expect(fits({ ...session, ...need }, { ...availability, ...offered }, limits)).toBe(expected);
  });

  test('as a second, slower reading of the rule says, whatever the two are', () => {
    const day = fc.integer({ min: 0, max: 12 }).map((n) => addDays('2027-01-04', n));
    const time = fc
      .tuple(fc.integer({ min: 8, max: 18 }), fc.constantFrom('00', '01', '30', '59'))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
    const of = fc.record({
      kind: fc.constantFrom(...kinds.slice(0, 2)),
      level: fc.constantFrom(...levels.slice(0, 2)),
      academies: fc.subarray(['10', '25', '24']),
      days: fc.tuple(day, day),
      times: fc.tuple(time, time),
      half: fc.subarray([...halfDays], { minLength: 1 }),
      leveled: fc.boolean(),
    });
    fc.assert(
      fc.property(of, of, (a, b) => {
        const [from = '', until = ''] = [...a.times].sort();
        const need = {
          id: 'need',
          kind: a.kind,
          ...(a.leveled ? { level: a.level } : {}),
          academies: a.academies,
          firstDay: a.days[0],
          lastDay: addDays(a.days[0], a.days[1] > a.days[0] ? 1 : 0),
          hours: { from, until },
        };
        const [firstDay = '', lastDay = ''] = [...b.days].sort();
        const offered = { ...availability, kind: b.kind, level: b.level, academies: b.academies };
        const period = { ...offered, firstDay, lastDay, halfDays: b.half };
        expect(fits(need, period, limits)).toBe(naive(need, period));
      }),
      { numRuns: 3_000 },
    );
  });
});

/** The same rule minute by minute and day by day: every minute taken is in a half-day that suits, every day in the period. */
function naive(need: Parameters<typeof fits>[0], a: Action): boolean {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const start = minutes(need.hours?.from ?? '');
  const end = minutes(need.hours?.until ?? '');
  const all = Array.from({ length: Math.max(1, end - start) }, (_, i) => start + i);
  // A session that lies in the hour that both share is a morning's if it begins before noon.
  const morning = (m: number) => m < 12 * 60 || (start < 12 * 60 && m < 13 * 60);
  const suits =
    all.every(
      (m) =>
        (morning(m) && end <= 13 * 60 && a.halfDays?.includes('am')) ||
        (!morning(m) && a.halfDays?.includes('pm')) ||
        (morning(m) && end > 13 * 60 && a.halfDays?.includes('am') && a.halfDays.includes('pm')),
    ) && (start < 12 * 60 && end > 13 * 60 ? a.halfDays?.length === 2 : true);
  const period = eachDay(a.firstDay, a.lastDay);
  return [
    a.kind === need.kind,
    !need.level || need.level === a.level,
    need.academies.length === 0 || need.academies.filter((code) => a.academies.indexOf(code) >= 0).length > 0,
    eachDay(need.firstDay, need.lastDay).every((day) => period.includes(day)),
    suits,
  ].every(Boolean);
}

describe('the half-days that hours take up', () => {
  it.each([
    ['08:00', '13:00', ['am']],
    ['11:59', '13:01', ['am', 'pm']],
    ['12:00', '12:30', ['pm']],
    ['12:00', '18:00', ['pm']],
  ])('from %s to %s are %j', (from, until, expected) => {
    expect(halfDaysOf({ from, until }, limits)).toEqual(expected);
  });

  test('without hours are both', () => {
    expect(halfDaysOf(undefined, limits)).toEqual(['am', 'pm']);
  });

  test('outside an availability are named after its period', () => {
    const afternoon = { hours: { from: '14:00', until: '15:00' } };
    expect(findOutside({ ...session, ...afternoon }, availability, limits)).toBe('half-day');
    expect(findOutside({ ...session, lastDay: '2027-06-01', ...afternoon }, availability, limits)).toBe(
      'period',
    );
  });
});

describe('two actions', () => {
  const at = (from: string, until: string, more: Partial<Action> = {}) =>
    anAction({ firstDay: '2027-01-12', hours: { from, until }, ...more });
  it.each<[string, boolean, Action, Action]>([
    ['overlap in part', true, at('10:00', '11:00'), at('10:30', '12:00')],
    ['follow each other', false, at('10:00', '11:00'), at('11:00', '12:00')],
    ['are on different days', false, at('10:00', '11:00'), at('10:00', '11:00', { firstDay: '2027-01-13' })],
    [
      'are a week of placement and a talk in it',
      true,
      at('09:00', '17:00', { lastDay: '2027-01-15' }),
      at('10:00', '11:00', { firstDay: '2027-01-14' }),
    ],
    [
      'are a placement on other days of the week',
      false,
      at('09:00', '17:00', { lastDay: '2027-01-15', weekdays: [2, 5] }),
      at('10:00', '11:00', { firstDay: '2027-01-14' }),
    ],
    [
      'have no hours',
      true,
      { ...noHours, firstDay: '2027-01-12', lastDay: '2027-01-12' },
      at('10:00', '11:00'),
    ],
    ['are an availability', false, availability, at('10:00', '11:00')],
  ])('that %s: %s', (_name, expected, a, b) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });
});

test('those who were invited least come first, then those who did least, then those who offered first', () => {
  const volunteers = [
    { employeeId: 'a', invitations: 1, engagements: 0, number: 1 },
    { employeeId: 'b', invitations: 0, engagements: 2, number: 2 },
    { employeeId: 'c', invitations: 0, engagements: 0, number: 4 },
    { employeeId: 'd', invitations: 0, engagements: 0, number: 3 },
  ];
  expect(sortVolunteers(volunteers).map((v) => v.employeeId)).toEqual(['d', 'c', 'b', 'a']);
});
