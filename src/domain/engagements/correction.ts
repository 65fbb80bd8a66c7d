import type { Action, Corrected, Engagement } from '../action.js';
import type { Day, Instant } from '../days.js';
import { checkMove, type Mover, passerelle } from './moves.js';

/** What an action counts in the report after a coordinator's correction. */
export interface Correction {
  readonly state: 'held' | 'not-held';
  readonly pupils: number;
  /** Placements: the places that were offered. */
  readonly places?: number;
  /** The employees who were there. */
  readonly attended: ReadonlySet<string>;
}

/**
 * Whether somebody may correct what an action counts: a coordinator, once it is answered. Two different answers are
 * settled first.
 */
export const mayCorrect = (
  { coordinator }: Pick<Mover, 'coordinator'>,
  { state, contradiction }: Pick<Action, 'state' | 'contradiction'>,
): boolean => coordinator && (state === 'held' || state === 'not-held') && !contradiction;

const isEngaged = ({ state }: Engagement) =>
  state === 'approved' || state === 'attended' || state === 'absent';

/** What an action counts now, as a correction would say it; nothing before it is answered. */
export function currentCount(action: Action, engagements: readonly Engagement[]): Correction | undefined {
  if (action.state !== 'held' && action.state !== 'not-held') return undefined;
  return {
    state: action.state,
    pupils: action.state === 'held' ? (action.outcome?.pupils ?? 0) : 0,
    ...(action.places === undefined ? {} : { places: action.places }),
    attended: new Set(engagements.flatMap((e) => (e.state === 'attended' ? e.employeeId : []))),
  };
}

const toNote = ({ state, pupils, places, attended }: Correction): Corrected['was'] => ({
  state,
  pupils,
  ...(places === undefined ? {} : { places }),
  employees: attended.size,
});

/** What an action counts now, to be kept beside what replaces it; nothing before it is answered. */
export function noteCounted(
  action: Action,
  engagements: readonly Engagement[],
): Corrected['was'] | undefined {
  const now = currentCount(action, engagements);
  return now && toNote(now);
}

/** The employees of whom a correction says whether they were there. */
export const listEngaged = (engagements: readonly Engagement[]): string[] =>
  engagements.filter(isEngaged).map(({ employeeId }) => employeeId);

/** A correction as it changes the records. */
export interface CorrectionMoves {
  readonly action: Action;
  /** The recorded presences that count no more; then what is said instead, by the ids of the engagements. */
  readonly retracted: ReadonlyMap<Engagement, 'retract'>;
  readonly said: ReadonlyMap<string, 'attend' | 'miss'>;
  /** The history of its numbers. */
  readonly rows: readonly { readonly move: string; readonly from: string; readonly to: string }[];
}

/**
 * Corrects what an action counts, and keeps what was counted before beside it. Whose presence the correction does not
 * change stays as they said; whoever has said nothing is still asked, unless it did not take place after all.
 * @returns nothing if the correction says what is counted already
 */
export function correct(
  action: Action,
  engagements: readonly Engagement[],
  said: Correction,
  signed: { readonly by: string; readonly at: Instant; readonly why: string },
  today: Day,
): CorrectionMoves | undefined {
  const was = currentCount(action, engagements);
  if (!was) return undefined;
  const { by, at } = signed;
  const { state } = said;
  const pupils = state === 'held' ? said.pupils : 0;
  const places = was.places === undefined ? undefined : (said.places ?? was.places);
  const corrected: Corrected = { ...signed, was: toNote(was) };
  const after: Action = {
    ...action,
    state,
    ...(places === undefined ? {} : { places }),
    outcome: { ...(action.outcome ?? { by, at }), pupils, settled: { by, at } },
    corrected,
  };
  const retracted = new Map<Engagement, 'retract'>();
  const presences = new Map<string, 'attend' | 'miss'>();
  for (const engagement of engagements.filter(isEngaged)) {
    const isIn = state === 'held' && said.attended.has(engagement.employeeId);
    const recorded = { attended: true, absent: false }[engagement.state as string];
    if (recorded !== undefined && (state === 'not-held' || recorded !== isIn)) {
      if (checkMove('retract', { mover: passerelle, action, engagement, today }).ok)
        retracted.set(engagement, 'retract');
    }
    const isSaid = recorded === undefined ? isIn || was.state === 'not-held' : recorded !== isIn;
    if (state !== 'held' || !isSaid) continue;
    const move = isIn ? 'attend' : 'miss';
    const context = {
      mover: { id: by, coordinator: true },
      action: after,
      engagement: { ...engagement, state: 'approved' as const },
      today,
    };
    if (checkMove(move, context).ok) presences.set(engagement.id, move);
  }
  const rows = [
    ...(state !== was.state
      ? [{ move: state === 'held' ? 'correctHeld' : 'correctNotHeld', from: was.state, to: state }]
      : []),
    ...(state === 'held' && pupils !== was.pupils
      ? [{ move: 'correctNumber', from: String(was.pupils), to: String(pupils) }]
      : []),
    ...(places !== was.places
      ? [{ move: 'correctPlaces', from: String(was.places), to: String(places) }]
      : []),
  ];
  if (rows.length + retracted.size + presences.size === 0) return undefined;
  return { action: after, retracted, said: presences, rows };
}
