import { foldWords } from '../search/query.js';
import type { Finding, ImportColumn } from './finding.js';
import type { ImportedAction, ImportedPerson, PastLine } from './imported-action.js';

/** A line whose employee is known, or will be known by this id. */
export type KnownLine = PastLine & { readonly person: ImportedPerson };

/** An action of a file, with the lines it was read from. */
export type GroupedAction = ImportedAction & { readonly lines: readonly number[] };

const aadId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The AAD object id that was given in the place of a name, in lower case. */
export const aadIdOf = (employee: string): string | undefined =>
  aadId.test(employee) ? employee.toLowerCase() : undefined;

/** The same for every way to write a name: without case, accents and punctuation, in any order of its words. */
export const employeeKey = (name: string): string => aadIdOf(name) ?? foldWords(name).sort().join(' ');

const fold = (text: string): string => foldWords(text).join(' ');

/** The place of an action, as far as lines tell it. */
const placeKey = ({ schools = [], school = '', academies }: PastLine): string =>
  schools.length > 0 ? [...schools].sort().join(',') : fold(school) || [...academies].sort().join(',');

/** What happened, to whomever. */
const actionKey = (line: PastLine): string =>
  [line.kind, line.level ?? '', line.firstDay, line.lastDay, placeKey(line)].join('|');

/** What all lines of one reference must agree on. */
const compared = [
  ['kind', ({ kind }) => kind],
  ['level', ({ level }) => level],
  ['firstDay', ({ firstDay }) => firstDay],
  ['lastDay', ({ lastDay }) => lastDay],
  ['school', placeKey],
  ['places', ({ places }) => places],
  ['filled', ({ filled }) => filled?.[0]?.places],
  ['pupils', ({ pupils }) => pupils],
  ['event', ({ event }) => event],
] as const satisfies readonly (readonly [ImportColumn, (line: PastLine) => unknown])[];

/**
 * Puts the lines of a file together to actions: pupils are counted once an action, however many people took part. Lines
 * with the same reference are one action; any other line is one of its own. Two lines that say the same about one person
 * are a fault, as nobody can tell whether these are one action or two.
 * @param idOf the id of an action, always the same for the same text
 * @param maxPeople who can take part in one action at most
 */
export function groupLines(
  lines: readonly KnownLine[],
  idOf: (text: string) => string,
  maxPeople: number,
): { readonly actions: readonly GroupedAction[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const actions = new Map<string, KnownLine[]>();
  /** The first line with each of these. */
  const byPerson = new Map<string, KnownLine>();
  const byAction = new Map<string, KnownLine>();
  for (const line of lines) {
    const key = line.reference
      ? `reference|${fold(line.reference) || line.reference}`
      : `line|${employeeKey(line.employee)}|${actionKey(line)}`;
    const group = actions.get(key) ?? [];
    const known = line.reference ? undefined : byPerson.get(`${line.person.id}|${actionKey(line)}`);
    const fault = known ? twice(line, known) : findFault(line, group, maxPeople);
    if (fault) {
      findings.push(fault);
      continue;
    }
    group.push(line);
    actions.set(key, group);
    if (line.reference) continue;
    byPerson.set(`${line.person.id}|${actionKey(line)}`, line);
    const alike = line.schools && byAction.get(`${actionKey(line)}|${line.pupils}`);
    if (alike)
      findings.push({
        line: line.line,
        column: 'reference',
        blocks: false,
        rule: 'maybeSame',
        params: { line: alike.line },
      });
    else byAction.set(`${actionKey(line)}|${line.pupils}`, line);
  }
  return { actions: [...actions].map(([key, group]) => toAction(idOf(key), group)), findings };
}

const twice = ({ line }: KnownLine, first: KnownLine): Finding => ({
  line,
  blocks: true,
  rule: 'lineTwice',
  params: { line: first.line },
});

/** Why a line cannot belong to the action of its reference. */
function findFault(line: KnownLine, group: readonly KnownLine[], maxPeople: number): Finding | undefined {
  if (group.length >= maxPeople)
    return {
      line: line.line,
      column: 'reference',
      blocks: true,
      rule: 'tooManyPeople',
      params: { max: maxPeople },
    };
  const same = group.find(({ person }) => person.id === line.person.id);
  if (same) return twice(line, same);
  const [first] = group;
  if (!first) return undefined;
  const differing = compared.find(([, read]) => read(line) !== read(first))?.[0];
  const remark = group.find((other) => other.remark && line.remark && other.remark !== line.remark);
  const column = differing ?? (remark ? 'remark' : undefined);
  return (
    column && {
      line: line.line,
      column,
      blocks: true,
      rule: 'referenceDiffers',
      params: { line: first.line },
    }
  );
}

function toAction(id: string, group: readonly KnownLine[]): GroupedAction {
  const [first] = group as [KnownLine];
  const { line: _, employee: __, person: ___, remark: ____, ...action } = first;
  const remark = group.find((line) => line.remark)?.remark;
  return {
    id,
    ...action,
    ...(remark ? { remark } : {}),
    people: group.map(({ person }) => person),
    lines: group.map(({ line }) => line),
  };
}
