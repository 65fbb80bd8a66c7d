import { type Ending, findEnding } from '../../../src/domain/registers/ending.js';
import type { Entry } from '../../../src/domain/registers/entry.js';
import { aConvention, anEntry } from '../../support/builders.js';

const termination = (day: string, more: Partial<Entry> = {}): Entry =>
  anEntry({ kind: 'termination', state: 'notified', day, ...more });
const effective = (day: string, effect: string, more: Partial<Entry> = {}): Entry =>
  termination(day, {
    state: 'effective',
    history: [
      {
        id: 'effect',
        move: 'takeEffect',
        from: 'notified',
        to: 'effective',
        by: 'hugo',
        at: '2027-05-10T08:00:00.000Z',
        day: effect,
      },
    ],
    ...more,
  });
const notice = (day: string, state: Entry['state']): Entry => anEntry({ kind: 'formal-notice', state, day });
const early = (day: string, article: 6 | 9): Ending => ({ ended: { day, article } });
const notified = (receivedOn: string, day: string): Ending => ({ notified: { receivedOn, day } });

/** Signed on 15 January 2025, for three years: its last day is 14 January 2028. */
const dates = aConvention({ signedOn: '2025-01-15' });

test.each<[string, Entry[], Ending]>([
  ['nothing is entered', [], {}],
  ['a termination is received', [termination('2026-11-05')], notified('2026-11-05', '2027-05-05')],
  [
    'it is to take effect later than it might',
    [termination('2026-11-05', { due: '2027-06-30' })],
    notified('2026-11-05', '2027-06-30'),
  ],
  [
    'of two that are received, the earlier counts',
    [termination('2026-12-05'), termination('2026-11-05')],
    notified('2026-11-05', '2027-05-05'),
  ],
  ['its effect is noted', [effective('2026-11-05', '2027-05-07')], early('2027-05-07', 9)],
  ['it is abandoned, before its effect', [termination('2026-11-05', { state: 'abandoned' })], {}],
  ['or after it', [effective('2026-11-05', '2027-05-05', { state: 'abandoned' })], {}],
  ['a formal notice runs', [notice('2026-11-03', 'running')], {}],
  ['what it asked for is put right', [notice('2026-11-03', 'remedied')], {}],
  ['it has lapsed, on its last day', [notice('2026-11-03', 'lapsed')], early('2026-11-11', 6)],
  [
    'of what has ended it, the first counts',
    [effective('2026-11-05', '2027-05-05'), notice('2026-11-03', 'lapsed'), termination('2026-11-01')],
    early('2026-11-11', 6),
  ],
  [
    'all of it was of the convention before this one',
    [effective('2024-05-05', '2024-12-05'), notice('2024-11-03', 'lapsed'), termination('2024-12-01')],
    {},
  ],
  ['it took effect when the term was over', [effective('2027-07-14', '2028-01-14')], {}],
  [
    'a conciliation is under way',
    [anEntry({ kind: 'conciliation', state: 'opened', day: '2026-11-05' })],
    {},
  ],
])('%s', (_, entries, expected) => expect(findEnding(entries, dates)).toEqual(expected));

test('a convention ends by its registers while its date of signature is not known, too', () => {
  expect(findEnding([effective('2026-11-05', '2027-05-05')], aConvention())).toEqual(early('2027-05-05', 9));
  expect(findEnding([termination('2026-11-05')], aConvention())).toEqual(
    notified('2026-11-05', '2027-05-05'),
  );
});
