import type { ConnectorClient } from 'botframework-connector';
import type { Member } from './directory.js';

/** What Teams adds to the framework's own member. */
interface TeamsMember {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly objectId?: string;
}

interface Page {
  readonly members: readonly TeamsMember[];
  readonly continuationToken?: string;
}

/** All the members of a team, page by page. Rejects when Teams does not answer. */
export async function readMembers(connector: ConnectorClient, teamId: string): Promise<Member[]> {
  const members: Member[] = [];
  let continuationToken: string | undefined;
  do {
    const options = { pageSize: 500, ...(continuationToken ? { continuationToken } : {}) };
    const page: Page = await connector.conversations.getConversationPagedMembers(teamId, options);
    for (const { id, aadObjectId, objectId } of page.members) {
      const personId = aadObjectId ?? objectId;
      members.push({ id, ...(personId ? { aadObjectId: personId } : {}) });
    }
    continuationToken = page.continuationToken || undefined;
  } while (continuationToken);
  return members;
}
