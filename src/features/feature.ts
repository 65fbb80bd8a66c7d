import type { z } from 'zod';
import type { Action, Engagement } from '../domain/action.js';
import type { Calendar } from '../domain/calendar/school-calendar.js';
import type { Convention } from '../domain/convention/convention.js';
import type { SchoolIndex } from '../domain/schools/search.js';
import type { Clock, Directory, DrawnCard, Ids, Reader, Store, Transaction } from '../ports.js';
import type { Lang, Link, OutboxMessage, Task } from '../records.js';
import type { Text } from '../text/text.js';
import type { DroppedFile, MadeFile } from './shared/files.js';
import type { Start } from './shared/start.js';

/** Who acts, where, and what the server knows about them. Nothing in it comes from a card. */
export interface Actor {
  readonly id: string;
  readonly teamsId: string;
  readonly lang: Lang;
  /** The language of their Teams client, in which it formats dates. */
  readonly clientLang: Lang;
  /** Reliable only where the role is asked for, see `FeatureAction.asks`. */
  readonly coordinator: boolean;
  /** The role was asked for, but Teams did not answer: they may be a coordinator. */
  readonly roleUnknown?: boolean;
  readonly admin: boolean;
  readonly place: {
    readonly conversationId: string;
    readonly kind: 'personal' | 'channel' | 'groupChat';
    readonly teamId?: string;
  };
  /** The message whose card was used, if any. */
  readonly activityId?: string;
}

/** The most people for whom Teams accepts views of their own (Universal Actions, `userIds`). */
export const maxViewers = 60;

/** A card to render: a template of `cards/` and its data. */
export interface Card {
  /** File name in `cards/`, without `.json`. */
  readonly template: string;
  readonly lang: Lang;
  readonly data: Record<string, unknown>;
  /** The text of the notification. */
  readonly summary: string;
  /** The people who get a view of their own: Teams requests it with this verb, for these `29:…` ids (`maxViewers` at most). */
  readonly refresh?: { readonly verb: string; readonly data: object; readonly userIds: readonly string[] };
}

export type OutgoingMessage = Pick<OutboxMessage, 'conversationId' | 'message' | 'lang'> & {
  /** Unique for ever: the same key is never sent twice. */
  readonly key: string;
} & Partial<Pick<OutboxMessage, 'op' | 'data' | 'actionId' | 'target' | 'activityId' | 'by' | 'dueAt'>>;

/** What features may use. */
export interface Services {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The convention in force and the calendars, as they were when the turn, the drawing or the making of a file began. */
  readonly convention: Convention;
  readonly calendar: Calendar;
  /** The same in a transaction or a reading: those of the files, changed by amendments and by edited events. */
  conventionIn(reader: Reader): Promise<Convention>;
  calendarIn(reader: Reader): Promise<Calendar>;
  /** The schools to choose from. */
  readonly schools: SchoolIndex;
  readonly directory: Directory;
  readonly textIn: (lang: Lang) => Text;
  readonly links: {
    /** The address of the bot for a browser, without a slash at its end; nothing if people cannot reach it so. */
    address(): string | undefined;
    /** An unguessable token of 192 random bits. */
    newToken(): string;
    /** Whether Teams takes files in people's own chats; in a local trial, nothing does. */
    readonly throughTeams: boolean;
  };
  /** Every feature, in the order in which the help lists them. */
  readonly features: readonly Feature[];
  /** A coordinator does for an employee, who has asked them to, what the employee could do themselves. */
  readonly behalf?: { readonly coordinatorId: string; readonly employeeId: string };
  /** Enqueues a message inside a transaction: it is sent once the transaction is durable. */
  enqueue(tx: Transaction, message: OutgoingMessage): Promise<void>;
}

/** `keeper`: a coordinator or an administrator; both keep the registers of the convention. */
export type Role = 'employee' | 'coordinator' | 'keeper' | 'admin';

export const hasRole = (who: Role, { coordinator, admin }: Pick<Actor, 'coordinator' | 'admin'>): boolean =>
  ({ employee: true, coordinator, keeper: coordinator || admin, admin })[who];

/** Whether it must be known who is a coordinator to know who has a role. */
export const dependsOnTeam = (who: Role | undefined): boolean => who === 'coordinator' || who === 'keeper';

/** A button or form of a card; its verb is `<feature>.<action>`. */
export interface FeatureAction {
  readonly who: Role;
  /** Why it must be known whether the person is a coordinator: to show something, or to change something. */
  readonly asks: 'nothing' | 'read' | 'change';
  run(actor: Actor, data: Record<string, unknown>, services: Services): Promise<Card>;
}

/**
 * An action whose data is parsed first. Data that does not parse comes from an outdated or forged card, and is
 * refused as such. A form's own inputs are read by the form, which gives them back filled in.
 */
export const action = <T>(definition: {
  who?: Role;
  /** True if employees may do it too, and the result depends on whether somebody is a coordinator. */
  byRole?: boolean;
  /** True if it only shows something. Otherwise an action that depends on the role counts as a change. */
  reads?: boolean;
  input: z.ZodType<T>;
  run(actor: Actor, input: T, services: Services): Promise<Card>;
}): FeatureAction => ({
  who: definition.who ?? 'employee',
  asks:
    definition.byRole || dependsOnTeam(definition.who) ? (definition.reads ? 'read' : 'change') : 'nothing',
  run: (actor, data, services) => {
    const parsed = definition.input.safeParse(data);
    if (!parsed.success) throw new Refusal('refusal.outdated');
    return definition.run(actor, parsed.data, services);
  },
});

/** Makes what is sent after the records were read; nothing if there is nothing left to say. */
export type MakeMessage = () => Promise<DrawnCard | undefined>;

/** Draws a message of the outbox when it is sent; nothing if there is nothing left to say. */
export type DrawMessage = (
  message: OutboxMessage,
  reader: Reader,
  services: Services,
) => Promise<Card | MakeMessage | undefined>;

export interface JobOptions {
  readonly dryRun: boolean;
  /** Says in the log what whoever runs the bot must know of; no name of a person. */
  readonly warn?: (message: string) => void;
}

export interface Job {
  /** Does what is due; returns a summary of what it did or would do. Called every half minute, and safe to repeat. */
  run(services: Services, options: JobOptions): Promise<string>;
}

/** An action and its engagements, as stored. */
export interface Request {
  readonly action: Action;
  readonly engagements: readonly Engagement[];
}

/** A task that an action needs now. */
export type PlannedTask = Pick<Task, 'dueAt' | 'until'> & {
  /** The task of this feature that does it. */
  readonly task: string;
  /** What makes it another occurrence of that task for the same action, such as the employee and the day. */
  readonly occurrence: string;
  readonly employeeId?: string;
};

/** Something that is done at a time, once an occurrence. */
export interface FeatureTask {
  /** The job by which it can be run by hand. */
  readonly job: 'reminders' | 'outcomes';
  /**
   * Does it, in the transaction that records it as done. The task may be outdated: it reads what it depends on again,
   * and does nothing if it makes no sense any more.
   * @param key unique to the occurrence, for the messages that it enqueues
   */
  run(tx: Transaction, task: Task, key: string, services: Services): Promise<void>;
}

/**
 * Makes the file of a link from the records, when it is downloaded; nothing if the person may not have it, or no
 * longer. Texts `<feature>.files.<file>.what` and `.again` say what it is, and how to get another link.
 */
export type MakeFile = (link: Link, services: Services) => Promise<MadeFile | undefined>;

/** What a feature does with files that people drop in their own chats. */
export interface TakesFile {
  /** A larger one is not read. */
  readonly maxBytes: number;
  /** Whether reading it takes so long that somebody is answered later. */
  isLong(file: DroppedFile): boolean;
  /** What they read until then. */
  waiting(actor: Actor, file: DroppedFile, services: Services): Card;
  take(actor: Actor, file: DroppedFile, services: Services): Promise<Card>;
}

/** Who else may read an answer: the coordinators' channel, or anybody anywhere. */
export type Readers = 'coordinators' | 'anyone';

/**
 * Something that people can do. `features/index.ts` lists all features; help, routing and the manifest follow from
 * it.
 */
export interface Feature {
  readonly name: string;
  /** Who sees it in the help. */
  readonly audience: Role;
  /** Where the manifest lists its commands. */
  readonly scopes: readonly ('personal' | 'team' | 'groupChat')[];
  /** The help shows the first one. The names in the texts are understood too. */
  readonly commands: Readonly<Record<Lang, readonly string[]>>;
  /**
   * Who else may read the answers to its commands and buttons; by default nobody. Somebody who asks among others then
   * gets a button that answers them alone, or the answer in their own chat.
   */
  readonly readers?: Readers;
  /** The words behind its command are what it looks for. */
  readonly takesWords?: boolean;
  /**
   * What its command opens.
   * @param start what it begins with, as far as its author has said it
   */
  open?(actor: Actor, services: Services, start?: Start): Promise<Card>;
  readonly actions: Readonly<Record<string, FeatureAction>>;
  readonly messages?: Readonly<Record<string, DrawMessage>>;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly tasks?: Readonly<Record<string, FeatureTask>>;
  /** The files that links give. */
  readonly files?: Readonly<Record<string, MakeFile>>;
  /** What people drop in their own chats, if they have the role of its audience; one feature takes all files. */
  readonly takesFile?: TakesFile;
  /**
   * The tasks of this feature that a request needs as it is now, done or not: those that are stored and not in the
   * plan any more are removed, and none is done twice.
   */
  plan?(request: Request, reader: Reader, services: Services): Promise<readonly PlannedTask[]>;
}

/** A rule refuses something. The text says what happened, why, and what to do, in the reader's language. */
export class Refusal extends Error {
  constructor(
    /** `<key>.heading` and `<key>.why` are texts. */
    readonly key: string,
    readonly params: Record<string, string | number> = {},
  ) {
    super(key);
    this.name = 'Refusal';
  }
}

/** A refusal that a minute may change: the card that was clicked is left as it is. */
export class TryAgain extends Refusal {}
