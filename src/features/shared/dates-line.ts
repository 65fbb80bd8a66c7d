import type { Action } from '../../domain/action.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { engagementId } from './records.js';
import { describeWhen } from './request-view.js';
import { isToConfirm } from './seat-words.js';

/** The most dates named on a card; the others are counted. */
const maxDates = 5;

/** The dates fixed from an availability, as a fact of its card; nothing without one. */
export async function readDateFacts(
  reader: Reader,
  availability: Action,
  t: Text,
  { clock }: Pick<Services, 'clock'>,
): Promise<{ readonly title: string; readonly value: string }[]> {
  if (!availability.halfDays) return [];
  const dated = await reader.list('actions', 'byAvailability', availability.id);
  if (dated.length === 0) return [];
  const today = dayAt(clock.now());
  const shown = await Promise.all(
    dated.slice(0, maxDates).map(async (action) => {
      const own = await reader.get('engagements', engagementId(action.id, action.createdBy));
      const state = isToConfirm(action, own, today)
        ? t(own?.proposal ? 'dates.otherProposed' : 'sessions.toConfirm')
        : action.state === 'open'
          ? t('dates.confirmed')
          : t.at(`state.${action.state}`);
      const word = `${state.slice(0, 1).toLocaleLowerCase(t.lang)}${state.slice(1)}`;
      return t('dates.inList', { when: describeWhen(action, t), number: String(action.number), state: word });
    }),
  );
  const more = dated.length - shown.length;
  const rest = more > 0 ? [t('request.more', { count: more })] : [];
  return [{ title: t('fact.dates'), value: [...shown, ...rest].join(' · ') }];
}
