import { daysBetween } from '../../domain/convention.js';
import { brokenLimit, type Planned } from '../../domain/limits.js';
import {
  type AcademieVerdict,
  type BrokenRule,
  checkPlacements,
  datesOf,
  nearestDates,
  type PlacementDates,
} from '../../domain/placement.js';
import { type Checked, certaintyOf, checkedUnder, versionOf } from '../../domain/recheck.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { startOfSentence } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { dayLimits, type Fault } from '../shared/form.js';
import type { Place } from '../shared/schools.js';

/** With the form's own buttons they are the six that a card may have. */
const mostProposals = 2;
/** Days beyond which no placement is possible: they are not looked at one by one. */
const longestSpan = 120;

/** What comes of a check of a placement now, after an earlier one if there was any. */
export function checkedNow(
  planned: Planned,
  places: readonly Place[],
  { calendar, convention }: Services,
  before?: Checked,
): Checked {
  const verdicts = checkPlacements(datesOf(planned, planned.kind), places, calendar);
  const certainty = brokenLimit(planned, convention) ? 'refused' : certaintyOf(verdicts);
  return checkedUnder(versionOf(calendar, convention), certainty, before);
}

/** A rule that the days break, and all that it is broken for. */
interface Broken {
  readonly rule: BrokenRule;
  readonly places: readonly Place[];
}

/** What article 3 says against the days, for the schools and académies it concerns, with what would work. */
export function dateFault(
  dates: PlacementDates,
  places: readonly Place[],
  t: Text,
  services: Services,
): Fault | undefined {
  const { calendar, clock } = services;
  const { kind } = dates;
  const today = dayAt(clock.now());
  const proposals = () =>
    nearestDates(dates, places, calendar, today, dayLimits(today).max).map((d) => ({
      title: startOfSentence(t.dates.button(d.firstDay, d.lastDay)),
      verb: 'host.useDates',
      value: `${d.firstDay}/${d.lastDay}`,
    }));
  const rule = t.at(`broken.${kind}.why`);
  const span = daysBetween(dates.firstDay, dates.lastDay);
  if (span > longestSpan) {
    const text = t.at(`broken.${kind}.too-long`, { count: span + 1 });
    return faultWith(text, [rule], proposals(), t);
  }
  const verdicts = checkPlacements(dates, places, calendar);
  const [first, ...more] = brokenRules(verdicts);
  if (!first) return undefined;
  const possible = verdicts.filter((v) => v.outcome !== 'refused');
  const everywhere = possible.length === 0 && more.length === 0;
  const why = [
    rule,
    ...(everywhere && first.rule.rule !== 'holiday' ? [] : [concerned(first, t)]),
    ...more.flatMap((b) => [brokenText(kind, b, t), concerned(b, t)]),
    ...elsewhere(possible, t),
  ];
  if (first.rule.rule === 'too-short' && kind === 'placement-3e') why.push(t('broken.visitInstead'));
  const ways = [...keepButton(possible, t), ...proposals()];
  return faultWith(brokenText(kind, first, t), why, ways, t);
}

function faultWith(
  text: string,
  why: readonly string[],
  ways: NonNullable<Fault['proposals']>,
  t: Text,
): Fault {
  const dated = ways.some((p) => p.verb === 'host.useDates') ? [t('broken.nearest')] : [];
  return { text, why: [...why, ...dated].join(' '), proposals: ways.slice(0, mostProposals) };
}

/** One answer for each: the rules that are broken, with the schools and académies that each is broken for. */
function brokenRules(verdicts: readonly AcademieVerdict[]): Broken[] {
  const found = new Map<string, { rule: BrokenRule; places: Place[] }>();
  for (const verdict of verdicts) {
    if (verdict.outcome !== 'refused') continue;
    const key = JSON.stringify(verdict.broken);
    const places = found.get(key)?.places ?? [];
    found.set(key, { rule: verdict.broken, places: [...places, verdict.academie] });
  }
  return [...found.values()];
}

/** Names beyond these hide what is said of them. */
const mostNames = 6;

function namesSaid(places: readonly Place[], t: Text): string {
  const names = places.map((p) => p.name);
  const more = names.length - mostNames;
  if (more < 2) return t.list(names);
  return `${names.slice(0, mostNames).join(', ')} ${t('request.more', { count: more })}`;
}

/** Whom a rule concerns: the académies of a zone, or these schools. */
function concerned({ rule, places }: Broken, t: Text): string {
  const names = namesSaid(places, t);
  const count = places.length;
  if (rule.rule !== 'holiday' || places.some((p) => p.uai || !p.zone))
    return t('broken.schools', { count, names });
  return t('broken.zone', { count, names, zone: rule.holiday.zone });
}

/** For whom the days are possible, and for whom nobody can tell yet: two answers. */
function elsewhere(possible: readonly AcademieVerdict[], t: Text): string[] {
  const isSure = ({ outcome }: AcademieVerdict) => outcome === 'fine' || outcome === 'fewer-days';
  const sure = possible.filter(isSure).map((v) => v.academie);
  const unsure = possible.filter((v) => !isSure(v)).map((v) => v.academie);
  const many = sure.length > 3;
  return [
    ...(sure.length > 0
      ? [
          t(many ? 'broken.possibleInMany' : 'broken.possibleIn', {
            count: sure.length,
            names: namesSaid(sure, t),
          }),
        ]
      : []),
    ...(unsure.length > 0 ? [t('broken.toConfirmIn', { names: namesSaid(unsure, t) })] : []),
  ];
}

/** Sends the offer for those that the days are not refused for. */
function keepButton(possible: readonly AcademieVerdict[], t: Text): NonNullable<Fault['proposals']> {
  const kept: Place[] = possible.map((v) => v.academie);
  if (kept.length === 0) return [];
  const title =
    kept.length > 3
      ? t('broken.keepMany', { count: kept.length })
      : t('broken.keep', { names: namesSaid(kept, t) });
  const value = [kept.flatMap((p) => p.uai ?? []), kept.flatMap((p) => (p.uai ? [] : p.code))].join('|');
  return [{ title, verb: 'host.keepPossible', value }];
}

function brokenText(kind: PlacementDates['kind'], { rule, places }: Broken, t: Text): string {
  switch (rule.rule) {
    case 'holiday': {
      const { period, zone, firstDayOff, lastDayOff } = rule.holiday;
      const days = t.dates.shortRange(firstDayOff, lastDayOff);
      // An own calendar names its periods as it likes.
      if (!places[0]?.zone) return t('broken.ownHoliday', { period, zone, days });
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
