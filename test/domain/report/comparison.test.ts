import fc from 'fast-check';
import { kinds } from '../../../src/domain/action.js';
import type { Commitment } from '../../../src/domain/convention/convention.js';
import { programmeYear } from '../../../src/domain/convention/programme-year.js';
import { createComparer } from '../../../src/domain/report/comparison.js';
import type { Counted } from '../../../src/domain/report/counted.js';
import { createReportCounter } from '../../../src/domain/report/counter.js';
import { cuts } from '../../../src/domain/report/cuts.js';
import { distinctFigures, figureNames, noFigures } from '../../../src/domain/report/figures.js';
import { isSameLine, toLine } from '../../../src/domain/report/line.js';
import { aConvention } from '../../support/builders.js';

const year = programmeYear('2026-11-23', aConvention());
const commitments: Commitment[] = (['employees', 'actions', 'pupils', 'places'] as const).map((measure) => ({
  id: measure,
  article: 2,
  measure,
  kinds: ['classroom-talk', 'placement-3e'],
  targets: [],
}));

/** A line of the report, as a year may have it: few people and schools, so that several lines share them. */
const someLine = (id: string) =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      state: fc.constantFrom('held', 'planned', 'not-held'),
      day: fc.constantFrom('2026-10-06', '2026-11-16'),
      people: fc.subarray(['ines', 'zoe', 'louis']),
      schools: fc.subarray(['0699001J', '0579001Z']),
      pupils: fc.nat(40),
      places: fc.nat(6),
      days: fc.nat(5),
    })
    .map(({ kind, state, day, people, schools, pupils, places, days }): Counted => {
      const held = state === 'held';
      const placement = kind.startsWith('placement');
      return {
        action: { id, number: Number(id), kind, firstDay: day, lastDay: day, places },
        state: state as Counted['state'],
        employees: state === 'not-held' ? [] : people,
        pupils: held ? pupils : 0,
        offered: placement ? places : 0,
        filled: placement ? Math.min(places, pupils) : 0,
        presenceDays: days,
        personDays: held ? days * pupils : 0,
        schools,
        typedSchools: [],
        keys: {
          kind,
          level: '3e',
          region: schools[0] ?? 'unknown',
          academie: 'unknown',
          departement: 'unknown',
          school: schools.length > 1 ? 'several' : (schools[0] ?? 'unknown'),
          event: 'none',
          month: day.slice(0, 7),
          site: 'none',
        },
      };
    });
const someLines = fc
  .tuple(...Array.from({ length: 7 }, (_, n) => fc.option(someLine(String(n)), { nil: undefined })))
  .map((lines) => lines.flatMap((line) => line ?? []));
/** Two lists, of which the second has some lines of the first as they were. */
const twoLists = fc
  .tuple(someLines, someLines, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }))
  .map(([before, other, keeps]) => {
    const kept = before.filter((_, i) => keeps[i]);
    const others = other.filter(({ action }) => !kept.some((line) => line.action.id === action.id));
    return { before, after: [...kept, ...others] };
  });

const countAll = (lines: readonly Counted[]) => {
  const counter = createReportCounter(year, commitments);
  for (const line of lines) counter.add(line);
  return counter.finish();
};
function compare(before: readonly Counted[], after: readonly Counted[]) {
  const comparer = createComparer(commitments);
  before.forEach(comparer.addBefore);
  after.forEach(comparer.addAfter);
  return comparer.finish();
}
const subtract = (after: readonly number[], before: readonly number[]) =>
  after.map((n, i) => n - (before[i] ?? 0));

it('the differences of the lines add up to the difference of every figure and commitment', () => {
  fc.assert(
    fc.property(twoLists, ({ before, after }) => {
      const { differences, ...whole } = compare(before, after);
      const [was, is] = [countAll(before), countAll(after)];
      const sum = (of: (d: (typeof differences)[number]) => number) =>
        differences.reduce((total, each) => total + of(each), 0);
      const real = figureNames.map((name) => is.total[name] - was.total[name]);
      expect(figureNames.map((name) => sum(({ figures }) => figures[name]))).toEqual(real);
      expect(figureNames.map((name) => whole.figures[name])).toEqual(real);
      for (const [i, { achieved, planned }] of is.commitments.entries()) {
        const old = was.commitments[i];
        const change = subtract([achieved, planned], [old?.achieved ?? 0, old?.planned ?? 0]);
        expect([
          sum((d) => d.commitments[i]?.achieved ?? 0),
          sum((d) => d.commitments[i]?.planned ?? 0),
        ]).toEqual(change);
        expect([whole.commitments[i]?.achieved, whole.commitments[i]?.planned]).toEqual(change);
      }
    }),
    { numRuns: 500 },
  );
});

it('a row of a cut differs only by the lines that are listed', () => {
  fc.assert(
    fc.property(twoLists, ({ before, after }) => {
      const { differences } = compare(before, after);
      const listed = new Set(differences.map(({ before: b, after: a }) => (b ?? a)?.action.id));
      const [was, is] = [countAll(before), countAll(after)];
      for (const cut of cuts)
        for (const row of new Set([...was.cuts[cut].keys(), ...is.cuts[cut].keys()])) {
          const inRow = ({ action, keys }: Counted) => listed.has(action.id) && keys[cut] === row;
          const [a, b] = [countAll(before.filter(inRow)).total, countAll(after.filter(inRow)).total];
          const [x, y] = [was.cuts[cut].get(row) ?? noFigures, is.cuts[cut].get(row) ?? noFigures];
          for (const name of figureNames.filter((each) => !distinctFigures.includes(each)))
            expect([row, name, y[name] - x[name]]).toEqual([row, name, b[name] - a[name]]);
          if (![...before, ...after].some(inRow)) expect(y).toEqual(x);
        }
    }),
    { numRuns: 200 },
  );
});

it('lists each line once, and none that is the same', () => {
  fc.assert(
    fc.property(twoLists, ({ before, after }) => {
      const { differences } = compare(before, after);
      const ids = differences.map(({ before: b, after: a }) => (b ?? a)?.action.id);
      expect(new Set(ids).size).toBe(ids.length);
      const changed = [...before, ...after].flatMap((line) => {
        const { id } = line.action;
        const [b, a] = [before, after].map((lines) => lines.find(({ action }) => action.id === id));
        return b && a && isSameLine(b, a) ? [] : [id];
      });
      expect(new Set(ids)).toEqual(new Set(changed));
    }),
    { numRuns: 200 },
  );
});

it('who only changes lines is neither lost nor found', () => {
  const talk = fc.sample(someLine('1'), { numRuns: 1, seed: 3 })[0] as Counted;
  const first: Counted = { ...talk, state: 'held', employees: ['ines'], schools: ['0699001J'] };
  const second: Counted = { ...first, action: { ...first.action, id: '2', number: 2 } };
  const { differences } = compare([first], [second]);
  expect(differences.map(({ figures }) => [figures.actions, figures.employees, figures.schools])).toEqual([
    [-1, 0, 0],
    [1, 0, 0],
  ]);
});

it('a line is the same when it has been kept, in whatever order its people and schools are', () => {
  fc.assert(
    fc.property(someLine('1'), (line) => {
      const shuffled = {
        ...line,
        employees: line.employees.toReversed(),
        schools: line.schools.toReversed(),
      };
      expect(isSameLine(JSON.parse(JSON.stringify(toLine(line))), shuffled)).toBe(true);
      expect(isSameLine(line, { ...line, pupils: line.pupils + 1 })).toBe(false);
    }),
  );
});
