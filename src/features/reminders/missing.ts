import { type Action, type Engagement, isPlacement, preparations } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import { countMissingAgreements } from '../../domain/placements/agreements.js';
import type { Text } from '../../text/text.js';

/** What is still missing before an action, and who can do something about it. */
export interface Missing {
  readonly lines: readonly string[];
  readonly turn: string;
}

/** The confirmation that is asked of somebody, and what a placement needs before pupils come (article 3). */
export function describeMissing(action: Action, { confirmBy }: Engagement, today: Day, t: Text): Missing {
  const confirmation = confirmBy
    ? [
        confirmBy >= today
          ? t('reminders.missing.confirm', { day: t.dates.long(confirmBy) })
          : t('reminders.missing.confirmSoon'),
      ]
    : [];
  const agreements =
    countMissingAgreements(action) > 0
      ? [
          t('reminders.missing.agreements', {
            signed: t.number(action.agreements ?? 0),
            places: t.number(action.places ?? 1),
          }),
        ]
      : [];
  const prepared = isPlacement(action.kind)
    ? preparations.filter((p) => !action.preparation?.[p]).map((p) => t.at(`reminders.missing.${p}`))
    : [];
  const lines = [...confirmation, ...agreements, ...prepared];
  const turn = confirmBy ? 'you' : lines.length > 0 ? 'both' : 'nobody';
  return { lines, turn: t(`reminders.turn.${turn}`) };
}
