import type { Action } from '../../domain/action.js';
import { areaOf, everywhere } from '../../domain/report/area.js';
import { findAcademies } from '../../domain/report/location.js';
import type { Text } from '../../text/text.js';
import type { Actor, Card, Services } from '../feature.js';
import { areaInput, areaList, areaName, readArea, toAcademies } from './area.js';
import { listSome } from './list.js';
import { formatStart, hasDays, type Start } from './start.js';

type Known = Pick<Services, 'calendar' | 'schools'>;

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
  const chosen = toAcademies(readArea(data, known), known);
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
