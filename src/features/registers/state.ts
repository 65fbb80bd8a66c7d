import type { Entry, EntryRow } from '../../domain/registers/entry.js';
import type { Day, Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import { readNames, remarkRun } from '../shared/request-view.js';
import { markOf, stateWord } from './words.js';

/** The state of an entry, and who noted it and when. */
export async function stateStrip(reader: Reader, entry: Entry, today: Day, t: Text): Promise<object> {
  const last = entry.history.findLast(({ from, to }) => from !== to);
  const name = await readNames(reader, [last?.by], t);
  return {
    mark: markOf(entry),
    word: stateWord(entry, today, t),
    rest: last ? t('registers.noted', { name: name(last.by), when: t.dates.instant(last.at) }) : '',
  };
}

/** One move in words: "Hugo Témoin a noté l’accord." */
const tell = ({ move, changed = [] }: EntryRow, who: string, t: Text): string =>
  t.at(`registers.told.${move}`, {
    who,
    what: t.list(changed.map((field) => t.at(`registers.field.${field}`))),
  });

/** What happened last, as somebody reads it who did not know of it: "Hugo Témoin a noté l’accord, lundi à 10 h". */
export async function tellLast(reader: Reader, { history }: Entry, t: Text): Promise<string> {
  const last = history.at(-1);
  if (!last) return '';
  const name = await readNames(reader, [last.by], t);
  return t('registers.toldWhen', {
    what: capitaliseFirst(tell(last, escapeMarkdown(name(last.by)), t)).replace(/\.$/, ''),
    when: t.dates.instant(last.at),
  });
}

/** The rows of a history in words, as they are given. */
export async function tellRows(reader: Reader, rows: readonly EntryRow[], t: Text): Promise<object[]> {
  const name = await readNames(
    reader,
    rows.map(({ by }) => by),
    t,
  );
  return rows.map((row) => ({
    when: capitaliseFirst(t.dates.instant(row.at)),
    what: capitaliseFirst(tell(row, escapeMarkdown(name(row.by)), t)),
    detail: [row.day && t.dates.long(row.day), row.office && escapeMarkdown(row.office)]
      .filter(Boolean)
      .join(' · '),
    reason: remarkRun(row.text, t),
  }));
}
