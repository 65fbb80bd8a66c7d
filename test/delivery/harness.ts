import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  createOutbox,
  enqueue,
  type Outbox,
  type OutboxOptions,
  type OutgoingMessage,
} from '../../src/delivery/outbox.js';
import type { Store } from '../../src/ports.js';
import type { Conversation, OutboxMessage, Post } from '../../src/records.js';
import { openLowdbStore } from '../../src/storage/lowdb/index.js';
import { createConnectors } from '../../src/teams/connectors.js';
import { createMessenger } from '../../src/teams/messenger.js';
import { type Connector, startConnector } from '../support/connector.js';

export interface House {
  readonly connector: Connector;
  readonly store: Store;
  readonly outbox: Outbox;
  /** What was logged, the message only. */
  readonly logged: string[];
  readonly results: string[];
  /** Moves the app's clock, which stands still otherwise, and wakes the outbox. */
  pass(ms: number): void;
  /** Another outbox on the same store, as after a restart. */
  another(options?: Partial<OutboxOptions>): Outbox;
  addConversation(overrides?: Partial<Conversation>): Promise<void>;
  owe(owed: Partial<OutgoingMessage> & { key: string }): Promise<void>;
  row(id: string): Promise<OutboxMessage | undefined>;
  post(id: string): Promise<Post | undefined>;
  put(row: OutboxMessage): Promise<void>;
  /** Resolves once the row is being sent. */
  untilSending(id: string): Promise<void>;
  close(): Promise<void>;
}

export const aRow = (overrides: Partial<OutboxMessage> & { id: string }): OutboxMessage => ({
  conversationId: 'chat-1',
  op: 'post',
  message: 'test.card',
  lang: 'fr',
  data: {},
  state: 'due',
  attempts: 0,
  dueAt: '2026-11-23T08:00:00.000Z',
  order: `0-${overrides.id}`,
  createdAt: '2026-11-23T08:00:00.000Z',
  ...overrides,
});

/** An outbox with a store, a messenger and a connector double; conversation `chat-1` is known. */
export async function openHouse(options: Partial<OutboxOptions> = {}): Promise<House> {
  const connector = await startConnector();
  const logged: string[] = [];
  const results: string[] = [];
  const log = { warn: note, error: note };
  let moment = Date.parse('2026-11-23T08:00:00.000Z');
  let last = 0;
  const clock = { now: () => new Date(moment).toISOString() };
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-outbox-'));
  const store = await openLowdbStore({ file: join(folder, 'data.json'), clock });
  const ids = { next: () => `1-${String(++last).padStart(6, '0')}` };
  const auth = new ConfigurationBotFrameworkAuthentication({});
  const messenger = createMessenger({
    connectorFor: createConnectors({ auth, appId: '', connections: 'own' }),
    log,
  });

  function note(_: object, message: string): void {
    logged.push(message);
  }

  const another = (more: Partial<OutboxOptions> = {}) =>
    createOutbox({
      store,
      messenger,
      clock,
      log,
      draw:
        async ({ id, data }) =>
        async () => ({
          content: { type: 'AdaptiveCard', id, ...data },
          summary: id,
        }),
      rateLimiter: { acquire: () => 0 },
      backoff: () => 1_000,
      onResult: (outcome, op) => void results.push(`${op} ${outcome}`),
      ...options,
      ...more,
    });
  const outbox = another();

  const house: House = {
    connector,
    store,
    outbox,
    logged,
    results,
    another,
    pass(ms) {
      moment += ms;
      outbox.wake();
    },
    addConversation: (overrides = {}) =>
      store.transact((tx) =>
        tx.put('conversations', {
          id: 'chat-1',
          kind: 'personal',
          serviceUrl: connector.url,
          tenantId: 'tenant',
          botId: '28:bot',
          active: true,
          ...overrides,
        }),
      ),
    owe: (owed) =>
      store.transact((tx) =>
        enqueue(tx, { conversationId: 'chat-1', message: 'test.card', lang: 'fr', ...owed }, { clock, ids }),
      ),
    row: (id) => store.read((reader) => reader.get('outbox', id)),
    post: (id) => store.read((reader) => reader.get('posts', id)),
    put: (row) => store.transact((tx) => tx.put('outbox', row)),
    async untilSending(id) {
      while ((await house.row(id))?.state !== 'sending') await new Promise(setImmediate);
    },
    async close() {
      await outbox.stop();
      await connector.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
  await house.addConversation();
  return house;
}
