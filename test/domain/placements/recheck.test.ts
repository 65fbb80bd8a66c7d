import type { Certainty } from '../../../src/domain/action.js';
import { checkPlacement, type PlacementDates } from '../../../src/domain/placements/placement.js';
import {
  compareCertainty,
  currentVersion,
  toLastCheck,
  worstCertainty,
} from '../../../src/domain/placements/recheck.js';
import { academie, calendar } from '../../support/builders.js';

const certaintyIn = (dates: PlacementDates, ...names: string[]): Certainty =>
  worstCertainty(names.map((name) => checkPlacement(dates, academie(name), calendar)));

test.each([
  ['fine everywhere', '2026-03-16', '2026-03-20', ['Lille', 'Paris'], 'fine'],
  ['with days off, and enough left', '2026-05-11', '2026-05-15', ['Paris'], 'fine'],
  ['unknown in one of two', '2027-03-15', '2027-03-19', ['Lille', 'Corse'], 'unknown'],
  ['refused in one of three', '2027-02-15', '2027-02-19', ['Lille', 'Lyon', 'Corse'], 'refused'],
] as const)('a placement %s is as certain as its least certain académie', (_, firstDay, lastDay, names, certainty) =>
  expect(certaintyIn({ kind: 'placement-3e', firstDay, lastDay }, ...names)).toBe(certainty));

test.each([
  ['fine', 'refused', 'broken'],
  ['provisional', 'refused', 'broken'],
  ['provisional', 'fine', 'confirmed'],
  ['unknown', 'fine', 'confirmed'],
  ['refused', 'fine', 'confirmed'],
  ['fine', 'provisional', undefined],
  ['unknown', 'provisional', undefined],
  ['refused', 'refused', undefined],
  ['fine', 'fine', undefined],
] as const)('from %s to %s the news is %s', (before, now, news) =>
  expect(compareCertainty(before, now)).toBe(news));

test('the version changes with the calendars and with the limits of the convention', () => {
  const versions = [
    currentVersion({ version: 'a' }, { version: 'x' }),
    currentVersion({ version: 'b' }, { version: 'x' }),
    currentVersion({ version: 'a' }, { version: 'y' }),
  ];
  expect(new Set(versions).size).toBe(3);
});

test('a check says since which version it is so', () => {
  const first = toLastCheck('1-a', 'provisional');
  expect(first).toEqual({ under: '1-a', certainty: 'provisional', since: '1-a' });
  const same = toLastCheck('1-b', 'provisional', first);
  expect(same).toEqual({ under: '1-b', certainty: 'provisional', since: '1-a' });
  expect(toLastCheck('1-c', 'refused', same)).toEqual({ under: '1-c', certainty: 'refused', since: '1-c' });
});
