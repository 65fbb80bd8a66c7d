import type { Action, Engagement } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { hasTakenEntry } from '../shared/calendar-offer.js';
import { isSameWhen, isSameWhere, type Knowledge } from './knowledge.js';

/** What a change makes of the entry in somebody's calendar, as the title of a button; empty without an entry. */
export async function entryTitle(
  reader: Reader,
  before: Knowledge,
  action: Action,
  own: Engagement,
  t: Text,
): Promise<string> {
  const moved = !isSameWhen(before, action) || !isSameWhere(before, action);
  const stays = own.state === 'approved' && action.state !== 'cancelled';
  if ((stays && !moved) || !(await hasTakenEntry(reader, own))) return '';
  return t(stays ? 'reminders.calendar.replace' : 'reminders.calendar.remove');
}
