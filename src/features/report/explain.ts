import type { Action, HistoryRow } from '../../domain/action.js';
import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import type { Closing } from '../../domain/report/closing.js';
import type { LineDifference } from '../../domain/report/comparison.js';
import type { Counted } from '../../domain/report/counted.js';
import type { Cut } from '../../domain/report/cuts.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { readNames } from '../shared/request-view.js';
import { tellMove } from '../story/sentences.js';
import { rowLabel } from './labels.js';

/** The last moves of an action that are told: mostly one says it all. */
const movesTold = 3;

/** A difference of a line in words. */
export interface Explained {
  readonly difference: LineDifference;
  readonly line: Counted;
  readonly what: 'added' | 'removed' | 'changed';
  /** What is other than it was, each in a sentence. */
  readonly details: readonly string[];
  /** Who did what since, the latest last; reasons as they were typed. */
  readonly moves: readonly { readonly said: string; readonly at: string; readonly why?: string }[];
}

interface Between {
  readonly year: ProgrammeYear;
  readonly from: Closing;
  /** The version that is compared with; nothing for today. */
  readonly to?: Closing | undefined;
}

/**
 * Says of each difference what it is, and who has done what since the first version was closed.
 * @param prepare makes names, and what was typed, ready for the place where the words stand
 */
export async function explain(
  reader: Reader,
  differences: readonly LineDifference[],
  between: Between,
  t: Text,
  services: Services,
  prepare: (text: string) => string = (text) => text,
): Promise<Explained[]> {
  const { from, to } = between;
  const found = await Promise.all(
    differences.map(async (difference) => {
      const line = difference.after ?? difference.before;
      if (!line) return [];
      const history = await reader.list('history', 'byAction', line.action.id, {
        from: from.at,
        ...(to ? { until: to.at } : {}),
      });
      const action = difference.after ? undefined : await reader.get('actions', line.action.id);
      return [{ difference, line, moves: history.slice(-movesTold), action }];
    }),
  );
  const all = found.flat();
  const nameOf = await readNames(
    reader,
    all.flatMap(({ difference: { before, after }, moves }) => [
      ...(before?.employees ?? []),
      ...(after?.employees ?? []),
      ...moves.flatMap((row) => [row.by, row.onBehalfOf, employeeOf(row)]),
    ]),
    t,
  );
  const name = (id: string): string => prepare(nameOf(id));
  const label: Label = (cut, line, key = line.keys[cut]) =>
    prepare(rowLabel(cut, key, { typedSchools: new Map(line.typedSchools) }, t, services));
  return all.map(({ difference, line, moves, action }) => {
    const { before, after } = difference;
    return {
      difference,
      line,
      what: before ? (after ? 'changed' : 'removed') : 'added',
      details:
        before && after
          ? describeChange(before, after, { name, label }, t)
          : after
            ? []
            : [whyGone(action, between, t)],
      moves: moves.map((row) => ({
        said: capitaliseFirst(tellMove(row, employeeOf(row) ?? row.by, name, t)),
        at: row.at,
        ...(row.why ? { why: row.why } : {}),
      })),
    };
  });
}

/** Whose engagement a move is about: the id of an engagement ends with its employee's, see `engagementId`. */
const employeeOf = ({ engagementId, actionId }: HistoryRow): string | undefined =>
  engagementId?.slice(actionId.length + 1);

/** Why a line is in a year no more, as far as its action says so now. */
function whyGone(action: Action | undefined, { year, to }: Between, t: Text): string {
  if (to || !action) return t('report.late.gone');
  if (action.state === 'cancelled') return t('report.late.cancelled');
  if (action.firstDay < year.firstDay || action.firstDay > year.lastDay)
    return t('report.late.moved', { day: t.dates.long(action.firstDay) });
  return t('report.late.nobody');
}

const numbers = ['pupils', 'offered', 'filled', 'presenceDays', 'personDays'] as const;
/** Schools are named each, months follow from days. */
const rows: readonly Cut[] = ['kind', 'level', 'departement', 'academie', 'region', 'event', 'site'];

/** What the row of a cut is called in which a line counts, or one of its schools. */
type Label = (cut: Cut, line: Counted, key?: string) => string;

function describeChange(
  before: Counted,
  after: Counted,
  { name, label }: { name: (id: string) => string; label: Label },
  t: Text,
): string[] {
  const said: string[] = [];
  const say = (what: string, was: string, now: string): void => {
    if (was !== now) said.push(t('report.late.instead', { what: t.at(`report.column.${what}`), was, now }));
  };
  const schools = (line: Counted): string =>
    line.schools
      .toSorted()
      .map((key) => label('school', line, key))
      .join(' / ') || label('school', line);
  say('state', t(`report.was.${before.state}`), t(`report.was.${after.state}`));
  say('firstDay', t.dates.long(before.action.firstDay), t.dates.long(after.action.firstDay));
  say('lastDay', t.dates.long(before.action.lastDay), t.dates.long(after.action.lastDay));
  for (const number of numbers) say(number, t.number(before[number]), t.number(after[number]));
  say('school', schools(before), schools(after));
  for (const cut of rows) say(cut, label(cut, before), label(cut, after));
  const [gone, come] = [
    before.employees.filter((id) => !after.employees.includes(id)),
    after.employees.filter((id) => !before.employees.includes(id)),
  ].map((ids) => ids.map(name));
  if (come?.length) said.push(t('report.late.come', { names: t.list(come) }));
  if (gone?.length) said.push(t('report.late.left', { names: t.list(gone) }));
  return said;
}
