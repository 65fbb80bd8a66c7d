import type { LastCheck } from '../../domain/action.js';
import { daysBetween } from '../../domain/days.js';
import { findBrokenLimit, type PlannedPlacement } from '../../domain/placements/limits.js';
import { findNearestDates } from '../../domain/placements/nearest-dates.js';
import {
  type AcademieVerdict,
  type BrokenRule,
  checkPlacements,
  type PlacementDates,
  toPlacementDates,
} from '../../domain/placements/placement.js';
import { currentVersion, toLastCheck, worstCertainty } from '../../domain/placements/recheck.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { dayLimits, type Fault } from '../shared/form.js';
import type { Place } from '../shared/schools.js';

/** Together with the form's own buttons, they are the six that a card may have. */
const maxProposals = 2;
/** No placement can last this many days; longer spans are not checked day by day. */
const maxSpanDays = 120;

/** Checks a placement now, continuing its last check. */
export function checkNow(
  planned: PlannedPlacement,
  places: readonly Place[],
  { calendar, convention }: Services,
  before?: LastCheck,
): LastCheck {
  const verdicts = checkPlacements(toPlacementDates(planned, planned.kind), places, calendar);
  const certainty = findBrokenLimit(planned, convention) ? 'refused' : worstCertainty(verdicts);
  return toLastCheck(currentVersion(calendar, convention), certainty, before);
}

/** A broken rule, and all schools and académies for which it is broken. */
interface BrokenForPlaces {
  readonly rule: BrokenRule;
  readonly places: readonly Place[];
}

/** What article 3 says against the days, for the schools and académies concerned, with alternatives. */
export function findDateFault(
  dates: PlacementDates,
  places: readonly Place[],
  t: Text,
  services: Services,
): Fault | undefined {
  const { calendar, clock } = services;
  const { kind } = dates;
  const today = dayAt(clock.now());
  const proposeDates = () =>
    findNearestDates(dates, places, calendar, today, dayLimits(today).max).map((d) => ({
      title: capitaliseFirst(t.dates.button(d.firstDay, d.lastDay)),
      verb: 'host.useDates',
      value: `${d.firstDay}/${d.lastDay}`,
    }));
  const rule = t.at(`broken.${kind}.why`);
  const span = daysBetween(dates.firstDay, dates.lastDay);
  if (span > maxSpanDays) {
    const text = t.at(`broken.${kind}.too-long`, { count: span + 1 });
    return toFault(text, [rule], proposeDates(), t);
  }
  const verdicts = checkPlacements(dates, places, calendar);
  const [first, ...more] = groupByRule(verdicts);
  if (!first) return undefined;
  const possible = verdicts.filter((v) => v.outcome !== 'refused');
  const everywhere = possible.length === 0 && more.length === 0;
  const why = [
    rule,
    ...(everywhere && first.rule.rule !== 'holiday' ? [] : [describeConcerned(first, t)]),
    ...more.flatMap((b) => [describeBroken(kind, b, t), describeConcerned(b, t)]),
    ...describeOthers(possible, t),
  ];
  if (first.rule.rule === 'too-short' && kind === 'placement-3e') why.push(t('broken.visitInstead'));
  const ways = [...keepButton(possible, t), ...proposeDates()];
  return toFault(describeBroken(kind, first, t), why, ways, t);
}

function toFault(
  text: string,
  why: readonly string[],
  ways: NonNullable<Fault['proposals']>,
  t: Text,
): Fault {
  const dated = ways.some((p) => p.verb === 'host.useDates') ? [t('broken.nearest')] : [];
  return { text, why: [...why, ...dated].join(' '), proposals: ways.slice(0, maxProposals) };
}

/** Groups verdicts by broken rule, each with the schools and académies concerned. */
function groupByRule(verdicts: readonly AcademieVerdict[]): BrokenForPlaces[] {
  const found = new Map<string, { rule: BrokenRule; places: Place[] }>();
  for (const verdict of verdicts) {
    if (verdict.outcome !== 'refused') continue;
    const key = JSON.stringify(verdict.broken);
    const places = found.get(key)?.places ?? [];
    found.set(key, { rule: verdict.broken, places: [...places, verdict.academie] });
  }
  return [...found.values()];
}

/** More names than this hide what is said about them. */
const maxNames = 6;

function listNames(places: readonly Place[], t: Text): string {
  const names = places.map((p) => p.name);
  const more = names.length - maxNames;
  if (more < 2) return t.list(names);
  return `${names.slice(0, maxNames).join(', ')} ${t('request.more', { count: more })}`;
}

/** Names those a rule concerns: the académies of a zone, or these schools. */
function describeConcerned({ rule, places }: BrokenForPlaces, t: Text): string {
  const names = listNames(places, t);
  const count = places.length;
  if (rule.rule !== 'holiday' || places.some((p) => p.uai || !p.zone))
    return t('broken.schools', { count, names });
  return t('broken.zone', { count, names, zone: rule.holiday.zone });
}

/** Two sentences: for whom the days are possible, and for whom it is not known yet. */
function describeOthers(possible: readonly AcademieVerdict[], t: Text): string[] {
  const isSure = ({ outcome }: AcademieVerdict) => outcome === 'fine' || outcome === 'fewer-days';
  const sure = possible.filter(isSure).map((v) => v.academie);
  const unsure = possible.filter((v) => !isSure(v)).map((v) => v.academie);
  const many = sure.length > 3;
  return [
    ...(sure.length > 0
      ? [
          t(many ? 'broken.possibleInMany' : 'broken.possibleIn', {
            count: sure.length,
            names: listNames(sure, t),
          }),
        ]
      : []),
    ...(unsure.length > 0 ? [t('broken.toConfirmIn', { names: listNames(unsure, t) })] : []),
  ];
}

/** A button that sends the offer for the schools and académies without a refusal. */
function keepButton(possible: readonly AcademieVerdict[], t: Text): NonNullable<Fault['proposals']> {
  const kept: Place[] = possible.map((v) => v.academie);
  if (kept.length === 0) return [];
  const title =
    kept.length > 3
      ? t('broken.keepMany', { count: kept.length })
      : t('broken.keep', { names: listNames(kept, t) });
  const value = [kept.flatMap((p) => p.uai ?? []), kept.flatMap((p) => (p.uai ? [] : p.code))].join('|');
  return [{ title, verb: 'host.keepPossible', value }];
}

const describeBroken = (kind: PlacementDates['kind'], { rule, places }: BrokenForPlaces, t: Text): string =>
  tellBroken(kind, rule, !places[0]?.zone, t);

/**
 * The rule of article 3 that the days of a placement break, in a sentence.
 * @param ownCalendar whether that is the rule of an académie with a calendar of its own, which names its periods freely
 */
export function tellBroken(
  kind: PlacementDates['kind'],
  rule: BrokenRule,
  ownCalendar: boolean,
  t: Text,
): string {
  switch (rule.rule) {
    case 'holiday': {
      const { period, zone, firstDayOff, lastDayOff } = rule.holiday;
      const days = t.dates.shortRange(firstDayOff, lastDayOff);
      if (ownCalendar) return t('broken.ownHoliday', { period, zone, days });
      return t('broken.holiday', { period: t.at(`period.${period}`), zone, days });
    }
    case 'seconde-fortnight': {
      const days = t.dates.shortRange(rule.firstDay, rule.lastDay);
      return t(rule.official ? 'broken.fortnight' : 'broken.fortnightExpected', { days });
    }
    default:
      return t.at(`broken.${kind}.${rule.rule}`, { count: rule.days });
  }
}
