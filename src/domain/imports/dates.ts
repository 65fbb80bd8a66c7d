import { isPlacement, type Kind, type PlacementKind } from '../action.js';
import { type Day, daysBetween, eachDay } from '../days.js';
import { checkMeetingDay, checkMeetingDayEverywhere } from '../engagements/meeting-day.js';
import { checkPlacement, type PlacementDates } from '../placements/placement.js';
import type { LineReader } from './line-reader.js';
import type { ImportPlace } from './place.js';

/** The days of something that took place. */
export interface Dates {
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly shared?: boolean;
}

/** Older actions are taken for typing errors. */
const maxYearsBack = 10;
/** A company visit lasts one day, or two consecutive ones (article 2). */
const maxVisitDays = 2;
/** No placement can last this many days. */
const maxPlacementDays = 120;

/** Reads the days of a line: past, in order, and possible for the kind of action (articles 2 and 3). */
export function readDates(reader: LineReader, kind: Kind, place: ImportPlace): Dates | undefined {
  const { words, today } = reader.context;
  const firstDay = reader.meaning('firstDay', 'dayUnread', words.day);
  const lastDay =
    reader.cell('lastDay') === '' ? firstDay : reader.meaning('lastDay', 'dayUnread', words.day);
  if (!firstDay || !lastDay) return undefined;
  const ends = reader.cell('lastDay') === '' ? 'firstDay' : 'lastDay';
  const oldest = `${Number(today.slice(0, 4)) - maxYearsBack}${today.slice(4)}`;
  if (lastDay < firstDay) reader.fail('lastDay', 'dayOrder');
  if (lastDay > today) reader.fail(ends, 'notPast');
  if (firstDay < oldest) reader.fail('firstDay', 'tooOld', { years: maxYearsBack });
  if (!reader.isSound('firstDay', 'lastDay')) return undefined;
  return isPlacement(kind)
    ? checkPlacementDays(reader, { kind, firstDay, lastDay }, place)
    : checkMeetingDays(reader, kind, { firstDay, lastDay }, place);
}

/** A 2de placement of one week of the fortnight was shared with another host: no other is possible (article 3). */
function checkPlacementDays(
  reader: LineReader,
  { kind, firstDay, lastDay }: PlacementDates,
  place: ImportPlace,
): Dates | undefined {
  if (daysBetween(firstDay, lastDay) >= maxPlacementDays) {
    reader.fail('lastDay', 'tooManyDays', { max: maxPlacementDays });
    return undefined;
  }
  const days = { firstDay, lastDay };
  const whole = checkEverywhere(reader, { kind, ...days }, place);
  const verdicts =
    kind === 'placement-2de' && whole.some(({ outcome }) => outcome === 'refused')
      ? checkEverywhere(reader, { kind, ...days, shared: true }, place)
      : whole;
  const refused = verdicts.find((verdict) => verdict.outcome === 'refused');
  if (refused?.outcome === 'refused') {
    const own = !refused.academie.zone;
    reader.add('firstDay', {
      blocks: true,
      rule: 'placement',
      kind: kind as PlacementKind,
      broken: refused.broken,
      own,
    });
    return undefined;
  }
  if (verdicts.some(({ outcome }) => outcome === 'unknown')) reader.note('firstDay', 'calendarUnknown');
  return { ...days, ...(verdicts === whole ? {} : { shared: true }) };
}

const checkEverywhere = ({ context }: LineReader, dates: PlacementDates, { calendars }: ImportPlace) =>
  calendars.map((academie) => checkPlacement(dates, academie, context.calendar));

/**
 * What took place has one day, as in the forms; only availabilities have more, and no outcome. A day without classes is
 * worth a look, as article 2 leaves the days of meetings open.
 */
function checkMeetingDays(
  reader: LineReader,
  kind: Kind,
  { firstDay, lastDay }: Dates,
  { calendars }: ImportPlace,
): Dates | undefined {
  const count = daysBetween(firstDay, lastDay) + 1;
  if (kind !== 'company-visit' && count > 1) reader.fail('lastDay', 'oneDay');
  if (count > maxVisitDays) reader.fail('lastDay', 'visitDays', { count });
  if (!reader.isSound('lastDay')) return undefined;
  const { calendar } = reader.context;
  const hasClasses = (day: Day): boolean =>
    calendars.length === 0
      ? checkMeetingDayEverywhere(day, calendar).outcome !== 'no-classes'
      : calendars.some((academie) => checkMeetingDay(day, academie, calendar).outcome !== 'no-classes');
  const off = eachDay(firstDay, lastDay).find((day) => !hasClasses(day));
  if (off !== undefined) reader.note('firstDay', 'noClasses', { day: off });
  return { firstDay, lastDay };
}
