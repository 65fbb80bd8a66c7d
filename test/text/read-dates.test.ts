import fc from 'fast-check';
import { readDay, readTime } from '../../src/text/read-dates.js';

describe('a day', () => {
  it.each([
    '2027-01-18',
    '2027/01/18',
    '2027.01.18',
    '2027-01-18T00:00:00',
    '2027-01-18T00:00:00.000',
    '2027-01-18 00:00',
    '2027-01-18T14:30',
    // Midnight there, whatever the offset.
    '2027-01-18T00:00:00Z',
    '2027-01-18T00:00:00+11:00',
    // Midnight in Paris, as a client in Paris puts it in UTC.
    '2027-01-17T23:00:00Z',
    '2027-01-17T23:00:00.000Z',
    '18/01/2027',
    '18-01-2027',
    '18.1.2027',
    '18 janvier 2027',
    'lundi 18 janvier 2027',
    'le 18 janv. 2027',
    '18 January 2027',
    'Monday, January 18, 2027',
    'Jan 18, 2027',
    '18th January 2027',
  ])('“%s” is 18 January 2027 to every client', (value) => {
    expect(readDay(value, 'fr')).toEqual({ day: '2027-01-18' });
    expect(readDay(value, 'en')).toEqual({ day: '2027-01-18' });
  });

  it('in digits comes day first to a French client, and is a question to another', () => {
    expect(readDay('05/04/2027', 'fr')).toEqual({ day: '2027-04-05' });
    expect(readDay('05/04/2027', 'en')).toEqual({ either: ['2027-04-05', '2027-05-04'] });
    expect(readDay('04/04/2027', 'en')).toEqual({ day: '2027-04-04' });
    expect(readDay('01/18/2027', 'en')).toEqual({ day: '2027-01-18' });
    expect(readDay('01/18/2027', 'fr')).toBeUndefined();
  });

  it.each([
    '',
    '2027-02-29',
    '2027-13-01',
    '31/02/2027',
    '00/01/2027',
    '18/01/27',
    '18-01/2027',
    '2027-01-18T25:00',
    // A moment in the middle of a day is another day elsewhere.
    '2027-01-17T20:00:00Z',
    '2027-01-18T09:00:00+04:00',
    'bientôt',
    'mardi 18 janvier 2027',
    '31 février 2027',
    'lundi',
    '20270118',
  ])('%p is none', (value) => {
    expect(readDay(value, 'fr')).toBeUndefined();
    expect(readDay(value, 'en')).toBeUndefined();
  });

  it('is read back in every form that people see', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const shown = (locale: string, options: Intl.DateTimeFormatOptions) =>
          new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
        const full = { dateStyle: 'full' } as const;
        for (const sent of [iso, shown('fr-FR', full), shown('en-GB', full), shown('en-US', full)])
          expect(readDay(sent, 'en')).toEqual({ day: iso });
        expect(readDay(shown('fr-FR', { dateStyle: 'short' }), 'fr')).toEqual({ day: iso });
      }),
    );
  });
});

describe('a time', () => {
  it.each([
    ['09:00', '09:00'],
    ['9:00', '09:00'],
    ['09:00:00', '09:00'],
    ['09:00:00.000', '09:00'],
    ['T09:00', '09:00'],
    ['2027-01-18T09:00:00', '09:00'],
    ['5:30 PM', '17:30'],
    ['5:30pm', '17:30'],
    ['5:30 p.m.', '17:30'],
    ['5 pm', '17:00'],
    ['12:15 AM', '00:15'],
    ['12:15 PM', '12:15'],
    ['17h30', '17:30'],
    ['17 h 30', '17:30'],
    ['9 h', '09:00'],
    ['00:00', '00:00'],
    ['23:59', '23:59'],
  ])('“%s” is %s', (value, time) => expect(readTime(value)).toBe(time));

  it.each([
    '',
    '24:00',
    '9:60',
    '13:00 PM',
    '0:30 am',
    '9',
    '0930',
    'midi',
    '09:00Z',
    '9:0',
    '-9:00',
  ])('%p is none', (value) => expect(readTime(value)).toBeUndefined());
});
