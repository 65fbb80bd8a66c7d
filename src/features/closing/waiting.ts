import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { countYear } from '../report/read.js';

/** What of a year nobody has answered, decided or settled yet: its figures may change with it. */
interface Waiting {
  /** Past actions of which nobody has said whether they took place. */
  readonly unanswered: number;
  /** Actions with two different answers. */
  readonly contradicted: number;
  /** People of whom nobody has said whether they were at an action held. */
  readonly unsaid: number;
  /** Offers that nobody has decided on. */
  readonly undecided: number;
  /** Actions to come. */
  readonly toCome: number;
}

async function countWaiting(services: Services, year: ProgrammeYear): Promise<Waiting> {
  const { store, clock } = services;
  const today = dayAt(clock.now());
  const { value } = await countYear(services, year, () => {
    const found = { unanswered: 0, contradicted: 0, unsaid: 0, toCome: 0 };
    return {
      visit({ state }, { action, engagements }) {
        if (action.contradiction) found.contradicted += 1;
        if (state === 'planned') found[action.lastDay < today ? 'unanswered' : 'toCome'] += 1;
        if (state === 'held') found.unsaid += engagements.filter((e) => e.state === 'approved').length;
      },
      finish: () => found,
    };
  });
  const pending = await store.read((reader) => reader.list('engagements', 'byState', 'pending'));
  const isIn = (day: string): boolean => day >= year.firstDay && day <= year.lastDay;
  return { ...value, undecided: pending.filter(({ firstDay }) => isIn(firstDay)).length };
}

/** What is said before a year is closed, and whether there is something that a coordinator can do about it now. */
export async function readWaiting(
  services: Services,
  year: ProgrammeYear,
  t: Text,
): Promise<{ texts: string[]; isUrgent: boolean }> {
  const { unanswered, contradicted, unsaid, undecided, toCome } = await countWaiting(services, year);
  return {
    texts: [
      unanswered > 0 ? t('closing.waits.unanswered', { count: unanswered }) : '',
      contradicted > 0 ? t('closing.waits.contradicted', { count: contradicted }) : '',
      unsaid > 0 ? t('closing.waits.unsaid', { count: unsaid }) : '',
      undecided > 0 ? t('closing.waits.undecided', { count: undecided }) : '',
      toCome > 0 ? t('closing.waits.toCome', { count: toCome }) : '',
    ].filter(Boolean),
    isUrgent: unanswered + contradicted + unsaid + undecided > 0,
  };
}
