import type { Entry, EntryRow } from '../../../src/domain/registers/entry.js';
import type { EntryKind, EntryState } from '../../../src/domain/registers/kinds.js';
import { checkEntryMove } from '../../../src/domain/registers/moves.js';
import type { EntryMove, Note } from '../../../src/domain/registers/table.js';
import { anEntry } from '../../support/builders.js';

const note: Note = { day: '2026-11-05', office: 'Ministère, DGESCO', text: 'Courrier du jour.' };
const during = '2026-11-10';

/** A row that says no more than its move and its day. */
const row = (move: EntryMove, day: string, from: EntryState, to: EntryState): EntryRow => ({
  id: move,
  move,
  from,
  to,
  by: 'hugo',
  at: '2026-11-05T08:00:00.000Z',
  day,
});

/** Since 3 November 2026, collecting no personal data. */
const inState = (kind: EntryKind, state: EntryState, more: Partial<Entry> = {}): Entry =>
  anEntry({ kind, state, day: '2026-11-03', ...more });

const amended = [row('signAmendment', '2026-11-04', 'listed', 'listed')];

describe('the day of a move', () => {
  const published = (day: string) =>
    checkEntryMove(
      'publish',
      'communication',
      inState('communication', 'agreed', { history: [row('agree', '2026-11-06', 'requested', 'agreed')] }),
      during,
      { day },
    );

  test.each([
    ['2026-11-05', { ok: false, because: 'day-order', day: '2026-11-06' }],
    ['2026-11-06', { ok: true, to: 'published' }],
    ['2026-11-10', { ok: true, to: 'published' }],
    ['2026-11-11', { ok: false, because: 'day-ahead' }],
  ])('is not before the agreement, nor to come: %s', (day, verdict) =>
    expect(published(day)).toEqual(verdict));

  test('is not before the request itself', () => {
    const asked = inState('communication', 'requested');
    expect(checkEntryMove('agree', 'communication', asked, during, { ...note, day: '2026-11-02' })).toEqual({
      ok: false,
      because: 'day-order',
      day: '2026-11-03',
    });
  });

  test('of an edit in between does not count', () => {
    const history = [
      row('agree', '2026-11-06', 'requested', 'agreed'),
      row('edit', '2026-11-09', 'agreed', 'agreed'),
    ];
    const entry = inState('communication', 'agreed', { history });
    expect(checkEntryMove('publish', 'communication', entry, during, { day: '2026-11-06' }).ok).toBe(true);
  });

  test('of a use is after the clearance and the amendment, which may come in any order', () => {
    const clearedAt = (day: string) => row('clear', day, 'asked', 'cleared');
    const signed = (day: string) => row('signAmendment', day, 'cleared', 'cleared');
    const first = (collects: boolean, ...history: EntryRow[]) => {
      const tool = anEntry({ kind: 'tool', state: 'cleared', collects, history });
      const verdict = checkEntryMove('use', 'tool', tool, during, { day: '2026-01-01' });
      return verdict.ok ? 'any' : verdict.day;
    };
    expect(first(true, clearedAt('2026-11-02'), signed('2026-10-30'))).toBe('2026-11-02');
    expect(first(true, clearedAt('2026-11-02'), signed('2026-11-09'))).toBe('2026-11-09');
    expect(first(false, clearedAt('2026-11-02'), signed('2026-11-09'))).toBe('2026-11-02');
    const earlier = anEntry({
      kind: 'tool',
      state: 'cleared',
      collects: true,
      history: [clearedAt('2026-11-02')],
    });
    expect(checkEntryMove('signAmendment', 'tool', earlier, during, { ...note, day: '2026-10-30' }).ok).toBe(
      true,
    );
  });
});

describe('a formal notice received on 3 November 2026', () => {
  const notice = inState('formal-notice', 'running');
  const on = (move: EntryMove, today: string, day = today) =>
    checkEntryMove(move, 'formal-notice', notice, today, { day, text: 'Le logo est retiré.' });

  test.each([
    ['2026-11-03', '2026-11-03', { ok: true, to: 'remedied' }],
    ['2026-11-11', '2026-11-11', { ok: true, to: 'remedied' }],
    ['2026-11-12', '2026-11-12', { ok: false, because: 'over-time', day: '2026-11-11' }],
    // It was in time, and is noted later.
    ['2026-11-20', '2026-11-11', { ok: true, to: 'remedied' }],
    ['2026-11-20', '2026-11-02', { ok: false, because: 'day-order', day: '2026-11-03' }],
  ])('on %s, a remedy of %s', (today, day, verdict) => expect(on('remedy', today, day)).toEqual(verdict));

  test('has not lapsed on its last day, and may have the day after', () => {
    expect(on('lapse', '2026-11-11')).toEqual({ ok: false, because: 'not-over', day: '2026-11-11' });
    expect(on('lapse', '2026-11-12')).toEqual({ ok: true, to: 'lapsed' });
  });
});

describe('a termination', () => {
  const takesEffect = (received: string, today: string, due?: string) => {
    const entry = anEntry({ kind: 'termination', state: 'notified', day: received, ...(due && { due }) });
    return checkEntryMove('takeEffect', 'termination', entry, today, { day: today });
  };

  test.each([
    ['2026-11-03', '2027-05-02', '2027-05-03'],
    ['2026-08-31', '2027-02-27', '2027-02-28'],
    ['2027-08-31', '2028-02-28', '2028-02-29'],
  ])('received on %s: not on %s, and from %s on', (received, early, first) => {
    expect(takesEffect(received, early)).toEqual({ ok: false, because: 'before-term', day: first });
    expect(takesEffect(received, first)).toEqual({ ok: true, to: 'effective' });
  });

  test('takes effect on the later day that its notice names, and not on a day before it', () => {
    expect(takesEffect('2026-11-03', '2027-06-30', '2027-07-01')).toMatchObject({ day: '2027-07-01' });
    const entry = anEntry({ kind: 'termination', state: 'notified', day: '2026-11-03' });
    expect(checkEntryMove('takeEffect', 'termination', entry, '2027-06-01', { day: '2027-05-02' })).toEqual({
      ok: false,
      because: 'before-term',
      day: '2027-05-03',
    });
  });
});

test('a tool that collects personal data is not used without its amendment, and one that does not needs none', () => {
  const use = (collects: boolean, history: EntryRow[] = []) =>
    checkEntryMove(
      'use',
      'tool',
      anEntry({ kind: 'tool', state: 'cleared', collects, history }),
      during,
      note,
    );
  expect(use(true)).toEqual({ ok: false, because: 'no-amendment' });
  expect(use(true, amended)).toEqual({ ok: true, to: 'in-use' });
  expect(use(false)).toEqual({ ok: true, to: 'in-use' });
});
