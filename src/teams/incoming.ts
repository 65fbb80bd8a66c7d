import { z } from 'zod';
import { isSafe } from './connectors.js';

const id = z.string().min(1).max(1000);
/** Clients write null for what they do not say, or leave it out. */
const said = <T extends z.ZodType>(type: T) => type.nullish();

/** All activities of a tenant come from one or two service URLs: those found safe are not looked at again. */
const safe = new Set<string>();
const isKnownSafe = (url: string): boolean => {
  if (safe.has(url)) return true;
  if (!isSafe(url)) return false;
  if (safe.size >= 100) safe.clear();
  safe.add(url);
  return true;
};

/** What Passerelle reads of a Bot Framework activity. Nothing else of it is used. */
const activity = z.object({
  type: z.string().min(1).max(100),
  channelId: z.string(),
  serviceUrl: z.string().max(2000).refine(isKnownSafe),
  name: said(z.string().max(200)),
  text: said(z.string()),
  locale: said(z.string().max(50)),
  replyToId: said(id),
  action: said(z.string().max(100)),
  value: z.unknown().optional(),
  from: z.object({
    id,
    name: said(z.string().max(500)),
    aadObjectId: said(z.string().max(100)),
  }),
  recipient: z.object({ id }),
  conversation: z.object({
    id,
    conversationType: said(z.string().max(50)),
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
  a.conversation.tenantId ?? a.channelData?.tenant?.id;

export const placeKind = (a: Incoming): 'personal' | 'channel' | 'groupChat' =>
  a.conversation.conversationType === 'channel'
    ? 'channel'
    : a.conversation.conversationType === 'groupChat'
      ? 'groupChat'
      : 'personal';

/** A channel's own id: its threads add `;messageid=…` to it. */
export const placeId = (a: Incoming): string =>
  placeKind(a) === 'channel'
    ? (a.channelData?.channel?.id ?? a.conversation.id.split(';')[0] ?? a.conversation.id)
    : a.conversation.id;
