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
  need: Need,
  actor: Actor,
  services: Services,
): Series | undefined {
  const t = services.textIn(actor.lang);
  const weeks = form.isEmpty('weeks')
    ? 1
    : form.readCount('weeks', { max: maxSeries }, t('publish.weeksError', { max: maxSeries }));
  const hours = readStarts(form, need, actor, services);
  if (form.failed || !weeks || !hours) return undefined;
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

/** The hours of the sessions of a day: each as long as the first. */
function readStarts(
  form: FormReader<Field>,
  { hours }: Need,
  actor: Actor,
  { convention, textIn }: Services,
): readonly NonNullable<Need['hours']>[] | undefined {
  const t = textIn(actor.lang);
  const typed = form.readText('starts', 100) ?? '';
  if (!hours) return undefined;
  const length = toMinutes(hours.until) - toMinutes(hours.from);
  const starts = new Set([hours.from]);
  for (const part of typed.split(/[,;]|\bet\b|\band\b/).filter((p) => p.trim())) {
    const time = readTime(part.trim());
    const isPossible =
      time !== undefined &&
      time >= convention.hours.earliest &&
      toMinutes(time) + length <= toMinutes(convention.hours.latest);
    if (isPossible) starts.add(time);
    else form.fail('starts', { text: t('publish.startsError') });
  }
  return [...starts].sort().map((from) => ({ from, until: toTime(toMinutes(from) + length) }));
}
