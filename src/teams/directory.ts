import type { Convention } from '../domain/convention/convention.js';
import type { Belonging, Clock, Directory, Store } from '../ports.js';
import type { Log } from './bot.js';

/** A member of a team, from the connector; what it leaves out is unknown. */
export interface Member extends Belonging {
  /** The `29:…` id. */
  readonly id: string;
}

export interface DirectoryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Reads the members of a team from Teams. Rejects if Teams does not answer in time. */
  readonly membersOf: (teamId: string, serviceUrl: string) => Promise<readonly Member[]>;
  /** The company's tenant; absent in a local trial. */
  readonly tenantId: string | undefined;
  /** AAD object ids; if empty, every member of the channel's team who belongs to the company is a coordinator. */
  readonly coordinators: readonly string[];
  readonly admins: readonly string[];
  /** The maximum ages of a roster. */
  readonly ages: Convention['roster'];
  /** True without credentials, on loopback: anybody may set up the bot. */
  readonly open: boolean;
}

/** Readers wait for Teams if the roster is older than this; a younger one is refreshed in the background. */
const waitAfterMs = 10 * 60_000;
/** The longest that a click waits for Teams. */
const rosterTimeoutMs = 3_000;

/** The roles of members of the company. Source: `userRole` of the roster of Teams' bot API. */
const ownRoles = new Set(['user', 'member', 'owner']);

interface Team {
  readonly teamId: string;
  readonly serviceUrl: string;
}

interface Roster {
  readonly teamId: string;
  /** When Teams was asked. */
  readonly askedAt: number;
  /** The `29:…` ids by AAD object id. */
  readonly members: ReadonlyMap<string, string>;
}

/** Looks up who is a coordinator: the members of the coordinators' channel's team, read from Teams and cached. */
export function createDirectory(options: DirectoryOptions): Directory {
  const { store, clock, log, membersOf, tenantId, coordinators, admins, open } = options;
  const changeMs = options.ages.changeMinutes * 60_000;
  const readMs = options.ages.readMinutes * 60_000;
  let roster: Roster | undefined;
  let reading: { readonly teamId: string; readonly done: Promise<void> } | undefined;

  const now = () => Date.parse(clock.now());

  const findTeam = (): Promise<Team | undefined> =>
    store.read(async (r) => {
      const channel = await r.get('channels', 'coordinators');
      const place = channel && (await r.get('conversations', channel.conversationId));
      return place && { teamId: channel.teamId, serviceUrl: place.serviceUrl };
    });

  const isNamed = (personId: string): boolean => coordinators.includes(personId);

  /**
   * Strict about what Teams says, lenient about what it leaves out: the roster of a team has no addresses, for
   * example.
   */
  const isOurs = ({ tenantId: of = tenantId, roles, principalName = '' }: Belonging): boolean =>
    (tenantId === undefined || of?.toLowerCase() === tenantId.toLowerCase()) &&
    roles.every((role) => ownRoles.has(role.toLowerCase())) &&
    !/#EXT#/i.test(principalName);

  const findCoordinators = (members: readonly Member[]) =>
    new Map(
      members.flatMap((m): [string, string][] =>
        m.personId && (coordinators.length > 0 ? isNamed(m.personId) : isOurs(m)) ? [[m.personId, m.id]] : [],
      ),
    );

  /** Concurrent callers for the same team share one request. The request for a former team is abandoned. */
  function refreshRoster({ teamId, serviceUrl }: Team): Promise<void> {
    if (reading?.teamId === teamId) return reading.done;
    const askedAt = now();
    const done = membersOf(teamId, serviceUrl)
      .then(
        (members) => {
          if (reading === own) roster = { teamId, askedAt, members: findCoordinators(members) };
        },
        (error: unknown) => log.warn({ err: error }, "the coordinators' team could not be read"),
      )
      .finally(() => {
        if (reading === own) reading = undefined;
      });
    const own = { teamId, done };
    reading = own;
    return done;
  }

  /** A roster of another team, or from the future, does not count. */
  function rosterAge(teamId: string): number {
    const ms = roster?.teamId === teamId ? now() - roster.askedAt : Infinity;
    return ms < 0 ? Infinity : ms;
  }

  return {
    isOutsider: (who) => !isOurs(who) && ![...coordinators, ...admins].some((id) => id === who.personId),
    isAdmin: (personId) => open || admins.includes(personId),
    adminIds: () => admins,
    isCoordinator: async (personId, to) => {
      if (coordinators.length > 0 && !isNamed(personId)) return 'no';
      const team = await findTeam();
      if (!team) return 'no';
      const { teamId } = team;
      const oldest = to === 'change' ? changeMs : readMs;
      if (rosterAge(teamId) > changeMs) {
        const refreshing = refreshRoster(team);
        if (rosterAge(teamId) > Math.min(oldest, waitAfterMs))
          await Promise.race([refreshing, rosterTimeout()]);
      }
      if (rosterAge(teamId) > oldest) return 'unknown';
      if (roster?.members.has(personId)) return 'yes';
      // Somebody may have joined since.
      return rosterAge(teamId) > waitAfterMs ? 'unknown' : 'no';
    },
    refresh: async () => {
      try {
        const team = await findTeam();
        if (team) await refreshRoster(team);
      } catch (error) {
        log.warn({ err: error }, "the coordinators' team could not be looked up");
      }
    },
    coordinatorTeamsIds: (teamId) => (roster?.teamId === teamId ? [...roster.members.values()] : []),
  };
}

const rosterTimeout = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, rosterTimeoutMs).unref());
