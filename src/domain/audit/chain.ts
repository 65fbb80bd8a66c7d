import type { Instant } from '../days.js';

/** What the audit trail keeps, each a way to read it. */
export const auditKinds = [
  'request',
  'correction',
  'register',
  'setting',
  'role',
  'closing',
  'import',
  'export',
  'erasure',
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** What somebody has done. Nothing of a person is in it but in `by`. */
export interface AuditFact {
  readonly kind: AuditKind;
  /** The move, such as `approve`. */
  readonly what: string;
  /** The id of what it is about. */
  readonly about: string;
  /** The row of the history that tells more. */
  readonly row?: string;
  /** What was, and what is since: states, days or numbers. */
  readonly from?: string;
  readonly to?: string;
  /** Who did it. */
  readonly by: string;
}

/** A row of the audit trail. Nothing of it is ever changed, but for whom it names when they are erased. */
export interface AuditEntry extends AuditFact {
  readonly id: string;
  /** Its place in the chain: 1, 2, 3, without a gap. */
  readonly number: number;
  readonly at: Instant;
  /** Makes `who` of `by`; removed with the person when they are erased, so that nothing leads back to them. */
  readonly salt?: string;
  /** Stands for `by` in the hash. */
  readonly who: string;
  /** The hash of the row before; empty in the first one. */
  readonly previous: string;
  /** Of all of this but `id`, `by` and `salt`. */
  readonly hash: string;
}

/** The end of the chain, kept beside it: without it, nobody would see that the last rows are gone. */
export interface AuditHead {
  readonly id: 'chain';
  readonly number: number;
  readonly hash: string;
}

/** SHA-256 of a text, in a few letters. */
export type Digest = (text: string) => string;

/** What a row is given when it is written. `salt` is random, and too long to be guessed. */
export interface AuditStamp {
  readonly id: string;
  readonly at: Instant;
  readonly salt: string;
}

const commitTo = (by: string, salt: string, digest: Digest): string => digest(JSON.stringify([salt, by]));

const hashOf = (entry: Omit<AuditEntry, 'id' | 'by' | 'salt' | 'hash'>, digest: Digest): string => {
  const { previous, number, at, kind, what, about, row = '', from = '', to = '', who } = entry;
  // By position, as stores do not keep the order of names.
  return digest(JSON.stringify([previous, number, at, kind, what, about, row, from, to, who]));
};

/** All that a row can have. The hash covers no other field, so that one could say anything. */
const fields: Readonly<Record<keyof AuditEntry, true>> = {
  id: true,
  number: true,
  at: true,
  kind: true,
  what: true,
  about: true,
  row: true,
  from: true,
  to: true,
  by: true,
  salt: true,
  who: true,
  previous: true,
  hash: true,
};

const isAsHashed = (entry: AuditEntry, digest: Digest): boolean =>
  Object.keys(entry).every((name) => Object.hasOwn(fields, name)) && entry.hash === hashOf(entry, digest);

/** The row that follows the end of the chain; the first one, if there is no end. */
export function appendFact(
  head: AuditHead | undefined,
  fact: AuditFact,
  { id, at, salt }: AuditStamp,
  digest: Digest,
): AuditEntry {
  const linked = {
    id,
    number: (head?.number ?? 0) + 1,
    at,
    salt,
    who: commitTo(fact.by, salt, digest),
    previous: head?.hash ?? '',
    ...fact,
  };
  return { ...linked, hash: hashOf(linked, digest) };
}

/** The end of a chain whose last row this is. */
export const headOf = ({ number, hash }: AuditEntry): AuditHead => ({ id: 'chain', number, hash });

/** A row of somebody who is erased: the random id in their place, and nothing that leads to them. */
export function eraseAuthor({ salt: _, ...entry }: AuditEntry, newId: string): AuditEntry {
  return { ...entry, by: newId };
}

/**
 * How long after an erasure has begun rows of that person may still come: from turns that had begun before. Later ones
 * are somebody else's, who hides behind them.
 */
const settlingMs = 3_600_000;

/**
 * What is wrong with a row. `missing`: there is none of this number. `twice`: there are two. `altered`: its hash is not
 * that of what it says. `unlinked`: it does not follow the row before. `author`: somebody else is named than has done it.
 * `end`: the end of the chain, as it was kept, is another one. `unlisted`: the lists of the store do not have it where it
 * belongs. `record`: the row of the history that tells more is gone, or says something else.
 */
export interface AuditFault {
  readonly number: number;
  readonly because: 'missing' | 'twice' | 'altered' | 'unlinked' | 'author' | 'end' | 'unlisted' | 'record';
}

/** A row of the chain as it was noted elsewhere. */
export type KnownRow = Pick<AuditEntry, 'number' | 'hash'>;

const isNumber = (number: unknown): boolean => Number.isSafeInteger(number) && Number(number) > 0;

/**
 * All rows in the order in which they are checked. Where a row belongs whose number is none, or is that of another row
 * and not its own, is not known: those are strays, which are wrong only when all others are right:
 * otherwise, one of them may be the row that is missing.
 */
export function orderRows(
  rows: readonly AuditEntry[],
  digest: Digest,
): { readonly placed: readonly AuditEntry[]; readonly strays: readonly AuditEntry[] } {
  const counts = new Map<number, number>();
  for (const { number } of rows) counts.set(number, (counts.get(number) ?? 0) + 1);
  const isPlaced = (row: AuditEntry): boolean =>
    isNumber(row.number) && (counts.get(row.number) === 1 || isAsHashed(row, digest));
  return {
    placed: rows.filter(isPlaced).sort((a, b) => a.number - b.number),
    strays: rows.filter((row) => !isPlaced(row)),
  };
}

export interface AuditCheck {
  /** Takes the next row; they come by number. */
  take(entry: AuditEntry): void;
  /** The first row that is wrong, or nothing, once all have come. */
  end(head: AuditHead | undefined): AuditFault | undefined;
}

/**
 * Checks a chain row by row.
 * @param known a row as it was noted outside of the store, which whoever can write there could not change
 */
export function createAuditCheck(digest: Digest, known?: KnownRow): AuditCheck {
  let last: KnownRow = { number: 0, hash: '' };
  let fault: AuditFault | undefined;
  /** The random ids of those who were erased, since when, and the first row that names each id without proof. */
  const erased = new Map<string, Instant>();
  const unproved = new Map<string, number>();
  let tooLate: number | undefined;

  const findFault = (entry: AuditEntry): AuditFault['because'] | undefined => {
    const { number, salt, by, who, previous, hash } = entry;
    if (!isNumber(number)) return 'altered';
    if (number <= last.number) return 'twice';
    if (number > last.number + 1) return 'missing';
    if (!isAsHashed(entry, digest)) return 'altered';
    if (previous !== last.hash) return 'unlinked';
    if (known?.number === number && known.hash !== hash) return 'altered';
    if (salt !== undefined && who !== commitTo(by, salt, digest)) return 'author';
    return undefined;
  };

  /** Whether the person whose id a row names was gone when it was written. */
  const isTooLate = ({ by, at }: AuditEntry): boolean => {
    const since = erased.get(by);
    return since !== undefined && Date.parse(at) - Date.parse(since) > settlingMs;
  };

  return {
    take(entry) {
      if (fault) return;
      const because = findFault(entry);
      if (because) {
        const isNext = because === 'missing' || !isNumber(entry.number);
        fault = { number: isNext ? last.number + 1 : entry.number, because };
        return;
      }
      // The first one counts: with another one, somebody could be put behind an id again.
      if (entry.kind === 'erasure' && !erased.has(entry.about)) erased.set(entry.about, entry.at);
      if (entry.salt === undefined) {
        if (isTooLate(entry)) tooLate ??= entry.number;
        else if (!unproved.has(entry.by)) unproved.set(entry.by, entry.number);
      }
      last = entry;
    },
    end(head) {
      if (fault) return fault;
      // Who has no salt any more was erased, which is a row of the chain itself.
      const unknown = [...unproved].flatMap(([by, number]) => (erased.has(by) ? [] : number));
      const [author] = [...unknown, ...(tooLate === undefined ? [] : [tooLate])].sort(ascending);
      if (author !== undefined) return { number: author, because: 'author' };
      const expected = Math.max(head?.number ?? 0, known?.number ?? 0);
      if (expected > last.number) return { number: last.number + 1, because: 'missing' };
      if (last.number > 0 && (head?.number !== last.number || head.hash !== last.hash))
        return { number: last.number, because: 'end' };
      return undefined;
    },
  };
}

const ascending = (a: number, b: number): number => a - b;
