import type { Import } from '../../records.js';
import type { Text } from '../../text/text.js';

/**
 * What a file holds, in numbers, and who has added it and when.
 * @param by the name of whoever has added it, safe in Markdown; empty before
 */
export function factsOf(
  { lines, actions, years, notices, known, state, faults, engagements, endedAt }: Import,
  by: string,
  t: Text,
): { title: string; value: string }[] {
  const counts = faults > 0 ? [] : Object.entries(years).sort(([a], [b]) => (a < b ? -1 : 1));
  const fact = (title: string, value: string | false) => (value ? [{ title, value }] : []);
  const isAdded = state === 'added';
  return [
    ...fact(t('imports.fact.lines'), t.number(lines)),
    ...fact(t('imports.fact.actions'), engagements > 0 && t('imports.actions', { count: actions })),
    ...fact(
      t('imports.fact.years'),
      counts.map(([year, n]) => t('imports.ofYear', { year, count: n })).join(', '),
    ),
    ...fact(t('imports.fact.known'), known > 0 && t.number(known)),
    ...fact(t('imports.fact.notices'), notices > 0 && !isAdded && t.number(notices)),
    ...fact(
      t('imports.fact.by'),
      isAdded && by && endedAt ? t('imports.byAt', { name: by, when: t.dates.instant(endedAt) }) : '',
    ),
  ];
}
