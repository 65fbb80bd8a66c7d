import { z } from 'zod';

const id = z.string().min(1).max(1000);

/** What Passerelle reads of a Bot Framework activity. Nothing else of it is used. */
const activity = z.looseObject({
  type: z.string().min(1).max(100),
  channelId: z.string(),
  serviceUrl: z.url().max(2000),
  id: id.optional(),
  name: z.string().max(200).optional(),
  text: z.string().optional(),
  textFormat: z.string().optional(),
  locale: z.string().max(50).optional(),
  replyToId: id.optional(),
  action: z.string().max(100).optional(),
  value: z.unknown().optional(),
  from: z.looseObject({
    id,
    name: z.string().max(500).optional(),
    aadObjectId: z.string().max(100).optional(),
  }),
  recipient: z.looseObject({ id }),
  conversation: z.looseObject({
    id,
    conversationType: z.string().max(50).optional(),
    tenantId: z.string().max(100).optional(),
  }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string().max(100) }).optional(),
      team: z.looseObject({ id: id.optional(), aadGroupId: z.string().optional() }).nullish(),
      channel: z.looseObject({ id }).nullish(),
      eventType: z.string().optional(),
    })
    .nullish(),
  membersAdded: z.array(z.looseObject({ id })).optional(),
  membersRemoved: z.array(z.looseObject({ id })).optional(),
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
