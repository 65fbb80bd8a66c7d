import fc from 'fast-check';
import {
  cleanText,
  readChoices,
  readSwitch,
  readText,
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
