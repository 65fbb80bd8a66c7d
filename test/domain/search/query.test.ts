import { parseQuery } from '../../../src/domain/search/query.js';

test.each([
  ['41', { by: 'number', number: 41 }],
  ['n° 41', { by: 'number', number: 41 }],
  ['N°41', { by: 'number', number: 41 }],
  ['no. 41', { by: 'number', number: 41 }],
  ['demande n° 41', { by: 'number', number: 41 }],
  ['Request no. 41', { by: 'number', number: 41 }],
  ['2027', { by: 'number', number: 2027 }],
  ['janvier 2027', { by: 'month', month: '2027-01' }],
  ['Février 2027', { by: 'month', month: '2027-02' }],
  ['august 2026', { by: 'month', month: '2026-08' }],
  ['2027-01', { by: 'month', month: '2027-01' }],
  ['01/2027', { by: 'month', month: '2027-01' }],
  ['mars', { by: 'month', month: '2027-03' }],
  ['Décembre', { by: 'month', month: '2026-12' }],
  ['september', { by: 'month', month: '2026-09' }],
  ['Avril Exemple', { by: 'name', words: ['avril', 'exemple'] }],
  ['2027 13', { by: 'name', words: ['2027', '13'] }],
  ['0932030b', { by: 'uai', uai: '0932030B' }],
  ['0932030c', { by: 'name', words: ['0932030c'] }],
  ['Inès EXEMPLE', { by: 'name', words: ['ines', 'exemple'] }],
  ['41 rue Jean', { by: 'name', words: ['41', 'rue', 'jean'] }],
  ['Зоя', { by: 'name', words: ['зоя'] }],
  ['', undefined],
  [' ?! ', undefined],
])('“%s”', (text, query) => {
  expect(parseQuery(text, '2026-11-26')).toEqual(query);
});
