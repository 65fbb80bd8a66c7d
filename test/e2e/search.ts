import assert from 'node:assert/strict';
import { BOT, CURRENT_USER, PERSONAL_CHAT_ID, TENANT_ID } from '../../scripts/playground/config.js';

interface Found {
  readonly title: string;
  readonly value: string;
}

/** Asks what Teams asks while a person types a school, which the Playground does not; gives the first one found. */
export async function searchSchool(botPort: number, queryText: string): Promise<Found> {
  const url = `http://127.0.0.1:${botPort}`;
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'invoke',
      name: 'application/search',
      id: `search-${Date.now()}`,
      channelId: 'msteams',
      serviceUrl: url,
      from: CURRENT_USER,
      recipient: BOT,
      conversation: { id: PERSONAL_CHAT_ID, conversationType: 'personal', tenantId: TENANT_ID },
      value: { kind: 'search', queryText, queryOptions: { skip: 0, top: 15 }, dataset: 'schools' },
    }),
  });
  const { value } = (await response.json()) as { value: { results: Found[] } };
  const [first] = value.results;
  assert.ok(first, `a school is found for "${queryText}"`);
  return first;
}
