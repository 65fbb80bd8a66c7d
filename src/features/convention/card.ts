import { type EarlyEnd, lastDayOf, renewalNoticeDay } from '../../domain/convention/deadlines.js';
import { findInForce } from '../../domain/convention/in-force.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { type Day, daysBetween } from '../../domain/days.js';
import type { YearReport } from '../../domain/report/figures.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import { readAmendments } from '../amendments/read.js';
import { amendmentTitle, describeStanding } from '../amendments/words.js';
import type { Actor, Card, Services } from '../feature.js';
import { commitmentTexts } from '../report/card.js';
import { readReport } from '../report/read.js';
import {
  deadlineTitle,
  describeDaysLeft,
  describeEnding,
  readEnding,
  readOpenDeadlines,
} from '../shared/deadlines.js';
import { yearTitle } from '../shared/year-title.js';
import { pictureOf, readTimeline } from './timeline.js';
import { describeSigned } from './words.js';

/** The rest is in the register and in the list of deadlines. */
const maxAmendments = 3;
const maxNext = 3;

/** The convention at a glance, for a coordinator or an administrator. */
export async function conventionCard(actor: Actor, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { convention, clock } = services;
  const today = dayAt(clock.now());
  const year = programmeYear(today, convention);
  const report = await readReport(services, year);
  return services.store.read(async (reader): Promise<Card> => {
    const ending = await readEnding(reader, convention);
    const { ended } = ending;
    const heading = headingText(ended, today, t, services);
    const { signedOn } = convention;
    const missing =
      signedOn || ended ? '' : t(actor.admin ? 'convention.missingAdmin' : 'convention.missing');
    const timeline = await readTimeline(reader, today, t, services);
    return {
      template: 'convention-card',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('convention.eyebrow'),
        heading,
        lead: [missing, describeEnding(ending, t)].filter(Boolean).join(' '),
        facts: await facts(reader, ended, t, services),
        yearTitle: t('convention.commitments', { year: yearTitle(year, t) }),
        commitments: describeCommitments(report, t).map((text) => ({ text })),
        amendments: await amendmentLines(reader, today, t),
        next: await nextLines(reader, today, t, services),
        ...(timeline ? { timeline: pictureOf(timeline, today) } : {}),
        timelineAlt: timeline ? t('convention.timelineAlt', { text: timeline.alt }) : '',
        points: timeline?.points ?? [],
        known: timeline !== undefined,
        // The deadlines and the report are theirs alone.
        coordinator: actor.coordinator,
        asks: actor.admin && !signedOn,
        corrects: actor.admin && signedOn !== undefined,
      },
    };
  });
}

/** How long it still runs, that it has ended, or that nobody has said when it was signed. */
function headingText(
  ended: EarlyEnd | undefined,
  today: Day,
  t: Text,
  { convention }: Pick<Services, 'convention'>,
): string {
  if (ended) return t('convention.endedHeading', { day: t.dates.short(ended.day) });
  const end = lastDayOf(convention);
  if (!end) return t('convention.unsignedHeading');
  const left = daysBetween(today, end);
  return left < 0
    ? t('convention.endedHeading', { day: t.dates.short(end) })
    : t('convention.runs', { day: t.dates.short(end), left: describeDaysLeft(end, today, t) });
}

async function facts(
  reader: Reader,
  ended: EarlyEnd | undefined,
  t: Text,
  { convention }: Pick<Services, 'convention'>,
) {
  const { company, signedOn, durationYears, noticeMonths } = convention;
  const end = lastDayOf(convention);
  const notice = signedOn && renewalNoticeDay(signedOn, durationYears, noticeMonths);
  const fact = (name: 'parties' | 'signed' | 'duration' | 'notice', value: string) => ({
    title: t(`convention.fact.${name}`),
    value,
  });
  return [
    fact('parties', t('convention.parties', { company: escapeMarkdown(company) })),
    fact(
      'signed',
      signedOn ? capitaliseFirst(await describeSigned(reader, signedOn, t)) : t('convention.unknown'),
    ),
    fact(
      'duration',
      end && !ended
        ? t('convention.durationUntil', { count: durationYears, day: t.dates.long(end) })
        : t('convention.duration', { count: durationYears }),
    ),
    // Nobody is told of the end of a term that has been cut short.
    ...(notice && !ended ? [fact('notice', t('convention.notice', { day: t.dates.long(notice) }))] : []),
  ];
}

/** Where each commitment stands this year, and which amendment has set its target. */
const describeCommitments = (report: YearReport, t: Text): string[] =>
  commitmentTexts(report, t).map((text, i) => {
    const targets = report.commitments[i]?.commitment.targets ?? [];
    const amendment = findInForce(targets, report.year.lastDay)?.amendment;
    return amendment === undefined
      ? text
      : `${text} ${t('convention.byAmendment', { number: String(amendment) })}`;
  });

async function amendmentLines(reader: Reader, today: Day, t: Text): Promise<{ text: string }[]> {
  const all = (await readAmendments(reader)).filter(({ state }) => state !== 'dropped');
  const lines = all.slice(0, maxAmendments).map((amendment) =>
    t('convention.amendment', {
      title: amendmentTitle(amendment, t),
      subject: escapeMarkdown(amendment.subject),
      standing: describeStanding(amendment, today, t),
    }),
  );
  const more = all.length - lines.length;
  if (more > 0) lines.push(t('convention.moreAmendments', { count: more }));
  return (lines.length > 0 ? lines : [t('convention.noAmendment')]).map((text) => ({ text }));
}

async function nextLines(
  reader: Reader,
  today: Day,
  t: Text,
  services: Services,
): Promise<{ text: string }[]> {
  const open = await readOpenDeadlines(reader, today, services);
  const lines = open.slice(0, maxNext).map((deadline) =>
    t('convention.next', {
      title: deadlineTitle(deadline, t),
      day: t.dates.long(deadline.day),
      left: describeDaysLeft(deadline.day, today, t),
    }),
  );
  return (lines.length > 0 ? lines : [t('convention.nothingNext')]).map((text) => ({ text }));
}
