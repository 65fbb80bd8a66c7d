import { type Action, articleOf, type Engagement, isPlacement } from '../../domain/action.js';
import { passerelle } from '../../domain/engagements/moves.js';
import { countExpectedAgreements } from '../../domain/placements/agreements.js';
import { checkHours } from '../../domain/placements/hours.js';
import { maxDaysPerWeek, toPlacementDates } from '../../domain/placements/placement.js';
import { countFilledPlaces } from '../../domain/placements/places.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { breakLongWords, capitaliseFirst, escapeMarkdown, quote, shorten } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { calendarLine } from './calendar-line.js';
import { eventName } from './event-field.js';
import { listSome } from './list.js';
import { nameOf } from './people.js';
import { describeFilled, schoolNames } from './schools.js';

/** The names of the people mentioned on a card. */
export async function readNames(
  reader: Reader,
  ids: Iterable<string | undefined>,
  t: Text,
): Promise<(id: string) => string> {
  const wanted = [...new Set(ids)].flatMap((id) => id || []);
  const people = await Promise.all(wanted.map((id) => reader.get('people', id)));
  const byId = new Map(wanted.map((id, i) => [id, people[i]]));
  return (id) => (id === passerelle.id ? 'Passerelle' : nameOf(byId.get(id), t));
}

/** "2 places de stage de 3e", "une intervention en classe de 4e" */
export function describeAction(action: Action, t: Text): string {
  if (isPlacement(action.kind)) return t.at(`what.${action.kind}`, { count: action.places ?? 1 });
  return withLevel(t.at(`what.${action.kind}`), action, t);
}

/** "Intervention en classe, 4e" and "Stage de 3e, 2 places": the title of a row. */
export function rowTitle(action: Action, t: Text): string {
  const kind = t.at(`kind.${action.kind}`);
  if (isPlacement(action.kind)) return `${kind}, ${t('request.places', { count: action.places ?? 1 })}`;
  return withLevel(kind, action, t);
}

const withLevel = (text: string, { level }: Action, t: Text): string =>
  level ? `${text}, ${t.at(`level.${level}`)}` : text;

/** "du lundi 11 au vendredi 15 janvier 2027", "mardi 8 décembre 2026, de 10 h à 11 h" */
export function describeWhen(action: Action, t: Text): string {
  const range = t.dates.range(action.firstDay, action.lastDay);
  const some = action.weekdays?.map((d) => t.at(`weekday.${d}`));
  const days = some ? t('request.onDays', { range, days: t.list(some) }) : range;
  if (action.hours) return `${days}, ${t.dates.hours(action.hours.from, action.hours.until)}`;
  if (action.halfDays) return `${days}, ${t.list(action.halfDays.map((h) => t.at(`halfDay.${h}`)))}`;
  return days;
}

export const eyebrow = (action: Action, t: Text): string =>
  t(action.origin === 'offer' ? 'request.eyebrow' : 'request.sessionEyebrow', {
    number: String(action.number),
    kind: t(isPlacement(action.kind) ? 'request.hosting' : 'request.meeting'),
    article: articleOf(action.kind),
  });

export const academieNames = (codes: readonly string[], t: Text, { calendar }: Services): string =>
  listSome(
    codes.map((code) => calendar.academies.find((a) => a.code === code)?.name ?? code),
    t,
  );

/** "Une intervention en classe, 4e, mardi 8 décembre 2026, de 10 h à 11 h." */
export const describeInOneSentence = (action: Action, t: Text): string =>
  capitaliseFirst(`${describeAction(action, t)}, ${describeWhen(action, t)}.`);

/** The hours of a week of placement, with a warning if they are long for a pupil under 15. */
function hoursLine(action: Action, t: Text, { convention }: Services): string | undefined {
  const { hours, kind } = action;
  if (!hours || !isPlacement(kind)) return undefined;
  const week = maxDaysPerWeek(toPlacementDates(action, kind));
  const v = checkHours({ breakMinutes: 0, ...hours }, kind, week, convention.hours);
  if (!v.ok) return t('request.hoursChanged');
  const line = t('request.perWeek', { hours: t.dates.duration(v.minutesPerWeek) });
  const limit = t('request.longForUnder15', { hours: convention.hours.perWeekUnder15 });
  return v.longForUnder15 ? `${line}. ${limit}` : line;
}

/** "3 proposées, 2 remplies (Collège Exemple, Nice : 2), 2 élèves accueillis", as far as it is known. */
function placesLine(action: Action, t: Text, services: Services): string | undefined {
  const filled = countFilledPlaces(action);
  const hosted = action.state === 'held' ? action.outcome?.pupils : undefined;
  if (!isPlacement(action.kind) || (filled === undefined && hosted === undefined)) return undefined;
  const schools = describeFilled(action, t, services);
  return [
    t('request.offered', { count: action.places ?? 1 }),
    ...(filled === undefined ? [] : [`${t('request.filled', { count: filled })} (${listSome(schools, t)})`]),
    ...(hosted === undefined ? [] : [t('request.hosted', { count: hosted })]),
  ].join(', ');
}

/** The facts of an action: days, place, for whom. The values are Markdown, so what people typed is escaped. */
export function facts(action: Action, t: Text, services: Services): { title: string; value: string }[] {
  const factRow = (title: string, value: string | false | undefined) => (value ? [{ title, value }] : []);
  const site = services.convention.sites.find((s) => s.id === action.site)?.name;
  return [
    ...factRow(
      t(action.halfDays ? 'fact.available' : isPlacement(action.kind) ? 'fact.days' : 'fact.when'),
      describeWhen(action, t),
    ),
    ...(action.hosting
      ? factRow(t('fact.hosting'), `${rowTitle(action, t)}, ${t.at(`hosting.${action.hosting}`)}`)
      : []),
    ...factRow(t('fact.hours'), hoursLine(action, t, services)),
    ...factRow(t('fact.places'), placesLine(action, t, services)),
    ...factRow(
      t('fact.agreements'),
      // As long as the placement is prepared, its list says so.
      action.agreements !== undefined &&
        action.state !== 'open' &&
        t('request.agreements', { count: action.agreements, places: countExpectedAgreements(action) }),
    ),
    ...factRow(t('fact.shared'), action.shared && t('request.shared')),
    ...factRow(t('fact.site'), site && escapeMarkdown(site)),
    ...factRow(t('fact.school'), escapeMarkdown(listSome(schoolNames(action, services), t))),
    ...factRow(t('fact.academies'), academieNames(action.academies, t, services)),
    ...factRow(t('fact.event'), escapeMarkdown(eventName(action, services) ?? '')),
    ...factRow(t('fact.calendar'), calendarLine(action, t, services)),
  ];
}

export interface StateStrip {
  /** Selects the texts: the state of the engagement, unless the action itself ended otherwise. */
  readonly key: Engagement['state'] | 'not-held' | 'cancelled';
  readonly mark: 'good' | 'bad' | 'wait' | 'warn' | 'info' | 'open' | 'off';
  readonly word: string;
  /** Begins with a space or a comma, as the sentence requires. */
  readonly rest: string;
}

const marks: Record<Engagement['state'], StateStrip['mark']> = {
  pending: 'wait',
  'sent-back': 'warn',
  approved: 'good',
  declined: 'bad',
  waitlisted: 'wait',
  withdrawn: 'off',
  attended: 'good',
  absent: 'off',
};

/** " par Hugo Témoin, lundi 23 novembre à 10 h 12": who decided and when, for a TextRun. */
export const decidedByText = (
  { by, at }: { readonly by: string; readonly at: string },
  name: (id: string) => string,
  t: Text,
): string => t('state.by', { name: breakLongWords(name(by)), when: t.dates.instant(at) });

/** The state of an engagement, and who changed it and when. */
export function stateStrip(
  action: Action,
  engagement: Engagement,
  name: (id: string) => string,
  t: Text,
  viewer: 'author' | 'coordinator',
): StateStrip {
  const { state, decision, since } = engagement;
  if (state === 'approved' && (action.state === 'not-held' || action.state === 'cancelled'))
    return { key: action.state, mark: 'off', word: t.at(`state.${action.state}`), rest: '' };
  const decided = state === 'approved' || state === 'declined' || state === 'sent-back';
  const rest = decided
    ? decision
      ? decidedByText(decision, name, t)
      : ''
    : t('state.on', { when: t.dates.instant(since) });
  const word = t.at(state === 'pending' ? `state.pending-${viewer}` : `state.${state}`);
  return { key: state, mark: marks[state], word, rest };
}

/** The remark for a TextRun; empty if there is none. */
export const remarkRun = (remark: string | undefined, t: Text): string =>
  remark ? quote(t.lang, remark) : '';

/** Longer headings push everything else off the first screen of a phone. */
const maxHeading = 60;

/** A heading with a person's name, shortened if the heading would be too long. */
export function fitHeading(name: string, heading: (name: string) => string): string {
  const room = maxHeading - heading('').length;
  return capitaliseFirst(heading(escapeMarkdown(shorten(name, room))));
}
