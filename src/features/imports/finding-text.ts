import type { Finding } from '../../domain/imports/finding.js';
import type { PersonalDataKind } from '../../domain/personal-data/kinds.js';
import type { Text } from '../../text/text.js';
import { tellBroken } from '../host/dates.js';

/** What is wrong in a line, and the rule that says so, in plain text. */
export interface FindingText {
  /** "Ligne 14 · Premier jour" */
  readonly where: string;
  readonly what: string;
}

export function tellFinding(finding: Finding, t: Text): FindingText {
  const { line, column } = finding;
  const number = String(line);
  return {
    where: column
      ? t('imports.whereColumn', { line: number, column: t.at(`imports.column.${column}`) })
      : t('imports.where', { line: number }),
    what: tellRule(finding, t),
  };
}

function tellRule(finding: Finding, t: Text): string {
  switch (finding.rule) {
    case 'personalData':
      return tellPersonalData(finding.kind, t);
    case 'placement':
      return tellPlacement(finding, t);
    default: {
      const { rule, params = {} } = finding;
      return t.at(`imports.rule.${rule}`, toWords(params, t));
    }
  }
}

const tellPersonalData = (found: PersonalDataKind, t: Text): string =>
  t('imports.personalData', { what: t.at(`personalData.${found}`) });

const tellPlacement = ({ kind, broken, own }: Extract<Finding, { rule: 'placement' }>, t: Text): string =>
  `${tellBroken(kind, broken, own, t)} ${t.at(`broken.${kind}.why`)}`;

/** The parameters of a rule as they are written: days, columns and levels by their names. */
function toWords(
  params: Readonly<Record<string, string | number>>,
  t: Text,
): Record<string, string | number> {
  const { day, column, level, line } = params;
  return {
    ...params,
    ...(day === undefined ? {} : { day: t.dates.long(String(day)) }),
    ...(column === undefined ? {} : { column: t.at(`imports.column.${column}`) }),
    ...(level === undefined ? {} : { level: t.at(`level.${level}`) }),
    // A line is a number that is not counted with.
    ...(line === undefined ? {} : { line: String(line) }),
  };
}
