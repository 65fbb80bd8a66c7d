import { type ProgrammeYear, programmeYear } from '../../domain/convention/programme-year.js';
import { type Area, everywhere } from '../../domain/report/area.js';
import type { Closing } from '../../domain/report/closing.js';
import { type Cut, cuts } from '../../domain/report/cuts.js';
import { type Figures, noFigures, type YearReport } from '../../domain/report/figures.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { breakLongWords, escapeMarkdown, removeMarkdown, shorten } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { areaLine, areaList } from '../shared/area.js';
import { choiceList } from '../shared/form.js';
import { paginate } from '../shared/list.js';
import { yearTitle } from '../shared/year-title.js';
import { changesText } from './changes.js';
import { readClosings } from './closed.js';
import { metInsteadTexts } from './commitment-words.js';
import { haveRulesChanged, isOther, readComparison, type YearComparison } from './compare.js';
import { rowLabel, sortedRows } from './labels.js';
import { placesText } from './line-words.js';
import { readOfArea } from './of-area.js';
import { yearBefore } from './read.js';
import { findShown, formatWhich, pickShown, readShown, type Which } from './shown.js';
import { readClosers, versionStrip } from './version-words.js';

/** What of the report a card shows. */
export interface View {
  readonly year: ProgrammeYear;
  readonly cut: Cut;
  readonly page: number;
  readonly which?: Which;
  readonly area?: Area;
}

const rowsPerPage = 7;
/** How many years back the card offers; a convention lasts three. */
const yearsBack = 3;
/** Longer labels squeeze the bars. */
const maxBarLabel = 28;

/** What the card shows of a year: its figures, those of today if they are others, and those of the year before. */
interface Shown {
  readonly report: YearReport;
  readonly today: YearReport | undefined;
  readonly last: YearReport;
}

/** The year's figures, last year's beside, and one cut of them. Those of a closed year have today's beside. */
export async function reportCard(actor: Actor, view: View, services: Services): Promise<Card> {
  const { year, cut, page, which, area = everywhere } = view;
  const t = services.textIn(actor.lang);
  const closings = await services.store.read((reader) => readClosings(reader, year));
  const closing = pickShown(closings, which);
  const before = yearBefore(year, services);
  const shown: Shown = {
    report: await readOfArea(services, year, closing, area),
    today: closing && (await readOfArea(services, year, undefined, area)),
    last: await readOfArea(services, before, await findShown(services, before), area),
  };
  const { report } = shown;
  // What has changed since the closing is told of the whole year.
  const late = closing && !area ? await readComparison(services, year, closing) : undefined;
  const { cuts: all } = await readShown(services, year, closing);
  const { total } = report;
  const heading = t('report.cardHeading', {
    actions: t('report.held', { count: total.actions }),
    pupils: t('report.pupils', { count: total.pupils }),
  });
  const list = paginate(sortedRows(cut, report), page, t, rowsPerPage);
  const rows = list.items.map(([key, figures]) => rowData(cut, key, figures, shown, t, services));
  const name = await services.store.read((reader) => readClosers(reader, closings, t));
  const state = versionStrip(closings, closing, name, t);
  return {
    template: 'report-card',
    lang: actor.lang,
    summary: `${t('report.title')} · ${heading}`,
    data: {
      eyebrow: eyebrowText(view, closing, t, services),
      heading,
      // The commitments are those of the whole company.
      lead: area ? areaLine(area, t, services) : commitmentTexts(report, t).join('\n\n'),
      closed: state !== undefined,
      state: state ?? { mark: 'open', word: '', rest: '' },
      late: late ? lateText(late, t) : '',
      // What differs from an earlier version is explained from that version to the next.
      differs: closing?.id === closings.at(-1)?.id && late !== undefined && isOther(late),
      closing: closing?.id ?? '',
      figures: keyFigures(total, shown.last.total, late, t),
      facts: facts(total, t),
      some: rows.length > 0,
      cutTitle: t.at(`report.cut.${cut}`),
      rowTitle: t.at(`report.column.${cut}`),
      rows,
      bars: rows.filter(({ value }) => value > 0),
      charted: rows.some(({ value }) => value > 0),
      total: t('report.totalLine', {
        actions: t('report.held', { count: total.actions }),
        pupils: t('report.pupils', { count: total.pupils }),
      }),
      note: [t('report.note.distinct'), noteOf(cut, t)].filter(Boolean).join(' '),
      view: { by: cut, from: year.firstDay, as: formatWhich(which), area, page },
      areas: areaList(area, t, services, new Set([...all.region.keys(), ...all.academie.keys()])),
      chosen: { cut, year: year.firstDay, version: closing ? String(closing.version) : 'today' },
      lists: {
        cut: choiceList(cuts, (c) => t.at(`report.cut.${c}`)),
        year: choiceList(
          yearChoices(year, services).map(({ firstDay }) => firstDay),
          (firstDay) => yearTitle(programmeYear(firstDay, services.convention), t),
        ),
        version: [
          { title: t('report.asToday'), value: 'today' },
          ...closings.map(({ version, at }) => ({
            title: t('report.versionOf', { n: String(version), day: t.dates.short(dayAt(at)) }),
            value: String(version),
          })),
        ],
      },
      ...list.paging,
      backFolds: list.paging.more ? 'secondary' : 'primary',
    },
  };
}

function eyebrowText({ year }: View, closing: Closing | undefined, t: Text, { clock }: Services): string {
  const today = dayAt(clock.now());
  return today <= year.lastDay && !closing
    ? t('report.eyebrow', { year: yearTitle(year, t), day: t.dates.button(today, today) })
    : t('report.eyebrowPast', { year: yearTitle(year, t) });
}

/** "2 lignes après la clôture. Actions tenues : +2 · Élèves : +40", and what has become of the commitments. */
export function lateText(comparison: YearComparison, t: Text): string {
  const { differences, figures, results } = comparison;
  const count = differences.length;
  if (!isOther(comparison)) return t('report.late.none');
  const lines = [
    count > 0 ? t('report.late.some', { count }) : '',
    changesText(figures, t),
    haveRulesChanged(comparison) ? t('report.late.rules') : '',
  ];
  return [lines.filter(Boolean).join(' '), ...metInsteadTexts(results, t)].filter(Boolean).join('\n\n');
}

/** "Article 2 : 6 personnes mobilisées sur 10, 3 autres prévues.", for each commitment of the convention. */
export const commitmentTexts = ({ commitments }: YearReport, t: Text): string[] =>
  commitments.map(({ commitment: { measure, article }, target, achieved, planned }) => {
    const rest = [
      target === undefined ? '' : t('report.commitment.of', { target }),
      planned > 0 ? t('report.commitment.planned', { count: planned }) : '',
    ].join('');
    return t.at(`report.commitment.${measure}`, { article: String(article), count: achieved, rest });
  });

/** The three figures on top, each with last year's; closed ones with today's as soon as a line differs. */
export const keyFigures = (total: Figures, last: Figures, late: YearComparison | undefined, t: Text) =>
  (['actions', 'pupils', 'employees'] as const).map((name) => ({
    value: t.number(total[name]),
    label: t.at(`report.unit.${name}`, { count: total[name] }),
    now: late?.differences.length ? t('report.todayIs', { n: total[name] + late.figures[name] }) : '',
    last: t('report.lastYear', { n: last[name] }),
  }));

const facts = ({ schools, offered, filled, hosted, personDays, planned }: Figures, t: Text) => [
  { title: t('report.fact.schools'), value: t('report.schools', { count: schools }) },
  { title: t('report.fact.places'), value: placesText(offered, filled, t) },
  {
    title: t('report.fact.hosted'),
    value: t('report.hosted', { count: hosted, days: t('report.personDays', { count: personDays }) }),
  },
  { title: t('report.fact.planned'), value: t('report.planned', { count: planned }) },
];

function rowData(
  cut: Cut,
  key: string,
  figures: Figures,
  { report, today, last }: Shown,
  t: Text,
  services: Services,
) {
  const now = today?.cuts[cut].get(key)?.actions ?? 0;
  const label = rowLabel(cut, key, report, t, services);
  const before = last.cuts[cut].get(cut === 'month' ? monthBefore(key) : key) ?? noFigures;
  const details = [
    t('report.people', { count: figures.employees }),
    figures.offered > 0 && t('report.filledOf', { count: figures.filled, offered: figures.offered }),
    today && now !== figures.actions && t('report.todayIs', { n: now }),
    t('report.lastYear', { n: before.actions }),
  ];
  return {
    label: breakLongWords(escapeMarkdown(label)),
    bar: shorten(removeMarkdown(label), maxBarLabel),
    value: figures.actions,
    actions: t.number(figures.actions),
    pupils: t.number(figures.pupils),
    details: details.filter(Boolean).join(' · '),
  };
}

/** The same month a year before. */
const monthBefore = (month: string): string => `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;

const cutsByPlace: readonly Cut[] = ['region', 'academie', 'departement', 'school'];
/** What the rows of a cut leave open. */
const noteOf = (cut: Cut, t: Text): string => (cutsByPlace.includes(cut) ? t('report.note.several') : '');

/** The programme year of today. */
export const currentYear = ({ clock, convention }: Services): ProgrammeYear =>
  programmeYear(dayAt(clock.now()), convention);

/** This year and those before it, and the one shown. */
function yearChoices(shown: ProgrammeYear, services: Services): ProgrammeYear[] {
  const years = [currentYear(services)];
  for (let n = 0; n < yearsBack; n++) years.push(yearBefore(years.at(-1) ?? shown, services));
  return years.some(({ id }) => id === shown.id) ? years : [...years, shown];
}
