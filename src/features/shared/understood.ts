import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { listSome } from './list.js';
import { schoolNames } from './schools.js';
import type { Start } from './start.js';

/** Parts of a form that may be missing, by their names in its fields. */
const gaps = ['kind', 'level', 'firstDay', 'lastDay', 'from', 'schools', 'academies'] as const;
export type Gap = (typeof gaps)[number];

/** What is said back: of a session, also how many people are wanted. */
type Said = { readonly [part in keyof Start | 'people']?: string | undefined };

/** The kind or the pupils of a start: "2 places de stage de 2de", "une intervention en classe en 4e". */
function describeWhat({ kind, places, level, people }: Said, t: Text): string[] {
  const count = Number(places ?? 1);
  const isPlacement = kind?.startsWith('placement-') ?? false;
  const what = isPlacement && !places ? t.at(`kind.${kind}`) : kind && t.at(`what.${kind}`, { count });
  const counted = places && !isPlacement ? t('understood.places', { count }) : undefined;
  return [
    ...(what ? [what] : []),
    ...(level ? [t('understood.level', { level: t.at(`level.${level}`) })] : []),
    ...(counted ? [counted] : []),
    ...(people ? [t('understood.people', { count: Number(people) })] : []),
  ];
}

function describeDays({ firstDay, lastDay, from, until, halfDays }: Said, t: Text): string[] {
  const days =
    firstDay && lastDay
      ? t.dates.range(firstDay, lastDay)
      : firstDay
        ? t.dates.long(firstDay)
        : lastDay && t('understood.until', { day: t.dates.long(lastDay) });
  const hours = from && until ? t.dates.hours(from, until) : from && t.dates.time(from);
  const moments = halfDays && t.list(halfDays.split(',').map((h) => t.at(`halfDay.${h}`)));
  return [days, hours, moments].flatMap((part) => part || []);
}

/** The days that a list is restricted to, said back; empty if it is not. */
export const understoodDays = ({ firstDay, lastDay, suggestedBy }: Said, t: Text): string => {
  const [days] = describeDays({ firstDay, lastDay }, t);
  return days ? t(suggestedBy ? 'understood.suggested' : 'understood.said', { said: days }) : '';
};

function describeWhere(start: Said, services: Services): string[] {
  const schools = schoolNames(
    {
      schools: start.schools?.split(',') ?? [],
      academies: [],
      ...(start.school ? { school: start.school } : {}),
    },
    services,
  );
  const codes = start.academies?.split(',') ?? [];
  const academies = services.calendar.academies
    .filter(({ code }) => codes.includes(code))
    .map(({ name }) => name);
  const site = services.convention.sites.find(({ id }) => id === start.site)?.name;
  const where = site ?? start.town;
  return [...schools, ...(where ? [where] : schools.length === 0 ? academies : [])].map(escapeMarkdown);
}

/** Both ends of a period are "the dates". */
const nameGaps = (missing: readonly Gap[]): readonly (Gap | 'dates')[] =>
  missing.includes('firstDay') && missing.includes('lastDay')
    ? missing.flatMap((gap) => (gap === 'firstDay' ? ['dates' as const] : gap === 'lastDay' ? [] : [gap]))
    : missing;

/** What was understood, and of a suggestion that it is one, also when it fills nothing. */
function saidLine(said: string, { suggestedBy }: Said, t: Text): string {
  if (!suggestedBy) return t('understood.said', { said });
  return said ? `${t('understood.suggested', { said })} ${t('understood.check')}` : t('understood.chosen');
}

/** What a form has been filled with, in one line: "Compris : …. Il manque : …" */
function understoodLine(start: Said, missing: readonly Gap[], t: Text, services: Services): string {
  const said = [
    ...describeWhat(start, t),
    listSome(describeWhere(start, services), t),
    ...describeDays(start, t),
  ].filter(Boolean);
  return [
    saidLine(said.join(', '), start, t),
    ...(missing.length > 0
      ? [
          t('understood.missing', {
            what: t.list(nameGaps(missing).map((gap) => t.at(`understood.gap.${gap}`))),
          }),
        ]
      : []),
  ].join(' ');
}

/** The required fields that are empty, in the order in which they are named; both ends of a period are its dates. */
export const findGaps = (
  values: Readonly<Partial<Record<string, string>>>,
  required: readonly Gap[],
): Gap[] =>
  gaps.filter((gap) => required.includes(gap) && !values[gap] && !(gap === 'schools' && values.school));

/** A form whose lead says back what it was filled with; unchanged if that is nothing. */
export function withUnderstood(card: Card, start: Said, missing: readonly Gap[], services: Services): Card {
  if (!Object.values(start).some(Boolean)) return card;
  return {
    ...card,
    data: { ...card.data, lead: understoodLine(start, missing, services.textIn(card.lang), services) },
  };
}
