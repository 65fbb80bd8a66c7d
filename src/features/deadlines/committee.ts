import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Day } from '../../domain/days.js';
import { findCommittee } from '../../domain/registers/committee.js';
import { checkClosing, findHolding } from '../../domain/report/closing.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { stateWord } from '../registers/words.js';
import { readClosings } from '../report/closed.js';

/**
 * What else is known of a committee: whether the figures of its year are closed, and what its register says (article 5).
 */
export async function readCommittee(reader: Reader, day: Day, today: Day, t: Text, { convention }: Services) {
  const year = programmeYear(day, convention);
  const closings = await readClosings(reader, year);
  const [waiting, done] = await Promise.all(
    (['waiting', 'done'] as const).map((state) =>
      reader.list('entries', 'byRegister', `committees|${state}`),
    ),
  );
  const found = findCommittee([...(waiting ?? []), ...(done ?? [])], day);
  const closed = findHolding(closings);
  const facts = [
    {
      title: t('deadlines.fact.report'),
      value: closed
        ? capitaliseFirst(
            t('report.closedAt', { day: t.dates.long(dayAt(closed.at)), n: String(closed.version) }),
          )
        : t('deadlines.notClosed'),
    },
    {
      title: t('deadlines.fact.register'),
      value: found
        ? t('deadlines.registered', { state: stateWord(found.entry, today, t), day: t.dates.long(found.day) })
        : t('deadlines.notRegistered'),
    },
  ];
  return { facts, mayClose: checkClosing(year, closings, today).ok };
}
