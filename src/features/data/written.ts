import type { Action, HistoryRow } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import type { Own } from './read.js';

/** What somebody typed that is kept with an action. */
interface Typed {
  readonly remark: string | undefined;
  readonly expected: string | undefined;
  /** About how it went. */
  readonly text: string | undefined;
  readonly why: string | undefined;
}

/** Moves with which a coordinator sends the texts of a session. */
const writingMoves: ReadonlySet<string> = new Set(['publish', 'edit']);

/**
 * What somebody typed in an action.
 * @param moves their moves; who publishes or changes a session sends its texts
 */
export function typedIn(action: Action, id: string, moves: readonly HistoryRow[]): Typed {
  const { outcome, contradiction, corrected } = action;
  const isWriter =
    [action.createdBy, action.enteredBy].includes(id) ||
    moves.some((row) => row.by === id && row.actionId === action.id && writingMoves.has(row.move));
  const about = [outcome, contradiction].flatMap((said) => (said?.by === id ? (said.remark ?? []) : []));
  return {
    remark: isWriter ? action.remark : undefined,
    expected: isWriter ? action.expected : undefined,
    text: about.join('\n') || undefined,
    why: corrected?.by === id ? corrected.why : undefined,
  };
}

/** The actions in which they have no part themselves and did something, with what they typed there. */
export async function readWritten(
  reader: Reader,
  { person: { id }, engagements, moves }: Own,
): Promise<{ readonly action: Action; readonly typed: Typed }[]> {
  const own = new Set(engagements.map(({ action }) => action.id));
  const others = new Set(
    moves.flatMap(({ by, actionId }) => (by === id && !own.has(actionId) ? actionId : [])),
  );
  const actions = await Promise.all([...others].map((actionId) => reader.get('actions', actionId)));
  return actions.flatMap((action) => {
    const typed = action && typedIn(action, id, moves);
    return typed && Object.values(typed).some(Boolean) ? { action, typed } : [];
  });
}
