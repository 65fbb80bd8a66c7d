import { academiesIn, areaOf, isInArea, listRegions, toArea } from '../../../src/domain/report/area.js';
import { readCalendar } from '../../../src/reference/calendar/read-calendar.js';

const calendar = readCalendar('data');
const schools = { byUai: () => undefined };
const context = { calendar, schools };

describe('an area', () => {
  it.each([
    ['a code', '10', ['10']],
    ['a région', 'Auvergne-Rhône-Alpes', ['06', '08', '10']],
    ['a région of one académie', 'Bretagne', ['14']],
    ['everywhere', '', []],
    ['nothing that is known', '99', []],
  ])('has the académies of %s', (_, area, codes) => {
    expect(academiesIn(area, calendar).toSorted()).toEqual(codes);
    expect(toArea(area, calendar)).toBe(codes.length > 0 ? area : '');
  });

  it.each([
    ['one', ['10'], '10'],
    ['all of a région, in any order', ['10', '06', '08'], 'Auvergne-Rhône-Alpes'],
    ['some of a région', ['10', '06'], ''],
    ['those of two régions', ['06', '08', '10', '14'], ''],
    ['none', [], ''],
    ['an unknown one', ['99'], ''],
  ])('is found from the codes of its académies: %s', (_, codes, area) => {
    expect(areaOf(codes, calendar)).toBe(area);
  });

  it('no région is called like a code', () => {
    expect(listRegions(calendar.academies).filter((name) => /^\d\d$/.test(name))).toEqual([]);
  });
});

describe('an action is in an area', () => {
  // 0690001B is a code of the Rhône (Lyon), 0750001U of Paris.
  it.each([
    ['everywhere', {}, '', true],
    ['by one of its académies', { academies: ['25', '10'] }, '10', true],
    ['by the région of one of them', { academies: ['25', '10'] }, 'Île-de-France', true],
    ['not by another', { academies: ['25', '10'] }, '14', false],
    ['by its school, whatever its académies', { academies: ['25'], schools: ['0690001B'] }, '10', true],
    ['and then not by these', { academies: ['25'], schools: ['0690001B'] }, '25', false],
    ['by a code in the text that was typed', { academies: ['25'], school: 'Fictif 0690001B' }, '10', true],
    ['by its académies if the school is only a name', { academies: ['25'], school: 'Fictif' }, '25', true],
    [
      'by the schools that filled its places, not by those it was for',
      { academies: ['25'], schools: ['0750001U'], filled: [{ school: '0690001B', places: 1 }] },
      'Auvergne-Rhône-Alpes',
      true,
    ],
    ['by nothing if it has no place', { academies: [] }, '10', false],
  ])('%s', (_, place, area, isIn) => {
    expect(isInArea(area, { academies: [], ...place }, context)).toBe(isIn);
  });
});
