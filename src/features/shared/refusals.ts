import type { Action, Engagement } from '../../domain/action.js';
import type { MoveRefusal } from '../../domain/moves.js';
import type { Reader } from '../../ports.js';
import { type Actor, Refusal, type Services, TryAgain } from '../feature.js';
import { decidedBy, namesOf, whatIs } from './request-view.js';

/** The refusal of what only coordinators may do: somebody of whom Teams does not say whether they are one tries again. */
export const notCoordinator = (
  actor: Actor,
  key: 'refusal.notCoordinator' | 'refusal.notYours',
  params: Refusal['params'] = {},
): Refusal => (actor.roleUnknown ? new TryAgain('refusal.teamUnknown') : new Refusal(key, params));

/** Words why a move is not allowed, with who decided before when somebody did. */
export async function refusalOf(
  because: MoveRefusal,
  action: Action,
  engagement: Engagement | undefined,
  actor: Actor,
  services: Services,
  reader?: Reader,
): Promise<Refusal> {
  const t = services.textIn(actor.lang);
  const params = { number: String(action.number), what: whatIs(action, t) };
  switch (because) {
    case 'decided': {
      const decision = engagement?.decision;
      const read = async (r: Reader) => namesOf(r, [decision?.by], t);
      const name = await (reader ? read(reader) : services.store.read(read));
      const state = t.at(
        `refusal.state.${action.state === 'open' ? (engagement?.state ?? 'none') : action.state}`,
      );
      const by = decision ? decidedBy(decision, name, t) : '';
      return new Refusal('refusal.decided', { ...params, state, by });
    }
    case 'not-yours':
      return notCoordinator(actor, 'refusal.notYours', params);
    case 'not-coordinator':
      return notCoordinator(actor, 'refusal.notCoordinator', params);
    case 'own-offer':
      return new Refusal('refusal.ownOffer', params);
    case 'too-late':
      return new Refusal('refusal.tooLate', { ...params, day: t.dates.long(action.firstDay) });
    case 'too-early':
      return new Refusal('refusal.tooEarly', { ...params, day: t.dates.long(action.lastDay) });
    case 'text-missing':
      return new Refusal('refusal.textMissing', params);
    case 'full':
      return new Refusal('refusal.full', params);
  }
}
