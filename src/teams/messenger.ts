import { AppCredentials, type ConnectorClient } from 'botframework-connector';
import type { Conversation, Delivery, DrawnCard, Messenger } from '../ports.js';
import { deliveryOf, statusOf } from './answers.js';
import { within } from './within.js';

/**
 * One message or update. What takes longer has an unknown outcome. What comes before it, the token and the
 * opening of a chat, has half of that in all: the outbox counts on 15 s at most (`delivery/claim.ts`).
 */
const requestTimeoutMs = 10_000;

export interface MessengerOptions {
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly log: { error(details: object, message: string): void };
  readonly timeoutMs?: number;
}

/** Writes cards through the Bot Framework. Never throws for what Teams answers, see `deliveryOf`. */
export function createMessenger({
  connectorFor,
  log,
  timeoutMs = requestTimeoutMs,
}: MessengerOptions): Messenger {
  /** Not the SDK's `timeout`: that one stops at the headers, and leaves its timer behind on a cut connection. */
  const limit = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });
  /** Chats opened by this process. Teams gives the same one when it is asked again. */
  const opened = new Map<string, string>();

  async function chatWith(
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

  /** A thread of its own: sent to the channel's id it would be a reply, or refused. */
  async function startThread(
    connector: ConnectorClient,
    { id, botId, tenantId }: Conversation,
    card: DrawnCard,
  ): Promise<Delivery> {
    const thread = await connector.conversations.createConversation(
      {
        isGroup: true,
        bot: { id: botId, name: '' },
        channelData: { channel: { id } },
        activity: activityOf(card, botId),
        ...(tenantId !== undefined && { tenantId }),
      } as Parameters<typeof connector.conversations.createConversation>[0],
      limit(),
    );
    return sent(thread.activityId ?? thread.id?.split(';messageid=')[1]);
  }

  /** Runs what comes before the message itself: when it fails, for whatever reason, nothing was sent. */
  async function prepared<T>(work: Promise<T>): Promise<{ value: T } | { failure: Delivery }> {
    try {
      return { value: await work };
    } catch (error) {
      const failure = deliveryOf(error);
      if (failure.outcome !== 'unknown') return { failure };
      return { failure: { outcome: 'retry', reason: failure.reason } };
    }
  }

  /** The token is had first, so that a failure to get one is known not to have sent anything. */
  async function connect(serviceUrl: string): Promise<ConnectorClient> {
    const connector = await connectorFor(serviceUrl);
    const { credentials } = connector;
    if (credentials instanceof AppCredentials && credentials.appId) {
      try {
        await within(timeoutMs / 2, credentials.getToken());
      } catch (error) {
        log.error({ err: error }, 'no token for Teams: check the app id, its secret and its tenant');
        throw error;
      }
    }
    return connector;
  }

  async function send(
    conversation: Conversation,
    request: (connector: ConnectorClient, conversationId: string) => Promise<Delivery>,
  ): Promise<Delivery> {
    const soon = AbortSignal.timeout(timeoutMs / 2);
    const connector = await prepared(connect(conversation.serviceUrl));
    if ('failure' in connector) return connector.failure;
    const chat = await prepared(chatWith(connector.value, conversation, soon));
    if ('failure' in chat) return chat.failure;
    try {
      return await request(connector.value, chat.value);
    } catch (error) {
      const delivery = deliveryOf(error);
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
        const activity = activityOf(card, conversation.botId);
        const { id } = await connector.conversations.sendToConversation(chat, activity, limit());
        return sent(id);
      }),
    update: (conversation, activityId, card) =>
      send(conversation, async (connector, chat) => {
        const activity = { ...activityOf(card, conversation.botId), id: activityId };
        const place = conversation.kind === 'channel' ? threadOf(chat, activityId) : chat;
        await connector.conversations.updateActivity(place, activityId, activity, limit());
        return sent(activityId);
      }),
  };
}

/** What the SDK itself uses: the id that `createConversation` gave the thread. */
const threadOf = (channelId: string, activityId: string): string =>
  channelId.includes(';messageid=') ? channelId : `${channelId};messageid=${activityId}`;

/** No text: Teams can split text and card into two messages, and the card cannot be updated then. */
const activityOf = ({ content, summary }: DrawnCard, botId: string) => ({
  type: 'message',
  from: { id: botId, name: '' },
  summary,
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

const sent = (activityId: string | undefined): Delivery =>
  activityId ? { outcome: 'sent', activityId } : { outcome: 'sent' };
