import { findCommittee } from '../../../src/domain/registers/committee.js';
import type { Entry, EntryRow } from '../../../src/domain/registers/entry.js';
import { anEntry } from '../../support/builders.js';

const planned = (id: string, due: string, more: Partial<Entry> = {}): Entry =>
  anEntry({ id, kind: 'committee', state: 'planned', due, history: [], ...more });
const held = (day: string): EntryRow => ({
  id: 'hold',
  move: 'hold',
  from: 'planned',
  to: 'held',
  by: 'hugo',
  at: '2027-07-08T08:00:00.000Z',
  day,
});
const find = (...entries: Entry[]) => {
  const found = findCommittee(entries, '2027-07-05');
  return found && [found.entry.id, found.day];
};

test.each<[string, Entry[], [string, string] | undefined]>([
  ['none is entered', [], undefined],
  ['it is planned for the day', [planned('a', '2027-07-05')], ['a', '2027-07-05']],
  ['two are near: the nearer', [planned('a', '2027-06-01'), planned('b', '2027-07-12')], ['b', '2027-07-12']],
  [
    'it met on another day than was planned',
    [planned('a', '2027-07-05', { state: 'held', history: [held('2027-07-08')] })],
    ['a', '2027-07-08'],
  ],
  ['it was put off by sixty days', [planned('a', '2027-09-03')], ['a', '2027-09-03']],
  [
    'one is sixty-one days away, and that of the year before',
    [planned('a', '2027-09-04'), planned('b', '2026-07-06')],
    undefined,
  ],
  ['it was abandoned', [planned('a', '2027-07-05', { state: 'abandoned' })], undefined],
  ['something else has that day', [planned('a', '2027-07-05', { kind: 'tool', state: 'listed' })], undefined],
])('the committee of 5 July 2027 is found in its register when %s', (_, entries, expected) => {
  expect(find(...entries)).toEqual(expected);
});
