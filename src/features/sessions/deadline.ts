import type { Day } from '../../domain/days.js';
import { confirmationDeadline } from '../../domain/engagements/confirmation.js';
import { zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';

/** "jeudi 3 décembre à 18 h" */
export const deadlineWords = (
  confirmBy: Day,
  t: Text,
  { convention }: Pick<Services, 'convention'>,
): string => t.dates.instant(confirmationDeadline(confirmBy, convention.messageHours, zone));
