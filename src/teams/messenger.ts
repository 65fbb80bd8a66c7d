import { AppCredentials, type ConnectorClient } from 'botframework-connector';
import type { DrawnCard, Messenger, SendResult } from '../ports.js';
import type { Conversation } from '../records.js';
import { statusOf, toSendResult } from './send-result.js';
import { withTimeout } from './with-timeout.js';

/**
 * For one message or update; beyond it, the outcome is unknown. What precedes it, fetching the token and opening a
 * chat, has half of that in all: the outbox relies on 15 s at most (`delivery/claim.ts`).
 */
const requestTimeoutMs = 10_000;

export interface MessengerOptions {
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly log: { error(details: object, message: string): void };
  readonly timeoutMs?: number;
}

/** Sends cards through the Bot Framework. Never throws for what Teams answers, see `toSendResult`. */
export function createMessenger({
  connectorFor,
  log,
  timeoutMs = requestTimeoutMs,
}: MessengerOptions): Messenger {
  /** Not the SDK's `timeout`, which ends with the headers and leaves its timer running after a broken connection. */
  const requestOptions = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });
  /** Chats opened by this process. Teams returns the same one when asked again. */
  const opened = new Map<string, string>();

  async function openChat(
    connector: ConnectorClient,
    { id, memberId, botId, tenantId }: Conversation,
    abortSignal: AbortSignal,
  ): Promise<string> {
    if (memberId === undefined) return id;
    const known = opened.get(id);
    if (known !== undefined) return known;
    const chat = await connector.conversations.createConversation(
      {
        isGroup: false,
        bot: { id: botId, name: '' },
        members: [{ id: memberId, name: '' }],
        ...(tenantId !== undefined && { tenantId, channelData: { tenant: { id: tenantId } } }),
      } as Parameters<typeof connector.conversations.createConversation>[0],
      { abortSignal },
    );
    opened.set(id, chat.id);
    return chat.id;
  }

  /** Starts a new thread: sent to the channel's id, the message would be a reply, or be refused. */
  async function startThread(
    connector: ConnectorClient,
    { id, botId, tenantId }: Conversation,
    card: DrawnCard,
  ): Promise<SendResult> {
    const thread = await connector.conversations.createConversation(
      {
        isGroup: true,
        bot: { id: botId, name: '' },
        channelData: { channel: { id } },
        activity: toActivity(card, botId),
        ...(tenantId !== undefined && { tenantId }),
      } as Parameters<typeof connector.conversations.createConversation>[0],
      requestOptions(),
    );
    return sent(thread.activityId ?? thread.id?.split(';messageid=')[1]);
  }

  /** Runs a step before the message itself: if it fails, for whatever reason, nothing has been sent. */
  async function prepare<T>(work: Promise<T>): Promise<{ value: T } | { failure: SendResult }> {
    try {
      return { value: await work };
    } catch (error) {
      const failure = toSendResult(error);
      if (failure.outcome !== 'unknown') return { failure };
      return { failure: { outcome: 'retry', reason: failure.reason } };
    }
  }

  /** Fetch the token first: if that fails, nothing has been sent. */
  async function connect(serviceUrl: string): Promise<ConnectorClient> {
    const connector = await connectorFor(serviceUrl);
    const { credentials } = connector;
    if (credentials instanceof AppCredentials && credentials.appId) {
      try {
        await withTimeout(timeoutMs / 2, credentials.getToken());
      } catch (error) {
        log.error({ err: error }, 'no token for Teams: check the app id, its secret and its tenant');
        throw error;
      }
    }
    return connector;
  }

  async function send(
    conversation: Conversation,
    request: (connector: ConnectorClient, conversationId: string) => Promise<SendResult>,
  ): Promise<SendResult> {
    const soon = AbortSignal.timeout(timeoutMs / 2);
    const connector = await prepare(connect(conversation.serviceUrl));
    if ('failure' in connector) return connector.failure;
    const chat = await prepare(openChat(connector.value, conversation, soon));
    if ('failure' in chat) return chat.failure;
    try {
      return await request(connector.value, chat.value);
    } catch (error) {
      const delivery = toSendResult(error);
      if (statusOf(error) === 401) {
        log.error({ delivery }, 'Teams does not accept the app: check its id and its registration');
      }
      if (delivery.outcome === 'refused' && delivery.gone) opened.delete(conversation.id);
      return delivery;
    }
  }

  return {
    post: (conversation, card) =>
      send(conversation, async (connector, chat) => {
        if (conversation.kind === 'channel') return startThread(connector, conversation, card);
        const activity = toActivity(card, conversation.botId);
        const { id } = await connector.conversations.sendToConversation(chat, activity, requestOptions());
        return sent(id);
      }),
    update: (conversation, activityId, card) =>
      send(conversation, async (connector, chat) => {
        const activity = { ...toActivity(card, conversation.botId), id: activityId };
        const place = conversation.kind === 'channel' ? threadId(chat, activityId) : chat;
        await connector.conversations.updateActivity(place, activityId, activity, requestOptions());
        return sent(activityId);
      }),
  };
}

/** The same id that the SDK uses for a thread returned by `createConversation`. */
const threadId = (channelId: string, activityId: string): string => `${channelId};messageid=${activityId}`;

/**
 * Without a text, because Teams may split text and card into two messages, after which the card cannot be updated.
 */
const toActivity = ({ content, summary, file }: DrawnCard, botId: string) => ({
  type: 'message',
  from: { id: botId, name: '' },
  summary,
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', ...file, content }],
});

const sent = (activityId: string | undefined): SendResult =>
  activityId ? { outcome: 'sent', activityId } : { outcome: 'sent' };
