import type { Convention } from '../domain/convention.js';
import type { Clock, Directory, Store } from '../ports.js';
import type { Log } from './bot.js';

/** A member of a team, as the connector lists them. What it does not say is not known. */
export interface Member {
  /** The `29:…` id. */
  readonly id: string;
  /** The AAD object id. */
  readonly personId: string | undefined;
  readonly tenantId: string | undefined;
  readonly role: string | undefined;
  readonly principalName: string | undefined;
}

export interface DirectoryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The members of a team, read from Teams. Rejects when Teams does not answer in time. */
  readonly membersOf: (teamId: string, serviceUrl: string) => Promise<readonly Member[]>;
  /** The company's tenant; nothing in a local trial. */
  readonly tenantId: string | undefined;
  /** AAD object ids; empty: every member of the channel's team who is of the company is a coordinator. */
  readonly coordinators: readonly string[];
  readonly admins: readonly string[];
  /** How old what Teams said may be. */
  readonly ages: Convention['roster'];
  /** True without credentials, on loopback: anybody may set the bot up. */
  readonly open: boolean;
}

/** Whoever reads waits for Teams when the roster is older than this; a younger one is renewed meanwhile. */
const waitAfterMs = 10 * 60_000;
/** A click waits this long for Teams at most. */
const patienceMs = 3_000;

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
  /** The `29:…` ids by the AAD object ids. */
  readonly members: ReadonlyMap<string, string>;
}

/** Who is a coordinator: the members of the coordinators' channel's team, read from Teams and kept for a while. */
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

  /** Strict in what Teams says, lenient in what it does not: the roster of a team names no one's address, for one. */
  const isOurs = ({ tenantId: of = tenantId, role = 'user', principalName = '' }: Member): boolean =>
    (tenantId === undefined || of === tenantId) &&
    ownRoles.has(role.toLowerCase()) &&
    !/#EXT#/i.test(principalName);

  const rightsOf = (members: readonly Member[]) =>
    new Map(
      members.flatMap((m): [string, string][] =>
        m.personId && (coordinators.length > 0 ? isNamed(m.personId) : isOurs(m)) ? [[m.personId, m.id]] : [],
      ),
    );

  /** Those who ask for the same team at the same time get one answer. That of a team asked for before is left. */
  function ask({ teamId, serviceUrl }: Team): Promise<void> {
    if (reading?.teamId === teamId) return reading.done;
    const askedAt = now();
    const done = membersOf(teamId, serviceUrl)
      .then(
        (members) => {
          if (reading === own) roster = { teamId, askedAt, members: rightsOf(members) };
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

  /** A roster of another team, or of a time to come, is none. */
  function age(teamId: string): number {
    const ms = roster?.teamId === teamId ? now() - roster.askedAt : Infinity;
    return ms < 0 ? Infinity : ms;
  }

  return {
    isAdmin: (personId) => open || admins.includes(personId),
    adminIds: () => admins,
    isCoordinator: async (personId, to) => {
      if (coordinators.length > 0 && !isNamed(personId)) return 'no';
      const team = await findTeam();
      if (!team) return 'no';
      const { teamId } = team;
      const oldest = to === 'change' ? changeMs : readMs;
      if (age(teamId) > changeMs) {
        const asked = ask(team);
        if (age(teamId) > Math.min(oldest, waitAfterMs)) await Promise.race([asked, patience()]);
      }
      if (age(teamId) > oldest) return 'unknown';
      if (roster?.members.has(personId)) return 'yes';
      // Somebody may have joined since.
      return age(teamId) > waitAfterMs ? 'unknown' : 'no';
    },
    refresh: async () => {
      try {
        const team = await findTeam();
        if (team) await ask(team);
      } catch (error) {
        log.warn({ err: error }, "the coordinators' team could not be looked up");
      }
    },
    coordinatorTeamsIds: (teamId) => (roster?.teamId === teamId ? [...roster.members.values()] : []),
  };
}

const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, patienceMs).unref());
