import { z } from 'zod';
import type { Conversation } from '../ports.js';
import { isSafe } from './connectors.js';

const id = z.string().min(1).max(1000);
/** Clients write null for what they do not say, or leave it out. */
const said = <T extends z.ZodType>(type: T) => type.nullish();
/** What nothing depends on: odd is as good as not said, and no reason to refuse the activity. */
const hint = <T extends z.ZodType>(type: T) => type.nullish().catch(undefined);

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
  return id && !/^[0-]*$/.test(id) ? id : undefined;
}

/** What Passerelle reads of a Bot Framework activity. Nothing else of it is used. */
const activity = z.object({
  type: z.string().min(1).max(100),
  channelId: z.string(),
  serviceUrl: z.string().max(2000).refine(isKnownSafe),
  name: said(z.string().max(200)),
  text: said(z.string()),
  attachments: hint(z.array(z.object({ contentType: z.string(), content: z.unknown() }))),
  locale: hint(z.string().max(50)),
  replyToId: said(id),
  action: said(z.string().max(100)),
  value: z.unknown().optional(),
  from: z.object({
    id,
    name: hint(z.string().max(500)),
    aadObjectId: said(z.string().max(100)).transform(aadIdFrom),
  }),
  recipient: z.object({ id, name: hint(z.string().max(500)) }),
  conversation: z.object({
    id,
    conversationType: said(z.string().max(50)),
    isGroup: hint(z.boolean()),
    tenantId: said(z.string().max(100)),
  }),
  channelData: z
    .looseObject({
      tenant: said(z.object({ id: z.string().max(100) })),
      team: said(z.object({ id: said(id) })),
      channel: said(z.object({ id })),
    })
    .nullish(),
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

/** The tenant an activity comes from. */
export const tenantOf = (a: Incoming): string | undefined =>
  a.conversation.tenantId || a.channelData?.tenant?.id || undefined;

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

/**
 * What kind of place an activity comes from. Where it does not say so, its ids do: what is said to one person must
 * not be taken to where others read.
 */
export function placeKind({ conversation, channelData }: Incoming): Conversation['kind'] {
  const type = conversation.conversationType?.trim().toLowerCase();
  if (type === 'channel' || type === 'personal') return type;
  if (type === 'groupchat') return 'groupChat';
  if (channelData?.channel || channelData?.team?.id) return 'channel';
  return conversation.isGroup || /@thread\./.test(conversation.id) ? 'groupChat' : 'personal';
}

/** A channel's own id: its threads add `;messageid=…` to it. */
export const placeId = (a: Incoming): string =>
  placeKind(a) === 'channel'
    ? (a.channelData?.channel?.id ?? a.conversation.id.split(';')[0] ?? a.conversation.id)
    : a.conversation.id;
