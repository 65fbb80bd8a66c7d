import { z } from 'zod';
import { boundedId, boundedText, boundedWord } from '../features/shared/bounded.js';
import { cleanText } from '../features/shared/client-values.js';
import type { Conversation } from '../ports.js';
import { isSafe } from './connectors.js';

const id = boundedId(1_000);
/** Clients leave out what they do not say, or write null or an empty text. */
const said = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => (value === null || value === '' ? undefined : value));
/** What nothing depends on: odd is as good as not said, and no reason to refuse the activity. */
const hint = <T extends z.ZodType>(type: T) => said(type).catch(undefined);
/** What a person or a place is called: kept on one line, and without what could not be kept. */
const displayName = boundedText(500).transform((name) => cleanText(name).replace(/\s+/g, ' ').trim());

/** All activities of a tenant come from one or two service URLs: those found safe are not looked at again. */
const safe = new Set<string>();
const isKnownSafe = (url: string): boolean => {
  if (safe.has(url)) return true;
  if (!isSafe(url)) return false;
  if (safe.size >= 100) safe.clear();
  safe.add(url);
  return true;
};

/** An AAD object id, or nothing: where Teams has none, it may say so with an empty text or with zeros. */
export function aadIdFrom(text: string | null | undefined): string | undefined {
  const id = text?.trim();
  // Azure writes them in either case.
  return id && !/^[0-]*$/.test(id) ? id.toLowerCase() : undefined;
}

/**
 * What Passerelle reads of a Bot Framework activity, and what the framework copies from it into an answer. Nothing else
 * of it goes any further.
 */
const activity = z.object({
  type: boundedId(100),
  channelId: boundedWord(100),
  serviceUrl: boundedId(2_000).refine(isKnownSafe),
  id: said(boundedWord(1_000)),
  name: said(boundedWord(200)),
  text: said(z.string()),
  attachments: hint(z.array(z.object({ contentType: z.string(), content: z.unknown() }))),
  locale: hint(boundedWord(50)),
  replyToId: said(boundedWord(1_000)),
  action: said(boundedWord(100)),
  value: z.unknown().optional(),
  from: z.object({
    id,
    name: hint(displayName),
    aadObjectId: said(boundedText(100)).transform(aadIdFrom).pipe(boundedWord(100).optional()),
  }),
  recipient: z.object({ id, name: said(displayName) }),
  conversation: z.object({
    id,
    name: said(displayName),
    conversationType: said(boundedText(50)),
    isGroup: said(z.boolean()),
    tenantId: said(boundedWord(100)),
  }),
  channelData: said(
    z.object({
      tenant: said(z.object({ id: said(boundedWord(100)) })),
      team: said(z.object({ id: said(boundedWord(1_000)) })),
      channel: said(z.object({ id: said(boundedWord(1_000)) })),
    }),
  ),
  membersAdded: said(z.array(z.object({ id }))),
  membersRemoved: said(z.array(z.object({ id }))),
});

export type Incoming = z.infer<typeof activity>;

/** Under which a turn carries its activity, as read at the door. */
export const incomingKey = Symbol('incoming');

/** An activity that Passerelle can read, or nothing. */
export function readActivity(body: unknown): Incoming | undefined {
  const parsed = activity.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/**
 * What a message says, as HTML. Some clients run a quoted or forwarded message and what is said of it together in
 * the text; the attachment that says the same as HTML marks the quote.
 */
export function messageOf({ text, attachments }: Incoming): string {
  const html = attachments?.flatMap(({ contentType, content }) =>
    contentType === 'text/html' && typeof content === 'string' ? [content] : [],
  );
  return html?.find((content) => /<blockquote\b/i.test(content)) ?? text ?? '';
}

/** Every tenant that an activity names. */
export const tenantsOf = (a: Incoming): string[] =>
  [a.conversation.tenantId, a.channelData?.tenant?.id].filter((tenant) => tenant !== undefined);

/**
 * Where an activity was written. Teams says `personal` of a chat with nobody else in it; whatever it says of another, or
 * leaves unsaid, others may read it.
 */
export function placeKind({ conversation, channelData }: Incoming): Conversation['kind'] {
  const { conversationType: type, isGroup } = conversation;
  // The ids of channels and group chats say that they are some.
  if (type === 'personal' && !isGroup && !conversation.id.includes('@thread.')) return 'personal';
  if (type?.toLowerCase() === 'channel') return 'channel';
  return !type && (channelData?.channel || channelData?.team?.id) ? 'channel' : 'groupChat';
}

/** A channel's own id: its threads add `;messageid=…` to it. */
export const placeId = (a: Incoming): string =>
  placeKind(a) === 'channel' ? (a.conversation.id.split(';')[0] ?? a.conversation.id) : a.conversation.id;
