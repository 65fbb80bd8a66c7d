import type { Action } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import type { Counted } from '../../domain/report/counted.js';
import type { Cut } from '../../domain/report/cuts.js';
import type { YearReport } from '../../domain/report/figures.js';
import { isTypedSchool } from '../../domain/report/location.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { nameOf } from '../shared/people.js';
import { rowLabel } from './labels.js';

/** A value of the list of actions; nothing leaves its cell empty. */
export type CellValue = string | number | { readonly day: Day } | undefined;

export interface Column {
  readonly title: string;
  /** In characters. */
  readonly width: number;
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
    value: ({ keys }) => label(cut, keys[cut]),
  });
  const codes = new Map<string, string>();
  const codeOf = (id: string): string => {
    const found = codes.get(id) ?? `P${codes.size + 1}`;
    codes.set(id, found);
    return found;
  };
  const column = (name: string, width: number, value: Column['value']): Column => ({
    title: t.at(`report.column.${name}`),
    width,
    value,
  });
  const ofAction = (name: string, width: number, value: (action: Action) => CellValue) =>
    column(name, width, ({ action }) => value(action));
  return [
    ofAction('number', 9, ({ number }) => number),
    ofCut('kind', 30),
    ofCut('level', 18),
    column('state', 12, ({ state }) => t.at(`report.state.${state}`)),
    ofAction('firstDay', 12, ({ firstDay }) => ({ day: firstDay })),
    ofAction('lastDay', 12, ({ lastDay }) => ({ day: lastDay })),
    column('school', 40, ({ schools }) => schools.map((key) => label('school', key)).join(separator)),
    column('uai', 12, ({ schools }) => schools.filter((key) => !isTypedSchool(key)).join(' ')),
    ofCut('departement', 26),
    ofCut('academie', 20),
    ofCut('region', 26),
    ofCut('event', 26),
    ofCut('site', 20),
    column('pupils', 9, ({ pupils }) => pupils),
    column('offered', 9, ({ offered }) => offered),
    column('filled', 9, ({ filled }) => filled),
    column('presenceDays', 10, ({ presenceDays }) => presenceDays),
    column('personDays', 10, ({ personDays }) => personDays),
    ofAction('hosting', 12, ({ hosting }) => hosting && t.at(`hosting.${hosting}-title`)),
    column('employees', 14, ({ employees }) => employees.length),
    column('names', 40, ({ employees }) => employees.map(nameOfPerson).join(separator)),
    column('codes', 16, ({ employees }) => employees.map(codeOf).join(' ')),
  ];
}

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
