import { type Closing, findHolding } from '../../domain/report/closing.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { breakLongWords, capitaliseFirst } from '../../text/typeset.js';
import { readNames } from '../shared/request-view.js';

/** " par Hugo Témoin, lundi 28 juin 2027 à 10 h 12", for a TextRun. */
export const signedBy = (
  { by, at }: { readonly by: string; readonly at: string },
  name: (id: string) => string,
  t: Text,
): string => t('state.by', { name: breakLongWords(name(by)), when: t.dates.fullInstant(at) });

/** The names of those who have closed and reopened a year. */
export const readClosers = (reader: Reader, closings: readonly Closing[], t: Text) =>
  readNames(
    reader,
    closings.flatMap(({ by, reopened }) => [by, reopened?.by]),
    t,
  );

/**
 * Which figures of a year somebody sees, for its state strip: of a version, or without one those of today; nothing for a
 * year that was never closed.
 */
export function versionStrip(
  closings: readonly Closing[],
  shown: Closing | undefined,
  name: (id: string) => string,
  t: Text,
) {
  const holding = findHolding(closings);
  const last = closings.at(-1);
  if (!last) return undefined;
  const word = t('report.version', { n: String(shown?.version ?? last.version) });
  if (shown) {
    const rest = signedBy(shown, name, t);
    if (shown.id === holding?.id) return { mark: 'good', word: t('report.closed', { version: word }), rest };
    return { mark: 'off', word: capitaliseFirst(word), rest: t('report.closedOnce', { by: rest }) };
  }
  if (holding)
    return { mark: 'info', word: t('report.asToday'), rest: t('report.isClosed', { version: word }) };
  const rest = last.reopened ? signedBy(last.reopened, name, t) : '';
  return { mark: 'open', word: t('report.reopened'), rest };
}
