import { kinds } from '../../domain/action.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { addDays, type Day, startOfDay } from '../../domain/days.js';
import { emptyTally } from '../../domain/engagements/tally.js';
import type { Reader } from '../../ports.js';
import type { Channel, Lang } from '../../records.js';
import { zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { computeMainStanding, standingView } from '../progress/card.js';
import { readOpenDeadlines } from '../shared/deadlines.js';
import { describeAction, readNames, rowTitle } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { type Digest, readDigest } from './digest.js';

/** The most rows shown, so that the card fits on a screen; the rest is counted. */
const maxHeld = 3;
const maxComing = 5;
const maxLate = 3;

/**
 * Where things stand on a day: figures, the past week, the next fortnight, the next deadline. Waiting requests, with
 * names, are for the coordinators only.
 */
export async function weeklyCard(
  reader: Reader,
  day: Day,
  audience: Channel['id'],
  lang: Lang,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const { convention } = services;
  const year = programmeYear(day, convention);
  const tally = (await reader.get('tallies', year.id)) ?? emptyTally(year.id);
  const view = standingView(computeMainStanding(tally, services), t);
  const digest = await readDigest(reader, day, services);
  const coordinators = audience === 'coordinators';
  const late = coordinators ? await findLateRequests(reader, day, t, services) : { count: 0, lines: [] };
  const [deadline] = await readOpenDeadlines(reader, day, services);
  const plannedActions = kinds.reduce((n, k) => n + tally.kinds[k].planned, 0);
  const more = digest.coming.length - maxComing;
  return {
    template: 'weekly-card',
    lang,
    summary: t('weekly.summary', { heading: view.heading }),
    data: {
      eyebrow: t('weekly.eyebrow', { day: t.dates.long(day) }),
      ...view,
      figures: [
        {
          value: `+${t.number(digest.newlyMobilised)}`,
          label: t('weekly.newlyMobilised', { count: digest.newlyMobilised }),
        },
        { value: `+${t.number(digest.pupils)}`, label: t('weekly.newPupils', { count: digest.pupils }) },
        { value: t.number(plannedActions), label: t('weekly.plannedActions', { count: plannedActions }) },
      ],
      late: late.count > 0,
      lateWord: t('weekly.late', { count: late.count }),
      lateRest: t('weekly.lateSince', { count: convention.lateAfterDays }),
      lateLines: late.lines,
      week: weekLines(digest, coordinators, t, services),
      quiet: t('weekly.quiet'),
      comingTitle: t('weekly.coming', { day: t.dates.button(digest.until, digest.until) }),
      coming: digest.coming.slice(0, maxComing).map((coming) => comingRow(coming, t, services)),
      nothingComing: digest.coming.length === 0,
      moreComing: more > 0 ? t('weekly.more', { count: more }) : '',
      deadline: deadline ? t.at(`weekly.deadline.${deadline.kind}`, { day: t.dates.long(deadline.day) }) : '',
      note: t('weekly.note', {
        day: t.at(`weekday.${convention.weekly.weekday}`),
        time: t.dates.time(convention.weekly.time),
      }),
      coordinators,
    },
  };
}

function weekLines(digest: Digest, coordinators: boolean, t: Text, services: Services): { text: string }[] {
  const held = digest.held.slice(0, maxHeld).map((a) => {
    const school = schoolNames(a, services).join(', ');
    const where = school ? t('weekly.at', { school: escapeMarkdown(school) }) : '';
    return t('weekly.held', { what: rowTitle(a, t), where, count: a.outcome?.pupils ?? 0 });
  });
  const more = digest.held.length - maxHeld;
  if (more > 0) held.push(t('weekly.moreHeld', { count: more }));
  const counts = (
    coordinators ? (['received', 'approved', 'declined', 'withdrawn'] as const) : (['approved'] as const)
  )
    .filter((k) => digest[k] > 0)
    .map((k) => t.at(`weekly.${k}`, { count: digest[k] }));
  if (counts.length > 0) held.push(counts.join(', '));
  return held.map((text) => ({ text }));
}

function comingRow({ action, people, free }: Digest['coming'][number], t: Text, services: Services) {
  const seats = free > 0 ? t('sessions.free', { count: free }) : t('weekly.people', { count: people });
  return {
    day: t.dates.tight(action.firstDay),
    title: rowTitle(action, t),
    place: [escapeMarkdown(schoolNames(action, services).join(', ')), seats].filter(Boolean).join(' · '),
  };
}

/** Requests that have waited longer than the convention's setting, oldest first. */
async function findLateRequests(reader: Reader, day: Day, t: Text, { convention }: Services) {
  const limit = startOfDay(addDays(day, -convention.lateAfterDays), zone);
  const late = await reader.list('engagements', 'byState', 'pending', { until: limit });
  const lines: { text: string }[] = [];
  for (const engagement of late.slice(0, maxLate)) {
    const action = await reader.get('actions', engagement.actionId);
    if (!action) continue;
    const name = await readNames(reader, [engagement.employeeId], t);
    const text = t('weekly.lateLine', {
      number: String(action.number),
      name: escapeMarkdown(name(engagement.employeeId)),
      what: describeAction(action, t),
    });
    lines.push({ text });
  }
  return { count: late.length, lines };
}
