import type { ConnectorClient } from 'botframework-connector';
import { readMembers } from '../../src/teams/members.js';

afterEach(() => void jest.useRealTimers());

it('a page of the members that never comes is given up after ten seconds', async () => {
  jest.useFakeTimers();
  const conversations = { getConversationPagedMembers: () => new Promise(() => {}) };
  const read = readMembers({ conversations } as unknown as ConnectorClient, '19:team');
  const failure = expect(read).rejects.toThrow('10000 ms');
  await jest.advanceTimersByTimeAsync(10_000);
  await failure;
});
