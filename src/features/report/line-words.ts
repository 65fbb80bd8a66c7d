import { isPlacement } from '../../domain/action.js';
import type { LineDifference } from '../../domain/report/comparison.js';
import type { Counted } from '../../domain/report/counted.js';
import type { Text } from '../../text/text.js';
import { changesText } from './changes.js';
import { wasText } from './columns.js';

/** "28 élèves · 2 personnes", "2 élèves, 10 journées d'accueil · 3 places, 2 pourvues": what a line counts. */
export function countsText(line: Counted, t: Text): string {
  const { action, state, pupils, personDays, offered, filled, employees } = line;
  const placement = isPlacement(action.kind);
  const days = t('report.personDays', { count: personDays });
  const counts = [
    state === 'held' &&
      (placement ? t('report.hosted', { count: pupils, days }) : t('report.pupils', { count: pupils })),
    placement && placesText(offered, filled, t),
    state !== 'not-held' && t('report.people', { count: employees.length }),
  ]
    .filter(Boolean)
    .join(' · ');
  return counts || t('report.lines.nothing');
}

/** "2 places offertes, 1 pourvue": each number has its own plural. */
export const placesText = (offered: number, filled: number, t: Text): string =>
  t('report.places', { count: offered, filled: t('report.placesFilled', { count: filled }) });

/** What is to be known of a line beside what it counts. */
export function notesText(
  { action: { corrected } }: Counted,
  late: LineDifference | undefined,
  contradicted: boolean,
  t: Text,
): string[] {
  return [
    contradicted ? t('report.lines.contradicted') : '',
    corrected ? t('report.lines.corrected', { was: wasText(corrected, t) }) : '',
    late ? lateNote(late, t) : '',
  ].filter(Boolean);
}

/** "Après la clôture. Élèves : +2": a line that is other than when its year was closed. */
export const lateNote = ({ figures }: LineDifference, t: Text): string =>
  [t('report.lines.late'), changesText(figures, t)].filter(Boolean).join(' ');
