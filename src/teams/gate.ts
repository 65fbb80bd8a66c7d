import { refuseBeingErased } from '../features/erasure/being-erased.js';
import type { Services } from '../features/feature.js';
import { onPlaceBack } from '../features/setup/lost-channel.js';
import { toName } from '../features/shared/people.js';
import { indexPerson } from '../features/shared/search-words.js';
import { claimName } from '../features/shared/stand-ins.js';
import type { Day, Reader } from '../ports.js';
import type { Conversation, Lang, Person } from '../records.js';
import { dayAt } from '../text/dates.js';
import { type Incoming, placeId, placeKind, tenantsOf } from './incoming.js';

/** The language of a Teams client: French for French ones and by default, otherwise English. */
export const toLang = (locale: string | null | undefined): Lang =>
  !locale?.trim() || /^\s*fr(?![a-z])/i.test(locale) ? 'fr' : 'en';

/** Why an activity is rejected; nothing if it is accepted. */
export function findGateRefusal(activity: Incoming, tenantId: string | undefined): string | undefined {
  if (activity.channelId !== 'msteams') return 'channelId is not msteams';
  const tenants = tenantsOf(activity).map((named) => named.toLowerCase());
  if (tenantId && (tenants.length === 0 || tenants.some((named) => named !== tenantId.toLowerCase())))
    return 'another tenant';
  return undefined;
}

/** The sender of an activity, as far as it is given: an installation often has neither a name nor a language. */
interface Sender {
  readonly aadId: string | undefined;
  readonly teamsId: string;
  readonly name: string | undefined;
  readonly lang: Lang | undefined;
  readonly timeZone: string | undefined;
}

const senderOf = ({ from: { aadObjectId, id, name }, locale, timeZone }: Incoming): Sender => ({
  aadId: aadObjectId,
  teamsId: id,
  name: toName(name),
  lang: locale?.trim() ? toLang(locale) : undefined,
  timeZone,
});

/** Whether an id has the form in which Teams identifies a person to this bot. */
const isTeamsId = (id: string): boolean => id.startsWith('29:');

/**
 * Finds the stored sender. Some clients leave out the AAD id; the `29:…` id then identifies a person known in the
 * same tenant. If two people have the same one, neither is recognised.
 */
async function findPerson(
  reader: Reader,
  { aadId, teamsId }: Sender,
  { tenantId }: Conversation,
): Promise<Person | undefined> {
  if (aadId) return reader.get('people', aadId);
  if (!tenantId || !isTeamsId(teamsId)) return undefined;
  const [person, another] = await reader.list('people', 'byTeamsId', teamsId, { limit: 2 });
  if (!person?.conversationId || another) return undefined;
  const chat = await reader.get('conversations', person.conversationId);
  return chat?.tenantId === tenantId ? person : undefined;
}

/** The conversation of an activity. */
export function conversationOf(activity: Incoming): Conversation {
  const [tenantId] = tenantsOf(activity);
  const teamId = activity.channelData?.team?.id;
  return {
    id: placeId(activity),
    kind: placeKind(activity),
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient.id,
    active: true,
    ...(tenantId ? { tenantId } : {}),
    ...(teamId ? { teamId } : {}),
  };
}

/** Whether a flat record is unchanged; a missing property equals an absent one. */
function isUnchanged<T extends object>(a: T | undefined, b: T): boolean {
  if (!a) return false;
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/**
 * A conversation for storing, with what an activity cannot change: its tenant, that it is a channel, and that it is
 * not a personal chat. It keeps its team if the activity does not name one.
 */
export function mergeConversation(known: Conversation | undefined, seen: Conversation): Conversation {
  if (!known) return seen;
  const teamId = seen.teamId ?? known.teamId;
  const tenantId = known.tenantId ?? seen.tenantId;
  return {
    ...seen,
    kind: known.kind === 'channel' || seen.kind === 'personal' ? known.kind : seen.kind,
    ...(teamId ? { teamId } : {}),
    ...(tenantId ? { tenantId } : {}),
  };
}

/** Whether an activity says that its sender is not of the company. */
const isFromOutsider = ({ from }: Incoming, { directory }: Services): boolean =>
  directory.isOutsider({
    personId: from.aadObjectId,
    tenantId: from.tenantId,
    roles: [from.userRole, from.role].filter((role) => role !== undefined),
  });

/**
 * Finds or creates the person who sent an activity, and stores the person and the conversation if they are new or
 * have changed. A person met in a channel gets a personal chat, which is opened for the first message. A conversation
 * that was gone is back when something comes from it. The first thing that somebody does on a day is an activity, after
 * which they are not erased for years.
 * @param acts whether the sender has done something; others may have added the bot for them
 * @returns nothing for somebody without an AAD id who is not known by their Teams id, and for a guest or somebody of
 * another tenant: no person is created then, and nothing of a chat of their own is kept
 * @throws Refusal for somebody who is being erased
 */
export async function findOrCreatePerson(
  activity: Incoming,
  services: Services,
  { acts }: { readonly acts: boolean },
): Promise<Person | undefined> {
  const { store, clock } = services;
  const sender = senderOf(activity);
  const today = dayAt(clock.now());
  const seen = conversationOf(activity);
  const isOutsider = isFromOutsider(activity, services);
  const read = async (reader: Reader) => {
    const known = isOutsider ? undefined : await findPerson(reader, sender, seen);
    if (!known && sender.aadId) await refuseBeingErased(reader, sender.aadId);
    const knownPlace = await reader.get('conversations', seen.id);
    const place = mergeConversation(knownPlace, seen);
    const updated = isOutsider ? undefined : updatePerson(known, sender, place);
    const person = updated && { ...updated, ...(acts ? { activeOn: today } : keptActivity(known, today)) };
    // No record of a person would lead to a chat with somebody unknown: it would be kept for ever.
    const isKept = person || knownPlace || place.kind !== 'personal';
    return { known, person, knownPlace, place: isKept ? place : undefined };
  };
  const { known, person, knownPlace, place } = await store.read(read);
  if ((!person || isUnchanged(known, person)) && (!place || isUnchanged(knownPlace, place))) return person;
  return store.transact(async (tx) => {
    const now = await read(tx);
    if (!now.place) return undefined;
    await tx.put('conversations', now.place);
    if (now.knownPlace?.active === false) await onPlaceBack(tx, now.place.id, services, false);
    if (!now.person) return undefined;
    await tx.put('people', now.person);
    await indexPerson(tx, now.known, now.person);
    if (now.person.name !== now.known?.name) await claimName(tx, now.person, services);
    const { id, teamsId, conversationId } = now.person;
    if (conversationId === unopenedChatId(id)) {
      await tx.put('conversations', {
        ...now.place,
        id: unopenedChatId(id),
        kind: 'personal',
        memberId: teamsId,
      });
    }
    return now.person;
  });
}

/** The id of a chat that has not been opened yet. */
const unopenedChatId = (personId: string): string => `person:${personId}`;

const activityFields: ReadonlySet<string> = new Set(['activeOn', 'expiry'] satisfies (keyof Person)[]);

/** What is known of somebody's activity if they have done nothing now; of somebody new, that they are known since today. */
const keptActivity = (known: Person | undefined, today: Day): Pick<Person, 'activeOn' | 'expiry'> =>
  known
    ? Object.fromEntries(Object.entries(known).filter(([field]) => activityFields.has(field)))
    : { activeOn: today };

/** A person updated from an activity; what it does not contain stays. Nothing for an unknown sender. */
function updatePerson(known: Person | undefined, sender: Sender, place: Conversation): Person | undefined {
  const id = known?.id ?? sender.aadId;
  if (!id) return undefined;
  const name = sender.name ?? toName(known?.name);
  const timeZone = sender.timeZone ?? known?.timeZone;
  const conversationId = place.kind === 'personal' ? place.id : (known?.conversationId ?? unopenedChatId(id));
  const earlierChats = listEarlierChats(known, conversationId);
  const keepId = known && isTeamsId(known.teamsId) && !isTeamsId(sender.teamsId);
  return {
    id,
    teamsId: keepId ? known.teamsId : sender.teamsId,
    ...(name ? { name } : {}),
    lang: sender.lang ?? known?.lang ?? toLang(undefined),
    ...(known?.chosenLang ? { chosenLang: known.chosenLang } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(known?.muted ? { muted: known.muted } : {}),
    conversationId,
    ...(earlierChats.length > 0 ? { earlierChats } : {}),
  };
}

/** The chats that somebody had before; the stored list itself if they are still in the same one. */
function listEarlierChats(known: Person | undefined, chat: string): readonly string[] {
  const { id = '', conversationId = chat, earlierChats = [] } = known ?? {};
  if (conversationId === chat) return earlierChats;
  const left = conversationId === unopenedChatId(id) ? [] : [conversationId];
  return [...earlierChats.filter((earlier) => earlier !== chat), ...left];
}
