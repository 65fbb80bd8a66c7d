/**
 * The ports: what the application needs from the outside. `storage/` and `teams/` implement them; features and
 * delivery know nothing else.
 */

import type { Day, Instant } from './domain/days.js';
import type { Conversation, IndexName, RecordKind, Records } from './records.js';

export interface ListOptions {
  /** From this sort key on (inclusive). */
  from?: string;
  /** Up to this sort key (exclusive). */
  until?: string;
  limit?: number;
  /** Last first. */
  reverse?: boolean;
}

export interface Reader {
  get<K extends RecordKind>(kind: K, id: string): Promise<Records[K] | undefined>;
  /** The records of one partition of an index, by sort key, then by id. */
  list<K extends RecordKind>(
    kind: K,
    by: IndexName<K>,
    partition: string,
    options?: ListOptions,
  ): Promise<readonly Records[K][]>;
  /** Every record of a kind, in no particular order. For recounts, exports and migrations, never in a turn. */
  all<K extends RecordKind>(kind: K): Promise<readonly Records[K][]>;
}

export interface Transaction extends Reader {
  /**
   * Adds a record.
   * @throws DuplicateKey if its id is taken
   */
  add<K extends RecordKind>(kind: K, record: Records[K]): Promise<void>;
  put<K extends RecordKind>(kind: K, record: Records[K]): Promise<void>;
  remove<K extends RecordKind>(kind: K, id: string): Promise<void>;
}

/** Its message, which may be logged, does not say which id: that may be, or contain, a person's. */
export class DuplicateKey extends Error {
  constructor(kind: RecordKind) {
    super(`A record of kind "${kind}" with this id exists already.`);
    this.name = 'DuplicateKey';
  }
}

/** The store cannot be reached or written; nothing was changed (except possibly for `CommitUnknown`). */
export class StoreUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'StoreUnavailable';
  }
}

/**
 * The one failure after which something may have changed: the connection broke during a commit, and whether it
 * succeeded could not be found out in time. All of it was committed, or nothing.
 */
export class CommitUnknown extends StoreUnavailable {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'CommitUnknown';
  }
}

export interface Store {
  /**
   * Runs `work` in isolation: it sees every earlier transaction and no later one. When the promise resolves,
   * everything it wrote is durable; when it rejects, nothing was written. `work` must not do I/O other than through
   * `tx`, and may run more than once; what a failed run returned or threw is discarded.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Reads one consistent, durable state, no older than the call. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * Resolves if the store can read and write.
   * @throws StoreUnavailable otherwise
   */
  check(): Promise<void>;
  /**
   * Makes what transactions have replaced or removed before the call unreadable in what the store itself keeps. Backups
   * that were made earlier stay as they are, and so does what a database keeps for its own purposes.
   * @throws StoreUnavailable if that could not be done; it may be called again
   */
  forgetPast(): Promise<void>;
  /** Waits for writes in progress and releases the file or the connections. */
  close(): Promise<void>;
}

/** The result of one attempt to send. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly activityId?: string }
  /** It did not arrive, but may be retried: 429, 412, 502, 504, connection refused. */
  | { readonly outcome: 'retry'; readonly afterMs?: number; readonly reason: string }
  /** It may or may not have arrived. */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /**
   * It will never arrive; `gone` if the conversation itself refuses or no longer exists. `forbidden`: Teams answered
   * 403 or 404, which need not be because of the conversation.
   */
  | {
      readonly outcome: 'refused';
      readonly gone: boolean;
      readonly forbidden?: boolean;
      readonly reason: string;
    };

/** A card ready to send. */
export interface DrawnCard {
  readonly content: object;
  /** What `content` is, if it is no Adaptive Card: a file that Teams offers, or that it has. */
  readonly file?: { readonly contentType: string; readonly name: string; readonly contentUrl?: string };
  /** The text of the notification, also shown where cards are not supported. */
  readonly summary: string;
}

/** Writes to Teams. Never throws for what Teams answers. */
export interface Messenger {
  post(conversation: Conversation, card: DrawnCard): Promise<SendResult>;
  update(conversation: Conversation, activityId: string, card: DrawnCard): Promise<SendResult>;
}

/** What Teams says of somebody's belonging to the company; mostly little of it, or nothing. */
export interface Belonging {
  /** The AAD object id. */
  readonly personId?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly roles: readonly string[];
  readonly principalName?: string | undefined;
}

/** The roles of people, looked up independently of the card that asks. */
export interface Directory {
  /** Whether somebody is a guest or of another tenant, and is not named in the settings. What is unknown counts for them. */
  isOutsider(belonging: Belonging): boolean;
  /**
   * Whether a person is a coordinator now. `unknown`: Teams does not answer at the moment.
   * @param to the purpose: a change needs a fresh answer; for reading, a recent one is enough while Teams does not
   *   answer
   */
  isCoordinator(personId: string, to: 'read' | 'change'): Promise<'yes' | 'no' | 'unknown'>;
  isAdmin(personId: string): boolean;
  /** The AAD object ids of the administrators. */
  adminIds(): readonly string[];
  /** Reads the members of the coordinators' team, which may have changed, from Teams. Never rejects. */
  refresh(): Promise<void>;
  /** The `29:…` ids of the coordinators in this team, as far as they are known. */
  coordinatorTeamsIds(teamId: string): readonly string[];
}

export interface Clock {
  now(): Instant;
}

/** Gives unique ids (ULID). */
export interface Ids {
  /** They sort in the order they were given: two of the same millisecond are neighbours, and can be guessed. */
  next(): string;
  /** For a form: whoever has its ids may use them up, so those of another form must not give them away. */
  unguessable(): string;
  /** An id that is always the same for the same text, and for no other. */
  derive(text: string): string;
}

export type { Day };

/** pino's logger is one. */
export interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
