import { formalNoticeEnd } from '../convention/deadlines.js';
import type { Day } from '../days.js';
import { dueDay, type Entry, findNote } from './entry.js';
import { type EntryKind, type EntryState, entryStates } from './kinds.js';
import {
  type EntryMove,
  type EntryRefusal,
  type EntryRule,
  entryMoves,
  formMoves,
  type Note,
} from './table.js';

export type EntryVerdict =
  | { readonly ok: true; readonly to: EntryState }
  | {
      readonly ok: false;
      readonly because: EntryRefusal;
      /** The first or last day that would do, if it is a matter of days. */
      readonly day?: Day;
    };

/**
 * Whether an entry may make a move now (articles 5 to 7 and 9).
 * @param entry nothing for one that is not stored yet
 * @param note what was typed; without it, only the state is asked whether the move is possible
 */
export function checkEntryMove(
  move: EntryMove,
  kind: EntryKind,
  entry: Entry | undefined,
  today: Day,
  note?: Note,
): EntryVerdict {
  const rule: EntryRule = entryMoves[move];
  const state = entry?.state ?? 'none';
  if (!rule.from.includes(state))
    return { ok: false, because: (state !== 'none' && rule.before?.[state]) || 'moved' };
  const refused = entry && (checkState(rule, entry, today) ?? (note && checkNote(rule, entry, today, note)));
  if (refused) return refused;
  if (rule.to === 'first') return { ok: true, to: entryStates[kind][0] };
  return { ok: true, to: rule.to === 'same' ? (state as EntryState) : rule.to };
}

type Refused = Extract<EntryVerdict, { ok: false }>;

/** What forbids a move whatever is noted with it. */
function checkState({ requires }: EntryRule, entry: Entry, today: Day): Refused | undefined {
  const refuse = (because: EntryRefusal, day?: Day): Refused => ({ ok: false, because, ...(day && { day }) });
  const end = entry.day && formalNoticeEnd(entry.day);
  const due = dueDay(entry);
  if (requires === 'amendment' && lacksAmendment(entry)) return refuse('no-amendment');
  if (requires === 'collection' && !entry.collects) return refuse('nothing-collected');
  if (requires === 'time-over' && end && today <= end) return refuse('not-over', end);
  if (requires === 'term' && due && today < due) return refuse('before-term', due);
  return undefined;
}

/** Whether a tool collects personal data of pupils or teachers without a signed amendment (article 7). */
export const lacksAmendment = (entry: Pick<Entry, 'collects' | 'history'>): boolean =>
  entry.collects === true && findNote(entry, 'signAmendment') === undefined;

/** What is wrong with what is noted. */
function checkNote(rule: EntryRule, entry: Entry, today: Day, note: Note): Refused | undefined {
  const { notes = {}, requires } = rule;
  for (const name of ['day', 'office', 'text'] as const)
    if (notes[name] === 'required' && !note[name]?.trim()) return { ok: false, because: `${name}-missing` };
  const { day } = note;
  if (!notes.day || day === undefined) return undefined;
  if (day > today) return { ok: false, because: 'day-ahead' };
  const earliest = earliestDay(rule, entry);
  if (earliest && day < earliest) return { ok: false, because: 'day-order', day: earliest };
  const last = entry.day && formalNoticeEnd(entry.day);
  if (requires === 'in-time' && last && day > last) return { ok: false, because: 'over-time', day: last };
  const due = dueDay(entry);
  if (requires === 'term' && due && day < due) return { ok: false, because: 'before-term', day: due };
  return undefined;
}

/**
 * The day before which a move cannot have been made: that of the beginning, and of what led to the present state. An
 * amendment is signed apart from the clearance, but before the tool is used.
 */
function earliestDay({ to, requires }: EntryRule, entry: Entry): Day | undefined {
  const last = to === 'same' ? undefined : entry.history.findLast((row) => row.from !== row.to);
  const amendment = requires === 'amendment' && entry.collects ? findNote(entry, 'signAmendment') : undefined;
  return [entry.day, last?.day, amendment?.day].reduce((a, b) => (a && b ? (a > b ? a : b) : (a ?? b)));
}

/** The moves that an entry may make now, besides an edit, in the order of the table. */
export const possibleMoves = (entry: Entry, today: Day): EntryMove[] =>
  formMoves.filter((move) => checkEntryMove(move, entry.kind, entry, today).ok);
