import type { ConnectorClient } from 'botframework-connector';
import type { Member } from './directory.js';
import { aadIdFrom } from './incoming.js';

/** What Teams adds to the framework's own member. */
interface TeamsMember {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly objectId?: string;
}

/** All the members of a team, page by page. Rejects when Teams does not answer. */
export async function readMembers(connector: ConnectorClient, teamId: string): Promise<Member[]> {
  const members: Member[] = [];
  let continuationToken: string | undefined;
  do {
    // The SDK's type asks for a token, which the first page does not have.
    const options = { pageSize: 500, continuationToken } as { pageSize: number; continuationToken: string };
    const page = await connector.conversations.getConversationPagedMembers(teamId, options);
    for (const { id, aadObjectId, objectId } of page.members as TeamsMember[]) {
      const personId = aadIdFrom(aadObjectId) ?? aadIdFrom(objectId);
      members.push({ id, ...(personId ? { aadObjectId: personId } : {}) });
    }
    continuationToken = page.continuationToken || undefined;
  } while (continuationToken);
  return members;
}
