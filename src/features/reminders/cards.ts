import { z } from 'zod';
import { type Action, isPlacement } from '../../domain/action.js';
import { dayIn, daysBetween } from '../../domain/days.js';
import { isExpected } from '../../domain/engagements/expected.js';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { listSome } from '../shared/list.js';
import { isMuted } from '../shared/people.js';
import { type Request, readRequest } from '../shared/records.js';
import {
  academieNames,
  describeAction,
  describeInOneSentence,
  describeWhen,
  eyebrow,
  readNames,
  rowTitle,
} from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { calendarWays } from './calendar-link.js';
import { describeMissing } from './missing.js';

const reminderData = z.object({
  actionId: z.string(),
  employeeId: z.string(),
  firstDay: z.string(),
  until: z.string(),
  link: z.string().optional(),
});

/** The reminder; nothing if the person is not expected any more, or not on that day, wants no reminders, or gets the next one. */
export async function reminderCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, employeeId, firstDay, until, link } = reminderData.parse(message.data);
  const request = await readRequest(reader, actionId);
  const engagement = request?.engagements.find((e) => e.employeeId === employeeId);
  if (!request || !engagement || !isExpected(request.action, engagement)) return undefined;
  const { action } = request;
  const now = services.clock.now();
  const person = await reader.get('people', employeeId);
  if (action.firstDay !== firstDay || now >= until) return undefined;
  if (isMuted(person, 'reminders', dayAt(now))) return undefined;
  const t = services.textIn(message.lang);
  const missing = describeMissing(action, engagement, dayAt(now), t);
  const heading = headingOf(action, dayIn(person?.timeZone ?? zone, now), t);
  return {
    template: 'reminders-due',
    lang: message.lang,
    summary: heading,
    data: {
      id: actionId,
      eyebrow: eyebrow(action, t),
      heading,
      facts: await factsOf(reader, request, employeeId, t, services),
      missing: missing.lines.map((line) => `- ${line}`).join('\n'),
      turn: missing.turn,
      note: t('reminders.note'),
      ...calendarWays(action, link, t, services),
    },
  };
}

/**
 * "Lundi 18 janvier : vous accueillez des élèves", a week before; "Demain : une intervention en classe, 4e", or
 * "Lundi : …" over a weekend.
 */
function headingOf(action: Action, today: string, t: Text): string {
  const { firstDay } = action;
  const what = isPlacement(action.kind) ? t('reminders.hosting') : describeAction(action, t);
  const left = daysBetween(today, firstDay);
  if (left === 1) return t('reminders.tomorrow', { what });
  const day = left < 7 ? t.dates.weekday(firstDay) : t.dates.noYear(firstDay);
  return capitaliseFirst(t('reminders.on', { day, what }));
}

/** The days and hours, the place, and who else comes. The values are Markdown. */
async function factsOf(
  reader: Reader,
  { action, engagements }: Request,
  employeeId: string,
  t: Text,
  services: Services,
): Promise<{ title: string; value: string }[]> {
  const others = engagements.filter((e) => e.state === 'approved' && e.employeeId !== employeeId);
  const ids = others.map((e) => e.employeeId);
  const name = await readNames(reader, ids, t);
  const site = services.convention.sites.find((s) => s.id === action.site)?.name ?? '';
  const schools = escapeMarkdown(listSome(schoolNames(action, services), t));
  const rows: [string, string][] = [
    [t(isPlacement(action.kind) ? 'fact.days' : 'fact.when'), describeWhen(action, t)],
    [t('fact.hosting'), isPlacement(action.kind) ? rowTitle(action, t) : ''],
    [t('fact.site'), escapeMarkdown(site)],
    [t('fact.school'), schools],
    [t('fact.academies'), site || schools ? '' : academieNames(action.academies, t, services)],
    [t('reminders.with'), escapeMarkdown(listSome(ids.map(name), t))],
  ];
  return rows.filter(([, value]) => value !== '').map(([title, value]) => ({ title, value }));
}

/** The ways to put an action in the calendar of a person, or to take it out again. */
export function calendarCard(
  { lang }: Pick<Actor, 'lang'>,
  action: Action,
  offer: 'add' | 'remove',
  token: string | undefined,
  services: Services,
): Card {
  const t = services.textIn(lang);
  const { outlook, ics } = calendarWays(action, token, t, services);
  const heading = t.at(`reminders.calendar.${offer}`);
  return {
    template: 'reminders-calendar',
    lang,
    summary: heading,
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading,
      lead: describeInOneSentence(action, t),
      note: ics ? t.at(`reminders.calendar.${offer}Note`) : '',
      outlook: offer === 'add' ? outlook : '',
      ics,
    },
  };
}
