import type { Preparation } from '../../domain/action.js';
import type { Mover } from '../../domain/engagements/moves.js';
import {
  checkAgreements,
  countExpectedAgreements,
  countMissingAgreements,
} from '../../domain/placements/agreements.js';
import { countFilledPlaces } from '../../domain/placements/places.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Request, Services } from '../feature.js';
import { readNames } from './request-view.js';

interface PreparationRow {
  readonly mark: 'good' | 'open';
  /** The mark in words. */
  readonly alt: string;
  readonly text: string;
  readonly detail: string;
  /** Whether the viewer may click it, and what a screen reader then says. */
  readonly can: boolean;
  readonly spoken: string;
  readonly verb: string;
  readonly item: Preparation | 'agreements';
  readonly done: 'yes' | 'no';
}

export interface PreparationView {
  readonly shown: boolean;
  readonly heading: string;
  readonly rows: readonly PreparationRow[];
}

const hidden: PreparationView = { shown: false, heading: '', rows: [] };

/** The order in which a placement is prepared. */
const items: readonly Preparation[] = ['school', 'tutor', 'programme'];

/**
 * The preparation of an approved placement as a short list: what is done, by whom and when (article 3). Its host and
 * the coordinators tick it in place, until the pupils come.
 */
export async function readPreparation(
  reader: Reader,
  { action, engagements }: Request,
  viewer: Mover | undefined,
  t: Text,
  services: Services,
): Promise<PreparationView> {
  // Anybody may look; a made-up coordinator says whether there is something to look at.
  const asked = checkAgreements({ id: '', coordinator: true }, action, engagements).ok;
  if (!asked || action.state !== 'open') return hidden;
  const may = viewer !== undefined && checkAgreements(viewer, action, engagements).ok;
  const before = dayAt(services.clock.now()) < action.firstDay;
  const { preparation = {} } = action;
  const name = await readNames(
    reader,
    items.map((item) => preparation[item]?.by),
    t,
  );
  const rows = items.map((item): PreparationRow => {
    const stamp = preparation[item];
    const text = t.at(`preparation.${item}`);
    const by = stamp && { name: capitaliseFirst(name(stamp.by)), when: t.dates.instant(stamp.at) };
    return {
      mark: stamp ? 'good' : 'open',
      alt: t(stamp ? 'preparation.done' : 'preparation.notDone'),
      text,
      detail: by ? t('preparation.by', { ...by, name: escapeMarkdown(by.name) }) : t('preparation.toDo'),
      can: may && before,
      spoken: by ? t('preparation.untick', { text, ...by }) : t('preparation.tick', { text }),
      verb: 'preparation.set',
      item,
      done: stamp ? 'no' : 'yes',
    };
  });
  const signed = countMissingAgreements(action) === 0;
  const filled = countFilledPlaces(action);
  const counts = { count: action.agreements ?? 0, places: countExpectedAgreements(action) };
  const text = t('preparation.agreements', counts);
  const detail =
    filled === undefined
      ? t('preparation.noneFilled')
      : t('preparation.filled', { count: filled, places: action.places ?? 1 });
  const agreements: PreparationRow = {
    mark: signed ? 'good' : 'open',
    alt: t(signed ? 'preparation.done' : 'preparation.notDone'),
    text,
    detail,
    can: may,
    spoken: `${text}. ${detail}. ${t('preparation.open')}`,
    verb: 'agreements.open',
    item: 'agreements',
    done: 'yes',
  };
  const all = [...rows, agreements];
  const done = all.filter(({ mark }) => mark === 'good').length;
  return { shown: true, heading: t('preparation.heading', { done, total: all.length }), rows: all };
}
