import { countMissingAgreements } from '../../../src/domain/placements/agreements.js';
import { anAction, aPlacement } from '../../support/builders.js';

test.each([
  [{ places: 2 }, 2],
  [{ places: 2, agreements: 1 }, 1],
  [{ places: 2, agreements: 2 }, 0],
  [{ places: 2, agreements: 3 }, 0],
])('a placement with %j lacks %i agreements', (more, missing) =>
  expect(countMissingAgreements(aPlacement(more))).toBe(missing));

test('a class talk needs none', () => expect(countMissingAgreements(anAction())).toBe(0));
