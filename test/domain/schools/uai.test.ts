import fc from 'fast-check';
import {
  addKeyLetter,
  departementOf,
  findAcademie,
  findUaiLike,
  locateByDepartement,
  locateByUai,
  parseUai,
  uaiPrefix,
} from '../../../src/domain/schools/uai.js';
import { calendar } from '../../support/builders.js';

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const digits = fc.integer({ min: 0, max: 9_999_999 }).map((n) => String(n).padStart(7, '0'));

describe('a UAI code', () => {
  test.each([
    ['0932030b', '0932030B'],
    ['0932030B', '0932030B'],
    [' 0932030b ', '0932030B'],
    ['0932030C', undefined],
    ['093203B', undefined],
    ['09320300B', undefined],
    ['0932030', undefined],
    ['0932030BB', undefined],
    ['093 2030B', undefined],
    ['', undefined],
  ])('written %j is read as %s', (text, uai) => expect(parseUai(text)).toBe(uai));

  test('has exactly one valid key letter, never I, O or Q', () => {
    fc.assert(
      fc.property(digits, (number) => {
        const valid = alphabet.filter((letter) => parseUai(number + letter));
        expect(valid).toHaveLength(1);
        expect(['I', 'O', 'Q']).not.toContain(valid[0]);
        expect(parseUai(number + valid[0]?.toLowerCase())).toBe(number + valid[0]);
      }),
    );
  });

  test('with one digit mistyped is refused', () => {
    fc.assert(
      fc.property(digits, fc.nat(6), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const letter = alphabet.find((l) => parseUai(number + l));
        const wrong = [...number];
        wrong[at] = String((Number(wrong[at]) + by) % 10);
        expect(parseUai(wrong.join('') + letter)).toBeUndefined();
      }),
    );
  });

  test('is found in a text, right or wrong, and in nothing longer', () => {
    expect(findUaiLike('Collège Fictif (0932030b), ou 0932030C ?')).toEqual(['0932030b', '0932030C']);
    expect(findUaiLike('10932030B, 0932030BX, le 12/03, 93200')).toEqual([]);
  });
});

describe('the département of a school', () => {
  test.each([
    ['0932030B', '93'],
    ['0010001W', '01'],
    ['6200001G', '2A'],
    ['7200001U', '2B'],
    ['9740001C', '974'],
    ['9880001F', '988'],
  ])('of %s is %s', (uai, departement) => expect(departementOf(uai)).toBe(departement));

  test('leads to one académie, for every département of data/academies.json', () => {
    for (const { departements } of calendar.academies)
      for (const d of departements) {
        expect(departementOf(`${uaiPrefix(d)}0001X`)).toBe(d);
        expect(calendar.academies.filter((a) => a.departements.includes(d))).toHaveLength(1);
      }
  });

  test.each([
    ['0750001', '75', 'Paris', 'C'],
    ['0010001', '01', 'Lyon', 'A'],
    ['0930001', '93', 'Créteil', 'C'],
    ['0570001', '57', 'Nancy-Metz', 'B'],
    ['6200001', '2A', 'Corse', 'Corse'],
    ['7200001', '2B', 'Corse', 'Corse'],
    ['9710001', '971', 'Guadeloupe', 'Guadeloupe'],
    ['9740001', '974', 'La Réunion', 'Réunion'],
    ['9750001', '975', 'Saint-Pierre-et-Miquelon', 'Saint-Pierre-et-Miquelon'],
    ['9770001', '977', 'Guadeloupe', 'Saint-Barthélemy'],
    ['9880001', '988', 'Nouvelle-Calédonie', 'Nouvelle-Calédonie'],
  ])('of %s leads to %s, %s and the zone %s', (digits, departement, name, zone) => {
    const uai = addKeyLetter(digits);
    expect(parseUai(uai)).toBe(uai);
    const place = locateByUai(uai, calendar.academies);
    expect(place).toMatchObject({ departement, zone, academie: { name, departements: [departement] } });
    expect(locateByDepartement(departement, calendar.academies)).toEqual(place);
    expect(findAcademie(departement, calendar.academies)).toEqual(place?.academie);
  });

  // Before 1976 Corse was 20; 096 is no département; 991 and above are schools abroad.
  test.each(['0200001', '0960001', '9910001', '0000001', '9790001'])('of %s leads nowhere', (digits) => {
    expect(locateByUai(addKeyLetter(digits), calendar.academies)).toBeUndefined();
  });
});
