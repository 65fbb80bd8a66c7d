import type { Action } from '../action.js';

/** A line of a file that breaks no rule by itself. Lines with the same reference are one action with several people. */
export interface PastLine
  extends Pick<
    Action,
    | 'kind'
    | 'level'
    | 'firstDay'
    | 'lastDay'
    | 'shared'
    | 'academies'
    | 'schools'
    | 'school'
    | 'places'
    | 'filled'
    | 'event'
    | 'remark'
    | 'reference'
  > {
  readonly line: number;
  /** The employee as typed: a name as Teams knows it, or an AAD object id. */
  readonly employee: string;
  readonly pupils: number;
}

/** Somebody of a file: a person that Passerelle knows, or one it will know by this id and name. */
export interface ImportedPerson {
  readonly id: string;
  /** Of somebody who is not known yet. */
  readonly name?: string;
}

/** An action that took place, with everybody who took part, ready to be added. */
export type ImportedAction = Omit<PastLine, 'line' | 'employee'> & {
  /** The same for the same lines of any file. */
  readonly id: string;
  readonly people: readonly ImportedPerson[];
};
