import type { Entry } from '../../domain/registers/entry.js';
import { entryShapes } from '../../domain/registers/kinds.js';
import { checkEntryMove, possibleMoves } from '../../domain/registers/moves.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Actor, Card, Services } from '../feature.js';
import { type Fault, faultData } from '../shared/form.js';
import { paginate } from '../shared/list.js';
import { remarkRun } from '../shared/request-view.js';
import { stateStrip, tellRows } from './state.js';
import { dueLine, eyebrowOf, facts, fullTitle, headingOf, nextStep } from './words.js';

/** With the facts and four buttons, this is what fits on a screen. */
const rowsPerPage = 4;

interface EntryView {
  /** The page of its history. */
  readonly page?: number;
  /** What has just been done. */
  readonly note?: 'entered' | 'edited' | 'unchanged' | 'moved' | undefined;
  /** Why something is not possible. */
  readonly fault?: Fault | undefined;
}

/** An entry: what it is, where it stands, what can be done now, and all that was done, the latest first. */
export async function entryCard(
  reader: Reader,
  entry: Entry,
  { lang }: Pick<Actor, 'lang'>,
  services: Services,
  { page = 0, note, fault }: EntryView = {},
): Promise<Card> {
  const t = services.textIn(lang);
  const today = dayAt(services.clock.now());
  // A tool that may go live is put into use; its amendment may be noted again, but nothing waits for it.
  const moves = possibleMoves(entry, today).sort((a, b) => Number(b === 'use') - Number(a === 'use'));
  const list = paginate(entry.history.toReversed(), page, t, rowsPerPage);
  return {
    template: 'registers-entry',
    lang,
    summary: headingOf(entry, t),
    data: {
      id: entry.id,
      register: entryShapes[entry.kind].register,
      eyebrow: eyebrowOf(entry, t),
      heading: headingOf(entry, t),
      full: fullTitle(entry, t),
      saved: note ? t(`registers.saved.${note}`) : '',
      faults: faultData(['form'], fault ? { form: fault } : {}),
      lead: dueLine(entry, today, t),
      state: await stateStrip(reader, entry, today, t),
      facts: facts(entry, t, services),
      remark: remarkRun(entry.text, t),
      step: nextStep(entry, today, t),
      told: entry.history.length > 0,
      rows: await tellRows(reader, list.items, t),
      moves: moves
        .filter((move) => move !== 'abandon')
        .map((move) => ({ move, title: t.at(`registers.button.${move}`) })),
      abandonable: moves.includes('abandon'),
      editable: checkEntryMove('edit', entry.kind, entry, today).ok,
      ...list.paging,
    },
  };
}
