import type { Action } from '../../domain/action.js';
import {
  type Area,
  academiesIn,
  areaOf,
  everywhere,
  isInArea,
  listRegions,
  toArea,
} from '../../domain/report/area.js';
import { findAcademies, type PlacedAction, regionOf } from '../../domain/report/location.js';
import type { Text } from '../../text/text.js';
import type { Actor, Card, Services } from '../feature.js';
import { boundedText } from './bounded-text.js';
import { readLine } from './client-values.js';
import { choiceList } from './form.js';
import { listSome } from './list.js';
import { formatStart, hasDays, type Start } from './start.js';

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

/** The area that was chosen on a list, or that its buttons carry from page to page. */
export const readListArea = (
  data: Readonly<Record<string, unknown>> & { readonly area?: string | undefined },
  known: Pick<Known, 'calendar'>,
): Area => (areaInput in data ? readArea(data, known) : toArea(data.area, known.calendar));

/** "Lyon", "Région Île-de-France" */
export const areaName = (area: Area, t: Text, { calendar }: Pick<Known, 'calendar'>): string =>
  calendar.academies.find(({ code }) => code === area)?.name ??
  t('area.region', { name: area.replaceAll("'", '’') });

/** "Seulement : Lyon."; empty for everywhere. */
export const areaLine = (area: Area, t: Text, known: Pick<Known, 'calendar'>): string =>
  area === everywhere ? '' : t('area.shown', { area: areaName(area, t, known) });

/**
 * The list of areas to choose from: the régions académiques, then the académies.
 * @param there those that something is in; by default all are shown
 */
export function areaList(chosen: Area, t: Text, known: Known, there?: ReadonlySet<Area>) {
  const { academies } = known.calendar;
  const areas = [...listRegions(academies), ...academies.map(({ code }) => code)].filter(
    (area) => there?.has(area) !== false || area === chosen,
  );
  return {
    value: chosen || all,
    choices: [
      { title: t('area.everywhere'), value: all },
      ...choiceList(areas, (area) => areaName(area, t, known)),
    ],
  };
}

/** The areas that some actions concern. */
export function areasOfActions(actions: readonly PlacedAction[], known: Known): ReadonlySet<Area> {
  const codes = new Set(actions.flatMap((action) => findAcademies(action, known)));
  const academies = known.calendar.academies.filter(({ code }) => codes.has(code));
  return new Set(academies.flatMap((academie) => [regionOf(academie), academie.code]));
}

/** The actions that concern an area. */
export const inArea = <T extends Action>(actions: readonly T[], area: Area, known: Known): readonly T[] =>
  area === everywhere ? actions : actions.filter((action) => isInArea(area, action, known));

/** The areas of a list that is restricted where it is shown, as `cards/part-area-input.json` has them. */
interface AreaChoice<T> {
  readonly items: readonly T[];
  /** "Seulement : Lyon."; empty for everywhere. */
  readonly line: string;
  readonly data: {
    readonly area: Area;
    readonly areas: ReturnType<typeof areaList>;
    /** There is something to choose: not everything is in one place. */
    readonly canChooseArea: boolean;
  };
}

/** Restricts a list to an area, and says to which others it can be restricted. */
export function chooseArea<T>(
  all: readonly T[],
  placeOf: (item: T) => PlacedAction,
  area: Area,
  t: Text,
  known: Known,
): AreaChoice<T> {
  const there = areasOfActions(all.map(placeOf), known);
  return {
    items: all.filter((item) => isInArea(area, placeOf(item), known)),
    line: areaLine(area, t, known),
    // An académie and its région are two areas in which everything is.
    data: { area, areas: areaList(area, t, known, there), canChooseArea: there.size > 2 },
  };
}

const codesOf = ({ academies }: Start): string[] => academies?.split(',') ?? [];

/** Whether an action concerns an académie of a start; without any, it does. */
export function isInAcademies(start: Start, action: Action, known: Known): boolean {
  const codes = codesOf(start);
  return codes.length === 0 || findAcademies(action, known).some((code) => codes.includes(code));
}

/** "Seulement : Lyon."; empty if a list is not restricted to académies. */
export function academiesLine(start: Start, t: Text, known: Known): string {
  const codes = codesOf(start);
  if (codes.length === 0) return '';
  const area = areaOf(codes, known.calendar);
  const names = area === everywhere ? codes : [area];
  return t('area.shown', {
    area: listSome(
      names.map((name) => areaName(name, t, known)),
      t,
    ),
  });
}

/** That a list restricted by a start shows nothing; empty if it is not restricted. */
export const nothingText = (start: Start, t: Text): string => {
  if (hasDays(start)) return t('understood.nothing');
  return start.academies ? t('area.nothing') : '';
};

/** A start with the area that was chosen on `chooseAreaCard`; as it was if the button is of another card. */
export function withChosenArea(start: Start, data: Readonly<Record<string, unknown>>, known: Known): Start {
  if (!(areaInput in data)) return start;
  const { academies: _, ...others } = start;
  const chosen = academiesIn(readArea(data, known), known.calendar).join(',');
  return chosen ? { ...others, academies: chosen } : others;
}

/**
 * Asks for the area that a list is restricted to.
 * @param verb shows the list
 */
export function chooseAreaCard(
  actor: Actor,
  { eyebrow, verb, start }: { readonly eyebrow: string; readonly verb: string; readonly start: Start },
  services: Services,
): Card {
  const t = services.textIn(actor.lang);
  const heading = t('area.heading');
  const area = areaOf(codesOf(start), services.calendar);
  return {
    template: 'area-choose',
    lang: actor.lang,
    summary: heading,
    data: { eyebrow, heading, verb, start: formatStart(start), areas: areaList(area, t, services) },
  };
}
