import type { Action } from '../../domain/action.js';
import { addDays, startOfDay } from '../../domain/days.js';
import type { Transaction } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { calendarFile } from '../shared/calendar-offer.js';
import { findOrCreateLink, linkAddress } from '../shared/links.js';
import { describeEntry, outlookUrl } from './calendar-entry.js';

/** The token of the link with which somebody puts an action in their calendar: it works until the last day is over. */
export const calendarLink = (
  tx: Transaction,
  services: Services,
  action: Action,
  personId: string,
): Promise<string | undefined> =>
  findOrCreateLink(tx, services, {
    file: calendarFile,
    personId,
    about: action.id,
    expiresAt: startOfDay(addDays(action.lastDay, 1), zone),
  });

/** The ways to put an action in a calendar, for a card; the one of a file is empty if there is no link. */
export const calendarWays = (action: Action, token: string | undefined, t: Text, services: Services) => ({
  outlook: outlookUrl(describeEntry(action, t, services)),
  ics: linkAddress(token, services) ?? '',
});
/** The same for a card that offers none. */
export const noCalendarWays = { outlook: '', ics: '' };
