import { z } from 'zod';
import type { Text } from '../../text/text.js';
import { readWhole } from './client-values.js';
import { startText } from './start.js';

/** With two buttons, these are the six actions that a card may have. */
const usualRows = 4;

/** The number of a page; some clients send numbers as text. */
export const pageNumber = z.preprocess(readWhole, z.int().max(100_000));

/** The page that a button asks for. */
export const pageInput = z.looseObject({
  page: pageNumber,
  /** To which days the list is restricted; absent on the cards of before. */
  start: startText,
});

/** One page of a list, and what the card says about its position. */
export function paginate<T>(all: readonly T[], page: number, t: Text, rowsPerPage = usualRows) {
  const last = Math.max(0, Math.ceil(all.length / rowsPerPage) - 1);
  const at = Math.min(page, last);
  const start = at * rowsPerPage;
  const items = all.slice(start, start + rowsPerPage);
  const left = all.length - start - items.length;
  const position = { from: start + 1, to: start + items.length, total: all.length };
  return {
    items,
    start,
    paging: {
      position: all.length > rowsPerPage ? t('list.position', position) : '',
      more: left > 0,
      next: at + 1,
      nextTitle: t('list.next', { count: Math.min(left, rowsPerPage) }),
      back: at > 0,
      previous: at - 1,
      /** A list that is restricted to days says to which. */
      start: '',
    },
  };
}

/** The most names shown; the rest is counted, because thirty académies would hide everything else. */
const maxNames = 6;

export const listSome = (names: readonly string[], t: Text): string => {
  const more = names.length - maxNames;
  if (more < 2) return names.join(', ');
  return `${names.slice(0, maxNames).join(', ')} ${t('request.more', { count: more })}`;
};
