import { areasOf, findMonthlyCard } from '../../../src/domain/convention/regional.js';
import { calendar } from '../../support/builders.js';

const hours = { from: '08:00', until: '19:00', usual: '09:00' };
const cardAt = (now: string) => findMonthlyCard(now, 'Europe/Paris', hours, calendar);

it.each([
  ['the first Monday', '2026-12-07T08:00:00.000Z', '2026-12'],
  ['a first Monday on the first of the month', '2027-02-01T08:00:00.000Z', '2027-02'],
  ['a Monday in summer time', '2027-07-05T07:00:00.000Z', '2027-07'],
  ['the Tuesday after Easter Monday', '2026-04-07T07:00:00.000Z', '2026-04'],
  ['the Tuesday after a Monday that is the eighth of May', '2028-05-02T07:00:00.000Z', '2028-05'],
])('the card of a month is due on %s, and not a millisecond before', (_, at, month) => {
  expect(cardAt(at)).toMatchObject({ month, at });
  expect(cardAt(new Date(Date.parse(at) - 1).toISOString())).toBeUndefined();
});

it('is made up for during a week, not later', () => {
  expect(cardAt('2026-12-14T07:59:59.999Z')).toMatchObject({ month: '2026-12' });
  expect(cardAt('2026-12-14T08:00:00.000Z')).toBeUndefined();
});

it('somebody may be named for several areas', () => {
  const named = [
    { person: 'a', area: '10' },
    { person: 'b', area: '25' },
    { person: 'a', area: 'Bretagne' },
  ];
  expect(areasOf('a', named)).toEqual(['10', 'Bretagne']);
  expect(areasOf('c', named)).toEqual([]);
});
