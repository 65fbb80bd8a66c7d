import { countMissingAgreements, findDueReminder } from '../../../src/domain/placements/agreements.js';
import { anAction, aPlacement } from '../../support/builders.js';

test.each([
  [{ places: 2 }, 2],
  [{ places: 2, agreements: 1 }, 1],
  [{ places: 2, agreements: 2 }, 0],
  [{ places: 2, agreements: 3 }, 0],
])('a placement with %j lacks %i agreements', (more, missing) =>
  expect(countMissingAgreements(aPlacement(more))).toBe(missing));

test('a class talk needs none', () => expect(countMissingAgreements(anAction())).toBe(0));

test.each([
  ['2027-01-03', undefined],
  ['2027-01-04', 14],
  ['2027-01-14', 14],
  ['2027-01-15', 3],
  ['2027-01-18', 3],
  ['2027-01-19', undefined],
])('on %s the reminder of a placement that starts on 18 January 2027 is that of %s days before', (today, days) =>
  expect(findDueReminder('2027-01-18', today, [14, 3])).toBe(days));
