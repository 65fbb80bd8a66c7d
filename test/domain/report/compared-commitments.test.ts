import type { Commitment } from '../../../src/domain/convention/convention.js';
import { programmeYear } from '../../../src/domain/convention/programme-year.js';
import { compareCommitments } from '../../../src/domain/report/compared-commitments.js';
import type { CommitmentResult } from '../../../src/domain/report/figures.js';
import { aConvention } from '../../support/builders.js';

const year = programmeYear('2026-11-23', aConvention());
const commitment = (more: Partial<Commitment> = {}): Commitment => ({
  id: 'people',
  article: 2,
  measure: 'employees',
  kinds: ['classroom-talk', 'placement-3e'],
  targets: [{ from: '2024-01-01', value: 10 }],
  ...more,
});
const result = (of: Commitment, target: number | undefined, achieved: number): CommitmentResult => ({
  commitment: of,
  target,
  achieved,
  planned: 0,
});
const none = { achieved: 0, planned: 0 };
const compare = (was: CommitmentResult[], now: CommitmentResult[], byLines = now.map(() => none)) =>
  compareCommitments(was, now, byLines, year);
const talks = { from: '2026-09-01', kinds: ['classroom-talk'], amendment: 2 } as const;
const amended = commitment({
  targets: [
    { from: '2024-01-01', value: 10 },
    { from: '2027-01-01', value: 5, amendment: 1 },
  ],
});
const file = { amendment: undefined, withdrawn: false };

it('has no change of its rules where only lines differ', () => {
  const [compared] = compare(
    [result(commitment(), 10, 4)],
    [result(commitment(), 10, 6)],
    [{ achieved: 2, planned: 0 }],
  );
  expect([compared?.rules, compared?.byRules]).toEqual([[], none]);
});

it('names the amendment of a new target, and that whose signature is gone', () => {
  const [before, after] = [result(commitment(), 10, 4), result(amended, 5, 4)];
  expect(compare([before], [after])[0]?.rules).toEqual([
    { what: 'target', was: 10, now: 5, cause: { amendment: 1, withdrawn: false } },
  ]);
  expect(compare([after], [before])[0]?.rules).toEqual([
    { what: 'target', was: 5, now: 10, cause: { amendment: 1, withdrawn: true } },
  ]);
});

it('names the amendment that stands, not one that another has replaced', () => {
  const later = commitment({ targets: [{ from: '2027-02-01', value: 7, amendment: 3 }] });
  expect(compare([result(amended, 5, 4)], [result(later, 7, 4)])[0]?.rules).toEqual([
    { what: 'target', was: 5, now: 7, cause: { amendment: 3, withdrawn: false } },
  ]);
});

it('tells other kinds from each day of the year on which they change, and what lines count less by them', () => {
  const visits = { from: '2027-02-01', kinds: ['company-visit'], amendment: 4 } as const;
  const next = { from: '2027-09-01', kinds: ['immersion'], amendment: 5 } as const;
  const [compared] = compare(
    [result(commitment(), 10, 4)],
    [result(commitment({ kindChanges: [talks, visits, next] }), 10, 3)],
    [{ achieved: 1, planned: 0 }],
  );
  expect(compared?.rules).toEqual([
    { what: 'kinds', from: '2026-09-01', now: talks.kinds, cause: { amendment: 2, withdrawn: false } },
    { what: 'kinds', from: '2027-02-01', now: visits.kinds, cause: { amendment: 4, withdrawn: false } },
  ]);
  expect(compared?.byRules.achieved).toBe(-2);
});

it('says nothing of kinds that are the same in another order, nor of another year', () => {
  const next = { ...talks, from: '2027-09-01' };
  const same = commitment({ kinds: ['placement-3e', 'classroom-talk'], kindChanges: [next] });
  expect(compare([result(commitment(), 10, 4)], [result(same, 10, 4)])[0]?.rules).toEqual([]);
});

it('a change without an amendment is one of the convention’s file', () => {
  const other = commitment({ kinds: ['immersion'], targets: [] });
  expect(compare([result(commitment(), 10, 4)], [result(other, undefined, 0)])[0]?.rules).toEqual([
    { what: 'target', was: 10, now: undefined, cause: file },
    { what: 'kinds', from: '2026-09-01', now: ['immersion'], cause: file },
  ]);
});

it('lists commitments that are new, and after them those that are gone', () => {
  const other = commitment({ measure: 'actions' });
  const all = compare([result(commitment(), 10, 4)], [result(other, 10, 7)], [none]);
  expect(all.map(({ rules, byRules }) => [rules, byRules.achieved])).toEqual([
    [[{ what: 'added' }], 7],
    [[{ what: 'removed' }], -4],
  ]);
});
