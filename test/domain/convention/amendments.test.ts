import { kinds } from '../../../src/domain/action.js';
import {
  type Amendment,
  type AmendmentChange,
  type AmendmentMove,
  type AmendmentState,
  amendmentMoves,
  findAmendmentFault,
  isInForce,
  mayMove,
} from '../../../src/domain/convention/amendments.js';
import { countsFor, kindsOn, mainCommitment } from '../../../src/domain/convention/convention.js';
import { countingOf } from '../../../src/domain/convention/counting.js';
import { findTarget, programmeYear } from '../../../src/domain/convention/programme-year.js';
import { applyTerms } from '../../../src/domain/convention/terms.js';
import { aConvention } from '../../support/builders.js';

const file = aConvention({
  commitments: [
    {
      id: 'visitors',
      article: 2,
      measure: 'employees',
      kinds: ['company-visit'],
      targets: [],
    },
    {
      id: 'people',
      article: 2,
      measure: 'employees',
      kinds: ['classroom-talk', 'careers-fair'],
      targets: [{ from: '2024-01-01', value: 10 }],
    },
    { id: 'places', article: 3, measure: 'places', kinds: ['placement-3e'], targets: [] },
  ],
});
const signed = (number: number, from: string, change?: AmendmentChange): Amendment => ({
  id: `amendment${number}`,
  number,
  state: 'signed',
  subject: 'Une modification',
  from,
  ...(change ? { change } : {}),
  signature: { by: 'Les deux parties', on: '2026-11-02' },
  moved: { by: 'hugo', at: '2026-11-02T08:00:00.000Z' },
  revision: 2,
});
const under = (...amendments: Amendment[]) => applyTerms(file, undefined, amendments);
const targetIn = (convention: ReturnType<typeof under>, day: string) =>
  findTarget(mainCommitment(convention), programmeYear(day, convention));

describe('the convention in force', () => {
  test('is the file’s when the records say nothing of it', () => {
    expect(under()).toBe(file);
    expect(applyTerms(file, { id: 'convention', countedBy: 'x' }, [])).toBe(file);
  });

  test('has the date of signature that was entered, also in the place of the file’s', () => {
    const terms = { id: 'convention', signature: { signedOn: '2024-11-05', by: 'alma', at: '' } } as const;
    expect(applyTerms(file, terms, []).signedOn).toBe('2024-11-05');
    expect(applyTerms({ ...file, signedOn: '2023-01-01' }, terms, []).signedOn).toBe('2024-11-05');
    expect(
      applyTerms({ ...file, signedOn: '2023-01-01' }, undefined, [signed(1, '2027-01-01')]).signedOn,
    ).toBe('2023-01-01');
  });

  test('has the target of the latest amendment in force on the last day of the year, whatever their order', () => {
    const [first, second] = [
      signed(1, '2027-01-01', { commitment: 'people', target: 15 }),
      signed(2, '2027-09-01', { commitment: 'people', target: 20 }),
    ];
    for (const convention of [under(first, second), under(second, first)])
      expect(
        ['2025-11-23', '2026-11-23', '2027-11-23', '2028-11-23'].map((day) => targetIn(convention, day)),
      ).toEqual([10, 15, 20, 20]);
  });

  test('has of two amendments from one day the later one’s', () => {
    const later = signed(12, '2027-01-01', { commitment: 'people', target: 12 });
    expect(
      targetIn(under(later, signed(9, '2027-01-01', { commitment: 'people', target: 9 })), '2027-01-01'),
    ).toBe(12);
  });

  test('counts other kinds from the day of an amendment on, and as before until then', () => {
    const convention = under(
      signed(1, '2027-01-01', { commitment: 'people', kinds: ['classroom-talk', 'immersion'] }),
      signed(2, '2027-03-01', { commitment: 'people', target: 12 }),
    );
    const main = mainCommitment(convention);
    expect(kindsOn(main, '2026-12-31')).toEqual(['classroom-talk', 'careers-fair']);
    expect(kindsOn(main, '2027-01-01')).toEqual(['classroom-talk', 'immersion']);
    expect(kindsOn(main, '2027-03-01')).toEqual(['classroom-talk', 'immersion']);
    const counts = (kind: 'careers-fair' | 'immersion', firstDay: string) =>
      countsFor(main, { kind, firstDay });
    expect([counts('careers-fair', '2026-12-31'), counts('careers-fair', '2027-01-01')]).toEqual([
      true,
      false,
    ]);
    expect([counts('immersion', '2026-12-31'), counts('immersion', '2027-01-01')]).toEqual([false, true]);
  });

  test('keeps its main commitment when another gets a target, and may give a first target to one without', () => {
    const convention = under(
      signed(1, '2027-01-01', { commitment: 'visitors', target: 3 }),
      signed(2, '2027-01-01', { commitment: 'places', target: 40 }),
    );
    expect(mainCommitment(convention).id).toBe('people');
    const places = convention.commitments.find(({ id }) => id === 'places');
    expect(places && findTarget(places, programmeYear('2027-01-01', convention))).toBe(40);
  });

  test('is not changed by an amendment that says nothing of what is counted, or of another commitment', () => {
    const { commitments } = under(
      signed(1, '2027-01-01'),
      signed(2, '2027-01-01', { commitment: 'x', target: 1 }),
    );
    expect(commitments).toEqual(file.commitments);
  });
});

test('an action counts for what its kind counts for on its first day', () => {
  const convention = under(
    signed(1, '2027-01-01', { commitment: 'places', kinds: ['placement-2de'] }),
    signed(2, '2027-02-01', { commitment: 'people', kinds: ['placement-3e'] }),
  );
  const of = (kind: (typeof kinds)[number], firstDay: string) => {
    const { year, mobilises, commitments } = countingOf({ kind, firstDay }, convention);
    return [year, mobilises, commitments.join()];
  };
  expect(of('placement-3e', '2026-12-31')).toEqual(['2026-2027', false, 'places']);
  expect(of('placement-3e', '2027-01-01')).toEqual(['2026-2027', false, '']);
  expect(of('placement-3e', '2027-02-01')).toEqual(['2026-2027', true, '']);
  expect(of('placement-2de', '2027-09-01')).toEqual(['2027-2028', false, 'places']);
  expect(of('classroom-talk', '2027-01-31')).toEqual(['2026-2027', true, '']);
});

test('an amendment is in force from its day on once it is signed, and otherwise never', () => {
  const on = (state: AmendmentState, day: string) => isInForce({ state, from: '2027-01-01' }, day);
  expect([on('signed', '2026-12-31'), on('signed', '2027-01-01')]).toEqual([false, true]);
  expect([on('drafted', '2027-06-01'), on('dropped', '2027-06-01')]).toEqual([false, false]);
});

/** Which moves are allowed from which state, by hand; no other is. */
const allowed = [
  'none draft',
  'drafted edit',
  'drafted sign',
  'drafted drop',
  'signed reopen',
  'dropped resume',
];
test.each(
  ([undefined, 'drafted', 'signed', 'dropped'] as const).flatMap((state) =>
    Object.keys(amendmentMoves).map((move) => [state ?? 'none', move as AmendmentMove] as const),
  ),
)('whether an amendment that is %s may make the move %s', (state, move) =>
  expect(mayMove(move, state === 'none' ? undefined : state)).toBe(allowed.includes(`${state} ${move}`)));

describe('an amendment to a convention signed on 5 November 2024', () => {
  const convention = { ...file, signedOn: '2024-11-05' };
  test.each([
    ['2024-11-04', {}, 'before-signature'],
    ['2024-11-05', {}, undefined],
    ['2027-11-04', {}, undefined],
    ['2027-11-05', {}, 'after-end'],
    ['2027-01-01', { target: 12 }, 'commitment-missing'],
    ['2027-01-01', { kinds: ['immersion'] }, 'commitment-missing'],
    ['2027-01-01', { commitment: 'nothing', target: 12 }, 'commitment-missing'],
    ['2027-01-01', { commitment: 'people' }, 'nothing-changes'],
    ['2027-01-01', { commitment: 'people', target: 10 }, 'nothing-changes'],
    ['2027-01-01', { commitment: 'people', kinds: ['careers-fair', 'classroom-talk'] }, 'nothing-changes'],
    ['2027-01-01', { commitment: 'people', kinds: ['classroom-talk'] }, undefined],
    ['2027-01-01', { commitment: 'people', target: 10, kinds: [...kinds] }, undefined],
    ['2027-01-01', { commitment: 'people', target: 11 }, undefined],
    ['2027-01-01', { commitment: 'places', target: 10 }, undefined],
  ] as const)('from %s with %j: %s', (from, change, fault) => {
    expect(findAmendmentFault({ from, change }, convention)).toBe(fault);
  });

  test('has any day while the date of signature is not known', () => {
    expect(findAmendmentFault({ from: '2019-01-01', change: {} }, file)).toBeUndefined();
  });
});
