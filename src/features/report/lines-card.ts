import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { type Area, everywhere, isInArea } from '../../domain/report/area.js';
import type { LineDifference } from '../../domain/report/comparison.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Actor, Card, Services } from '../feature.js';
import { areaLine, areaList } from '../shared/area.js';
import { choiceList } from '../shared/form.js';
import { paginate } from '../shared/list.js';
import { rowTitle } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';
import { readComparison } from './compare.js';
import { countsText, notesText } from './line-words.js';
import { type LiveLine, readMonth, readReport } from './read.js';
import { findShown } from './shown.js';

/** What of a year's lines a card shows. */
export interface LinesView {
  readonly year: ProgrammeYear;
  /** `2027-01`; the latest that has any, if it is no month of the year. */
  readonly month?: string | undefined;
  readonly page: number;
  readonly area?: Area;
  /** A number that was looked for and is not in this year. */
  readonly missing?: number;
}

/** The lines of the year that are other than when it was closed, by their actions; none if it is not closed. */
export async function readLate(
  services: Services,
  year: ProgrammeYear,
): Promise<ReadonlyMap<string, LineDifference>> {
  const closing = await findShown(services, year);
  if (!closing) return new Map();
  const { differences } = await readComparison(services, year, closing);
  return new Map(differences.map((d) => [(d.after ?? d.before)?.action.id ?? '', d]));
}

/** What each action counts in the figures of today, month by month: from here a coordinator corrects a line. */
export async function linesCard(actor: Actor, view: LinesView, services: Services): Promise<Card> {
  const { year, page, missing, area = everywhere } = view;
  const t = services.textIn(actor.lang);
  const months = [...(await readReport(services, year)).cuts.month.keys()].sort();
  const month = months.find((m) => m === view.month) ?? pickMonth(months, services);
  const all = month ? await readMonth(services, year, month) : [];
  const lines = all.filter(({ action }) => isInArea(area, action, services));
  const late = await readLate(services, year);
  const list = paginate(lines, page, t);
  const heading = month
    ? t('report.lines.heading', { count: lines.length, month: t.dates.month(`${month}-01`) })
    : t('report.lines.none');
  return {
    template: 'report-lines',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('report.lines.eyebrow', { year: yearTitle(year, t) }),
      heading,
      lead: [
        missing === undefined ? '' : t('report.lines.missing', { number: String(missing) }),
        areaLine(area, t, services),
      ]
        .filter(Boolean)
        .join(' '),
      rows: list.items.map((line, i) => rowData(line, late.get(line.action.id), i > 0, t)),
      view: { from: year.firstDay, of: month ?? '', area },
      some: months.length > 0,
      chosen: { month: month ?? '' },
      areas: areaList(area, t, services),
      months: choiceList(months, (m) => t.dates.month(`${m}-01`)),
      ...list.paging,
    },
  };
}

/** The month of today, or the last before it that has lines, or the first of all. */
function pickMonth(months: readonly string[], { clock }: Services): string | undefined {
  const today = dayAt(clock.now()).slice(0, 7);
  return months.findLast((month) => month <= today) ?? months[0];
}

const marks = { held: 'good', planned: 'wait', 'not-held': 'off' } as const;

function rowData(
  { action, counted }: LiveLine,
  late: LineDifference | undefined,
  separated: boolean,
  t: Text,
) {
  const contradicted = action.contradiction !== undefined;
  const title = t('search.row', { number: String(action.number), what: rowTitle(action, t) });
  const when = t('report.lines.when', {
    days: t.dates.range(action.firstDay, action.lastDay),
    state: t.at(`report.state.${counted.state}`),
  });
  const counts = countsText(counted, t);
  const notes = notesText(counted, late, contradicted, t);
  return {
    group: '',
    separated,
    verb: 'report.line',
    id: action.id,
    mark: contradicted ? 'warn' : marks[counted.state],
    title,
    when,
    state: [counts, ...notes].join('\n\n'),
    spoken: `${title}, ${when}. ${[counts, ...notes].join('. ')}`,
  };
}
