import type { Action, Engagement } from '../../domain/action.js';
import type { MoveRefusal } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import { type Actor, Refusal, type Services, TryAgain } from '../feature.js';
import { readCancellation } from './cancellation.js';
import { decidedByText, describeAction, readNames } from './request-view.js';

/** Refuses what only coordinators may do. Somebody whose role Teams does not say can try again. */
export const toRoleRefusal = (
  actor: Actor,
  key: 'refusal.notCoordinator' | 'refusal.notYours',
  params: Refusal['params'] = {},
): Refusal => (actor.roleUnknown ? new TryAgain('refusal.teamUnknown') : new Refusal(key, params));

/** What is decided: that an offer was declined or somebody was there says more than how the action ended. */
function findDecidedState({ state, origin }: Action, engagement: Engagement | undefined) {
  const own = engagement?.state ?? 'none';
  if (state === 'open' || own === 'attended' || own === 'absent') return own;
  return origin === 'offer' && (own === 'declined' || own === 'withdrawn') ? own : state;
}

/** The refusal of a move, with who decided before if somebody did. */
export async function toRefusal(
  because: MoveRefusal,
  action: Action,
  engagement: Engagement | undefined,
  actor: Actor,
  services: Services,
  reader?: Reader,
): Promise<Refusal> {
  const t = services.textIn(actor.lang);
  const params = { number: String(action.number), what: describeAction(action, t) };
  switch (because) {
    case 'decided': {
      const isCalledOff = action.origin === 'need' && action.state === 'cancelled';
      const state = isCalledOff ? 'called-off' : findDecidedState(action, engagement);
      const read = async (r: Reader) => {
        // An approval says nothing of who answered since.
        const isTheirs = state === engagement?.state && engagement?.decision?.at === engagement?.since;
        const own = isTheirs ? engagement?.decision : undefined;
        const decision = isCalledOff ? await readCancellation(r, action.id) : own;
        return { decision, name: await readNames(r, [decision?.by], t) };
      };
      const { decision, name } = await (reader ? read(reader) : services.store.read(read));
      const by = decision ? decidedByText(decision, name, t) : '';
      return new Refusal('refusal.decided', { ...params, state: t.at(`refusal.state.${state}`), by });
    }
    case 'not-yours':
      return toRoleRefusal(actor, 'refusal.notYours', params);
    case 'not-coordinator':
      return toRoleRefusal(actor, 'refusal.notCoordinator', params);
    case 'own-offer':
      return new Refusal(action.createdBy === actor.id ? 'refusal.ownOffer' : 'refusal.enteredByYou', params);
    case 'too-late':
      return new Refusal('refusal.tooLate', { ...params, day: t.dates.long(action.firstDay) });
    case 'too-early':
      return new Refusal('refusal.tooEarly', { ...params, day: t.dates.long(action.lastDay) });
    case 'no-day':
      return new Refusal('refusal.noDay', params);
    case 'text-missing':
      return new Refusal('refusal.textMissing', params);
    case 'full':
      return new Refusal('refusal.full', params);
    case 'closed':
      return action.closed || !action.closesOn
        ? new Refusal('refusal.closed', params)
        : new Refusal('refusal.closedSince', { ...params, day: t.dates.long(action.closesOn) });
  }
}
