import { ActivityTypes, CardFactory, type TurnContext } from 'botbuilder';
import { type Card, type Readers, Refusal, type Services } from '../features/feature.js';
import type { Messenger } from '../ports.js';
import type { Person } from '../records.js';
import { aiMarks } from './ai-marks.js';
import type { CardRenderer } from './cards.js';
import { type Incoming, placeId, placeKind } from './incoming.js';
import { refusalCard } from './refusal-card.js';

export interface ReplyOptions {
  readonly services: Services;
  readonly render: CardRenderer;
  readonly messenger: Messenger;
}

/** An answer to a message. */
export interface Shown {
  readonly card: Card;
  readonly readers: Readers | undefined;
  /** A language model has chosen it. */
  readonly suggested?: true | undefined;
}

/**
 * Answers messages. An answer is posted where the message was written, and everybody there can read it; only the
 * response to an invoke, which is not a message, is shown to one person alone.
 */
export function createReply({ services, render, messenger }: ReplyOptions) {
  const { store } = services;

  /** Posts an answer where the message was written. */
  const replyHere = async (context: TurnContext, card: Card, suggested?: true): Promise<void> => {
    const { content, summary } = await render(card);
    await context.sendActivity({
      type: ActivityTypes.Message,
      summary,
      attachments: [CardFactory.adaptiveCard(content)],
      ...(suggested ? aiMarks : {}),
    });
  };

  /** Whether everybody in the conversation of a message may read the answer. */
  const mayAllRead = async (activity: Incoming, readers: Readers | undefined): Promise<boolean> => {
    if (placeKind(activity) === 'personal' || readers === 'anyone') return true;
    if (readers !== 'coordinators') return false;
    const channel = await store.read((r) => r.get('channels', 'coordinators'));
    return channel?.conversationId === placeId(activity);
  };

  const sendToChat = async ({ conversationId }: Person, card: Card): Promise<boolean> => {
    const chat = await store.read((r) => r.get('conversations', conversationId ?? ''));
    if (!chat?.active) return false;
    return (await messenger.post(chat, await render(card))).outcome === 'sent';
  };

  return {
    replyHere,
    mayAllRead,
    sendToChat,
    /**
     * Posts an answer where the message was written if everybody there may read it, otherwise in the person's own
     * chat.
     */
    async reply(
      context: TurnContext,
      activity: Incoming,
      { card, readers, suggested, person }: Shown & { person: Person },
    ): Promise<void> {
      if (await mayAllRead(activity, readers)) return replyHere(context, card, suggested);
      const isSent = await sendToChat(person, card);
      const told = new Refusal(isSent ? 'refusal.inChat' : 'refusal.notInChat');
      await replyHere(context, refusalCard(told, card.lang, services));
    },
  };
}
