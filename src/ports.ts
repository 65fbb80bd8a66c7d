/**
 * What the inside of Passerelle asks of the outside. `storage/` and `teams/` implement these;
 * features and delivery know nothing else.
 */
import type { Action, Day, Engagement, HistoryRow, Instant } from './domain/action.js';
import type { Mobilised, Tally } from './domain/tally.js';

export type Lang = 'fr' | 'en';

/** An employee as Teams knows them. Nothing else is kept about a person. */
export interface Person {
  /** The AAD object id: roles are looked up by it. */
  readonly id: string;
  /** The `29:…` id that Teams uses inside conversations. */
  readonly teamsId: string;
  /** Nothing while Teams has not said it: an installation may name nobody. */
  readonly name?: string;
  /** The language of their Teams client. */
  readonly lang: Lang;
  /** The language chosen in `préférences`; it wins. */
  readonly chosenLang?: Lang;
  /** Their personal chat with Passerelle, once there is one. */
  readonly conversationId?: string;
}

/** A place Passerelle may write to. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'channel' | 'groupChat';
  readonly serviceUrl: string;
  readonly tenantId?: string;
  /** The bot's own id in this conversation, `28:…`. */
  readonly botId: string;
  /** The `29:…` id of a person whose chat is not known yet: it is opened when there is something to say. */
  readonly memberId?: string;
  /** The team a channel belongs to; its members are read from Teams. */
  readonly teamId?: string;
  /** False after an uninstallation or a permanent refusal: nothing is sent there any more. */
  readonly active: boolean;
  /** Why it is inactive, as Teams said it. */
  readonly inactiveReason?: string;
}

/** Where a card about an action was posted, so that it can be updated in place. */
export interface Post {
  /** The key of the outbox message that made it. */
  readonly id: string;
  readonly actionId: string;
  readonly conversationId: string;
  /** Nothing while it is not sent yet. */
  readonly activityId?: string;
  /** The message that draws it, `<feature>.<message>`. */
  readonly message: string;
  readonly lang: Lang;
}

/** One row of what must be sent. Drawn from the records when it is sent, so it is never stale. */
export interface OutboxMessage {
  /** Unique for ever: the same key is never sent twice. */
  readonly id: string;
  readonly conversationId: string;
  /** `post` makes a message; `update` redraws the post whose id is `target`, or the activity `activityId`. */
  readonly op: 'post' | 'update';
  /** What draws it, `<feature>.<message>`. */
  readonly message: string;
  readonly lang: Lang;
  /** Small facts the drawing needs and the records may no longer say. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The action it is about: its posts are remembered and follow it. */
  readonly actionId?: string;
  readonly target?: string;
  readonly activityId?: string;
  /** Whose doing it is: people take turns in a conversation. What the bot owes by itself, and old rows, have none. */
  readonly by?: string;
  /**
   * `due` → `sending` → `sent`. `failed`: refused for good, or tried too often. `unknown`: it may or may not
   * have arrived, and a second one would harm. `void`: there was nothing left to say, or a coordinator has
   * dealt with it. `held`: its channel is gone, and it is due again once there is one.
   */
  readonly state: 'due' | 'sending' | 'sent' | 'failed' | 'unknown' | 'void' | 'held';
  readonly attempts: number;
  /** Not before this moment. In `sending`: until when it is its sender's. Afterwards: when it ended. */
  readonly dueAt: Instant;
  /** Order within a conversation, among what one person caused: a ULID. */
  readonly order: string;
  /** When it was owed; when it was last put off, for an update that waits for its post. */
  readonly createdAt: Instant;
  readonly error?: string;
}

/** A place chosen by an administrator with `configurer`. */
export interface Channel {
  readonly id: 'coordinators' | 'announcements';
  readonly conversationId: string;
  readonly teamId: string;
  readonly lang: Lang;
  readonly by: string;
  readonly at: Instant;
  /** Since when it is known that nothing arrives there; those who can mend it have been told. */
  readonly lostAt?: Instant;
}

/** A job's occurrence that was done: `weekly:2026-11-23`. */
export interface JobRun {
  readonly id: string;
  /** When it was done; when that was found out, if it was too early. */
  readonly at: Instant;
  /** The clock was ahead then. */
  readonly early?: boolean;
}

export interface Counter {
  readonly id: string;
  readonly value: number;
}

/**
 * Who does what only one process may do at a time. There is none while nobody does it, or once who did has let
 * go. Clocks are not compared: who sees it unchanged for long enough knows that its holder is gone.
 */
export interface Lease {
  /** `sender` sends what the outbox holds. */
  readonly id: 'sender';
  /** A process; each start is another one. */
  readonly holder: string;
  /** Grows each time the holder says that it is still there. */
  readonly renewals: number;
}

/** Every kind of record. A record has an `id`, is plain JSON, and is never changed, only replaced. */
export interface Records {
  people: Person;
  conversations: Conversation;
  actions: Action;
  engagements: Engagement;
  history: HistoryRow;
  posts: Post;
  outbox: OutboxMessage;
  channels: Channel;
  jobs: JobRun;
  counters: Counter;
  leases: Lease;
  tallies: Tally;
  mobilised: Mobilised;
}
export type RecordKind = keyof Records;

/** Where a record stands in an index: records of one partition are listed in the order of `sort`, then id. */
interface IndexEntry {
  partition: string;
  sort: string;
}
type Index<T> = (record: T) => IndexEntry | undefined;
const index = <T>(of: Index<T>): Index<T> => of;

/**
 * The indexes of the store, the only lists that can be asked for. A store keeps them by itself; a record for
 * which the function gives nothing is not in that index.
 */
export const indexes = {
  people: {
    byConversation: index<Person>((p) =>
      p.conversationId ? { partition: p.conversationId, sort: p.id } : undefined,
    ),
    byTeamsId: index<Person>((p) => ({ partition: p.teamsId, sort: p.id })),
  },
  conversations: {
    byTeam: index<Conversation>((c) => (c.teamId ? { partition: c.teamId, sort: c.id } : undefined)),
  },
  actions: {
    /** Partition `open|need` and the like. */
    byStateAndOrigin: index<Action>((a) => ({ partition: `${a.state}|${a.origin}`, sort: a.firstDay })),
    byState: index<Action>((a) => ({ partition: a.state, sort: a.firstDay })),
  },
  engagements: {
    byEmployee: index<Engagement>((e) => ({ partition: e.employeeId, sort: e.firstDay })),
    byAction: index<Engagement>((e) => ({ partition: e.actionId, sort: e.id })),
    byState: index<Engagement>((e) => ({ partition: e.state, sort: e.since })),
  },
  history: {
    byAction: index<HistoryRow>((h) => ({ partition: h.actionId, sort: h.at })),
    byMonth: index<HistoryRow>((h) => ({ partition: h.at.slice(0, 7), sort: h.at })),
  },
  posts: {
    byAction: index<Post>((p) => ({ partition: p.actionId, sort: p.id })),
  },
  outbox: {
    /** What is still to be sent, in the order in which it may go. */
    byState: index<OutboxMessage>((m) => ({ partition: m.state, sort: m.order })),
    /**
     * What has ended, by when: `sent`, `void`, and `undelivered` for what a person must know of. An update that
     * failed is not among these: the next move of its action draws the card again.
     */
    byEnd: index<OutboxMessage>((m) => {
      if (m.state === 'due' || m.state === 'sending' || m.state === 'held') return undefined;
      if (m.state === 'sent' || m.state === 'void') return { partition: m.state, sort: m.dueAt };
      return { partition: m.op === 'post' ? 'undelivered' : 'void', sort: m.dueAt };
    }),
  },
  channels: {},
  jobs: {},
  counters: {},
  leases: {},
  tallies: {},
  mobilised: {},
} as const satisfies { [K in RecordKind]: Record<string, Index<Records[K]>> };

export type IndexName<K extends RecordKind> = keyof (typeof indexes)[K] & string;

export interface ListOptions {
  /** Only sort keys from this one on (inclusive). */
  from?: string;
  /** Only sort keys before this one (exclusive). */
  until?: string;
  limit?: number;
  /** Last first. */
  reverse?: boolean;
}

export interface Reader {
  get<K extends RecordKind>(kind: K, id: string): Promise<Records[K] | undefined>;
  /** The records of one partition of an index, in the order of its sort key, then of their id. */
  list<K extends RecordKind>(
    kind: K,
    by: IndexName<K>,
    partition: string,
    options?: ListOptions,
  ): Promise<readonly Records[K][]>;
  /** Every record of a kind, in no promised order. For recounts, exports and migrations, never in a turn. */
  all<K extends RecordKind>(kind: K): Promise<readonly Records[K][]>;
}

export interface Transaction extends Reader {
  /** Adds a record; throws `DuplicateKey` when its id is taken. */
  add<K extends RecordKind>(kind: K, record: Records[K]): Promise<void>;
  /** Adds or replaces a record. */
  put<K extends RecordKind>(kind: K, record: Records[K]): Promise<void>;
  remove<K extends RecordKind>(kind: K, id: string): Promise<void>;
}

export class DuplicateKey extends Error {
  constructor(kind: RecordKind, id: string) {
    super(`A record of kind "${kind}" with id "${id}" exists already.`);
    this.name = 'DuplicateKey';
  }
}

/** The records cannot be reached or written: nothing was changed (but see `CommitUnknown`). */
export class StoreUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'StoreUnavailable';
  }
}

/**
 * The one case in which something may have been changed: the connection broke while a commit was under way, and
 * whether it took place could not be learned in time. All of it was done, or nothing.
 */
export class CommitUnknown extends StoreUnavailable {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'CommitUnknown';
  }
}

export interface Store {
  /**
   * Runs `work` alone: it sees every earlier transaction and no later one. All it wrote is durable when the
   * promise resolves; nothing is, when it rejects. `work` must not do I/O other than through `tx`, and may be
   * run more than once: what a run that came to nothing returned or threw is told to nobody.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Reads one consistent state, in which everything is durable, no older than the call. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Resolves when the store can read and write; rejects with `StoreUnavailable` when it cannot. */
  check(): Promise<void>;
  /** Waits for the writes under way and lets go of the file or the connections. */
  close(): Promise<void>;
}

/** What came of one attempt to send. */
export type Delivery =
  | { readonly outcome: 'sent'; readonly activityId?: string }
  /** It certainly did not arrive and may later: 429, 412, 502, 504, connection refused. */
  | { readonly outcome: 'retry'; readonly afterMs?: number; readonly reason: string }
  /** It may or may not have arrived. */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /**
   * It will never arrive; `gone` when the conversation itself refuses or no longer exists. `forbidden`: Teams answered
   * 403 or 404, for a reason that need not be the conversation's.
   */
  | {
      readonly outcome: 'refused';
      readonly gone: boolean;
      readonly forbidden?: boolean;
      readonly reason: string;
    };

/** A card ready to be sent, as Adaptive Card JSON. */
export interface DrawnCard {
  readonly content: object;
  /** The notification text, and what is read where cards are not shown. */
  readonly summary: string;
}

/** Writes to Teams. Never throws for what Teams answers. */
export interface Messenger {
  post(conversation: Conversation, card: DrawnCard): Promise<Delivery>;
  update(conversation: Conversation, activityId: string, card: DrawnCard): Promise<Delivery>;
}

/** Who somebody is to the company's programme, looked up outside the card that asks. */
export interface Directory {
  /**
   * Whether the person is a coordinator now. `unknown`: Teams does not say at the moment.
   * @param to what for: a change needs to know it freshly; for reading, what was known lately serves while Teams
   *   does not answer
   */
  isCoordinator(personId: string, to: 'read' | 'change'): Promise<'yes' | 'no' | 'unknown'>;
  isAdmin(personId: string): boolean;
  /** The AAD object ids of the administrators. */
  adminIds(): readonly string[];
  /** Asks Teams who is in the coordinators' team, which may be another one than before. Never rejects. */
  refresh(): Promise<void>;
  /** The `29:…` ids of the coordinators, as far as they are known now and of this team. */
  coordinatorTeamsIds(teamId: string): readonly string[];
}

export interface Clock {
  now(): Instant;
}

/** Gives ids that are unique and sort in the order they were given (ULID). */
export interface Ids {
  next(): string;
}

export type { Day };
