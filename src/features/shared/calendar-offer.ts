import type { Action, Engagement } from '../../domain/action.js';
import { isExpected } from '../../domain/engagements/expected.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { readLinks } from './links.js';

/** The file with which somebody puts an engagement in their calendar. */
export const calendarFile = 'reminders.calendar';

/**
 * Whether an employee can put an engagement in their calendar now, or take it out: only whoever has downloaded the
 * entry has something to take out.
 */
export async function readCalendarOffer(
  reader: Reader,
  action: Action,
  engagement: Engagement,
  { clock }: Pick<Services, 'clock'>,
): Promise<'add' | 'remove' | 'nothing'> {
  if (action.lastDay < dayAt(clock.now())) return 'nothing';
  if (isExpected(action, engagement)) return 'add';
  const { state } = engagement;
  // Sending an offer is the most frequent turn, and need not read links that there cannot be.
  if (state === 'pending' || state === 'sent-back') return 'nothing';
  return (await hasTakenEntry(reader, engagement)) ? 'remove' : 'nothing';
}

/** Whether somebody has downloaded the entry of an engagement. One added in Outlook by its button is not known of. */
export async function hasTakenEntry(
  reader: Reader,
  { actionId, employeeId }: Pick<Engagement, 'actionId' | 'employeeId'>,
): Promise<boolean> {
  const links = await readLinks(reader, { file: calendarFile, personId: employeeId, about: actionId });
  return links.some(({ usedAt }) => usedAt !== undefined);
}
