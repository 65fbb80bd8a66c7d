import type { SeenRequest } from './connector.js';

/** A member as Teams answers it; `objectId` is the name Teams gives to the AAD object id. */
export interface Member {
  readonly id: string;
  readonly aadObjectId: string;
  /** The same as `aadObjectId` unless given. */
  readonly objectId?: string;
  readonly name: string;
  readonly tenantId?: string | null;
  /** `user`, `guest` or `anonymous`. */
  readonly userRole?: string | null;
  readonly userPrincipalName?: string | null;
}

interface Team {
  readonly id: string;
  readonly name?: string;
  readonly channels?: readonly { id: string; name?: string }[];
}

const defaultPageSize = 500;

/** The part of the connector that says who is where: rosters, single members, teams and their channels. */
export function createDirectory() {
  const members = new Map<string, readonly Member[]>();
  const teams = new Map<string, Team>();

  function page(roster: readonly Member[], query: URLSearchParams) {
    const size = Number(query.get('pageSize') ?? defaultPageSize);
    const from = Number(query.get('continuationToken') ?? 0);
    const more = from + size < roster.length;
    const shown = roster.slice(from, from + size).map(asTeams);
    return { members: shown, ...(more && { continuationToken: String(from + size) }) };
  }

  return {
    setMembers: (id: string, roster: readonly Member[]) => void members.set(id, roster),
    setTeam: (team: Team) => void teams.set(team.id, team),
    /** Nothing when the request is for something else. */
    answer({ method, path, query }: SeenRequest): { status: number; body: unknown } | undefined {
      if (method !== 'GET') return undefined;
      const team = /^\/v3\/teams\/([^/]+)(\/conversations)?$/.exec(path);
      if (team) {
        const known = teams.get(team[1] ?? '');
        if (!known) return missing('ConversationNotFound');
        return ok(team[2] ? { conversations: known.channels ?? [] } : { id: known.id, name: known.name });
      }
      const roster = /^\/v3\/conversations\/([^/]+)\/(pagedmembers|members)(?:\/(.+))?$/.exec(path);
      if (!roster) return undefined;
      const known = members.get(roster[1]?.split(';messageid=')[0] ?? '');
      if (!known) return missing('BotNotInConversationRoster', 403);
      if (roster[2] === 'pagedmembers') return ok(page(known, query));
      if (roster[3] === undefined) return ok(known.map(asTeams));
      const member = known.find(({ id, aadObjectId }) => id === roster[3] || aadObjectId === roster[3]);
      return member ? ok(asTeams(member)) : missing('MemberNotFoundInConversation');
    },
  };
}

const asTeams = (member: Member) => ({ objectId: member.aadObjectId, ...member });

const ok = (body: unknown) => ({ status: 200, body });

const missing = (code: string, status = 404) => ({ status, body: { error: { code, message: code } } });
