import type { Clock, Directory, Store } from '../ports.js';
import type { Log } from './bot.js';

/** A member of a team, as the connector lists them. */
export interface Member {
  readonly id: string;
  readonly aadObjectId?: string;
}

export interface DirectoryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The members of a team, read from Teams. */
  readonly membersOf: (teamId: string, serviceUrl: string) => Promise<readonly Member[]>;
  /** AAD object ids; empty: every member of the channel's team is a coordinator. */
  readonly coordinators: readonly string[];
  readonly admins: readonly string[];
  /** True without credentials, on loopback: anybody may set the bot up. */
  readonly open: boolean;
}

/** A roster is asked for again after this, so that somebody who joins or leaves is known within minutes. */
const freshMs = 2 * 60_000;
/** After this, a roster that Teams did not renew gives nobody a right. */
const validMs = 10 * 60_000;
/** A coordinator's click waits this long for Teams at most. */
const patienceMs = 3_000;

interface Roster {
  readonly teamId: string;
  readonly readAt: number;
  readonly members: ReadonlyMap<string, string>;
}

/** Who is a coordinator: the members of the coordinators' channel's team, read from Teams and kept for minutes. */
export function createDirectory(options: DirectoryOptions): Directory & { refresh(): Promise<void> } {
  const { store, clock, log, membersOf, coordinators, admins, open } = options;
  let roster: Roster | undefined;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const place = await store.read(async (r) => {
      const channel = await r.get('channels', 'coordinators');
      return channel && { channel, conversation: await r.get('conversations', channel.conversationId) };
    });
    if (!place?.conversation) {
      roster = undefined;
      return;
    }
    const { teamId } = place.channel;
    const members = await membersOf(teamId, place.conversation.serviceUrl);
    const known = members.flatMap((m) => (m.aadObjectId ? [[m.aadObjectId, m.id] as const] : []));
    roster = { teamId, readAt: Date.parse(clock.now()), members: new Map(known) };
  };

  const refresh = (): Promise<void> => {
    reading ??= read()
      .catch((error: unknown) => log.warn({ err: error }, "the coordinators' team could not be read"))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  const age = (): number => (roster ? Date.parse(clock.now()) - roster.readAt : Number.POSITIVE_INFINITY);
  const narrowed = (personId: string): boolean =>
    coordinators.length === 0 || coordinators.includes(personId);

  return {
    refresh,
    isAdmin: (personId) => open || admins.includes(personId),
    isCoordinator: async (personId, wait) => {
      if (age() > freshMs || age() < 0) {
        const asked = refresh();
        if (wait && (age() > validMs || age() < 0)) await Promise.race([asked, patience()]);
      }
      const valid = age() <= validMs && age() >= 0;
      return valid && narrowed(personId) && (roster?.members.has(personId) ?? false);
    },
    coordinatorTeamsIds: () =>
      [...(roster?.members ?? [])].filter(([personId]) => narrowed(personId)).map(([, teamsId]) => teamsId),
  };
}

const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, patienceMs).unref());
