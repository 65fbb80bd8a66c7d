import { daysBetween } from '../../domain/convention.js';
import {
  type AcademieVerdict,
  type BrokenRule,
  checkPlacements,
  nearestDates,
  type PlacementDates,
} from '../../domain/placement.js';
import { type Checked, certaintyOf, checkedUnder, versionOf } from '../../domain/recheck.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { startOfSentence } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import type { Fault } from '../shared/form.js';
import type { Place } from '../shared/schools.js';

/** With the form's own buttons they are the six that a card may have. */
const mostProposals = 2;
/** Days beyond which no placement is possible: they are not looked at one by one. */
const longestSpan = 120;

/** What comes of a check of these days now, after an earlier one if there was any. */
export function checkedNow(
  dates: PlacementDates,
  places: readonly Place[],
  { calendar }: Services,
  before?: Checked,
): Checked {
  const certainty = certaintyOf(checkPlacements(dates, places, calendar));
  return checkedUnder(versionOf(calendar), certainty, before);
}

/** What article 3 says against the days, for the schools and académies it concerns, with what would work. */
export function dateFault(
  dates: PlacementDates,
  places: readonly Place[],
  t: Text,
  services: Services,
): Fault | undefined {
  const { calendar } = services;
  const { kind } = dates;
  const rule = t.at(`broken.${kind}.why`);
  const span = daysBetween(dates.firstDay, dates.lastDay);
  if (span > longestSpan) return { text: t.at(`broken.${kind}.too-long`, { count: span + 1 }), why: rule };
  const verdicts = checkPlacements(dates, places, calendar);
  const refused = verdicts.filter(
    (v): v is AcademieVerdict & { outcome: 'refused' } => v.outcome === 'refused',
  );
  const possible: Place[] = verdicts.filter((v) => v.outcome !== 'refused').map((v) => v.academie);
  const first = refused[0]?.broken;
  if (!first) return undefined;
  const proposals = nearestDates(dates, places, calendar, dayAt(services.clock.now())).map((d) => ({
    title: startOfSentence(t.dates.button(d.firstDay, d.lastDay)),
    verb: 'host.useDates',
    value: `${d.firstDay}/${d.lastDay}`,
  }));
  const why = [rule];
  if (first.rule === 'holiday') {
    const names = refused.map((v) => v.academie.name);
    const school = refused.some((v) => (v.academie as Place).uai);
    const said = { count: names.length, names: t.list(names), zone: first.holiday.zone };
    why.push(t(school ? 'broken.schools' : 'broken.zone', said));
  }
  if (possible.length > 0) {
    const names = possible.length > 3 ? undefined : t.list(possible.map((a) => a.name));
    why.push(
      t(names ? 'broken.possibleIn' : 'broken.possibleInMany', {
        count: possible.length,
        names: names ?? '',
      }),
    );
    proposals.unshift({
      title: names ? t('broken.keep', { names }) : t('broken.keepMany', { count: possible.length }),
      verb: 'host.keepPossible',
      value: [possible.flatMap((p) => p.uai ?? []), possible.flatMap((p) => (p.uai ? [] : p.code))].join('|'),
    });
  }
  if (first.rule === 'too-short' && kind === 'placement-3e') why.push(t('broken.visitInstead'));
  if (proposals.some((p) => p.verb === 'host.useDates')) why.push(t('broken.nearest'));
  return {
    text: brokenText(kind, first, t),
    why: why.join(' '),
    proposals: proposals.slice(0, mostProposals),
  };
}

function brokenText(kind: PlacementDates['kind'], broken: BrokenRule, t: Text): string {
  switch (broken.rule) {
    case 'holiday': {
      const { period, zone, firstDayOff, lastDayOff } = broken.holiday;
      const days = t.dates.shortRange(firstDayOff, lastDayOff);
      return t('broken.holiday', { period: t.at(`period.${period}`), zone, days });
    }
    case 'seconde-fortnight':
      return t('broken.fortnight', { days: t.dates.shortRange(broken.firstDay, broken.lastDay) });
    default:
      return t.at(`broken.${kind}.${broken.rule}`, { count: broken.days });
  }
}
