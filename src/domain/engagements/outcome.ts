import { type Action, type Contradiction, type Engagement, isPlacement, type Kind } from '../action.js';
import type { Day } from '../days.js';
import { checkMove, type MoveRefusal, type Mover, passerelle } from './moves.js';

/** What somebody says about an action after its day. */
export interface Answer {
  readonly state: 'held' | 'not-held';
  readonly pupils: number;
  readonly remark?: string;
  /** Whoever answers says that it took place without them. */
  readonly away?: boolean;
  /** The employees who came, when a coordinator answers for all of them. */
  readonly attended?: ReadonlySet<string>;
}

type Engaged = Pick<Engagement, 'state' | 'employeeId'>;
type Verdict = { readonly ok: true } | { readonly ok: false; readonly because: MoveRefusal };

const isEngaged = ({ state }: Engaged) => state === 'approved' || state === 'attended' || state === 'absent';

/**
 * Whether somebody has something to say about an action: a coordinator or an employee engaged in it, from its last day
 * on, as long as nobody has answered or somebody has not said whether they were there.
 */
export function checkOutcome(
  mover: Mover,
  action: Pick<Action, 'state' | 'lastDay' | 'halfDays'>,
  engagements: readonly Engaged[],
  today: Day,
): Verdict {
  const waiting = engagements.filter((e) => e.state === 'approved');
  if (action.state !== 'open' && action.state !== 'held') return { ok: false, because: 'decided' };
  const own = waiting.some((e) => e.employeeId === mover.id);
  if (!mover.coordinator && !own) {
    const answered = engagements.some((e) => e.employeeId === mover.id && isEngaged(e));
    return { ok: false, because: answered ? 'decided' : 'not-yours' };
  }
  if (waiting.length === 0) return { ok: false, because: 'decided' };
  if (action.halfDays) return { ok: false, because: 'no-day' };
  if (today < action.lastDay) return { ok: false, because: 'too-early' };
  return { ok: true };
}

/** Whether an answer is heard, which may be another one than the first: from a coordinator or somebody engaged. */
export function checkAnswer(
  mover: Mover,
  action: Pick<Action, 'state' | 'lastDay' | 'halfDays'>,
  engagements: readonly Engaged[],
  today: Day,
): Verdict {
  if (action.state === 'open') return checkOutcome(mover, action, engagements, today);
  if (action.state === 'cancelled') return { ok: false, because: 'decided' };
  const engaged = engagements.filter(isEngaged);
  const may = mover.coordinator || engaged.some((e) => e.employeeId === mover.id);
  return may ? { ok: true } : { ok: false, because: 'not-yours' };
}

/**
 * What an answer means for the action. The first one counts. A different one changes nothing by itself: the
 * coordinators choose (`differs`), once (`settled`), and one contradiction at a time (`waits`). A number of pupils that
 * is about the same is not worth their choice (`about`); whoever may correct it replaces it (`corrected`).
 */
export type Meaning = 'first' | 'same' | 'about' | 'corrected' | 'differs' | 'waits' | 'settled';

/**
 * Whether two numbers of pupils are about the same: no more than a fifth apart at a meeting, where people estimate.
 * Every pupil of a placement has a place and an agreement (article 3).
 */
const isAbout = (kind: Kind, a: number, b: number): boolean =>
  !isPlacement(kind) && Math.abs(a - b) * 5 <= Math.max(a, b);

export function judgeAnswer(
  { kind, state, outcome, contradiction }: Pick<Action, 'kind' | 'state' | 'outcome' | 'contradiction'>,
  answer: Pick<Answer, 'state' | 'pupils'>,
  mayCorrect = false,
): Meaning {
  if (state === 'open') return 'first';
  const pupils = outcome?.pupils ?? 0;
  const sameState = answer.state === state;
  if (sameState && (state === 'not-held' || answer.pupils === pupils)) return 'same';
  if (sameState && mayCorrect) return 'corrected';
  if (outcome?.settled) return 'settled';
  if (sameState && isAbout(kind, answer.pupils, pupils)) return 'about';
  return contradiction ? 'waits' : 'differs';
}

/**
 * Whether somebody may replace the number of pupils that counts: a coordinator, or whoever gave it as long as nobody
 * else has answered. Two different answers are settled first.
 */
export function mayCorrectNumber(
  mover: Mover,
  { state, outcome, contradiction }: Pick<Action, 'state' | 'outcome' | 'contradiction'>,
  engagements: readonly Pick<Engagement, 'state' | 'employeeId'>[],
): boolean {
  if (state !== 'held' || contradiction) return false;
  if (mover.coordinator) return true;
  const hasAnswered = (e: Engaged) => e.state === 'attended' || e.state === 'absent';
  return (
    outcome?.by === mover.id &&
    !outcome.settled &&
    !engagements.some((e) => e.employeeId !== mover.id && hasAnswered(e))
  );
}

/** The moves of the engagements that an answer makes, by engagement. */
export type Presences = ReadonlyMap<Engagement, 'attend' | 'miss'>;

/**
 * Whose presence an answer tells: that of whoever answers; that of all when a coordinator answers for them. An answer
 * that an action did not take place makes nobody attended, and neither does one that differs from that.
 */
export function findPresences(
  mover: Mover,
  action: Action,
  engagements: readonly Engagement[],
  answer: Answer,
  today: Day,
): Presences {
  const found = new Map<Engagement, 'attend' | 'miss'>();
  if (answer.state !== 'held' || action.state === 'not-held') return found;
  for (const engagement of engagements) {
    const { employeeId } = engagement;
    const own = employeeId === mover.id;
    const was = answer.attended ? answer.attended.has(employeeId) : own && !answer.away;
    if (!answer.attended && !own) continue;
    const move = was ? 'attend' : 'miss';
    if (checkMove(move, { mover, action, engagement, today }).ok) found.set(engagement, move);
  }
  return found;
}

/** What a coordinator chooses between two answers. */
export type Choice =
  | { readonly keep: 'first' | 'second' }
  /** It took place, with another number of pupils. */
  | { readonly keep: 'number'; readonly pupils: number };

/** An action whose two answers are settled. */
export interface Settled {
  readonly action: Action;
  /** The engagements that move with it. */
  readonly moves: ReadonlyMap<Engagement, 'attend' | 'miss' | 'retract'>;
}

/**
 * Settles two answers. When it did take place after all, whoever said so was there unless they said otherwise; when it
 * did not, nobody was.
 * @param contradiction the one that the coordinator has read
 */
export function settle(
  action: Action,
  engagements: readonly Engagement[],
  contradiction: Contradiction,
  choice: Choice,
  by: { readonly by: string; readonly at: string },
  today: Day,
): Settled {
  const { contradiction: _, outcome, ...rest } = action;
  const { state, away, ...second } = contradiction;
  const first = outcome ?? { pupils: 0, by: action.createdBy, at: contradiction.at };
  const settled: Action = {
    ...rest,
    state: choice.keep === 'second' ? state : choice.keep === 'number' ? 'held' : action.state,
    outcome: {
      ...(choice.keep === 'second' ? second : first),
      ...(choice.keep === 'number' ? { pupils: choice.pupils } : {}),
      settled: by,
    },
  };
  const moves = new Map<Engagement, 'attend' | 'miss' | 'retract'>();
  for (const engagement of engagements) {
    if (action.state === 'held' && settled.state === 'not-held') {
      const context = { mover: passerelle, action, engagement, today };
      if (checkMove('retract', context).ok) moves.set(engagement, 'retract');
    }
    if (
      action.state === 'not-held' &&
      settled.state === 'held' &&
      engagement.employeeId === contradiction.by
    ) {
      const move = away ? 'miss' : 'attend';
      const mover = { id: contradiction.by, coordinator: false };
      if (checkMove(move, { mover, action: settled, engagement, today }).ok) moves.set(engagement, move);
    }
  }
  return { action: settled, moves };
}
