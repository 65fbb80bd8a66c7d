import type { Action } from '../../domain/action.js';
import {
  type Area,
  academiesIn,
  everywhere,
  isInArea,
  listRegions,
  toArea,
} from '../../domain/report/area.js';
import { findAcademies, regionOf } from '../../domain/report/location.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { boundedText } from './bounded-text.js';
import { readLine } from './client-values.js';
import { choiceList } from './form.js';

type Known = Pick<Services, 'calendar' | 'schools'>;

/** The input of every list that can be restricted to an area; the data of no button has its name. */
export const areaInput = 'byArea';
/** An area as buttons carry it; absent on the cards of before. */
export const areaText = boundedText(100).optional();
/** No code and no name: chosen to show everything again, because some clients cannot empty a list. */
const all = 'all';

/** The area that was chosen in a list. */
export const readArea = (
  data: Readonly<Record<string, unknown>>,
  { calendar }: Pick<Known, 'calendar'>,
): Area => toArea(readLine(data[areaInput]), calendar);

/** "Lyon", "Île-de-France (région académique)" */
export const areaName = (area: Area, t: Text, { calendar }: Pick<Known, 'calendar'>): string =>
  calendar.academies.find(({ code }) => code === area)?.name ??
  t('area.region', { name: area.replaceAll("'", '’') });

/** "Seulement : Lyon."; empty for everywhere. */
export const areaLine = (area: Area, t: Text, known: Pick<Known, 'calendar'>): string =>
  area === everywhere ? '' : t('area.shown', { area: areaName(area, t, known) });

/**
 * The list of areas to choose from: the régions académiques, then the académies.
 * @param actions those that are listed, to leave out areas without any; by default all areas are there
 */
export function areaList(chosen: Area, t: Text, known: Known, actions?: readonly Action[]) {
  const { academies } = known.calendar;
  const codes = actions && new Set(actions.flatMap((action) => findAcademies(action, known)));
  const there = codes ? academies.filter(({ code }) => codes.has(code)) : academies;
  const found = new Set([...there.map(regionOf), ...there.map(({ code }) => code), chosen]);
  const areas = [...listRegions(academies), ...academies.map(({ code }) => code)].filter((a) => found.has(a));
  return {
    value: chosen || all,
    choices: [
      { title: t('area.everywhere'), value: all },
      ...choiceList(areas, (area) => areaName(area, t, known)),
    ],
  };
}

/** The actions that concern an area. */
export const inArea = <T extends Action>(actions: readonly T[], area: Area, known: Known): readonly T[] =>
  area === everywhere ? actions : actions.filter((action) => isInArea(area, action, known));

/** An area as the values of a start have it: the codes of its académies. */
export const toAcademies = (area: Area, { calendar }: Pick<Known, 'calendar'>): string =>
  academiesIn(area, calendar).join(',');
