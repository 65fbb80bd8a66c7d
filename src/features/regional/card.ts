import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Area } from '../../domain/report/area.js';
import type { Reader } from '../../ports.js';
import type { Lang } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Card, Services } from '../feature.js';
import { placesText } from '../report/line-words.js';
import { areaName } from '../shared/area.js';
import { paginate } from '../shared/list.js';
import { yearTitle } from '../shared/year-title.js';
import { comingRow, readComing } from './coming.js';
import type { AreaFigures } from './figures.js';

/** The next dates on the card; the list has all. */
const maxComing = 5;

export interface Shown {
  readonly area: Area;
  readonly figures: AreaFigures;
  readonly lang: Lang;
  /** Whether its reader gets it no more. */
  readonly muted: boolean;
  /** Whether its reader is named for the area; a coordinator may see the card without. */
  readonly named: boolean;
}

/** "Lyon · année scolaire 2026-2027" */
function eyebrowText(area: Area, t: Text, services: Services): string {
  const year = programmeYear(dayAt(services.clock.now()), services.convention);
  return t('regional.eyebrow', {
    area: areaName(area, t, services),
    year: yearTitle(year, t),
  });
}

/** What is done and planned in an area: figures first, then the next dates. */
export async function regionalCard(
  reader: Reader,
  { area, figures, lang, muted, named }: Shown,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const coming = await readComing(reader, area, dayAt(services.clock.now()), services);
  const { places, hidden } = figures;
  const planned = t('regional.planned', { count: coming.length });
  const heading = hidden
    ? planned
    : t('regional.heading', { done: t('report.held', { count: figures.actions }), planned });
  const more = coming.length - maxComing;
  return {
    template: 'regional-card',
    lang,
    summary: t('regional.summary', { area: areaName(area, t, services), heading }),
    data: {
      eyebrow: eyebrowText(area, t, services),
      heading,
      lead: hidden ? t('regional.hidden', { count: services.convention.minPupilsShown }) : '',
      shown: !hidden,
      figures: (['actions', 'pupils', 'employees'] as const).map((name) => ({
        value: t.number(figures[name]),
        label: t.at(`report.unit.${name}`, { count: figures[name] }),
      })),
      placed: places !== undefined,
      facts: [
        {
          title: t('report.fact.places'),
          value: placesText(places?.offered ?? 0, places?.filled ?? 0, t),
        },
      ],
      rows: coming.slice(0, maxComing).map((request) => comingRow(request, t, services)),
      nothing: coming.length === 0,
      more: more > 0 ? t('weekly.more', { count: more }) : '',
      all: coming.length > 0,
      note: [t('regional.several'), named && t(muted ? 'regional.muted' : 'regional.note')]
        .filter(Boolean)
        .join(' '),
      area,
      filter: `|${area}||`,
      coordinator: places !== undefined,
      mayMute: named && !muted,
      // The only button of a card is not folded away.
      muteFolds: coming.length > 0 || places ? 'secondary' : 'primary',
      mayUnmute: named && muted,
    },
  };
}

/** A page of all that is planned in an area. */
export async function plannedCard(
  reader: Reader,
  { area, lang, page }: { readonly area: Area; readonly lang: Lang; readonly page: number },
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const coming = await readComing(reader, area, dayAt(services.clock.now()), services);
  const list = paginate(coming, page, t, maxComing);
  const heading = t('regional.planned', { count: coming.length });
  return {
    template: 'regional-planned',
    lang,
    summary: t('regional.summary', { area: areaName(area, t, services), heading }),
    data: {
      eyebrow: eyebrowText(area, t, services),
      heading,
      rows: list.items.map((request) => comingRow(request, t, services)),
      area,
      ...list.paging,
    },
  };
}
