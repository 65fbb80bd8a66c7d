/**
 * What is kept: every kind of record, and the lists by which it can be read. Both stores make their tables and indexes
 * from these.
 */

import type { Action, Engagement, HistoryRow } from './domain/action.js';
import type { AuditEntry, AuditHead } from './domain/audit/chain.js';
import type { EventRecord } from './domain/calendar/ministry-events.js';
import type { Amendment } from './domain/convention/amendments.js';
import type { Terms } from './domain/convention/terms.js';
import type { Day, Instant } from './domain/days.js';
import type { Invitation } from './domain/engagements/invitations.js';
import type { Mobilised, Tally } from './domain/engagements/tally.js';
import type { Announced } from './domain/erasure/retention.js';
import type { Finding } from './domain/imports/finding.js';
import type { ImportedAction } from './domain/imports/imported-action.js';
import { type Entry, isWaiting } from './domain/registers/entry.js';
import { entryShapes } from './domain/registers/kinds.js';
import type { Closing } from './domain/report/closing.js';

export type Lang = 'fr' | 'en';

/** An employee as Teams identifies them. Nothing else about a person is stored. */
export interface Person {
  /** The AAD object id, by which roles are looked up. */
  readonly id: string;
  /** The `29:…` id used inside conversations. */
  readonly teamsId: string;
  /** Absent until Teams sends it: an installation may name nobody. */
  readonly name?: string;
  /** The language of their Teams client. */
  readonly lang: Lang;
  /** The language chosen in `préférences`, which takes precedence. */
  readonly chosenLang?: Lang;
  /** Their personal chat with Passerelle. */
  readonly conversationId?: string;
  /** The chats that they had with Passerelle before: cards there are theirs too. */
  readonly earlierChats?: readonly string[];
  /** The IANA time zone of their Teams client; Europe/Paris until Teams sends it. */
  readonly timeZone?: string;
  /** The kinds of messages that they do not want: never again, or until a day (exclusive). */
  readonly muted?: Readonly<Partial<Record<MutableMessage, 'always' | Day>>>;
  /** Somebody of an imported file who was not known: who they turned out to be, while their engagements move there. */
  readonly claimedBy?: string;
  /**
   * The last day, in Paris, on which they wrote or clicked here. Somebody of before, or of a file, has none until a job
   * has worked out from their records when they were last active.
   */
  readonly activeOn?: Day;
  /** They have been inactive for years: when they are erased. Gone once they do something. */
  readonly expiry?: Expiry;
}

/** The erasure of somebody that has been announced to them, or could not be. */
export interface Expiry extends Announced {
  /** The key of the message that told them; absent if they could not be written to. */
  readonly notice?: string;
  /** It did not arrive: the day on which the coordinators were told. */
  readonly toldOn?: Day;
  /** The first message did not arrive, and they have been told again since: they are not a third time. */
  readonly again?: true;
}

/** What people may mute. Everything else is mandatory: it answers them, or somebody relies on it. */
export type MutableMessage = 'reminders' | 'invitations' | 'regional';

/** A conversation to which Passerelle may write. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'channel' | 'groupChat';
  readonly serviceUrl: string;
  readonly tenantId?: string;
  /** The bot's own id in this conversation, `28:…`. */
  readonly botId: string;
  /** The `29:…` id of a person whose chat is unknown: it is opened for the first message. */
  readonly memberId?: string;
  /** The team of a channel; its members are read from Teams. */
  readonly teamId?: string;
  /** False after an uninstallation or a permanent refusal: nothing is sent there any more. */
  readonly active: boolean;
  /** Why it is inactive, in Teams' words. */
  readonly inactiveReason?: string;
}

/** A card about an action, an entry of a register or an event, so that it can be updated in place. */
export interface Post {
  /** The key of the outbox message that posted it. */
  readonly id: string;
  /** The id of the action, entry or event. */
  readonly actionId: string;
  readonly conversationId: string;
  /** Absent until it has been sent. */
  readonly activityId?: string;
  /** The message that draws it, `<feature>.<message>`. */
  readonly message: string;
  readonly lang: Lang;
}

/** One row of the outbox. It is drawn from the records at the time of sending, so it is never stale. */
export interface OutboxMessage {
  /** Unique for ever: the same key is never sent twice. */
  readonly id: string;
  readonly conversationId: string;
  /** `post` creates a message; `update` redraws the post whose id is `target`, or the activity `activityId`. */
  readonly op: 'post' | 'update';
  /** The message that draws it, `<feature>.<message>`. */
  readonly message: string;
  readonly lang: Lang;
  /** Small facts that drawing needs and that may no longer be in the records. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The action, entry or event it is about: posts about one are registered and updated with it. */
  readonly actionId?: string;
  readonly target?: string;
  readonly activityId?: string;
  /**
   * The person who caused it: people take turns in a conversation. Absent for the bot's own messages and old rows.
   */
  readonly by?: string;
  /**
   * `due` → `sending` → `sent`. `failed`: refused permanently, or out of attempts. `unknown`: it may have arrived,
   * and sending it twice would harm. `void`: there was nothing left to say, or a coordinator has dealt with it.
   * `held`: its channel is gone, and it becomes due again once there is one.
   */
  readonly state: 'due' | 'sending' | 'sent' | 'failed' | 'unknown' | 'void' | 'held';
  readonly attempts: number;
  /** `due`: not before this time. `sending`: the end of its sender's claim. Otherwise: when it ended. */
  readonly dueAt: Instant;
  /** Order within a conversation among the messages of one person: a ULID. */
  readonly order: string;
  /** When it was enqueued; for an update that waits for its post, when it was last deferred. */
  readonly createdAt: Instant;
  readonly error?: string;
}

/** A channel chosen by an administrator with `configurer`. */
export interface Channel {
  readonly id: 'coordinators' | 'announcements';
  readonly conversationId: string;
  readonly teamId: string;
  readonly lang: Lang;
  readonly by: string;
  readonly at: Instant;
  /** Since when messages are known not to arrive; those who can repair it have been told. */
  readonly lostAt?: Instant;
}

/** A completed occurrence of a job: `weekly:2026-11-23`. */
export interface JobRun {
  readonly id: string;
  /** When it was done; if it was too early, when that was noticed. */
  readonly at: Instant;
  /** The clock was ahead then. */
  readonly early?: boolean;
}

/**
 * Something to do at a time about an action or an entry of a register: a reminder, the question after the day, the end
 * of an invitation. Planned anew in the transaction of each of its moves.
 */
export interface Task {
  /** `<feature>.<task>:<action id>:<occurrence>`, such as the employee and the day: each occurrence is done once. */
  readonly id: string;
  /** What does it, `<feature>.<task>`. */
  readonly name: string;
  /** The id of the action or entry. */
  readonly actionId: string;
  /** Whom it concerns; it is done in their working hours. Without one, in those of Paris. */
  readonly employeeId?: string;
  /** Not before this time. */
  readonly dueAt: Instant;
  /** From this time on it is of no use, and is dropped. */
  readonly until: Instant;
  readonly state: 'waiting' | 'done' | 'dropped';
  /** When it was done or dropped. */
  readonly endedAt?: Instant;
  /** It was done too early, by a clock that was ahead, and waits again. */
  readonly again?: boolean;
}

/** A link of the bot's own, which gives one person a file, once. The file is made when it is downloaded. */
export interface Link {
  /** The token in its address: unguessable, and in no log. */
  readonly id: string;
  /** What makes the file, `<feature>.<file>`. */
  readonly file: string;
  /** Whom it is for. */
  readonly personId: string;
  /** What the file is about, such as the id of an action: it is read, and authorised on, when the file is made. */
  readonly about: string;
  /** From this time on it gives nothing any more. */
  readonly expiresAt: Instant;
  /** When the file was downloaded. */
  readonly usedAt?: Instant;
}

/** A file with records of the company that somebody has downloaded: who, when, what. */
export interface Export {
  readonly id: string;
  readonly personId: string;
  /** The file and what it is about, as in its link. */
  readonly file: string;
  readonly about: string;
  readonly at: Instant;
}

/** A word by which `rechercher` finds a person or the requests of a school; written with what it belongs to. */
export interface SearchWord {
  /** `<of>:<word>:<subject>` */
  readonly id: string;
  readonly of: 'person' | 'school';
  /** Folded, see `foldWords`; of a school in the directory, its UAI code. */
  readonly word: string;
  /** The id of the person, or of the action that names the school. */
  readonly subject: string;
}

/** A deadline of the convention that somebody has marked as done, or had; the history has each time. */
export interface DeadlineMark {
  /** The deadline's, see `deadlineId`: another day is another deadline. */
  readonly id: string;
  /** Absent once it was undone. */
  readonly done?: { readonly by: string; readonly at: Instant; readonly evidence: string };
}

/** Some of the lines of a closed version of the report: they are read together. */
export interface ClosedLines {
  /** `<closing>:<part>` */
  readonly id: string;
  /**
   * Their JSON, compressed (raw deflate), in base64: a hundred thousand lines take a tenth of their size. Of people it has
   * their places in `people` alone.
   */
  readonly lines: string;
  /** The ids of the employees who are in these lines. */
  readonly people: readonly string[];
}

/** A file of past engagements that somebody has given, and what has become of it. */
export interface Import {
  readonly id: string;
  readonly fileName: string;
  /** Who gave the file; who began to add it, or dropped it, since then. */
  readonly by: string;
  readonly at: Instant;
  /**
   * `receiving`: its parts are being kept. `faulty`: nothing of it can be added. `ready`: a coordinator decides.
   * `adding`: its records are written, and seen by nobody. `added`: they all exist. `dropped`: what was written is being
   * removed.
   */
  readonly state: 'receiving' | 'faulty' | 'ready' | 'adding' | 'added' | 'dropped';
  /** The lines of the file, without its header and empty ones. */
  readonly lines: number;
  /** Engagements and actions to be added, or added. */
  readonly engagements: number;
  readonly actions: number;
  /** Lines that are there already. */
  readonly known: number;
  /** Findings that keep it from being added, and others; all are in its parts. */
  readonly faults: number;
  readonly notices: number;
  /** Engagements by programme year. */
  readonly years: Readonly<Record<string, number>>;
  /** Its parts with actions, and how many of them have been written. */
  readonly parts: number;
  readonly written: number;
  /** The number of its first action; the others follow. */
  readonly firstNumber?: number;
  /** The cards that show how far it is. */
  readonly cards?: readonly ImportCard[];
  readonly endedAt?: Instant;
  /** Its parts are removed. */
  readonly tidied?: boolean;
}

/** A card that shows how far an import is. */
export interface ImportCard {
  readonly conversationId: string;
  readonly activityId: string;
  readonly lang: Lang;
}

/** A part of a file that waits, or of what was found in it; removed with the last of its import. */
export interface ImportPart {
  /** `<import id>:a<number>` with actions, `<import id>:f<number>` with findings. */
  readonly id: string;
  readonly importId: string;
  /** How many actions are in the parts before. */
  readonly offset: number;
  readonly actions?: readonly ImportedAction[];
  readonly findings?: readonly Finding[];
}

/** Somebody who has asked to be erased, until nothing is left of them. */
export interface Erasure {
  /** What takes the place of their ids: drawn at random. */
  readonly id: string;
  readonly at: Instant;
  /** By what records know them; absent once no record does any more, but what is stored beside them still may. */
  readonly person?: ErasedPerson;
}

export interface ErasedPerson {
  readonly id: string;
  /** Their id, the `29:…` one, and those of their chats and of their name in imported files. */
  readonly ids: readonly string[];
  readonly name?: string | undefined;
}

export interface Counter {
  readonly id: string;
  readonly value: number;
}

/**
 * A lease on something only one process may do at a time. Absent when nobody holds it. Clocks are not compared: a
 * process that sees it unchanged for long enough concludes that its holder is gone.
 */
export interface Lease {
  /** `sender` sends the messages of the outbox. */
  readonly id: 'sender';
  /** A process; each start is another one. */
  readonly holder: string;
  /** Incremented each time the holder renews it. */
  readonly renewals: number;
}

/** Every kind of record. A record has an `id`, is plain JSON, and is replaced as a whole, never mutated. */
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
  tasks: Task;
  links: Link;
  exports: Export;
  words: SearchWord;
  invitations: Invitation;
  terms: Terms;
  amendments: Amendment;
  deadlines: DeadlineMark;
  imports: Import;
  importparts: ImportPart;
  entries: Entry;
  events: EventRecord;
  closings: Closing;
  closedlines: ClosedLines;
  erasures: Erasure;
  audit: AuditEntry;
  audithead: AuditHead;
  counters: Counter;
  leases: Lease;
  tallies: Tally;
  mobilised: Mobilised;
}
export type RecordKind = keyof Records;

/** The sort key of a row of the audit trail: its place in the chain. */
export const auditSort = (number: number): string => String(number).padStart(12, '0');

/** The place of a record in an index: the records of a partition are listed by `sort`, then by id. */
interface IndexEntry {
  partition: string;
  sort: string;
}
type Index<T> = (record: T) => IndexEntry | undefined;
const defineIndex = <T>(of: Index<T>): Index<T> => of;

/**
 * The indexes of the store, which are the only lists that can be read. Stores maintain them. A record for which the
 * function returns nothing is not in that index.
 */
export const indexes = {
  people: {
    byConversation: defineIndex<Person>((p) =>
      p.conversationId ? { partition: p.conversationId, sort: p.id } : undefined,
    ),
    byTeamsId: defineIndex<Person>((p) => ({ partition: p.teamsId, sort: p.id })),
    byClaim: defineIndex<Person>((p) => (p.claimedBy ? { partition: 'claimed', sort: p.id } : undefined)),
    /**
     * Partition `active` by when they were last active, or `announced` by when they are erased. Somebody of a file who
     * turned out to be another one is in neither.
     */
    byActivity: defineIndex<Person>((p) => ({
      partition: p.claimedBy ? 'claimed' : p.expiry ? 'announced' : 'active',
      sort: p.expiry?.eraseOn ?? p.activeOn ?? '',
    })),
  },
  conversations: {
    byTeam: defineIndex<Conversation>((c) => (c.teamId ? { partition: c.teamId, sort: c.id } : undefined)),
  },
  actions: {
    /** Partition `open|need` and the like. */
    byStateAndOrigin: defineIndex<Action>((a) => ({ partition: `${a.state}|${a.origin}`, sort: a.firstDay })),
    byState: defineIndex<Action>((a) => ({ partition: a.state, sort: a.firstDay })),
    /** Availabilities by kind and level (partition `classroom-talk|4e`), by the end of their period. */
    byAvailable: defineIndex<Action>((a) =>
      a.state === 'open' && a.halfDays
        ? { partition: `${a.kind}|${a.level ?? ''}`, sort: a.lastDay }
        : undefined,
    ),
    /** The dates agreed from an availability. */
    byAvailability: defineIndex<Action>((a) =>
      a.availability ? { partition: a.availability, sort: a.firstDay } : undefined,
    ),
    bySeries: defineIndex<Action>((a) => (a.series ? { partition: a.series, sort: a.firstDay } : undefined)),
    /** Those whose participants have answered differently, oldest first: partition `open`. */
    byContradiction: defineIndex<Action>((a) =>
      a.contradiction ? { partition: 'open', sort: a.contradiction.at } : undefined,
    ),
    /** By the number that people quote. */
    byNumber: defineIndex<Action>((a) => ({ partition: String(a.number), sort: a.id })),
    /** By the month of the first day: partition `2027-01`. */
    byMonth: defineIndex<Action>((a) => ({ partition: a.firstDay.slice(0, 7), sort: a.firstDay })),
  },
  engagements: {
    byEmployee: defineIndex<Engagement>((e) => ({ partition: e.employeeId, sort: e.firstDay })),
    byAction: defineIndex<Engagement>((e) => ({ partition: e.actionId, sort: e.id })),
    byState: defineIndex<Engagement>((e) => ({ partition: e.state, sort: e.since })),
    /** By the month of the first day of the action, as the actions are: partition `2027-01`. */
    byMonth: defineIndex<Engagement>((e) => ({ partition: e.firstDay.slice(0, 7), sort: e.firstDay })),
  },
  history: {
    byAction: defineIndex<HistoryRow>((h) => ({ partition: h.actionId, sort: h.at })),
    /** Not those of imports, thousands of the same moment: they are found by their actions. */
    byMonth: defineIndex<HistoryRow>((h) =>
      h.importId ? undefined : { partition: h.at.slice(0, 7), sort: h.at },
    ),
    /** By who made the move; of those of imports, too, that they were made is kept with the import. */
    byPerson: defineIndex<HistoryRow>((h) => (h.importId ? undefined : { partition: h.by, sort: h.at })),
  },
  posts: {
    byAction: defineIndex<Post>((p) => ({ partition: p.actionId, sort: p.id })),
  },
  outbox: {
    /** What is still to be sent, in the order of sending. */
    byState: defineIndex<OutboxMessage>((m) => ({ partition: m.state, sort: m.order })),
    /**
     * What has ended, by when: `sent`, `void`, and `undelivered` for what a person must know about. A failed update
     * is `void`: the next move of its action draws the card again.
     */
    byEnd: defineIndex<OutboxMessage>((m) => {
      if (m.state === 'due' || m.state === 'sending' || m.state === 'held') return undefined;
      if (m.state === 'sent' || m.state === 'void') return { partition: m.state, sort: m.dueAt };
      return { partition: m.op === 'post' ? 'undelivered' : 'void', sort: m.dueAt };
    }),
  },
  channels: {},
  jobs: {},
  tasks: {
    byAction: defineIndex<Task>((t) => ({ partition: t.actionId, sort: t.id })),
    /** What waits, by when it is due, and what has ended, by when it did. */
    byState: defineIndex<Task>((t) => ({ partition: t.state, sort: t.endedAt ?? t.dueAt })),
  },
  links: {
    byPerson: defineIndex<Link>((l) => ({ partition: l.personId, sort: l.expiresAt })),
  },
  exports: {
    byPerson: defineIndex<Export>((e) => ({ partition: e.personId, sort: e.at })),
  },
  words: {
    byWord: defineIndex<SearchWord>((w) => ({ partition: w.of, sort: w.word })),
  },
  invitations: {
    byAction: defineIndex<Invitation>((i) => ({ partition: i.actionId, sort: i.at })),
    byEmployee: defineIndex<Invitation>((i) => ({ partition: i.employeeId, sort: i.at })),
  },
  terms: {},
  amendments: {
    byState: defineIndex<Amendment>((a) => ({ partition: a.state, sort: String(a.number).padStart(6, '0') })),
  },
  deadlines: {},
  imports: {
    byState: defineIndex<Import>((i) => ({ partition: i.state, sort: i.endedAt ?? i.at })),
    /** Those with parts that are still kept. */
    byParts: defineIndex<Import>((i) => (i.tidied ? undefined : { partition: 'kept', sort: i.at })),
  },
  importparts: {
    byImport: defineIndex<ImportPart>((p) => ({ partition: p.importId, sort: p.id })),
  },
  entries: {
    /** Partition `tools|waiting` while something is expected of somebody, otherwise `tools|done`. */
    byRegister: defineIndex<Entry>((e) => ({
      partition: `${entryShapes[e.kind].register}|${isWaiting(e) ? 'waiting' : 'done'}`,
      sort: e.since,
    })),
  },
  events: {
    /** All of them: they are few. Partition `all`. */
    byId: defineIndex<EventRecord>((e) => ({ partition: 'all', sort: e.id })),
  },
  closings: {
    /** The versions of a year, the first one first. */
    byYear: defineIndex<Closing>((c) => ({
      partition: c.year,
      sort: String(c.version).padStart(6, '0'),
    })),
  },
  closedlines: {},
  erasures: {
    /** All of them: they are few, and gone within minutes. Partition `all`. */
    byTime: defineIndex<Erasure>((e) => ({ partition: 'all', sort: e.at })),
    byPerson: defineIndex<Erasure>((e) => (e.person ? { partition: e.person.id, sort: e.at } : undefined)),
  },
  audit: {
    /** All of them, the first one first: partition `all`. */
    byNumber: defineIndex<AuditEntry>((a) => ({ partition: 'all', sort: auditSort(a.number) })),
    byKind: defineIndex<AuditEntry>((a) => ({ partition: a.kind, sort: auditSort(a.number) })),
    byPerson: defineIndex<AuditEntry>((a) => ({ partition: a.by, sort: auditSort(a.number) })),
  },
  audithead: {},
  counters: {},
  leases: {},
  tallies: {},
  mobilised: {},
} as const satisfies { [K in RecordKind]: Record<string, Index<Records[K]>> };

export type IndexName<K extends RecordKind> = keyof (typeof indexes)[K] & string;
