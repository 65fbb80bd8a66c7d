import type { Action } from '../../domain/action.js';
import { addDays, daysBetween, type TimeOfDay } from '../../domain/days.js';
import { dayAt } from '../../text/dates.js';
import { readTime } from '../../text/read-dates.js';
import type { Actor, Services } from '../feature.js';
import { calendarLine } from '../shared/calendar-line.js';
import { dayLimits } from '../shared/form.js';
import type { FormReader } from '../shared/form-reader.js';
import { checkMeeting, checkMeetingDays } from '../shared/meeting-days.js';
import { type Field, maxSeries, type Need } from './fields.js';

export interface Series {
  /** In the order of their days and hours. */
  readonly needs: readonly Need[];
  /** The weeks that are left out, with the reason. */
  readonly skipped: readonly { readonly day: string; readonly why: string }[];
}

const toMinutes = (time: TimeOfDay): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const toTime = (minutes: number): TimeOfDay =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/**
 * The sessions that a form asks for: at each of its hours, each week. A later week in which pupils have no classes on
 * that day is left out; the first day is the coordinator's own choice.
 */
export function readSeries(
  form: FormReader<Field>,
  need: Need | undefined,
  actor: Actor,
  services: Services,
): Series | undefined {
  const t = services.textIn(actor.lang);
  const weeks = form.isEmpty('weeks')
    ? 1
    : form.readCount('weeks', { max: maxSeries }, t('publish.weeksError', { max: maxSeries }));
  const starts = readStarts(form, actor, services);
  const hours = need?.hours && toHours(form, need.hours, starts, actor, services);
  if (form.failed || !need || !weeks || !hours) return undefined;
  if (weeks * hours.length > maxSeries)
    form.fail('weeks', { text: t('publish.tooMany', { max: maxSeries }) });
  const length = daysBetween(need.firstDay, need.lastDay);
  const closes = need.closesOn && daysBetween(need.closesOn, need.firstDay);
  const { max } = dayLimits(dayAt(services.clock.now()));
  const needs: Need[] = [];
  const skipped: { day: string; why: string }[] = [];
  for (let week = 0; week < weeks; week++) {
    const firstDay = addDays(need.firstDay, 7 * week);
    const days = { ...need, firstDay, lastDay: addDays(firstDay, length) };
    if (days.lastDay > max) {
      form.fail('weeks', { text: t('form.tooFar', { day: t.dates.short(max) }) });
      break;
    }
    const off = week > 0 && checkMeetingDays(days, services).some(({ day }) => day.outcome === 'no-classes');
    if (off) {
      skipped.push({ day: t.dates.noYear(firstDay), why: calendarLine(days as Action, t, services) });
      continue;
    }
    const checked = checkMeeting(days, services);
    const closing = closes ? { closesOn: addDays(firstDay, -closes) } : {};
    for (const at of hours) needs.push({ ...days, hours: at, checked, ...closing });
  }
  return form.failed ? undefined : { needs, skipped };
}

/** The further times at which a session begins on the same day. */
function readStarts(form: FormReader<Field>, actor: Actor, { textIn }: Services): TimeOfDay[] {
  const typed = form.readText('starts', 100) ?? '';
  return typed
    .split(/[,;]|\bet\b|\band\b/)
    .filter((part) => part.trim())
    .flatMap((part) => {
      const time = readTime(part.trim());
      if (!time) form.fail('starts', { text: textIn(actor.lang)('publish.startsError') });
      return time ?? [];
    });
}

/** The hours of the sessions of a day: each as long as the first. */
function toHours(
  form: FormReader<Field>,
  { from, until }: NonNullable<Need['hours']>,
  starts: readonly TimeOfDay[],
  actor: Actor,
  { convention, textIn }: Services,
): NonNullable<Need['hours']>[] {
  const { earliest, latest } = convention.hours;
  const length = toMinutes(until) - toMinutes(from);
  if (starts.some((time) => time < earliest || toMinutes(time) + length > toMinutes(latest)))
    form.fail('starts', { text: textIn(actor.lang)('publish.startsError') });
  return [...new Set([from, ...starts])]
    .sort()
    .map((start) => ({ from: start, until: toTime(toMinutes(start) + length) }));
}
