import {
  countExpectedAgreements,
  countMissingAgreements,
} from '../../../src/domain/placements/agreements.js';
import { countFilledPlaces, fillPlaces, hostsMoreThanFilled } from '../../../src/domain/placements/places.js';
import { aPlacement } from '../../support/builders.js';

const college = '0699001J';
const typed = 'Collège Jean-Fictif';
const two = [
  { school: college, places: 1 },
  { school: typed, places: 1 },
];

describe('the places that a school fills', () => {
  test.each([
    ['are entered', undefined, college, 2, [{ school: college, places: 2 }]],
    ['are not more than those offered', undefined, college, 4, undefined],
    ['add up over the schools', two, 'Lycée Exemple', 1, [...two, { school: 'Lycée Exemple', places: 1 }]],
    ['are not more than those left by the others', two, 'Lycée Exemple', 2, undefined],
    ['replace what the school had', two, college, 2, [{ school: college, places: 2 }, two[1]]],
    [
      'replace what it had, however it is typed',
      two,
      'college jean-fictif',
      2,
      [two[0], { school: typed, places: 2 }],
    ],
    ['are taken off with 0', two, typed, 0, [two[0]]],
    ['are none without any', undefined, typed, 0, []],
  ] as const)('%s', (_, filled, school, places, expected) => {
    const placement = aPlacement({ places: 3, ...(filled ? { filled } : {}) });
    expect(fillPlaces(placement, school, places)).toEqual(expected);
  });
});

test('agreements are counted against the filled places once any are entered', () => {
  const counts = (more: object) => {
    const it = aPlacement({ places: 3, agreements: 1, ...more });
    return [countFilledPlaces(it), countExpectedAgreements(it), countMissingAgreements(it)];
  };
  expect(counts({})).toEqual([undefined, 3, 2]);
  expect(counts({ filled: two })).toEqual([2, 2, 1]);
  expect(counts({ filled: [] })).toEqual([undefined, 3, 2]);
});

test('more pupils than filled places are to be corrected, once they were hosted', () => {
  const outcome = { pupils: 3, by: 'ines', at: '2027-01-22T16:00:00.000Z' };
  expect(hostsMoreThanFilled(aPlacement({ places: 3, filled: two, state: 'held', outcome }))).toBe(true);
  expect(hostsMoreThanFilled(aPlacement({ places: 3, state: 'held', outcome }))).toBe(false);
  expect(hostsMoreThanFilled(aPlacement({ places: 3, filled: two }))).toBe(false);
});
