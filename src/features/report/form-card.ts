import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { everywhere } from '../../domain/report/area.js';
import type { Closing } from '../../domain/report/closing.js';
import { fillForm } from '../../domain/report/form.js';
import { toReportField } from '../../domain/report/form-field.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { yearTitle } from '../shared/year-title.js';
import type { View } from './card.js';
import { rowLabel, sortedRows } from './labels.js';
import { readSafe } from './safe.js';
import { findShown, formatWhich } from './shown.js';
import { wholeText } from './whole.js';

const rowsPerPage = 12;
/** Of a text that is copied, so that a message stays below what Teams takes. */
const lettersPerPage = 8_000;

/** A line of the form: a field with its figure, the name of a field with several, or one of those. */
interface FormRow {
  readonly label: string;
  readonly figure: string;
  readonly note: string;
}

interface Filled {
  readonly rows: readonly FormRow[];
  readonly closing: Closing | undefined;
}

/** The ministry's form, filled with the figures that may leave the company (article 5). */
async function readForm({ year, which }: View, t: Text, services: Services): Promise<Filled> {
  const closing = await findShown(services, year, which);
  const safe = await readSafe(services, year, closing);
  const show = (value: number | undefined): string =>
    value === undefined ? t('report.hidden') : t.number(value);
  const rows = fillForm(services.convention.form.map(toReportField), safe).flatMap(
    ({ field: { label, note = '', cut }, figures }): FormRow[] => {
      const [first] = figures;
      if (first && first.row === undefined) return [{ label, figure: show(first.value), note }];
      const order = cut ? sortedRows(cut, safe.report).map(([key]) => key) : [];
      const each = figures.toSorted((a, b) => order.indexOf(a.row ?? '') - order.indexOf(b.row ?? ''));
      return [
        { label, figure: '', note: note || (each.length === 0 ? t('report.form.nothing') : '') },
        ...each.map(({ row = '', value }) => ({
          label: t('report.form.row', { row: cut ? rowLabel(cut, row, safe.report, t, services) : row }),
          figure: show(value),
          note: '',
        })),
      ];
    },
  );
  return { rows, closing };
}

/** "Chiffres clôturés le 28 juin 2027, version 1." */
const momentText = (closing: Closing | undefined, t: Text, { clock }: Services): string =>
  closing
    ? t('report.form.closed', { day: t.dates.short(dayAt(closing.at)), n: String(closing.version) })
    : t('report.form.asOf', { day: t.dates.short(dayAt(clock.now())) });

const eyebrowText = (year: ProgrammeYear, t: Text): string =>
  t('report.form.eyebrow', { year: yearTitle(year, t) });

/** The fields of the form in its order, each with its figure and its note. */
export async function formCard(actor: Actor, view: View, services: Services): Promise<Card> {
  const { year, cut, which, area = everywhere } = view;
  const t = services.textIn(actor.lang);
  const { rows, closing } = await readForm(view, t, services);
  const list = paginate(rows, view.page, t, rowsPerPage);
  const heading = t('report.form.heading');
  return {
    template: 'report-form',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: eyebrowText(year, t),
      heading,
      lead: [
        wholeText(area, t, services),
        rows.length > 0 ? momentText(closing, t, services) : t('report.form.empty'),
      ]
        .filter(Boolean)
        .join('\n\n'),
      some: rows.length > 0,
      rows: list.items.map(({ label, figure, note }) => ({
        label: escapeMarkdown(label),
        figure,
        note: escapeMarkdown(note),
      })),
      note: t('report.note.hidden', {
        count: services.convention.minPupilsShown,
        sign: t('report.hidden'),
      }),
      view: { by: cut, from: year.firstDay, as: formatWhich(which), area },
      ...list.paging,
      backFolds: list.paging.more ? 'secondary' : 'primary',
    },
  };
}

/** The whole form as text, in a field from which it is copied. */
export async function formTextCard(actor: Actor, view: View, services: Services): Promise<Card> {
  const { year, cut, which, area = everywhere } = view;
  const t = services.textIn(actor.lang);
  const { rows, closing } = await readForm(view, t, services);
  const lines = [
    t('report.form.title', { company: services.convention.company, year: yearTitle(year, t) }),
    momentText(closing, t, services),
    '',
    ...rows.map(({ label, figure, note }) =>
      [t('report.form.line', { label, figure }).trim(), note && `(${note})`].filter(Boolean).join(' '),
    ),
  ];
  const list = paginate(inPages(lines), view.page, t, 1);
  const heading = t('report.form.copyHeading');
  return {
    template: 'report-form-text',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: eyebrowText(year, t),
      heading,
      lead: t('report.form.copyLead'),
      text: list.items[0] ?? '',
      view: { by: cut, from: year.firstDay, as: formatWhich(which), area },
      ...list.paging,
    },
  };
}

/** Lines as texts that are not too long for a card. */
function inPages(lines: readonly string[]): string[] {
  const pages: string[] = [];
  let page = '';
  for (const line of lines) {
    if (page.length + line.length > lettersPerPage) {
      pages.push(page);
      page = '';
    }
    page += `${line}\n`;
  }
  return [...pages, page];
}
