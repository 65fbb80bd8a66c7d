import type { Services } from '../features/feature.js';
import { placeBack } from '../features/shared/lost-channel.js';
import { nameFrom } from '../features/shared/people.js';
import type { Conversation, Lang, Person, Reader } from '../ports.js';
import { type Incoming, placeId, placeKind, tenantsOf } from './incoming.js';

/** The language of a Teams client: French speakers get French, everybody else English; unsaid is French. */
export const langFrom = (locale: string | null | undefined): Lang =>
  !locale?.trim() || /^\s*fr(?![a-z])/i.test(locale) ? 'fr' : 'en';

/** Why an activity is not let in; nothing when it is. */
export function refusedAtGate(activity: Incoming, tenantId: string | undefined): string | undefined {
  if (activity.channelId !== 'msteams') return 'channelId is not msteams';
  const tenants = tenantsOf(activity);
  if (tenantId && (tenants.length === 0 || tenants.some((named) => named !== tenantId)))
    return 'another tenant';
  return undefined;
}

/** Who sent an activity, as far as it says: an installation often names nobody and speaks no language. */
interface Sender {
  readonly aadId: string | undefined;
  readonly teamsId: string;
  readonly name: string | undefined;
  readonly lang: Lang | undefined;
}

const senderOf = ({ from: { aadObjectId, id, name }, locale }: Incoming): Sender => ({
  aadId: aadObjectId,
  teamsId: id,
  name: nameFrom(name),
  lang: locale?.trim() ? langFrom(locale) : undefined,
});

/** The form of id by which Teams names a person to this bot. */
const isTeamsId = (id: string): boolean => id.startsWith('29:');

/**
 * The sender as kept. Some clients leave out the AAD id: the `29:…` id then names somebody who was met in the same
 * tenant. Two people with one such id cannot be told apart, and are both strangers.
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

/** Where an activity comes from, as a place to write to. */
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

/** For records without parts: what is not there is not there in both. */
function same<T extends object>(a: T | undefined, b: T): boolean {
  if (!a) return false;
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/**
 * A place as it is kept: it never moves to another tenant, a channel stays one, and nothing becomes somebody's own chat,
 * whatever an activity says; it keeps the team that an activity does not name.
 */
export function knownPlaceOf(known: Conversation | undefined, seen: Conversation): Conversation {
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

/**
 * The person who sent an activity; the person and the place are written when they are new or have changed. A person
 * met in a channel gets a chat of their own, opened when there is something to say. A place that was gone, and from which
 * something comes, is back.
 * @returns nothing for somebody who has no AAD id and is not known by their Teams id: nobody is made of that
 */
export async function findOrCreatePerson(
  activity: Incoming,
  services: Services,
): Promise<Person | undefined> {
  const { store } = services;
  const sender = senderOf(activity);
  const seen = conversationOf(activity);
  const read = async (reader: Reader) => {
    const known = await findPerson(reader, sender, seen);
    const knownPlace = await reader.get('conversations', seen.id);
    const place = knownPlaceOf(knownPlace, seen);
    return { known, person: updated(known, sender, place), knownPlace, place };
  };
  const { known, person, knownPlace, place } = await store.read(read);
  if ((!person || same(known, person)) && same(knownPlace, place)) return person;
  return store.transact(async (tx) => {
    const now = await read(tx);
    await tx.put('conversations', now.place);
    if (now.knownPlace?.active === false) await placeBack(tx, now.place.id, services, false);
    if (!now.person) return undefined;
    await tx.put('people', now.person);
    const { id, teamsId, conversationId } = now.person;
    if (conversationId === unopened(id)) {
      await tx.put('conversations', { ...now.place, id: unopened(id), kind: 'personal', memberId: teamsId });
    }
    return now.person;
  });
}

/** The id of a chat that Teams has not opened yet. */
const unopened = (personId: string): string => `person:${personId}`;

/** A person with what an activity says of them; what it does not say stays. Nothing for a stranger. */
function updated(known: Person | undefined, sender: Sender, place: Conversation): Person | undefined {
  const id = known?.id ?? sender.aadId;
  if (!id) return undefined;
  const name = sender.name ?? nameFrom(known?.name);
  const keepId = known && isTeamsId(known.teamsId) && !isTeamsId(sender.teamsId);
  return {
    id,
    teamsId: keepId ? known.teamsId : sender.teamsId,
    ...(name ? { name } : {}),
    lang: sender.lang ?? known?.lang ?? langFrom(undefined),
    ...(known?.chosenLang ? { chosenLang: known.chosenLang } : {}),
    conversationId: place.kind === 'personal' ? place.id : (known?.conversationId ?? unopened(id)),
  };
}
