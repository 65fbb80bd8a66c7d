import {
  type Actor,
  dependsOnTeam,
  type FeatureAction,
  hasRole,
  Refusal,
  type Role,
  type Services,
} from '../features/feature.js';
import { langOf } from '../features/shared/people.js';
import { toRoleRefusal } from '../features/shared/refusals.js';
import type { Person } from '../records.js';
import { type Incoming, placeId, placeKind } from './incoming.js';

/**
 * Somebody who does something, with the role they have at the moment.
 * @param asks what the role is needed for
 */
export async function createActor(
  activity: Incoming,
  person: Person,
  asks: FeatureAction['asks'],
  { directory }: Services,
): Promise<Actor> {
  const teamId = activity.channelData?.team?.id;
  const answer = asks === 'nothing' ? 'no' : await directory.isCoordinator(person.id, asks);
  return {
    id: person.id,
    teamsId: person.teamsId,
    lang: langOf(person),
    clientLang: person.lang,
    coordinator: answer === 'yes',
    ...(answer === 'unknown' ? { roleUnknown: true } : {}),
    admin: directory.isAdmin(person.id),
    place: { conversationId: placeId(activity), kind: placeKind(activity), ...(teamId ? { teamId } : {}) },
    ...(activity.replyToId ? { activityId: activity.replyToId } : {}),
  };
}

/** @throws Refusal if the person does not have the role, or nobody knows at the moment */
export function requireRole(who: Role, actor: Actor): void {
  if (hasRole(who, actor)) return;
  throw dependsOnTeam(who) ? toRoleRefusal(actor, 'refusal.notCoordinator') : new Refusal('refusal.notAdmin');
}
