import type { Reader } from '../../ports.js';
import type { Conversation, Person } from '../../records.js';
import type { Text } from '../../text/text.js';
import { nameOf } from '../shared/people.js';

/** The person or channel a message was for, and whether it can be sent there now. */
export interface Addressee {
  readonly kind: 'person' | 'channel';
  /** A person's name, or the name of a channel. */
  readonly name: string;
  /** Where to send it again; absent while Passerelle may not write there. */
  readonly conversationId?: string;
}

/** Reads whom a conversation belongs to now. A person may have opened another chat since. */
export async function readAddressee(reader: Reader, conversationId: string, t: Text): Promise<Addressee> {
  const place = await reader.get('conversations', conversationId);
  const open = place?.active ? { conversationId } : {};
  if (place && place.kind !== 'personal') {
    return { kind: 'channel', name: await channelName(reader, place, t), ...open };
  }
  const person = await findPersonIn(reader, conversationId, place);
  const name = nameOf(person, t);
  if (place?.active || !person?.conversationId) return { kind: 'person', name, ...open };
  const chat = await reader.get('conversations', person.conversationId);
  return { kind: 'person', name, ...(chat?.active ? { conversationId: chat.id } : {}) };
}

async function channelName(reader: Reader, { id, kind }: Conversation, t: Text): Promise<string> {
  if (kind === 'groupChat') return t('pending.to.groupChat');
  for (const use of ['coordinators', 'announcements'] as const) {
    if ((await reader.get('channels', use))?.conversationId === id) return t(`pending.to.${use}`);
  }
  return t('pending.to.channel');
}

async function findPersonIn(reader: Reader, id: string, place?: Conversation): Promise<Person | undefined> {
  const [theirs] = await reader.list('people', 'byConversation', id, { limit: 1 });
  if (theirs || !place?.memberId) return theirs;
  return (await reader.list('people', 'byTeamsId', place.memberId, { limit: 1 }))[0];
}
