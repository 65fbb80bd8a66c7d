import { type Action, isPlacement } from '../../domain/action.js';
import { type ClassDays, findNearestPeriod } from '../../domain/calendar/class-days.js';
import type { PartialDayOff } from '../../domain/calendar/school-calendar.js';
import type { MeetingDay, NoClassesReason } from '../../domain/engagements/meeting-day.js';
import {
  type AcademieVerdict,
  checkPlacement,
  type DayOff,
  findPartialPresenceDaysOff,
  type PlacementDates,
  toPlacementDates,
} from '../../domain/placements/placement.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { dayLimits } from './form.js';
import { listSome } from './list.js';
import { checkClassDays, checkMeetingDays } from './meeting-days.js';
import { findPlaces, type Place } from './schools.js';

/**
 * What the calendar says about the days of an action, in one line. Always shown for a placement: verified, fewer
 * days, provisional, unknown, and days that only some schools of an académie have off. For a meeting, only if there
 * are no classes that day, few in the period of an availability, or it is unknown; otherwise empty.
 */
export function calendarLine(action: Action, t: Text, services: Services): string {
  const { kind, halfDays } = action;
  if (halfDays) return availabilityLine(action, t, services);
  const lines = isPlacement(kind)
    ? findPlaces(action, services).map((place) => ({
        name: place.name,
        line: placementLine(toPlacementDates(action, kind), place, t, services),
      }))
    : checkMeetingDays(action, services).map(({ place, date, day }) => ({
        // If it lasts two days, each line names its day.
        name: [place?.name, action.lastDay > action.firstDay ? t.dates.noYear(date) : undefined]
          .filter(Boolean)
          .join(', '),
        line: meetingLine(day, place, t),
      }));
  return mergeLines(lines, t);
}

/** One line if all are the same, otherwise each with the names it applies to. */
function mergeLines(all: readonly { readonly name: string; readonly line: string }[], t: Text): string {
  const names = new Map<string, string[]>();
  for (const { name, line } of all) names.set(line, [...(names.get(line) ?? []), name]);
  if (names.size === 1) return all[0]?.line ?? '';
  return [...names]
    .filter(([line]) => line !== '')
    .map(([line, of]) => t('calendar.of', { names: listSome(of, t), line }))
    .join(' · ');
}

const unknownCalendar = {
  'local-calendar': 'calendar.local',
  unpublished: 'calendar.unpublished',
  'holiday-to-check': 'calendar.holidayToCheck',
  'day-to-check': 'calendar.dayToCheck',
  school: 'calendar.dependsOnSchool',
} as const;

function placementLine(dates: PlacementDates, place: Place, t: Text, { calendar }: Services): string {
  const partly = partlyTexts(findPartialPresenceDaysOff(dates, place, calendar), t);
  return [verdictLine(checkPlacement(dates, place, calendar), t), ...partly].join(', ');
}

/** One text for all days that the same départements have off for the same reason. */
function partlyTexts(off: readonly PartialDayOff[], t: Text): string[] {
  const same = new Map<string, PartialDayOff[]>();
  for (const one of off) {
    const key = `${one.because} ${one.departements}`;
    same.set(key, [...(same.get(key) ?? []), one]);
  }
  return [...same.values()].map((all) => {
    const because = all.length > maxDaysOff ? 'many' : all[0]?.because;
    return t.at(`calendar.partlyOff.${because}`, {
      count: all.length,
      days: t.list(all.map(({ day }) => t('calendar.partlyOff.day', { day: t.dates.noYear(day) }))),
      departements: t.list(all[0]?.departements ?? []),
    });
  });
}

/** The most days off that are named; the rest is counted. */
const maxDaysOff = 4;

/** "sans le jeudi 14 mai (férié) et le vendredi 15 mai (pont)" */
function withoutDays(off: readonly DayOff[], t: Text): string {
  if (off.length > maxDaysOff) return t('calendar.daysOff', { count: off.length });
  const days = off.map(({ day, because, name = '' }) =>
    t.at(`calendar.off.${because}`, { day: t.dates.noYear(day), name }),
  );
  return t('calendar.without', { days: t.list(days) });
}

function verdictLine(v: AcademieVerdict, t: Text): string {
  switch (v.outcome) {
    case 'unknown':
      return t(unknownCalendar[v.because]);
    case 'fewer-days':
      return `${t('calendar.days', { count: v.presenceDays })}, ${withoutDays(v.off, t)}`;
    case 'provisional':
      return t('calendar.provisional');
    case 'refused':
      return t('calendar.changed');
    default:
      return t('calendar.days', { count: v.presenceDays });
  }
}

function meetingLine(day: MeetingDay, place: Place | undefined, t: Text): string {
  switch (day.outcome) {
    case 'fine':
      return '';
    case 'partly-off':
      return partlyTexts(day.off, t).join(', ');
    case 'unknown':
      return t(unknownCalendar[day.because]);
    default:
      // Some schools have classes on Saturday mornings.
      return day.because.kind === 'saturday'
        ? t('calendar.saturday')
        : t('calendar.noClasses', { why: noClassesText(day.because, place, t) });
  }
}

/**
 * How many class days the académies have left in a period, and the nearest one that suits all whose calendar is
 * known.
 */
function availabilityLine(action: Action, t: Text, services: Services): string {
  const verdicts = checkClassDays(action, services);
  const text = mergeLines(
    verdicts.map(({ place, left }) => ({ name: place.name, line: classDaysLine(left, place, t) })),
    t,
  );
  const today = dayAt(services.clock.now());
  const wanted = action.lastDay >= today && verdicts.some(({ left }) => left.outcome === 'few');
  const known = verdicts.filter(({ left }) => left.outcome !== 'unknown').map(({ place }) => place);
  const nearest = wanted && findNearestPeriod(action, known, services.calendar, today, dayLimits(today).max);
  if (!nearest) return text;
  const days = t.dates.button(nearest.firstDay, nearest.lastDay);
  return `${text} · ${t('calendar.nearestPeriod', { days })}`;
}

function classDaysLine(left: ClassDays, place: Place, t: Text): string {
  switch (left.outcome) {
    case 'enough':
      return '';
    case 'unknown': {
      const line = t(unknownCalendar[left.because]);
      return left.from ? t('calendar.from', { day: t.dates.short(left.from), line }) : line;
    }
    default: {
      const { count, holiday } = left;
      const line = count === 0 ? t('calendar.noClassDays') : t('calendar.fewClassDays', { count });
      // The dates tell the zone; académies with the same dates share a line.
      const why = holiday && noClassesText({ kind: 'holiday', holiday }, place.zone ? undefined : place, t);
      return why ? t('calendar.because', { line, why }) : line;
    }
  }
}

/** "vacances d’hiver (zone A), du 13 au 28 février"; without the zone if the school's location is unknown. */
function noClassesText(because: NoClassesReason, place: Place | undefined, t: Text): string {
  if (because.kind === 'closure') return because.name;
  if (because.kind !== 'holiday') return t.at(`calendar.why.${because.kind}`);
  const { period, zone, firstDayOff, lastDayOff } = because.holiday;
  const days = t.dates.button(firstDayOff, lastDayOff);
  // Own calendars name their periods freely.
  if (place && !place.zone) return t('calendar.why.ownHoliday', { period, zone, days });
  const name = t.at(`period.${period}`);
  return place
    ? t('calendar.why.holiday', { period: name, zone, days })
    : t('calendar.why.holidayOfAll', { period: name, days });
}
