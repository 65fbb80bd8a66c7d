import { addWorkingDays, isWorkingDay } from '../../../src/domain/calendar/working-days.js';
import { daysBefore, firstAllowed, nextMorning } from '../../../src/domain/calendar/working-hours.js';
import { readCalendar } from '../../../src/reference/calendar/read-calendar.js';

const calendar = readCalendar('data');
const hours = { from: '08:00', until: '19:00', usual: '09:00' };
const [paris, tokyo, cayenne] = ['Europe/Paris', 'Asia/Tokyo', 'America/Cayenne'];

describe('a working day', () => {
  it.each([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-11-11', false, 'the Armistice'],
    ['2027-03-29', false, 'Easter Monday'],
    ['2027-03-26', true, 'Good Friday, a holiday in Alsace and Moselle only'],
    ['2026-12-26', false, 'a Saturday, and a holiday in Alsace and Moselle only'],
  ])('%s: %s (%s)', (day, works) => expect(isWorkingDay(day, calendar)).toBe(works));

  it.each([
    ['2026-11-20', 3, '2026-11-25', 'over a weekend'],
    ['2026-11-09', 3, '2026-11-13', 'over the Armistice'],
    ['2026-12-30', 3, '2027-01-05', 'over the New Year and a weekend'],
  ])('from %s, the %i th after it is %s (%s)', (day, count, last) =>
    expect(addWorkingDays(day, count, calendar)).toBe(last));
});

describe('a reminder comes at nine in the person’s morning', () => {
  it.each([
    ['2026-12-08', 7, paris, '2026-12-01T08:00:00.000Z', 'in winter'],
    ['2027-06-15', 7, paris, '2027-06-08T07:00:00.000Z', 'in summer'],
    ['2026-10-26', 1, paris, '2026-10-23T07:00:00.000Z', 'the Friday before a Monday, on summer time still'],
    ['2026-10-27', 1, paris, '2026-10-26T08:00:00.000Z', 'the first working day of winter time'],
    ['2027-03-30', 1, paris, '2027-03-26T08:00:00.000Z', 'before Easter Monday and summer time'],
    ['2026-11-12', 1, paris, '2026-11-10T08:00:00.000Z', 'before the Armistice'],
    ['2026-12-08', 1, tokyo, '2026-12-07T00:00:00.000Z', 'in Tokyo'],
    ['2026-12-08', 1, cayenne, '2026-12-07T12:00:00.000Z', 'in Cayenne'],
  ])('for %s, %i days before, in %s: %s (%s)', (day, count, zone, at) =>
    expect(daysBefore(day, count, zone, hours, calendar)).toBe(at));

  it.each([
    ['2026-12-08', paris, '2026-12-09T08:00:00.000Z'],
    ['2026-12-11', paris, '2026-12-14T08:00:00.000Z'],
    ['2026-12-24', tokyo, '2026-12-28T00:00:00.000Z'],
  ])('the morning after %s in %s: %s', (day, zone, at) =>
    expect(nextMorning(day, zone, hours, calendar)).toBe(at));
});

describe('a message that is late comes', () => {
  it.each([
    ['2026-11-23T10:00:00.000Z', paris, '2026-11-23T10:00:00.000Z', 'now, during working hours'],
    ['2026-11-23T05:00:00.000Z', paris, '2026-11-23T07:00:00.000Z', 'at eight, before them'],
    ['2026-11-23T18:00:00.000Z', paris, '2026-11-24T07:00:00.000Z', 'the next day, from 19:00 on'],
    ['2026-11-23T17:59:00.000Z', paris, '2026-11-23T17:59:00.000Z', 'now, a minute before that'],
    ['2026-11-20T20:00:00.000Z', paris, '2026-11-23T07:00:00.000Z', 'on Monday, on a Friday evening'],
    ['2026-11-10T20:00:00.000Z', paris, '2026-11-12T07:00:00.000Z', 'after the Armistice'],
    ['2026-11-23T10:00:00.000Z', tokyo, '2026-11-23T23:00:00.000Z', 'the next morning in Tokyo'],
    ['2026-11-23T10:00:00.000Z', cayenne, '2026-11-23T11:00:00.000Z', 'at eight in Cayenne'],
  ])('at %s in %s: %s (%s)', (now, zone, at) => expect(firstAllowed(now, zone, hours, calendar)).toBe(at));
});
