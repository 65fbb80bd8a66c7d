import {
  compareUrgency,
  daysLeft,
  dueDay,
  type EntryFacts,
  isWaiting,
  ownTool,
} from '../../../src/domain/registers/entry.js';
import { checkFacts } from '../../../src/domain/registers/facts.js';
import {
  type EntryKind,
  entryKinds,
  entryShapes,
  entryStates,
  kindsOf,
  registers,
} from '../../../src/domain/registers/kinds.js';
import { checkEntryMove, possibleMoves } from '../../../src/domain/registers/moves.js';
import { anEntry } from '../../support/builders.js';

const today = '2026-11-23';
const facts: EntryFacts = {
  title: 'Affiche du forum',
  party: 'company',
  day: '2026-11-20',
  due: '2027-05-20',
  collects: false,
};
const faultsOf = (kind: EntryKind, more: Partial<EntryFacts>) =>
  checkFacts(kind, { ...facts, ...more }, undefined, today).map(
    ({ field, because }) => `${field} ${because}`,
  );

test.each(entryKinds)('of a %s with all its facts nothing is wrong', (kind) => {
  expect(checkFacts(kind, facts, undefined, today)).toEqual([]);
});

test.each([
  ['committee', 'due'],
  ['communication', 'title party day'],
  ['logo', 'title party day'],
  ['formal-notice', 'title party day'],
  ['tool', 'title'],
  ['termination', 'party day'],
  ['conciliation', 'title party day'],
] as const)('a %s needs %s', (kind, fields) => {
  const missing = checkFacts(kind, { title: '' }, undefined, today);
  expect(missing).toEqual(fields.split(' ').map((field) => ({ field, because: `${field}-missing` })));
});

test.each([
  ['a day of tomorrow', 'logo', { day: '2026-11-24' }, 'day day-ahead'],
  ['a day of the last century', 'logo', { day: '1926-11-23' }, 'day too-old'],
  ['a day looked forward to in the last century', 'committee', { due: '1927-07-05' }, 'due too-old'],
  ['a day looked forward to in two hundred years', 'tool', { due: '2226-11-23' }, 'due too-far'],
  ['a publication before its request', 'communication', { due: '2026-11-19' }, 'due due-order'],
  ['a publication on the day of its request', 'communication', { due: '2026-11-20' }, ''],
  ['a termination a day too early', 'termination', { due: '2027-05-19' }, 'due before-term'],
  ['a termination after exactly six months', 'termination', { due: '2027-05-20' }, ''],
  ['a committee that has already met', 'committee', { due: '2026-07-06' }, ''],
] as const)('%s', (_, kind, more, fault) => {
  expect(faultsOf(kind, more)).toEqual(fault ? [fault] : []);
});

test('a termination whose month ends earlier may take effect on the last day of it', () => {
  const early = checkFacts(
    'termination',
    { ...facts, day: '2026-08-31', due: '2027-02-27' },
    undefined,
    today,
  );
  expect(early).toEqual([{ field: 'due', because: 'before-term', day: '2027-02-28' }]);
  expect(faultsOf('termination', { day: '2026-08-31', due: '2027-02-28' })).toEqual([]);
});

test('a tool in use does not begin to collect personal data without its amendment', () => {
  const begins = (state: 'in-use' | 'cleared', signed: boolean) =>
    checkFacts(
      'tool',
      { title: 'Blog', collects: true },
      anEntry({
        kind: 'tool',
        state,
        history: signed
          ? [{ id: 'f', move: 'signAmendment', from: state, to: state, by: 'hugo', at: '', day: today }]
          : [],
      }),
      today,
    );
  expect(begins('in-use', false)).toEqual([{ field: 'collects', because: 'no-amendment' }]);
  expect([begins('in-use', true), begins('cleared', false)]).toEqual([[], []]);
});

describe('the day that is waited for', () => {
  test.each([
    ['formal-notice', 'running', '2026-11-28', 5],
    ['formal-notice', 'remedied', undefined, undefined],
    ['termination', 'notified', '2027-07-01', 220],
    ['termination', 'effective', undefined, undefined],
    ['communication', 'requested', '2027-07-01', 220],
    ['logo', 'agreed', '2027-07-01', 220],
    ['logo', 'published', undefined, undefined],
    ['tool', 'cleared', '2027-07-01', 220],
    ['tool', 'in-use', undefined, undefined],
    ['committee', 'planned', '2027-07-01', 220],
    ['committee', 'held', undefined, undefined],
    ['conciliation', 'opened', '2027-07-01', 220],
    ['conciliation', 'abandoned', undefined, undefined],
  ] as const)('of a %s that is %s', (kind, state, day, left) => {
    const entry = anEntry({ kind, state, day: '2026-11-20', due: '2027-07-01' });
    expect([dueDay(entry), daysLeft(entry, today)]).toEqual([day, left]);
  });

  test('of a termination is six months after its receipt unless it names a later one', () => {
    expect(dueDay(anEntry({ kind: 'termination', state: 'notified', day: '2026-08-31' }))).toBe('2027-02-28');
  });

  test('is negative once it has passed', () => {
    expect(
      daysLeft(anEntry({ kind: 'formal-notice', state: 'running', day: '2026-11-03' }), '2026-11-13'),
    ).toBe(-2);
  });

  test('comes first in a list if it is nearest; what waits for none comes last, the latest first', () => {
    const entries = [
      anEntry({ id: 'old', since: '2026-11-01T08:00:00.000Z' }),
      anEntry({ id: 'late', due: '2027-01-10' }),
      anEntry({ id: 'new', since: '2026-11-02T08:00:00.000Z' }),
      anEntry({ id: 'soon', due: '2026-12-10' }),
    ];
    expect(entries.sort(compareUrgency).map(({ id }) => id)).toEqual(['soon', 'late', 'new', 'old']);
  });
});

test('something waits as long as somebody is expected to do something', () => {
  const waiting = entryKinds.map((kind) => [
    kind,
    entryStates[kind].filter((state) => isWaiting({ state })).join(' '),
  ]);
  expect(waiting).toEqual([
    ['committee', 'planned held minuted'],
    ['communication', 'requested agreed'],
    ['logo', 'requested agreed'],
    ['formal-notice', 'running'],
    ['tool', 'listed asked cleared'],
    ['termination', 'notified'],
    ['conciliation', 'opened'],
  ]);
});

test('every kind is in one register, and every register has some', () => {
  expect(registers.flatMap(kindsOf).sort()).toEqual([...entryKinds].sort());
  expect(
    registers.map((r) => [
      r,
      kindsOf(r)
        .map((kind) => entryShapes[kind].article)
        .join(),
    ]),
  ).toEqual([
    ['committees', '5'],
    ['communications', '6,6'],
    ['notices', '6'],
    ['tools', '7'],
    ['terminations', '9,9'],
  ]);
});

test('Passerelle is a tool that collects nothing and whose clearance is to be asked for', () => {
  expect(possibleMoves(ownTool, today)).toEqual(['askClearance', 'abandon']);
  expect(checkEntryMove('use', 'tool', ownTool, today)).toEqual({ ok: false, because: 'not-cleared' });
});
