import type { Corrected } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import type { Counted, CountedAction } from '../../domain/report/counted.js';
import type { Cut } from '../../domain/report/cuts.js';
import type { YearReport } from '../../domain/report/figures.js';
import { isTypedSchool } from '../../domain/report/location.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { nameOf } from '../shared/people.js';
import { rowLabel } from './labels.js';

/** A value of the list of actions; nothing leaves its cell empty. */
export type CellValue = string | number | { readonly day: Day } | undefined;

export interface Column {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  /** `id`: a number that is not counted with. */
  readonly type: 'text' | 'number' | 'id' | 'day';
  value(counted: Counted): CellValue;
}

/** Between several schools or people in one cell. */
const separator = ' / ';

/**
 * The columns of the list of actions. People are in it by name, and by a code of this file alone, by which the same
 * person is recognised: two may have one name.
 */
export function actionColumns(
  report: YearReport,
  nameOfPerson: (id: string) => string,
  t: Text,
  services: Services,
): Column[] {
  const labels = new Map<string, string>();
  const label = (cut: Cut, key: string): string => {
    const id = `${cut} ${key}`;
    const found = labels.get(id) ?? rowLabel(cut, key, report, t, services);
    labels.set(id, found);
    return found;
  };
  const ofCut = (cut: Cut, width: number): Column => ({
    title: t.at(`report.column.${cut}`),
    width,
    type: 'text',
    value: ({ keys }) => label(cut, keys[cut]),
  });
  const codes = new Map<string, string>();
  const codeOf = (id: string): string => {
    const found = codes.get(id) ?? `P${codes.size + 1}`;
    codes.set(id, found);
    return found;
  };
  const text = (name: string, width: number, value: Column['value'], type: Column['type'] = 'text') => ({
    title: t.at(`report.column.${name}`),
    width,
    type,
    value,
  });
  const number = (name: string, value: Column['value']) => text(name, 10, value, 'number');
  const day = (name: string, value: (action: CountedAction) => Day) =>
    text(name, 12, ({ action }) => ({ day: value(action) }), 'day');
  return [
    text('number', 10, ({ action }) => action.number, 'id'),
    ofCut('kind', 30),
    ofCut('level', 18),
    text('state', 12, ({ state }) => t.at(`report.state.${state}`)),
    day('firstDay', ({ firstDay }) => firstDay),
    day('lastDay', ({ lastDay }) => lastDay),
    text('school', 40, ({ schools }) => schools.map((key) => label('school', key)).join(separator)),
    text('uai', 12, ({ schools }) => schools.filter((key) => !isTypedSchool(key)).join(' ')),
    ofCut('departement', 26),
    ofCut('academie', 20),
    ofCut('region', 26),
    ofCut('event', 26),
    ofCut('site', 20),
    number('pupils', ({ pupils }) => pupils),
    number('offered', ({ offered }) => offered),
    number('filled', ({ filled }) => filled),
    number('presenceDays', ({ presenceDays }) => presenceDays),
    number('personDays', ({ personDays }) => personDays),
    text('hosting', 12, ({ action: { hosting } }) => hosting && t.at(`hosting.${hosting}-title`)),
    number('employees', ({ employees }) => employees.length),
    text('names', 40, ({ employees }) => employees.map(nameOfPerson).join(separator)),
    text('codes', 16, ({ employees }) => employees.map(codeOf).join(' ')),
    text('corrected', 12, ({ action: { corrected } }) => corrected && { day: dayAt(corrected.at) }, 'day'),
    text('was', 30, ({ action: { corrected } }) => corrected && capitaliseFirst(wasText(corrected, t))),
    text('why', 40, ({ action: { corrected } }) => corrected?.why),
  ];
}

/** "tenue, 28 élèves, 2 personnes": what was counted before a correction. */
export const wasText = ({ was }: Pick<Corrected, 'was'>, t: Text): string =>
  [
    t(`report.was.${was.state}`),
    t('report.pupils', { count: was.pupils }),
    was.places === undefined ? '' : t('request.places', { count: was.places }),
    t('report.people', { count: was.employees }),
  ]
    .filter(Boolean)
    .join(', ');

/** The names of all who take part in these actions. */
export async function readEmployeeNames(
  reader: Reader,
  counted: readonly Counted[],
  t: Text,
): Promise<(id: string) => string> {
  const ids = [...new Set(counted.flatMap(({ employees }) => employees))];
  const people = await Promise.all(ids.map((id) => reader.get('people', id)));
  const names = new Map(ids.map((id, i) => [id, nameOf(people[i], t)]));
  return (id) => names.get(id) ?? id;
}
