import { kinds, levels } from '../../domain/action.js';
import type { ImportColumn } from '../../domain/imports/finding.js';
import { importColumns, requiredColumns } from '../../domain/imports/finding.js';
import type { Link, Person } from '../../records.js';
import type { Text } from '../../text/text.js';
import type { MakeFile, Services } from '../feature.js';
import { langOf } from '../shared/people.js';
import { tellFinding } from './finding-text.js';
import { countKept, readFindings } from './read-findings.js';

/** The coordinator whom a link is for; nothing if they no longer are one. */
async function findCoordinator({ personId }: Link, services: Services): Promise<Person | undefined> {
  const person = await services.store.read((reader) => reader.get('people', personId));
  const isCoordinator = (await services.directory.isCoordinator(personId, 'change')) === 'yes';
  return isCoordinator ? person : undefined;
}

const isRequired = (column: ImportColumn): boolean =>
  (requiredColumns as readonly ImportColumn[]).includes(column);

/** What may be written in a column, if that is a list. */
function choicesOf(column: ImportColumn, t: Text, { calendar }: Services): readonly string[] {
  switch (column) {
    case 'kind':
      return kinds.map((kind) => t.at(`kind.${kind}`));
    case 'level':
      return levels.map((level) => t.at(`level.${level}`));
    case 'academie':
      return calendar.academies.map(({ name }) => name);
    case 'event':
      return [...new Set(calendar.events.map(({ name }) => name))];
    default:
      return [];
  }
}

/** An empty list to fill in, and beside it what each column says; with lists to choose from. */
export const makeTemplateWorkbook: MakeFile = async (link, services) => {
  const person = await findCoordinator(link, services);
  if (!person) return undefined;
  const t = services.textIn(langOf(person));
  const [{ toSheet, headStyle, wrapped }, { styled, writeWorkbook, dayFormat }] = await Promise.all([
    import('../report/sheet-layout.js'),
    import('../report/xlsx.js'),
  ]);
  const titleOf = (column: ImportColumn) => t.at(`imports.column.${column}`);
  const lists = importColumns.flatMap((column, i) => {
    const letter = String.fromCharCode(65 + i);
    const choices = column === 'kind' || column === 'level' ? choicesOf(column, t, services) : [];
    return choices.length > 0
      ? [
          {
            type: 'list' as const,
            range: `${letter}2:${letter}20001`,
            values: [...choices],
            allowBlank: true,
          },
        ]
      : [];
  });
  const table = toSheet(t('imports.sheet.table'), [importColumns.map((c) => styled(titleOf(c), headStyle))], {
    columns: importColumns.map((column) => ({
      width: column === 'remark' || column === 'school' ? 36 : 20,
      ...(column === 'firstDay' || column === 'lastDay' ? { numFmt: dayFormat } : {}),
    })),
    freezePane: { rows: 1 },
    dataValidations: lists,
  });
  const head = (['column', 'required', 'meaning', 'example', 'choices'] as const).map((title) =>
    styled(t.at(`imports.sheet.${title}`), headStyle),
  );
  const lines = importColumns.map((column) =>
    [
      titleOf(column),
      isRequired(column) ? t('imports.sheet.yes') : '',
      t.at(`imports.meaning.${column}`),
      t.at(`imports.example.${column}`),
      choicesOf(column, t, services).join(' / '),
    ].map((text) => styled(text, wrapped)),
  );
  const guide = toSheet(t('imports.sheet.guide'), [head, ...lines], {
    columns: [20, 12, 60, 34, 60].map((width) => ({ width })),
    freezePane: { rows: 1 },
  });
  return {
    name: `${t('imports.files.name')}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: await writeWorkbook([table, guide]),
  };
};

/** Lines as a French Excel reads them: UTF-8 with its mark, semicolons. What was typed never becomes a formula. */
async function toCsv(rows: readonly (readonly string[])[]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify(rows as string[][], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

/** The same list for any spreadsheet. */
export const makeTemplateTable: MakeFile = async (link, services) => {
  const person = await findCoordinator(link, services);
  if (!person) return undefined;
  const t = services.textIn(langOf(person));
  return {
    name: `${t('imports.files.name')}.csv`,
    type: 'text/csv; charset=utf-8',
    content: await toCsv([importColumns.map((column) => t.at(`imports.column.${column}`))]),
  };
};

/** Everything that was found in a file, with its lines and columns. */
export const makeFindings: MakeFile = async (link, services) => {
  const person = await findCoordinator(link, services);
  if (!person) return undefined;
  const t = services.textIn(langOf(person));
  const found = await services.store.read(async (reader) => {
    const one = await reader.get('imports', link.about);
    const count = one ? countKept(one) : 0;
    return one && count > 0 ? { one, findings: await readFindings(reader, one, 0, count) } : undefined;
  });
  if (!found) return undefined;
  const rows = found.findings.map((finding) => {
    const { line, column, blocks } = finding;
    return [
      String(line),
      column ? t.at(`imports.column.${column}`) : '',
      t(blocks ? 'imports.files.findings.fault' : 'imports.files.findings.notice'),
      tellFinding(finding, t).what,
    ];
  });
  const heads = (['line', 'column', 'weight', 'rule'] as const).map((title) =>
    t.at(`imports.files.findings.${title}`),
  );
  return {
    name: `${t('imports.files.findings.name')}.csv`,
    type: 'text/csv; charset=utf-8',
    content: await toCsv([heads, ...rows]),
  };
};
