import type { Conversation, Lang, Person, Store } from '../ports.js';
import { type Incoming, placeId, placeKind, tenantOf } from './incoming.js';

/** The language of a Teams client: French speakers get French, everybody else English; unsaid is French. */
export const langFrom = (locale: string | null | undefined): Lang =>
  !locale || locale.toLowerCase().startsWith('fr') ? 'fr' : 'en';

/** Why an activity is not let in; nothing when it is. */
export function refusedAtGate(activity: Incoming, tenantId: string | undefined): string | undefined {
  if (activity.channelId !== 'msteams') return 'channelId is not msteams';
  if (tenantId && tenantOf(activity) !== tenantId) return 'another tenant';
  return undefined;
}

/** Who sent an activity, as far as it says: an installation names nobody and speaks no language. */
interface Seen {
  readonly id: string;
  readonly teamsId: string;
  readonly name: string | undefined;
  readonly lang: Lang | undefined;
}

/** The person who sent an activity, from its own facts; without an AAD id it is not somebody of the company. */
function personOf({ from: { aadObjectId, id, name }, locale }: Incoming): Seen | undefined {
  if (!aadObjectId) return undefined;
  return {
    id: aadObjectId,
    teamsId: id,
    name: name?.trim() || undefined,
    lang: locale ? langFrom(locale) : undefined,
  };
}

/** Where an activity comes from, as a place to write to. */
export function conversationOf(activity: Incoming): Conversation {
  const tenantId = tenantOf(activity);
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
 * How old what is known of a sender may be: an activity that came this much earlier would have met the same. Nobody's
 * next click comes so soon after what another instance answered them.
 */
const mayBeOldMs = 50;

/**
 * The person who sent an activity, as kept; the person and the place are written when they are new or have
 * changed. A person met in a channel gets a chat of their own, opened when there is something to say.
 */
export async function know(activity: Incoming, store: Store): Promise<Person | undefined> {
  const seen = personOf(activity);
  const place = conversationOf(activity);
  const known = await store.read(
    async (r) => ({
      person: seen && (await r.get('people', seen.id)),
      place: await r.get('conversations', place.id),
    }),
    mayBeOldMs,
  );
  const person = seen && merge(known.person, seen, place);
  if ((!person || same(known.person, person)) && same(known.place, place)) return person;
  return store.transact(async (tx) => {
    await tx.put('conversations', place);
    if (!seen) return undefined;
    const now = merge(await tx.get('people', seen.id), seen, place);
    await tx.put('people', now);
    if (now.conversationId === unopened(seen.id)) {
      await tx.put('conversations', {
        ...place,
        id: unopened(seen.id),
        kind: 'personal',
        memberId: seen.teamsId,
      });
    }
    return now;
  });
}

/** The id of a chat that Teams has not opened yet. */
const unopened = (personId: string): string => `person:${personId}`;

function merge(known: Person | undefined, seen: Seen, place: Conversation): Person {
  const conversationId = place.kind === 'personal' ? place.id : (known?.conversationId ?? unopened(seen.id));
  return {
    id: seen.id,
    teamsId: seen.teamsId,
    name: seen.name ?? known?.name ?? '?',
    lang: seen.lang ?? known?.lang ?? langFrom(undefined),
    ...(known?.chosenLang ? { chosenLang: known.chosenLang } : {}),
    conversationId,
  };
}
