import type { Day } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import { readNames } from '../shared/request-view.js';

/** "Mardi 5 novembre 2024, date saisie par Alma Fictive le 23 novembre 2026"; without a name when it is the file's. */
export async function describeSigned(reader: Reader, signedOn: Day, t: Text): Promise<string> {
  const entered = (await reader.get('terms', 'convention'))?.signature;
  if (!entered) return t.dates.long(signedOn);
  const name = (await readNames(reader, [entered.by], t))(entered.by);
  return t('convention.entered', {
    signed: t.dates.long(signedOn),
    name: escapeMarkdown(name),
    day: t.dates.short(dayAt(entered.at)),
  });
}
