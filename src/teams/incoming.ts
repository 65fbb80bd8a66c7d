import type { TurnContext } from 'botbuilder';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { boundedId, boundedText, boundedWord } from '../features/shared/bounded-text.js';
import { cleanText } from '../features/shared/client-values.js';
import type { Conversation } from '../records.js';
import { isSafeServiceUrl } from './connectors.js';

const id = boundedId(1_000);
/** The framework writes the id of a conversation into a header of HTTP; Teams' are of these characters. */
const inHeaders = /^[\x21-\x7e]*$/;
/** Clients leave out what is missing, or send null or an empty text. */
const optional = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => (value === null || value === '' ? undefined : value));
/** For inessential values: an invalid one counts as missing, and does not reject the activity. */
const lenient = <T extends z.ZodType>(type: T) => optional(type).catch(undefined);
/** The name of a person or place, on one line and without characters that cannot be stored. */
const displayName = boundedText(500).transform((name) => cleanText(name).replace(/\s+/g, ' ').trim());

/** The activities of a tenant come from one or two service URLs, so those found safe are not checked again. */
const safeServiceUrls = new Set<string>();
const isKnownSafe = (url: string): boolean => {
  if (safeServiceUrls.has(url)) return true;
  if (!isSafeServiceUrl(url)) return false;
  if (safeServiceUrls.size >= 100) safeServiceUrls.clear();
  safeServiceUrls.add(url);
  return true;
};

/** Asking whether there is such a zone takes longer than reading the rest of an activity. */
const knownZones = new Map<string, boolean>();
function isTimeZone(zone: string): boolean {
  const cached = knownZones.get(zone);
  if (cached !== undefined) return cached;
  if (knownZones.size >= 1_000) knownZones.clear();
  // "+01:00" is one to newer versions of Node only, and has no summer time.
  const isZone = /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone);
  knownZones.set(zone, isZone);
  return isZone;
}
const timeZone = z.custom<string>(
  (value) => typeof value === 'string' && value.length <= 100 && isTimeZone(value),
);

/** An AAD object id; nothing for the empty text or zeros that Teams may send instead. */
export function parseAadId(text: string | null | undefined): string | undefined {
  const id = text?.trim();
  // Azure writes them in either case.
  return id && !/^[0-]*$/.test(id) ? id.toLowerCase() : undefined;
}

/**
 * The part of a Bot Framework activity that Passerelle reads, and that the framework copies into a response. Nothing
 * else goes further.
 */
const activity = z
  .object({
    type: boundedId(100),
    channelId: boundedWord(100),
    serviceUrl: boundedId(2_000).refine(isKnownSafe),
    id: optional(boundedWord(1_000)),
    name: optional(boundedWord(200)),
    text: optional(z.string()),
    attachments: lenient(
      z.array(z.object({ contentType: z.string(), content: z.unknown(), name: lenient(displayName) })),
    ),
    locale: lenient(boundedWord(50)),
    localTimezone: lenient(timeZone),
    entities: lenient(z.array(z.object({ type: lenient(z.string()), timezone: lenient(timeZone) }))),
    replyToId: optional(boundedWord(1_000)),
    action: optional(boundedWord(100)),
    value: z.unknown().optional(),
    from: z.object({
      id,
      name: lenient(displayName),
      aadObjectId: optional(boundedText(100)).transform(parseAadId).pipe(boundedWord(100).optional()),
      // Most activities have none of these.
      tenantId: optional(boundedWord(100)),
      userRole: optional(boundedText(100)),
      role: optional(boundedText(100)),
    }),
    recipient: z.object({ id, name: optional(displayName) }),
    conversation: z.object({
      id: id.refine((text) => inHeaders.test(text)),
      name: optional(displayName),
      conversationType: optional(boundedText(50)),
      isGroup: optional(z.boolean()),
      tenantId: optional(boundedWord(100)),
    }),
    channelData: optional(
      z.object({
        tenant: optional(z.object({ id: optional(boundedWord(100)) })),
        team: optional(z.object({ id: optional(boundedWord(1_000)) })),
        channel: optional(z.object({ id: optional(boundedWord(1_000)) })),
      }),
    ),
    membersAdded: optional(z.array(z.object({ id }))),
    membersRemoved: optional(z.array(z.object({ id }))),
  })
  .transform(({ localTimezone, entities, ...rest }) => ({
    ...rest,
    /** The time zone of the client; buttons have it in an entity only. */
    timeZone: localTimezone ?? entities?.find(({ type }) => type === 'clientInfo')?.timezone,
  }));

export type Incoming = z.infer<typeof activity>;

/** The key under which a turn's state holds the validated activity. */
export const incomingKey = Symbol('incoming');

/** The activity of a turn, which was validated on arrival. */
export function incomingActivity(context: TurnContext): Incoming {
  const found = context.turnState.get<Incoming | undefined>(incomingKey);
  if (!found) throw new Error('an activity came past the door unread');
  return found;
}

/** Parses an activity; nothing if it is invalid. */
export function readActivity(body: unknown): Incoming | undefined {
  const parsed = activity.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/**
 * The text of a message as HTML. Some clients merge a quoted or forwarded message and the comment on it in the text;
 * the HTML attachment marks the quote.
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
 * The kind of conversation in which an activity was written. Only `personal` means that nobody else reads it;
 * anything else, or nothing, may be read by others.
 */
export function placeKind({ conversation, channelData }: Incoming): Conversation['kind'] {
  const { conversationType: type, isGroup } = conversation;
  // The ids of channels and group chats identify them as such.
  if (type === 'personal' && !isGroup && !conversation.id.includes('@thread.')) return 'personal';
  if (type?.toLowerCase() === 'channel') return 'channel';
  return !type && (channelData?.channel || channelData?.team?.id) ? 'channel' : 'groupChat';
}

/** A channel's own id: those of its threads end with `;messageid=…`. */
export const placeId = (a: Incoming): string =>
  placeKind(a) === 'channel' ? (a.conversation.id.split(';')[0] ?? a.conversation.id) : a.conversation.id;
