import type { z } from 'zod';
import type { Calendar } from '../domain/calendar.js';
import type { Convention } from '../domain/convention.js';
import type { SchoolIndex } from '../domain/schools/search.js';
import type { Clock, Directory, Ids, Lang, OutboxMessage, Reader, Store, Transaction } from '../ports.js';
import type { Text } from '../text/text.js';

/** Who acts, where, and what the server knows of them. Nothing in it comes from a card. */
export interface Actor {
  readonly id: string;
  readonly teamsId: string;
  readonly lang: Lang;
  /** The language of their Teams client, in which it writes dates. */
  readonly clientLang: Lang;
  /** True only where the role is asked for, see `FeatureAction.asks`. */
  readonly coordinator: boolean;
  /** The role was asked for, and Teams did not say: they may be a coordinator. */
  readonly roleUnknown?: boolean;
  readonly admin: boolean;
  readonly place: {
    readonly conversationId: string;
    readonly kind: 'personal' | 'channel' | 'groupChat';
    readonly teamId?: string;
  };
  /** The message whose card was used, when a card was. */
  readonly activityId?: string;
}

/** A card to draw: a template of `cards/` and the facts it shows. */
export interface Card {
  /** File name in `cards/`, without `.json`. */
  readonly template: string;
  readonly lang: Lang;
  readonly data: Record<string, unknown>;
  /** What the notification says. */
  readonly summary: string;
  /** Who sees their own view of it: Teams asks for it with this verb, for these `29:…` ids (60 at most). */
  readonly refresh?: { readonly verb: string; readonly data: object; readonly userIds: readonly string[] };
}

export type OwedMessage = Pick<OutboxMessage, 'conversationId' | 'message' | 'lang'> & {
  /** Unique for ever: the same key is never sent twice. */
  readonly key: string;
} & Partial<Pick<OutboxMessage, 'op' | 'data' | 'actionId' | 'target' | 'activityId' | 'by' | 'dueAt'>>;

/** What a feature may use. */
export interface Services {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly convention: Convention;
  readonly calendar: Calendar;
  /** The schools that people can choose. */
  readonly schools: SchoolIndex;
  readonly directory: Directory;
  readonly textIn: (lang: Lang) => Text;
  /** Owes a message inside a transaction: it is sent once the transaction is durable. */
  owe(tx: Transaction, message: OwedMessage): Promise<void>;
}

export type Role = 'employee' | 'coordinator' | 'admin';

/** A button or form of a card: the verb is `<feature>.<action>`. */
export interface FeatureAction {
  readonly who: Role;
  /** What it must be known for whether the person is a coordinator: to show something, or to change something. */
  readonly asks: 'nothing' | 'read' | 'change';
  run(actor: Actor, data: Record<string, unknown>, services: Services): Promise<Card>;
}

/**
 * An action whose data is parsed first. What does not parse is an outdated or forged card, and is answered as
 * such; a form's own inputs are read by the form, which gives them back filled.
 */
export const action = <T>(definition: {
  who?: Role;
  /** True when employees may do it too, and the answer depends on whether somebody is a coordinator. */
  byRole?: boolean;
  /** True when it only shows something. What depends on the role is taken for a change otherwise. */
  reads?: boolean;
  input: z.ZodType<T>;
  run(actor: Actor, input: T, services: Services): Promise<Card>;
}): FeatureAction => ({
  who: definition.who ?? 'employee',
  asks:
    definition.byRole || definition.who === 'coordinator'
      ? definition.reads
        ? 'read'
        : 'change'
      : 'nothing',
  run: (actor, data, services) => {
    const parsed = definition.input.safeParse(data);
    if (!parsed.success) throw new Refusal('refusal.outdated');
    return definition.run(actor, parsed.data, services);
  },
});

/** What a message in the outbox shows when it is sent. Nothing: there is nothing left to say. */
export type DrawMessage = (
  message: OutboxMessage,
  reader: Reader,
  services: Services,
) => Promise<Card | undefined>;

export interface Job {
  /** Does what is due by now; says what it did, or would do. Run every minute, and safe to run again. */
  run(services: Services, options: { dryRun: boolean }): Promise<string>;
}

/** Who else may read an answer: those in the coordinators' channel, or everybody everywhere. */
export type Readers = 'coordinators' | 'anyone';

/** One thing that people can do. `features/index.ts` lists them all; help, routing and the manifest follow. */
export interface Feature {
  readonly name: string;
  /** Who sees it in the help. */
  readonly audience: Role;
  /** Where its commands are listed in the manifest. */
  readonly scopes: readonly ('personal' | 'team' | 'groupChat')[];
  /** The first is the one that the help shows. What the texts call the feature is understood besides. */
  readonly commands: Readonly<Record<Lang, readonly string[]>>;
  /**
   * Who else may read what its commands and buttons answer. Nobody, when nothing is said: whoever asks among others
   * then gets a button to it, which answers them alone, or the answer in their own chat.
   */
  readonly readers?: Readers;
  /** What its command opens. */
  open?(actor: Actor, services: Services): Promise<Card>;
  readonly actions: Readonly<Record<string, FeatureAction>>;
  readonly messages?: Readonly<Record<string, DrawMessage>>;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** A rule says no. The text says what happened, why, and what to do, in the reader's language. */
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

/** No for now: the same click may be answered in a minute, so that its card is left as it is. */
export class TryAgain extends Refusal {}
