import { datesIn, dayAt } from '../../src/text/dates.js';

const fr = datesIn('fr');
const en = datesIn('en');
/** What people see, with ordinary spaces. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a day', () => {
  test.each([
    ['2027-01-11', 'lundi 11 janvier 2027', 'Monday 11 January 2027'],
    ['2027-01-01', 'vendredi 1er janvier 2027', 'Friday 1 January 2027'],
    ['2026-05-01', 'vendredi 1er mai 2026', 'Friday 1 May 2026'],
    ['2027-02-21', 'dimanche 21 février 2027', 'Sunday 21 February 2027'],
    ['2028-02-29', 'mardi 29 février 2028', 'Tuesday 29 February 2028'],
    ['2026-08-31', 'lundi 31 août 2026', 'Monday 31 August 2026'],
  ])('%s is %s, %s', (day, french, english) => {
    expect([plain(fr.long(day)), plain(en.long(day))]).toEqual([french, english]);
    const noWeekday = (text: string) => text.replace(/^\S+ /, '');
    expect([plain(fr.short(day)), plain(en.short(day))]).toEqual([noWeekday(french), noWeekday(english)]);
    const noYear = (text: string) => text.replace(/ \d{4}$/, '');
    expect([plain(fr.noYear(day)), plain(en.noYear(day))]).toEqual([noYear(french), noYear(english)]);
  });

  test('in a tight list keeps its weekday and number; a month keeps its year', () => {
    expect([plain(fr.tight('2027-01-11')), plain(en.tight('2027-01-11'))]).toEqual(['lun. 11', 'Mon 11']);
    expect(plain(fr.tight('2027-02-01'))).toBe('lun. 1er');
    expect([plain(fr.month('2027-01-11')), plain(en.month('2027-08-01'))]).toEqual([
      'janvier 2027',
      'August 2027',
    ]);
  });

  test('is never cut between its number and its month', () => {
    expect(fr.long('2027-01-11')).toBe('lundi 11\u00a0janvier 2027');
    expect(fr.long('2027-01-01')).toBe('vendredi 1er\u00a0janvier 2027');
    expect(fr.range('2027-01-29', '2027-02-01')).toBe(
      'du vendredi 29\u00a0janvier au lundi 1er\u00a0février 2027',
    );
  });

  test('asked twice is the same, in each language', () => {
    expect([fr.long('2027-03-08'), en.long('2027-03-08'), fr.long('2027-03-08')].map(plain)).toEqual([
      'lundi 8 mars 2027',
      'Monday 8 March 2027',
      'lundi 8 mars 2027',
    ]);
  });
});

test('an instant that is read years later has its year', () => {
  const at = '2026-11-23T13:05:00.000Z';
  expect([fr, en].map((dates) => plain(dates.fullInstant(at)))).toEqual([
    'lundi 23 novembre 2026 à 14 h 05',
    'Monday 23 November 2026 at 14:05',
  ]);
});

describe('several days', () => {
  test.each([
    ['one day', '2027-01-11', '2027-01-11', 'lundi 11 janvier 2027', 'Monday 11 January 2027'],
    [
      'in a month',
      '2027-01-11',
      '2027-01-15',
      'du lundi 11 au vendredi 15 janvier 2027',
      'Monday 11 to Friday 15 January 2027',
    ],
    [
      'from the first of a month',
      '2027-02-01',
      '2027-02-05',
      'du lundi 1er au vendredi 5 février 2027',
      'Monday 1 to Friday 5 February 2027',
    ],
    [
      'across two months',
      '2027-03-29',
      '2027-04-01',
      'du lundi 29 mars au jeudi 1er avril 2027',
      'Monday 29 March to Thursday 1 April 2027',
    ],
    [
      'across two years',
      '2026-12-28',
      '2027-01-01',
      'du lundi 28 décembre 2026 au vendredi 1er janvier 2027',
      'Monday 28 December 2026 to Friday 1 January 2027',
    ],
    [
      'the same month of two years',
      '2026-01-12',
      '2027-01-11',
      'du lundi 12 janvier 2026 au lundi 11 janvier 2027',
      'Monday 12 January 2026 to Monday 11 January 2027',
    ],
  ])('%s', (_, first, last, french, english) => {
    expect([plain(fr.range(first, last)), plain(en.range(first, last))]).toEqual([french, english]);
    const short = (text: string) =>
      text.replaceAll(/\b(?:lundi|jeudi|vendredi|Monday|Thursday|Friday) /g, '');
    expect([plain(fr.shortRange(first, last)), plain(en.shortRange(first, last))]).toEqual([
      short(french),
      short(english),
    ]);
  });

  test('on a button have no year, within one year', () => {
    expect([
      plain(fr.button('2027-01-11', '2027-01-15')),
      plain(en.button('2027-01-11', '2027-01-15')),
    ]).toEqual(['du 11 au 15 janvier', '11 to 15 January']);
    expect(plain(fr.button('2027-03-29', '2027-04-01'))).toBe('du 29 mars au 1er avril');
    expect(plain(fr.button('2027-03-01', '2027-03-01'))).toBe('1er mars');
    expect(plain(fr.button('2026-12-28', '2027-01-01'))).toBe('du 28 décembre au 1er janvier');
  });
});

describe('hours', () => {
  test.each([
    ['10:00', '11:30', 'de 10 h à 11 h 30', '10:00 to 11:30'],
    ['09:05', '17:00', 'de 9 h 05 à 17 h', '09:05 to 17:00'],
    ['00:00', '00:30', 'de 0 h à 0 h 30', '00:00 to 00:30'],
  ])('from %s until %s', (from, until, french, english) => {
    expect([plain(fr.hours(from, until)), plain(en.hours(from, until))]).toEqual([french, english]);
  });

  test('in French are never cut', () => expect(fr.time('11:30')).toBe('11\u00a0h\u00a030'));
});

describe('a moment', () => {
  // The clocks go forward on 29 March 2026 at 01:00 UTC and back on 25 October 2026 at 01:00 UTC.
  test.each([
    ['2026-11-23T13:05:00.000Z', 'lundi 23 novembre à 14 h 05', 'Monday 23 November at 14:05'],
    ['2026-03-29T00:59:59.999Z', 'dimanche 29 mars à 1 h 59', 'Sunday 29 March at 01:59'],
    ['2026-03-29T01:00:00.000Z', 'dimanche 29 mars à 3 h', 'Sunday 29 March at 03:00'],
    ['2026-10-25T00:30:00.000Z', 'dimanche 25 octobre à 2 h 30', 'Sunday 25 October at 02:30'],
    ['2026-10-25T01:30:00.000Z', 'dimanche 25 octobre à 2 h 30', 'Sunday 25 October at 02:30'],
    ['2026-10-25T02:30:00.000Z', 'dimanche 25 octobre à 3 h 30', 'Sunday 25 October at 03:30'],
    ['2026-12-31T23:30:00.000Z', 'vendredi 1er janvier à 0 h 30', 'Friday 1 January at 00:30'],
  ])('%s is told in Paris time', (at, french, english) => {
    expect([plain(fr.instant(at)), plain(en.instant(at))]).toEqual([french, english]);
  });

  test.each([
    ['2026-12-31T22:59:59.999Z', '2026-12-31'],
    ['2026-12-31T23:00:00.000Z', '2027-01-01'],
    ['2026-06-30T21:59:59.999Z', '2026-06-30'],
    ['2026-06-30T22:00:00.000Z', '2026-07-01'],
  ])('%s is on the day %s in Paris', (at, day) => expect(dayAt(at)).toBe(day));
});
