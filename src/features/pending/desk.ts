import type { Action, Engagement } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import { isUnanswered, sortByUrgency, urgencyOfOffer, type Waiting } from '../../domain/engagements/desk.js';
import { checkMove } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Actor, Services } from '../feature.js';
import { readActionsOf, readRequests } from '../shared/records.js';

/** The offers that nobody has decided on. */
async function readOffers(reader: Reader, today: Day, { convention }: Services): Promise<Waiting[]> {
  const pending = await reader.list('engagements', 'byState', 'pending');
  const limits = { ...convention.desk, lateAfterDays: convention.lateAfterDays };
  return (await readActionsOf(reader, pending)).map(({ action, engagement }) => {
    const urgency = urgencyOfOffer(action, dayAt(engagement.since), today, limits);
    return { urgency, action, engagement };
  });
}

/** Past actions that wait: for a decision between two answers, or for any answer. */
async function readPast(reader: Reader, today: Day, { convention }: Services): Promise<Waiting[]> {
  const contradicted = await reader.list('actions', 'byContradiction', 'open');
  const begun = await reader.list('actions', 'byState', 'open', { until: today });
  const silent = begun.filter((action) => isUnanswered(action, today, convention.desk));
  const rows = (
    urgency: 'contradiction' | 'unanswered',
    actions: readonly Action[],
    find: (action: Action, engagements: readonly Engagement[]) => Engagement | undefined,
  ) =>
    readRequests(reader, actions).then((requests) =>
      requests.flatMap(({ action, engagements }): Waiting[] => {
        const engagement = find(action, engagements);
        return engagement ? [{ urgency, action, engagement }] : [];
      }),
    );
  return [
    ...(await rows(
      'contradiction',
      contradicted,
      ({ contradiction }, all) => all.find((e) => e.employeeId === contradiction?.by) ?? all[0],
    )),
    ...(await rows('unanswered', silent, (_, all) => all.find((e) => e.state === 'approved'))),
  ];
}

/** All requests that wait for a coordinator, most urgent first. */
export async function readDesk(reader: Reader, services: Services): Promise<Waiting[]> {
  const today = dayAt(services.clock.now());
  return sortByUrgency([
    ...(await readOffers(reader, today, services)),
    ...(await readPast(reader, today, services)),
  ]);
}

export const isOffer = ({ engagement }: Waiting): boolean => engagement.state === 'pending';

/** Whether this person may decide on it now; other rules may still forbid to approve it. */
export const mayDecide = (
  { action, engagement }: Waiting,
  actor: Actor,
  { clock, convention }: Services,
): boolean =>
  checkMove('approve', {
    mover: actor,
    action,
    engagement,
    today: dayAt(clock.now()),
    ownOfferApproval: convention.ownOfferApproval,
  }).ok;
