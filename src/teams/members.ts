import type { ConnectorClient } from 'botframework-connector';
import type { Member } from './directory.js';
import { parseAadId } from './incoming.js';
import { withTimeout } from './with-timeout.js';

/**
 * What Teams adds to the framework's member. All but the id may be missing or null; the paged roster leaves out the
 * principal name. Source: https://learn.microsoft.com/microsoftteams/platform/resources/team-chat-member-api-changes
 */
interface TeamsMember {
  readonly id: string;
  readonly aadObjectId?: string | null;
  /** The older name of `aadObjectId`. */
  readonly objectId?: string | null;
  readonly tenantId?: string | null;
  readonly userRole?: string | null;
  readonly userPrincipalName?: string | null;
}

/** A page that takes longer will not come. */
const pageTimeoutMs = 10_000;

/** Reads all members of a team, page by page. Rejects if Teams does not answer in time. */
export async function readMembers(connector: ConnectorClient, teamId: string): Promise<Member[]> {
  const members: Member[] = [];
  let continuationToken: string | undefined;
  do {
    const abortSignal = AbortSignal.timeout(pageTimeoutMs);
    // The SDK's type requires a token, which the first page does not have.
    const options = { pageSize: 500, continuationToken, abortSignal } as {
      pageSize: number;
      continuationToken: string;
    };
    // What precedes the request, fetching the app's own token, ignores the signal.
    const page = await withTimeout(
      pageTimeoutMs,
      connector.conversations.getConversationPagedMembers(teamId, options),
    );
    members.push(...(page.members as TeamsMember[]).map(memberOf));
    continuationToken = page.continuationToken || undefined;
  } while (continuationToken);
  return members;
}

const memberOf = (m: TeamsMember): Member => ({
  id: m.id,
  personId: parseAadId(m.aadObjectId) ?? parseAadId(m.objectId),
  tenantId: m.tenantId || undefined,
  roles: m.userRole ? [m.userRole] : [],
  principalName: m.userPrincipalName || undefined,
});
