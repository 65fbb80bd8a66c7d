import { type Entry, type EntryFacts, type EntryRow, ownTool } from '../../domain/registers/entry.js';
import { type EntryKind, entryShapes } from '../../domain/registers/kinds.js';
import { checkEntryMove } from '../../domain/registers/moves.js';
import type { EntryMove, EntryRefusal, Note } from '../../domain/registers/table.js';
import type { Day, Reader, Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { enqueueRedraws } from '../shared/records.js';
import { planClock } from './clock.js';

/** What every form of an entry carries. */
export interface EntryForm {
  readonly id: string;
  readonly formKey: string;
  /** The revision of the entry that the form was drawn from, see `revisionOf`. */
  readonly seen: number;
}

/** Counts the moves and edits of an entry; 0 for one that is not stored yet. */
export const revisionOf = (entry: Pick<Entry, 'history'> | undefined): number =>
  entry ? entry.history.length + 1 : 0;

/** An entry by its id. Passerelle's own is there before anybody has moved it. */
export const readEntry = async (reader: Reader, id: string): Promise<Entry | undefined> =>
  (await reader.get('entries', id)) ?? (id === ownTool.id ? ownTool : undefined);

/** @throws Refusal if there is none */
export async function requireEntry(reader: Reader, id: string): Promise<Entry> {
  const entry = await readEntry(reader, id);
  if (!entry) throw new Refusal('refusal.outdated');
  return entry;
}

export type WriteResult =
  | { readonly ok: true; readonly entry: Entry; readonly note: 'entered' | 'edited' | 'unchanged' | 'moved' }
  | {
      readonly ok: false;
      /** `changed`: it is still possible, but somebody has moved or edited the entry since the form was drawn. */
      readonly because: EntryRefusal | 'changed';
      readonly day?: Day;
      readonly entry: Entry;
    };

/** The facts of an entry, without those that are empty. */
const fieldsOf = ['title', 'party', 'day', 'due', 'collects', 'text'] as const;
const changedFacts = (before: EntryFacts, after: EntryFacts) =>
  fieldsOf.filter((field) => before[field] !== after[field]);

/**
 * Stores a new entry, or changes the facts of one. Sending the same form again changes nothing.
 * @throws Refusal if the form is for another entry
 */
export function saveEntry(
  actor: Actor,
  { id, formKey, seen }: EntryForm,
  kind: EntryKind,
  given: EntryFacts,
  services: Services,
): Promise<WriteResult> {
  return services.store.transact(async (tx) => {
    const before = await readEntry(tx, id);
    const note = seen === 0 ? 'entered' : 'edited';
    if (before && wasSent(before, formKey, actor)) return { ok: true, entry: before, note };
    if (before ? before.kind !== kind || seen === 0 : seen > 0) throw new Refusal('refusal.outdated');
    const move = before ? 'edit' : 'enter';
    const today = dayAt(services.clock.now());
    const verdict = checkEntryMove(move, kind, before, today);
    if (!verdict.ok) {
      if (!before) throw new Refusal('refusal.outdated');
      return { ...verdict, entry: before };
    }
    if (before && seen !== revisionOf(before)) return { ok: false, because: 'changed', entry: before };
    const changed = before && changedFacts(before, given);
    if (before && changed?.length === 0) return { ok: true, entry: before, note: 'unchanged' };
    const row = { id: formKey, move, from: before?.state ?? 'none', to: verdict.to, by: actor.id } as const;
    const after = { id, kind, state: verdict.to, ...given };
    return {
      ok: true,
      note,
      entry: await writeRow(tx, services, before, after, { ...row, ...(changed ? { changed } : {}) }),
    };
  });
}

/**
 * Makes a move of an entry, with what is noted. Sending the same form again changes nothing.
 * @throws Refusal if there is no such entry
 */
export function moveEntry(
  actor: Actor,
  { id, formKey, seen }: EntryForm,
  move: EntryMove,
  note: Note,
  services: Services,
): Promise<WriteResult> {
  return services.store.transact(async (tx) => {
    const before = await requireEntry(tx, id);
    if (wasSent(before, formKey, actor)) return { ok: true, entry: before, note: 'moved' };
    const verdict = checkEntryMove(move, before.kind, before, dayAt(services.clock.now()), note);
    // That somebody has moved it explains a refusal better than what is typed does.
    const isChanged = seen !== revisionOf(before);
    if (isChanged && isPossible(move, before, services))
      return { ok: false, because: 'changed', entry: before };
    if (!verdict.ok) return { ...verdict, entry: before };
    const { history, since: _, ...rest } = before;
    const row = { id: formKey, move, from: before.state, to: verdict.to, by: actor.id, ...note };
    const entry = await writeRow(tx, services, before, { ...rest, state: verdict.to }, row);
    return { ok: true, entry, note: 'moved' };
  });
}

const isPossible = (move: EntryMove, entry: Entry, { clock }: Services): boolean =>
  checkEntryMove(move, entry.kind, entry, dayAt(clock.now())).ok;

/**
 * Whether somebody has already sent this form.
 * @throws Refusal if it was somebody else
 */
function wasSent({ history }: Entry, formKey: string, actor: Actor): boolean {
  const sent = history.find(({ id }) => id === formKey);
  if (sent && sent.by !== actor.id) throw new Refusal('refusal.outdated');
  return sent !== undefined;
}

/** Writes an entry with a row more in its history, its tasks, and an update of every card that shows it. */
async function writeRow(
  tx: Transaction,
  services: Services,
  before: Entry | undefined,
  after: Omit<Entry, 'since' | 'history'>,
  row: Omit<EntryRow, 'at'>,
): Promise<Entry> {
  const at = services.clock.now();
  const history = [...(before?.history ?? []), { ...row, at }];
  const entry: Entry = { ...after, since: at, history };
  await tx.put('entries', entry);
  if (entryShapes[entry.kind].register === 'notices')
    await planClock(tx, services, entry, { isNew: !before });
  await enqueueRedraws(tx, services, entry.id, { by: row.by });
  return entry;
}
