import type { Engagement } from '../../domain/action.js';
import { isExpected } from '../../domain/engagements/expected.js';
import { checkMove, type EngagementMove } from '../../domain/engagements/moves.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { describeBrokenRule } from '../host/broken-rule.js';
import { calendarLink } from '../reminders/calendar-link.js';
import { notify } from '../shared/people.js';
import { type Request, readRequest, writeMove } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';

export interface Decision {
  /** The offer's id. */
  readonly id: string;
  readonly move: Extract<EngagementMove, 'approve' | 'decline' | 'askChanges'>;
  /** For the employee; an approval needs none. */
  readonly text?: string;
  /** Since when the offer had been as the card showed it; older cards do not say so. */
  readonly seen?: string | undefined;
  /** The key of the form that decides: sending it again changes nothing. */
  readonly formKey?: string;
}

/** The author's engagement, on which a coordinator decides. */
export const findAuthorEngagement = ({ action, engagements }: Request): Engagement => {
  const found = engagements.find((e) => e.employeeId === action.createdBy);
  if (!found) throw new Refusal('refusal.outdated');
  return found;
};

/**
 * Decides on an offer, once, and tells its author. Later decisions change nothing; the coordinator is told who decided
 * first.
 * @throws Refusal with the rule that forbids it
 */
export function decide(
  actor: Actor,
  { id, move, text = '', seen, formKey }: Decision,
  services: Services,
): Promise<Request> {
  return services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    if (before?.action.origin !== 'offer') throw new Refusal('refusal.outdated');
    // A form may decide on several offers.
    const key = formKey && `${formKey}:${id}`;
    const sent = key ? await tx.get('history', key) : undefined;
    if (sent?.by === actor.id && sent.move === move) return before;
    const previous = findAuthorEngagement(before);
    const now = services.clock.now();
    const verdict = checkMove(move, {
      mover: actor,
      action: before.action,
      engagement: previous,
      today: dayAt(now),
      text,
      ownOfferApproval: services.convention.ownOfferApproval,
    });
    if (!verdict.ok) throw await toRefusal(verdict.because, before.action, previous, actor, services, tx);
    // The offer was corrected between the card and the click, and nobody approves what they have not read.
    if (seen !== undefined && seen !== previous.since)
      throw new Refusal('refusal.corrected', { number: String(before.action.number) });
    // The dates that a new calendar or an amendment has broken must be changed first.
    if (move === 'approve' && before.action.checked?.certainty === 'refused')
      throw new Refusal('refusal.notPossible', {
        number: String(before.action.number),
        why: describeBrokenRule(before.action, services.textIn(actor.lang), services),
      });
    const decision = { by: actor.id, at: now, ...(text ? { text } : {}) };
    const engagement: Engagement = { ...previous, state: verdict.to, since: now, decision };
    const request: Request = {
      // An offer without its author will not take place.
      action: move === 'decline' ? { ...before.action, state: 'cancelled' } : before.action,
      engagements: before.engagements.map((e) => (e === previous ? engagement : e)),
    };
    const historyId = key ?? services.ids.next();
    const row = {
      id: historyId,
      engagementId: previous.id,
      move,
      from: previous.state,
      to: verdict.to,
      by: actor.id,
    };
    await writeMove(tx, services, before, request, [{ ...row, ...(text ? { why: text } : {}) }]);
    const link =
      move === 'approve' && isExpected(request.action, engagement) && dayAt(now) <= request.action.lastDay
        ? await calendarLink(tx, services, request.action, previous.employeeId)
        : undefined;
    const data = { actionId: id, move, by: actor.id, at: now, text, ...(link ? { link } : {}) };
    await notify(tx, services, previous.employeeId, {
      key: `told:${historyId}`,
      message: 'approval.told',
      data,
    });
    return request;
  });
}
