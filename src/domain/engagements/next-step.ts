import { DateTime } from 'luxon';
import { type Action, type Engagement, isPlacement, type Preparation } from '../action.js';
import { addDays, type Day, type Instant, weekday } from '../days.js';
import { countMissingAgreements } from '../placements/agreements.js';

/** What is to be done next about an engagement, or why there is nothing left to do. */
export type Step =
  | 'decide'
  | 'decide-late'
  | 'correct'
  | 'wait'
  | 'confirm'
  | 'fix-day'
  | Preparation
  | 'agreements'
  | 'visit'
  | 'meet'
  | 'host'
  | 'under-way'
  | 'answer'
  | 'answer-late'
  | 'presence'
  | 'presence-late'
  | 'settle'
  | Over;

/** Nothing is to be done any more. */
type Over =
  | 'declined'
  | 'withdrawn'
  | 'no-seat'
  | 'period-over'
  | 'cancelled'
  | 'not-held'
  | 'attended'
  | 'absent';

export interface NextStep {
  readonly step: Step;
  /** Whose turn it is; nobody's while a day is awaited or when nothing is left to do. */
  readonly whose: 'employee' | 'coordinators' | 'nobody';
  /**
   * By when, or the day that is awaited. Absent when nothing is left to do or the deadline has passed; `decide-late`
   * gives the day on which the decision was expected.
   */
  readonly by?: Day;
}

/** Of the convention; each a number of days. */
interface Settings {
  readonly lateAfterDays: number;
  readonly agreementDaysBefore: number;
  readonly outcomeReminderDays: number;
}

/** So many days after a moment, or the Monday after if nobody works on that day. */
function daysAfter(at: Instant, days: number): Day {
  const day = addDays(DateTime.fromISO(at, { zone: 'Europe/Paris' }).toISODate() as Day, days);
  return weekday(day) > 5 ? addDays(day, 8 - weekday(day)) : day;
}

/** What comes next for one employee in one action, whose turn it is, and by when. */
export function findNextStep(
  action: Action,
  engagement: Engagement,
  today: Day,
  settings: Settings,
): NextStep {
  const until = (step: Step, whose: NextStep['whose'], by: Day): NextStep =>
    by < today ? { step, whose } : { step, whose, by };
  const eve = addDays(action.halfDays ? action.lastDay : action.firstDay, -1);
  switch (engagement.state) {
    case 'pending': {
      const by = daysAfter(engagement.since, settings.lateAfterDays);
      return { step: by < today ? 'decide-late' : 'decide', whose: 'coordinators', by };
    }
    case 'sent-back':
      return until('correct', 'employee', eve);
    case 'waitlisted':
      return eve < today || action.state !== 'open'
        ? over('no-seat')
        : { step: 'wait', whose: 'nobody', by: eve };
    case 'approved':
      return findNextOfApproved(action, engagement, today, settings, until);
    default:
      return action.contradiction && engagement.state !== 'withdrawn' && engagement.state !== 'declined'
        ? settle(action.contradiction.at, settings, until)
        : over(engagement.state);
  }
}

const over = (step: Over): NextStep => ({ step, whose: 'nobody' });

type Until = (step: Step, whose: NextStep['whose'], by: Day) => NextStep;

const settle = (at: Instant, { lateAfterDays }: Settings, until: Until): NextStep =>
  until('settle', 'coordinators', daysAfter(at, lateAfterDays));

function findNextOfApproved(
  action: Action,
  engagement: Engagement,
  today: Day,
  settings: Settings,
  until: Until,
): NextStep {
  const { firstDay, lastDay, state } = action;
  const days = settings.outcomeReminderDays;
  /** The employee is asked, asked again, and then the coordinators are. */
  const ask = (step: 'answer' | 'presence'): NextStep =>
    today >= addDays(lastDay, 2 * days)
      ? { step: `${step}-late`, whose: 'coordinators' }
      : until(step, 'employee', addDays(lastDay, days));
  if (state === 'cancelled') return over('cancelled');
  if (action.contradiction && state !== 'held') return settle(action.contradiction.at, settings, until);
  if (state === 'not-held') return over('not-held');
  if (state === 'held') return ask('presence');
  if (action.halfDays)
    return today > lastDay ? over('period-over') : { step: 'fix-day', whose: 'coordinators', by: lastDay };
  if (engagement.confirmBy && today < firstDay) return until('confirm', 'employee', engagement.confirmBy);
  if (today >= lastDay) return ask('answer');
  if (today >= firstDay) return { step: 'under-way', whose: 'nobody', by: lastDay };
  if (isPlacement(action.kind)) return findNextPreparation(action, today, settings);
  return { step: action.kind === 'company-visit' ? 'visit' : 'meet', whose: 'nobody', by: firstDay };
}

/**
 * What a placement still lacks, in the order in which it is done: a tutor is named in the agreement, and so is the
 * programme (article 3). The deadline is that of the agreements, then the day before.
 */
function findNextPreparation(action: Action, today: Day, { agreementDaysBefore }: Settings): NextStep {
  const due = addDays(action.firstDay, -agreementDaysBefore);
  const by = due < today ? addDays(action.firstDay, -1) : due;
  const order: readonly Preparation[] = ['school', 'tutor', 'programme'];
  const missing = order.find((item) => !action.preparation?.[item]);
  if (missing) return { step: missing, whose: missing === 'school' ? 'coordinators' : 'employee', by };
  if (countMissingAgreements(action) > 0) return { step: 'agreements', whose: 'employee', by };
  return { step: 'host', whose: 'nobody', by: action.firstDay };
}
