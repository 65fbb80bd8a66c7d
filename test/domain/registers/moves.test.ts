import type { Entry, EntryRow } from '../../../src/domain/registers/entry.js';
import {
  type EntryKind,
  type EntryState,
  entryKinds,
  entryStates,
} from '../../../src/domain/registers/kinds.js';
import { checkEntryMove, possibleMoves } from '../../../src/domain/registers/moves.js';
import { type EntryMove, entryMoves, type Note, notesOf } from '../../../src/domain/registers/table.js';
import { anEntry } from '../../support/builders.js';

const moves = Object.keys(entryMoves) as EntryMove[];
const note: Note = { day: '2026-11-05', office: 'Ministère, DGESCO', text: 'Courrier du jour.' };
const during = '2026-11-10';
const after = '2027-06-10';

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

/** Every move that is allowed with all that can be noted: of what, from what, to what, and if not always, when. */
const allowed = `
enter            committee     none        planned
enter            communication none        requested
enter            logo          none        requested
enter            formal-notice none        running
enter            tool          none        listed
enter            termination   none        notified
enter            conciliation  none        opened
edit             committee     planned     planned
edit             committee     held        held
edit             committee     minuted     minuted
edit             communication requested   requested
edit             logo          requested   requested
edit             formal-notice running     running
edit             tool          listed      listed
edit             tool          asked       asked
edit             tool          not-cleared not-cleared
edit             tool          cleared     cleared
edit             tool          in-use      in-use
edit             termination   notified    notified
edit             conciliation  opened      opened
hold             committee     planned     held
receiveMinutes   committee     held        minuted
validateMinutes  committee     minuted     validated
agree            communication requested   agreed
agree            logo          requested   agreed
refuse           communication requested   refused
refuse           logo          requested   refused
publish          communication agreed      published
publish          logo          agreed      published
remedy           formal-notice running     remedied
lapse            formal-notice running     lapsed      after
askClearance     tool          listed      asked
askClearance     tool          not-cleared asked
clear            tool          asked       cleared
denyClearance    tool          asked       not-cleared
signAmendment    tool          listed      listed      collecting
signAmendment    tool          asked       asked       collecting
signAmendment    tool          not-cleared not-cleared collecting
signAmendment    tool          cleared     cleared     collecting
signAmendment    tool          in-use      in-use      collecting
use              tool          cleared     in-use      amended
retire           tool          in-use      retired
takeEffect       termination   notified    effective   after
settle           conciliation  opened      settled
fail             conciliation  opened      failed
abandon          committee     planned     abandoned
abandon          committee     held        abandoned
abandon          committee     minuted     abandoned
abandon          committee     validated   abandoned
abandon          communication requested   abandoned
abandon          communication agreed      abandoned
abandon          communication published   abandoned
abandon          communication refused     abandoned
abandon          logo          requested   abandoned
abandon          logo          agreed      abandoned
abandon          logo          published   abandoned
abandon          logo          refused     abandoned
abandon          formal-notice running     abandoned
abandon          formal-notice remedied    abandoned
abandon          formal-notice lapsed      abandoned
abandon          tool          listed      abandoned
abandon          tool          asked       abandoned
abandon          tool          cleared     abandoned
abandon          tool          not-cleared abandoned
abandon          tool          in-use      abandoned
abandon          tool          retired     abandoned
abandon          termination   notified    abandoned
abandon          termination   effective   abandoned
abandon          conciliation  opened      abandoned
abandon          conciliation  settled     abandoned
abandon          conciliation  failed      abandoned
`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

const amended = [row('signAmendment', '2026-11-04', 'listed', 'listed')];
/** The circumstances on which a move may depend. */
const circumstances = {
  during: { today: during, more: {} },
  after: { today: after, more: {} },
  collecting: { today: during, more: { collects: true } },
  amended: { today: during, more: { collects: true, history: amended } },
} as const;
type Circumstance = keyof typeof circumstances;

/** In which circumstances a row of the table holds. */
const holdsIn = (when: string | undefined, c: Circumstance): boolean => {
  if (when === undefined) return true;
  if (when === 'amended') return c !== 'collecting';
  return when === c || (when === 'collecting' && c === 'amended');
};

describe.each(Object.keys(circumstances) as Circumstance[])('the moves of all registers, %s', (c) => {
  const { today, more } = circumstances[c];
  // On the day itself: a termination takes effect months after its receipt.
  const noted = { ...note, ...(c === 'after' ? { day: after } : {}) };

  test('are these and no others', () => {
    const found = moves.flatMap((move) =>
      entryKinds.flatMap((kind) =>
        (['none', ...entryStates[kind]] as const).flatMap((state) => {
          const entry = state === 'none' ? undefined : inState(kind, state, more);
          // A remedy is noted for a day within the time of the notice.
          const on = move === 'remedy' ? note : noted;
          const verdict = checkEntryMove(move, kind, entry, today, on);
          return verdict.ok ? `${move} ${kind} ${state} ${verdict.to}` : [];
        }),
      ),
    );
    const expected = allowed.flatMap(([move, kind, from, to, when]) =>
      holdsIn(when, c) ? `${move} ${kind} ${from} ${to}` : [],
    );
    expect(found.sort()).toEqual(expected.sort());
  });

  test('are offered as they are possible, except an edit', () => {
    for (const kind of entryKinds)
      for (const state of entryStates[kind]) {
        const expected = allowed.flatMap(([move, of, from, , when]) =>
          of === kind && from === state && move !== 'edit' && holdsIn(when, c) ? move : [],
        );
        expect(possibleMoves(inState(kind, state, more), today).sort()).toEqual(expected.sort());
      }
  });
});

test.each([
  ['publish', 'communication', 'requested', 'not-agreed'],
  ['publish', 'logo', 'requested', 'not-agreed'],
  ['publish', 'logo', 'refused', 'not-agreed'],
  ['publish', 'communication', 'published', 'moved'],
  ['publish', 'communication', 'abandoned', 'moved'],
  ['agree', 'communication', 'agreed', 'moved'],
  ['agree', 'communication', 'published', 'moved'],
  ['edit', 'communication', 'agreed', 'agreed-as-is'],
  ['edit', 'communication', 'published', 'moved'],
  ['edit', 'committee', 'validated', 'moved'],
  ['use', 'tool', 'listed', 'not-cleared'],
  ['use', 'tool', 'asked', 'not-cleared'],
  ['use', 'tool', 'not-cleared', 'not-cleared'],
  ['use', 'tool', 'in-use', 'moved'],
  ['clear', 'tool', 'listed', 'not-asked'],
  ['denyClearance', 'tool', 'listed', 'not-asked'],
  ['clear', 'tool', 'cleared', 'moved'],
  ['signAmendment', 'tool', 'cleared', 'nothing-collected'],
  ['signAmendment', 'tool', 'retired', 'moved'],
  ['receiveMinutes', 'committee', 'planned', 'not-held'],
  ['validateMinutes', 'committee', 'planned', 'not-held'],
  ['validateMinutes', 'committee', 'held', 'no-minutes'],
  ['lapse', 'formal-notice', 'running', 'not-over'],
  ['lapse', 'formal-notice', 'remedied', 'moved'],
  ['takeEffect', 'termination', 'notified', 'before-term'],
  ['settle', 'conciliation', 'failed', 'moved'],
  ['abandon', 'logo', 'abandoned', 'moved'],
  ['hold', 'tool', 'listed', 'moved'],
  ['enter', 'tool', 'listed', 'moved'],
] as const)('%s of a %s that is %s is refused: %s', (move, kind, state, because) => {
  expect(checkEntryMove(move, kind, inState(kind, state), during, note)).toMatchObject({
    ok: false,
    because,
  });
});

test.each(
  moves.filter((move) => move !== 'enter' && move !== 'edit'),
)('%s needs what the table says, and no more', (move) => {
  const [, kind = '', from = ''] = allowed.find(([name]) => name === move) ?? [];
  const more = { collects: true, history: amended };
  const entry = inState(kind as EntryKind, from as EntryState, more);
  const full = { ...note, day: move === 'takeEffect' ? after : note.day } as Note;
  const because = (noted: Note) => {
    const verdict = checkEntryMove(move, entry.kind, entry, after, noted);
    return verdict.ok ? 'ok' : verdict.because;
  };
  expect(because(full)).toBe('ok');
  for (const name of ['day', 'office', 'text'] as const) {
    const { [name]: _, ...rest } = full;
    const expected = notesOf(move)[name] === 'required' ? `${name}-missing` : 'ok';
    expect([name, because(rest), because({ ...rest, [name]: ' ' })]).toEqual([name, expected, expected]);
  }
});

test('kinds share the name of a state only if they share its moves', () => {
  for (const state of new Set(Object.values(entryStates).flat())) {
    const kinds = entryKinds.filter((kind) => (entryStates[kind] as readonly string[]).includes(state));
    const possible = kinds.map((kind) => possibleMoves(inState(kind, state), during).join());
    expect([state, new Set(possible).size]).toEqual([state, 1]);
  }
});
