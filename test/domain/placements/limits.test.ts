import type { Action } from '../../../src/domain/action.js';
import { findBrokenLimit } from '../../../src/domain/placements/limits.js';
import { aConvention, aPlacement } from '../../support/builders.js';

const convention = aConvention();
const hours = { from: '09:00', until: '17:00', breakMinutes: 60 };
const broken = (overrides: Partial<Action>, more = convention) =>
  findBrokenLimit({ ...aPlacement(overrides), kind: 'placement-3e' }, more);

test.each([
  [{ places: 30 }, undefined],
  [{ places: 31 }, { rule: 'places', max: 30 }],
  [{ hours }, undefined],
  [{ hours: { ...hours, until: '17:01' } }, { rule: 'hours', broken: 'day-too-long' }],
  // Kept without a break by a card from before there was one.
  [{ hours: { from: '09:00', until: '14:00' } }, { rule: 'hours', broken: 'break-missing' }],
])('a placement with %j breaks %j', (overrides, expected) => expect(broken(overrides)).toEqual(expected));

test('the limits are those of the convention', () => {
  expect(broken({ places: 9 }, { ...convention, maxPlaces: 8 })).toEqual({ rule: 'places', max: 8 });
  const short = { ...convention, hours: { ...convention.hours, perWeek: 30 } };
  expect(broken({ hours }, short)).toEqual({ rule: 'hours', broken: 'week-too-long' });
  // Three days a week are 21 hours.
  expect(broken({ hours, weekdays: [1, 2, 3] }, short)).toBeUndefined();
});
