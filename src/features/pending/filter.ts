import { type Action, type Kind, kinds } from '../../domain/action.js';
import { type Area, areaOf, everywhere, isInArea, toArea } from '../../domain/report/area.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { areaInput, areaList, areaName, areasOfActions } from '../shared/area.js';
import { boundedText } from '../shared/bounded-text.js';
import { readLine } from '../shared/client-values.js';
import { choiceList } from '../shared/form.js';
import type { Start } from '../shared/start.js';

/** Which requests of the desk are shown; an empty value restricts nothing. */
export interface Filter {
  readonly kind: Kind | '';
  readonly area: Area;
  /** A site's id. */
  readonly site: string;
  /** `2027-01`: a month in which the action, or the period of an availability, has a day. */
  readonly month: string;
}

export const everything: Filter = { kind: '', area: everywhere, site: '', month: '' };

/** A filter as buttons carry it; absent on the cards of before. */
export const filterText = boundedText(200).optional();

const separator = '|';
export const formatFilter = ({ kind, area, site, month }: Filter): string =>
  [kind, area, site, month].join(separator);

export const isFiltered = (filter: Filter): boolean => Object.values(filter).some(Boolean);

type Known = Pick<Services, 'calendar' | 'convention' | 'schools'>;

/** A filter from texts of a client: what nobody knows restricts nothing. */
function knownFilter([kind = '', area = '', site = '', month = '']: readonly string[], known: Known): Filter {
  return {
    kind: kinds.find((k) => k === kind) ?? '',
    area: toArea(area, known.calendar),
    site: known.convention.sites.find((s) => s.id === site)?.id ?? '',
    month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : '',
  };
}

/** Reads the filter that a button carries. */
export const parseFilter = (text: string | undefined, known: Known): Filter =>
  knownFilter((text ?? '').split(separator), known);

/** The filter for what somebody has said: one kind, one académie or région, the days of one month. */
export function toFilter({ kind, academies, firstDay, lastDay }: Start = {}, known: Known): Filter {
  const month = firstDay?.slice(0, 7) ?? '';
  const area = areaOf(academies?.split(',') ?? [], known.calendar);
  return knownFilter([kind ?? '', area, '', lastDay?.startsWith(month) ? month : ''], known);
}

/** The ids of the inputs, none of which is the name of a button's data. */
const inputs = ['byKind', areaInput, 'bySite', 'byMonth'] as const;

/** Reads the filter that was chosen in the lists. */
export const readFilter = (data: Record<string, unknown>, known: Known): Filter =>
  knownFilter(
    inputs.map((id) => readLine(data[id]) ?? ''),
    known,
  );

export const matches = ({ kind, area, site, month }: Filter, action: Action, known: Known): boolean =>
  (!kind || action.kind === kind) &&
  isInArea(area, action, known) &&
  (!site || action.site === site) &&
  (!month || (action.firstDay.slice(0, 7) <= month && month <= action.lastDay.slice(0, 7)));

/** What the values of each list are called. */
const titles = {
  kind: (kind: Kind, t: Text): string => t.at(`kind.${kind}`),
  site: (id: string, { convention }: Known): string => convention.sites.find((s) => s.id === id)?.name ?? id,
  month: (month: string, t: Text): string => t.dates.month(`${month}-01`),
};

/** "Intervention en classe, Lyon, janvier 2027" */
export const describeFilter = ({ kind, area, site, month }: Filter, t: Text, known: Known): string =>
  [
    kind && titles.kind(kind, t),
    area && areaName(area, t, known),
    site && titles.site(site, known),
    month && titles.month(month, t),
  ]
    .filter(Boolean)
    .join(', ');

/** No id, code or month: chosen to show everything again, because some clients cannot empty a list. */
const all = 'all';

/** More months than anybody plans ahead. */
const maxMonths = 36;

/** The lists of the filter: what there is to choose among these actions, and what is chosen. */
export function filterLists(filter: Filter, actions: readonly Action[], t: Text, known: Known) {
  const found = {
    kind: new Set<string>([filter.kind, ...actions.map((a) => a.kind)]),
    site: new Set([filter.site, ...actions.map((a) => a.site)]),
  };
  const months = new Set([filter.month, ...actions.map((a) => a.firstDay.slice(0, 7))]);
  const values = {
    kind: kinds.filter((k) => found.kind.has(k)),
    site: known.convention.sites.map((s) => s.id).filter((id) => found.site.has(id)),
    month: [...months].filter(Boolean).sort().slice(0, maxMonths),
  };
  const list = (chosen: string, choices: readonly { title: string; value: string }[]) => ({
    value: chosen || all,
    choices: [{ title: t('pending.filter.all'), value: all }, ...choices],
  });
  return {
    kind: list(
      filter.kind,
      choiceList(values.kind, (k) => titles.kind(k, t)),
    ),
    area: areaList(filter.area, t, known, areasOfActions(actions, known)),
    site: list(
      filter.site,
      choiceList(values.site, (id) => titles.site(id, known)),
    ),
    month: list(
      filter.month,
      choiceList(values.month, (m) => titles.month(m, t)),
    ),
  };
}
