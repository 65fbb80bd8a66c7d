import { StoreUnavailable } from '../../ports.js';

/** An error from PostgreSQL, as node-postgres reports it. */
interface Reported extends Error {
  /** Five characters: https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly code?: string;
  readonly severity?: string;
  /** Of an error of the system instead, such as a server that cannot be reached. */
  readonly syscall?: string;
}

/**
 * Whether the records of a transaction are at fault: invalid data, a constraint, a limit. Any other error concerns
 * the database and may not happen again.
 */
export const isFaultOfRecords = (error: Error): boolean => /^(22|23|54)/.test((error as Reported).code ?? '');

/**
 * Whether the server reports that it rolled back and continues. Otherwise the connection broke, and the outcome is
 * unknown.
 */
export const isRolledBack = (error: Error): boolean => (error as Reported).severity === 'ERROR';

const hints: Readonly<Record<string, string>> = {
  '25006': 'it can only be read now',
  '28P01': 'check user and password in DATABASE_URL',
  '3D000': 'create it, or correct its name in DATABASE_URL',
  '42501': 'the user needs all rights on the database',
  '53100': 'its disk is full',
  '53300': 'it has too many connections',
  ECONNREFUSED: 'is the server running, and are host and port right in DATABASE_URL?',
  ENOTFOUND: 'check the host in DATABASE_URL',
  ENOENT: 'a file that DATABASE_URL names is missing',
};

/** Words an error for those who operate the bot. */
export function toStoreUnavailable(
  cause: Error,
  ErrorClass: typeof StoreUnavailable = StoreUnavailable,
): StoreUnavailable {
  if (cause instanceof StoreUnavailable) return cause;
  const first = findFirstError(cause);
  const hint = hints[first.code ?? ''];
  // What the system says of an address or a file repeats it, and it is a part of DATABASE_URL.
  const message = (!first.syscall && first.message) || first.code || first.name;
  return new ErrorClass(`The database cannot be used: ${message}${hint ? ` (${hint})` : ''}`, { cause });
}

/** A host with several addresses fails once for each, in an error without a message of its own. */
const findFirstError = (error: Error): Reported =>
  (error instanceof AggregateError ? (error.errors[0] as Reported | undefined) : undefined) ?? error;
