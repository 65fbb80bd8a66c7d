import { ActivityTypes, CardFactory, type TurnContext } from 'botbuilder';
import { type Card, type Readers, Refusal, type Services } from '../features/feature.js';
import type { Messenger, Person } from '../ports.js';
import type { CardRenderer } from './cards.js';
import { type Incoming, placeId, placeKind } from './incoming.js';
import { refusalCard } from './refusal-card.js';

export interface ReplyOptions {
  readonly services: Services;
  readonly render: CardRenderer;
  readonly messenger: Messenger;
}

/**
 * Answers messages. An answer is posted where the message was written, for all there to read; only the answer to an
 * invoke, which is none of these, is shown to nobody but whoever clicked.
 */
export function createReply({ services, render, messenger }: ReplyOptions) {
  const { store } = services;

  /** Posts an answer where the message was written. */
  const replyHere = async (context: TurnContext, card: Card): Promise<void> => {
    const { content, summary } = await render(card);
    await context.sendActivity({
      type: ActivityTypes.Message,
      summary,
      attachments: [CardFactory.adaptiveCard(content)],
    });
  };

  /** Whether all who are where the message was written may read the answer. */
  const isForAllHere = async (activity: Incoming, readers: Readers | undefined): Promise<boolean> => {
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
    isForAllHere,
    /** Posts an answer where the message was written if it may be read there, else in the person's own chat. */
    async reply(
      context: TurnContext,
      activity: Incoming,
      { card, readers, person }: { card: Card; readers: Readers | undefined; person: Person },
    ): Promise<void> {
      if (await isForAllHere(activity, readers)) return replyHere(context, card);
      const isSent = await sendToChat(person, card);
      const told = new Refusal(isSent ? 'refusal.inChat' : 'refusal.notInChat');
      await replyHere(context, refusalCard(told, card.lang, services));
    },
  };
}
