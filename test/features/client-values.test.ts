import fc from 'fast-check';
import {
  cleanText,
  readChoices,
  readDay,
  readSwitch,
  readText,
  readTime,
  readWhole,
} from '../../src/features/shared/client-values.js';

/** Nothing of these is an answer to anything. */
const noValues = [{}, { value: 'true' }, [[]], [{ value: '1' }], () => 1, Symbol('x')];

describe('a switch', () => {
  it.each([true, 'true', 'True', 'TRUE', ' true ', 1, '1', 'on', 'yes', 'Oui', 'vrai'])('%p is on', (value) =>
    expect(readSwitch(value)).toBe(true));
  it.each([
    false,
    'false',
    'False',
    0,
    '0',
    'off',
    'no',
    'Non',
    'faux',
    '',
    null,
    undefined,
  ])('%p is off', (value) => expect(readSwitch(value)).toBe(false));
  it.each([
    ...noValues,
    'maybe',
    'truefalse',
    2,
    '10',
    'true,false',
    Number.NaN,
    [],
  ])('%p is neither', (value) => expect(readSwitch(value)).toBeUndefined());
});

describe('several choices', () => {
  it.each([
    ['1,2,3', ['1', '2', '3']],
    ['1;2;3', ['1', '2', '3']],
    ['1, 2 ;3,', ['1', '2', '3']],
    [
      ['1', '2', '3'],
      ['1', '2', '3'],
    ],
    [
      [1, 2],
      ['1', '2'],
    ],
    [
      ['1,2', '3'],
      ['1', '2', '3'],
    ],
    [
      ['2', '1', '2'],
      ['2', '1'],
    ],
    [1, ['1']],
    ['', []],
    [[], []],
    [null, []],
    [undefined, []],
  ])('%j is %j', (value, chosen) => expect(readChoices(value)).toEqual(chosen));

  it.each([
    {},
    [{ value: '1' }],
    [['1'], '2'],
    Array.from({ length: 201 }, (_, i) => i),
  ])('%j cannot be read', (value) => expect(readChoices(value)).toBeUndefined());

  it('is the same however it is joined', () => {
    const code = fc.stringMatching(/^[A-Z0-9]{1,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(code, { maxLength: 40 }), (codes) => {
        for (const sent of [codes, codes.join(','), codes.join(';'), codes.join(' , ')])
          expect(readChoices(sent)).toEqual(codes);
      }),
    );
  });
});

describe('a whole number', () => {
  it.each([
    ['10', 10],
    [' 10 ', 10],
    ['10.0', 10],
    ['10,0', 10],
    ['007', 7],
    ['0', 0],
    [0, 0],
    [3, 3],
    [3.0, 3],
  ])('%p is %p', (value, number) => expect(readWhole(value)).toBe(number));

  it.each(
    [
      ...noValues,
      '',
      null,
      undefined,
      '1e1',
      '0x10',
      '0b11',
      '+5',
      '-1',
      '1.5',
      1.5,
      -1,
      '1 000',
      '١٠',
      '10 ans',
    ].concat([Number.POSITIVE_INFINITY, 1e21, '9999999999', true] as never[]),
  )('%p is none', (value) => expect(readWhole(value)).toBeUndefined());

  it('is read back from its digits', () => {
    fc.assert(fc.property(fc.nat(), (n) => expect(readWhole(String(n % 1e9))).toBe(n % 1e9)));
  });
});

describe('a day', () => {
  it.each([
    '2027-01-18',
    ' 2027-01-18 ',
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
    ...noValues,
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
    20270118,
  ])('%p is none', (value) => {
    expect(readDay(value, 'fr')).toBeUndefined();
    expect(readDay(value, 'en')).toBeUndefined();
  });

  it('beyond any length is none, what follows included', () => {
    expect(readDay(`18/01/2027${' '.repeat(3000)}x`, 'fr')).toBeUndefined();
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
    ['5:30\u202fPM', '17:30'],
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
    ...noValues,
    '',
    '24:00',
    '9:60',
    '13:00 PM',
    '0:30 am',
    '9',
    9,
    '0930',
    'midi',
    '09:00Z',
    '9:0',
    '-9:00',
  ])('%p is none', (value) => expect(readTime(value)).toBeUndefined());
});

describe('a text', () => {
  it.each([
    ['e\u0301le\u0300ve', 'élève'],
    ['a\u0000b\u0007c', 'abc'],
    ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['abc\u202egnp.exe\u202c', 'abcgnp.exe'],
    ['\u2066a\u2069', 'a'],
    ['half \ud800 of one', 'half  of one'],
    ['one\ttab', 'one tab'],
    ['whole 👩‍🏫', 'whole 👩‍🏫'],
  ])('%j is kept as %j', (value, kept) => expect(cleanText(value)).toBe(kept));

  it('that is no text is told from one that is empty', () => {
    for (const value of noValues) expect(readText(value)).toBeUndefined();
    for (const value of ['', null, undefined]) expect(readText(value)).toBe('');
    expect(readText(3)).toBe('3');
  });

  it('is clean once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const kept = cleanText(text);
        expect(cleanText(kept)).toBe(kept);
        expect(kept).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|[\u202a-\u202e]/u);
      }),
    );
  });
});
