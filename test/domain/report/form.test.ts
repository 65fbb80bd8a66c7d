import type { FormField } from '../../../src/domain/convention/convention.js';
import { programmeYear } from '../../../src/domain/convention/programme-year.js';
import { countAction } from '../../../src/domain/report/counted.js';
import { fillForm, listUnions } from '../../../src/domain/report/form.js';
import { findFieldFault, toReportField } from '../../../src/domain/report/form-field.js';
import { createSafeCounter } from '../../../src/domain/report/safe-report.js';
import { openSchools } from '../../../src/reference/schools/school-list.js';
import { aConvention, calendar } from '../../support/builders.js';
import { aHeldPlacement, aHeldTalk, aPlannedTalk, type StoredAction } from '../../support/report-data.js';

const context = { calendar, schools: openSchools('data/schools.json') };
const { commitments } = aConvention();
const year = programmeYear('2026-11-23', aConvention());

function fill(fields: readonly FormField[], stored: readonly StoredAction[]) {
  const form = fields.map(toReportField);
  const counter = createSafeCounter(year, commitments, 5, listUnions(form));
  for (const { action, engagements } of stored) {
    const counted = countAction(action, engagements, context);
    if (counted) counter.add(counted);
  }
  return fillForm(form, counter.finish()).map(({ figures }) => figures);
}
const pupils = (n: number, id: string) => ({
  id,
  outcome: { pupils: n, by: 'ines', at: '2026-10-07T08:00:00.000Z' },
});
const field = (figure: string, more: Partial<FormField> = {}): FormField => ({
  label: 'Champ',
  figure,
  ...more,
});

const someYear = [
  aHeldTalk(['ines', 'zoe'], pupils(28, 't1')),
  aHeldTalk(['ines'], { ...pupils(31, 't2'), kind: 'company-visit' }),
  aHeldTalk(['louis'], { ...pupils(12, 't3'), kind: 'immersion' }),
  aHeldPlacement(['louis'], { ...pupils(6, 'p1'), places: 8 }),
  aPlannedTalk(['nour']),
];

it('gives a figure of the year, of a row, of several rows as one, and of each row, in the order of the form', () => {
  const visits = ['company-visit', 'immersion'];
  expect(
    fill(
      [
        field('employees'),
        field('pupils', { cut: 'kind', rows: ['classroom-talk'] }),
        field('employees', { cut: 'kind', rows: visits }),
        field('pupils', { cut: 'kind', rows: visits }),
        field('offered', { cut: 'kind', rows: ['placement-3e'] }),
        field('actions', { cut: 'kind', rows: ['careers-fair'] }),
        field('planned'),
      ],
      someYear,
    ),
  ).toEqual([
    [{ value: 3 }],
    [{ value: 28 }],
    [{ value: 2 }],
    [{ value: 43 }],
    [{ value: 8 }],
    [{ value: 0 }],
    [{ value: 1 }],
  ]);
  const [each] = fill([field('actions', { cut: 'kind' })], someYear);
  expect(Object.fromEntries((each ?? []).map(({ row, value }) => [row, value]))).toEqual({
    'classroom-talk': 1,
    'company-visit': 1,
    immersion: 1,
    'placement-3e': 1,
  });
});

it('gives no figure of fewer than five pupils, in whatever field, nor one from which it could be computed', () => {
  const few = [aHeldTalk(['ines'], pupils(40, 't1')), aHeldPlacement(['louis'], pupils(3, 'p1'))];
  const placements = ['placement-3e', 'placement-2de'];
  expect(
    fill(
      [
        field('pupils'),
        field('pupils', { cut: 'kind', rows: ['placement-3e'] }),
        field('pupils', { cut: 'kind', rows: ['classroom-talk'] }),
        field('hosted', { cut: 'kind', rows: placements }),
        field('hosted'),
        field('personDays'),
      ],
      few,
    ).map(([figure]) => figure?.value),
  ).toEqual([43, undefined, undefined, undefined, undefined, undefined]);
  expect(fill([field('employees')], few.slice(1))).toEqual([[{ value: undefined }]]);
});

it.each<[string, FormField, string | undefined]>([
  ['a total of any figure', field('personDays'), undefined],
  ['pupils by region', field('pupils', { cut: 'region' }), undefined],
  ['places by kind', field('offered', { cut: 'kind' }), undefined],
  ['an unknown figure', field('joy'), 'figure'],
  ['an unknown cut', field('pupils', { cut: 'mood' }), 'cut'],
  ['rows without a cut', field('pupils', { rows: ['placement-3e'] }), 'rows'],
  ['an unknown kind', field('pupils', { cut: 'kind', rows: ['nap'] }), 'rows'],
  ['days by kind, of which only the total leaves', field('personDays', { cut: 'kind' }), 'figure'],
  ['places by school', field('offered', { cut: 'school' }), 'figure'],
  ['hosted pupils by level', field('hosted', { cut: 'level' }), 'figure'],
])('%s', (_, asked, part) => {
  expect(findFieldFault(asked)?.part).toBe(part);
});
