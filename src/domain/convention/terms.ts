import type { Day, Instant } from '../days.js';
import type { Amendment } from './amendments.js';
import type { Commitment, Convention } from './convention.js';

/** What the records say of the convention itself. */
export interface Terms {
  readonly id: 'convention';
  /** The date of signature, which an administrator has entered: it wins over the file's. */
  readonly signature?: { readonly signedOn: Day; readonly by: string; readonly at: Instant };
  /** What of the file the tallies are counted by: they are counted again when that changes. */
  readonly countedBy?: string;
  /** The settings with which the bot was started last: that they have changed is noted in the audit trail. */
  readonly startedWith?: Readonly<Record<StartSetting, { readonly hash: string; readonly size: number }>>;
}

/** Settings of the process that say who may do what, or what is counted. */
export const startSettings = ['convention', 'admins', 'coordinators'] as const;
export type StartSetting = (typeof startSettings)[number];

/**
 * The convention in force: the file's, with the date of signature and the signed amendments of the records. An
 * amendment that is not signed changes nothing; one that is counts from its day on (article 8).
 * @param signed the signed amendments, in any order
 */
export function applyTerms(
  file: Convention,
  terms: Terms | undefined,
  signed: readonly Amendment[],
): Convention {
  const signedOn = terms?.signature?.signedOn ?? file.signedOn;
  if (signedOn === file.signedOn && signed.length === 0) return file;
  const inOrder = signed.toSorted((a, b) => a.number - b.number);
  return {
    ...file,
    ...(signedOn ? { signedOn } : {}),
    commitments: file.commitments.map((commitment) => amend(commitment, inOrder)),
  };
}

function amend(commitment: Commitment, amendments: readonly Amendment[]): Commitment {
  const targets = [...commitment.targets];
  const kindChanges = [...(commitment.kindChanges ?? [])];
  for (const { change, from, number: amendment } of amendments) {
    if (change?.commitment !== commitment.id) continue;
    if (change.target !== undefined) targets.push({ from, value: change.target, amendment });
    if (change.kinds) kindChanges.push({ from, kinds: change.kinds, amendment });
  }
  return { ...commitment, targets, ...(kindChanges.length > 0 ? { kindChanges } : {}) };
}
