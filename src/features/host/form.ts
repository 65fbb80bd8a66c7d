import { hostingModes, levelOfPlacement, type PlacementKind, placementKinds } from '../../domain/action.js';
import { checkHours, type Hours } from '../../domain/placements/hours.js';
import { maxDaysPerWeek, type PlacementDates, toPlacementDates } from '../../domain/placements/placement.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { chosenEventLine, readChosenEvent } from '../shared/event-field.js';
import {
  choiceList,
  dayLimits,
  faultData,
  formHead,
  parseNumber,
  remarkLength,
  schoolLength,
} from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import type { OfferForm } from '../shared/offer-form.js';
import { findPlaces, schoolInputData, toSchoolFields } from '../shared/schools.js';
import { checkNow, findDateFault } from './dates.js';
import { hoursParams, hoursText } from './limits.js';

const fields = [
  'kind',
  'firstDay',
  'lastDay',
  'weekdays',
  'from',
  'until',
  'breakMinutes',
  'shared',
  'paid',
  'places',
  'hosting',
  'site',
  'academies',
  'schools',
  'school',
  'remark',
  'event',
] as const;

/** Per offer. */
const maxSchools = 10;
const everyWeekday = '1,2,3,4,5';
/** In minutes; a longer break is taken for a typing error. */
const maxBreakMinutes = 240;
/** Fields that most offers leave unchanged: hidden until somebody opens the section or has changed one. */
const collapsedFields = ['weekdays', 'from', 'until', 'breakMinutes', 'shared', 'paid'] as const;
type Field = (typeof fields)[number];
type Form = FormReader<Field>;

/** The days of the week on which pupils come; nothing if they come on all five. */
function readWeekdays(
  form: Form,
  data: Record<string, unknown>,
  kind: PlacementKind | undefined,
  t: Text,
): number[] | undefined {
  // A card sent before this section existed sends none of its fields. Otherwise its switches are always sent, but an
  // empty list of choices is not.
  if (!('weekdays' in data || 'paid' in data)) return undefined;
  const chosen = form.readSubset('weekdays', everyWeekday.split(','), t('host.weekdaysError'));
  if (kind && kind !== 'placement-3e' && chosen.join(',') !== everyWeekday)
    form.fail('weekdays', { text: t('host.weekdaysOf3e') });
  // The fault is shown at the field; the dates are checked as if pupils came every day.
  return 'weekdays' in form.faults || chosen.join(',') === everyWeekday ? undefined : chosen.map(Number);
}

/** The hours of each day, if given: both, and within the convention's limits. */
function readHours(
  form: Form,
  dates: PlacementDates | undefined,
  t: Text,
  { convention }: Services,
): (Hours & { breakMinutes: number }) | undefined {
  if (form.isEmpty('from') && form.isEmpty('until')) return undefined;
  const from = form.readTime('from', t('host.fromError'));
  const until = form.readTime('until', t('host.untilError'));
  const limits = { min: 0, max: maxBreakMinutes };
  const breakMinutes = form.isEmpty('breakMinutes')
    ? 0
    : form.readCount('breakMinutes', limits, t('host.breakError', { max: maxBreakMinutes }));
  if (!from || !until || !dates || breakMinutes === undefined) return undefined;
  const hours = { from, until, breakMinutes };
  const verdict = checkHours(hours, dates.kind, maxDaysPerWeek(dates), convention.hours);
  if (!verdict.ok) {
    const at = { 'too-early': 'from', 'break-missing': 'breakMinutes' }[verdict.broken as string] ?? 'until';
    form.fail(at as Field, {
      text: hoursText(verdict.broken, dates.kind, t, convention),
      why: t('host.hoursWhy', hoursParams(dates.kind, t, convention.hours)),
    });
  }
  return hours;
}

/** What is the same for everybody before they fill it in. */
const startValues: Record<Field, string> = {
  kind: '',
  firstDay: '',
  lastDay: '',
  weekdays: everyWeekday,
  from: '',
  until: '',
  breakMinutes: '60',
  shared: 'false',
  paid: 'false',
  places: '1',
  hosting: 'individual',
  site: '',
  academies: '',
  schools: '',
  school: '',
  remark: '',
  event: '',
};

/** The form with which an employee offers places for a placement. */
export const hostForm: OfferForm<(typeof fields)[number]> = {
  feature: 'host',
  fields,

  start({ convention }, given = {}) {
    const site = convention.sites.find(({ id }) => id === given.site) ?? convention.sites[0];
    return { ...startValues, site: site?.id ?? '', academies: site?.academie ?? '', ...given };
  },

  required: () => ['kind', 'firstDay', 'lastDay', 'academies'],

  valuesOf: (a) => ({
    kind: a.kind,
    firstDay: a.firstDay,
    lastDay: a.lastDay,
    weekdays: a.weekdays?.join(',') ?? everyWeekday,
    from: a.hours?.from ?? '',
    until: a.hours?.until ?? '',
    breakMinutes: String(a.hours?.breakMinutes ?? 60),
    shared: String(a.shared ?? false),
    paid: 'false',
    places: String(a.places ?? 1),
    hosting: a.hosting ?? 'individual',
    site: a.site ?? '',
    academies: a.academies.join(','),
    schools: a.schools?.join(',') ?? '',
    school: a.school ?? '',
    remark: a.remark ?? '',
    event: a.event ?? '',
  }),

  read(actor, data, services) {
    const { convention, calendar, clock } = services;
    const t = services.textIn(actor.lang);
    const sites = convention.sites.map((s) => s.id);
    const withSite = sites.length === 1 ? { ...data, site: sites[0] } : data;
    const form: Form = new FormReader<Field>(fields, withSite, actor, services);
    const max = convention.maxPlaces;
    const kind = form.readOneOf('kind', placementKinds, t('host.kindError'));
    const days = form.readDays('firstDay', 'lastDay', dayAt(clock.now()));
    const weekdays = readWeekdays(form, data, kind, t);
    const shared = form.isOn('shared') && kind === 'placement-2de';
    const dates =
      kind && days && toPlacementDates({ ...days, ...(weekdays ? { weekdays } : {}), shared }, kind);
    const hours = readHours(form, dates, t, services);
    if (form.isOn('paid')) form.fail('paid', { text: t('host.paidError'), why: t('host.paidWhy') });
    const places = form.readCount('places', { max }, t('host.placesError', { max }));
    const hosting = form.readOneOf('hosting', hostingModes, t('host.hostingError'));
    const site = form.readOneOf('site', sites, t('host.siteError'));
    const { academies: ofSchools, ...named } = form.readSchools('schools', 'school', maxSchools, services);
    const academies = [...new Set([...form.readAcademies('academies', calendar), ...ofSchools])];
    const whose = findPlaces({ academies, ...named }, services);
    if (academies.length === 0) form.fail('academies', { text: t('form.academiesError') });
    const remark = form.readText('remark', remarkLength);
    const fault = dates && academies.length > 0 && findDateFault(dates, whose, t, services);
    if (fault) form.fail('firstDay', fault);
    if (form.failed || !dates || !places || !hosting || !site)
      return { faults: form.faults, values: form.values };
    const planned = { places, ...dates, ...(hours ? { hours } : {}) };
    return {
      draft: {
        level: levelOfPlacement[dates.kind],
        hosting,
        site,
        academies,
        checked: checkNow(planned, whose, services),
        ...planned,
        ...toSchoolFields(named.schools, named.school),
        ...readChosenEvent(data, services),
        ...(remark ? { remark } : {}),
      },
    };
  },

  draw(actor, { id, formKey }, given, faults, services) {
    const t = services.textIn(actor.lang);
    const { convention, calendar, clock } = services;
    const start = hostForm.start(services);
    // Older cards and some clients leave out fields that were not changed.
    const values = { ...given };
    for (const field of collapsedFields) if (!(field in faults)) values[field] ||= start[field];
    return {
      template: 'host-form',
      lang: actor.lang,
      summary: t('host.summary'),
      data: {
        id,
        formKey,
        verbs: 'host',
        colleague: '',
        event: values.event,
        eventLine: chosenEventLine(values.event, t, services),
        eyebrow: t('host.eyebrow'),
        ...formHead(t, faults, 'host.heading', 'host.lead'),
        values: {
          ...values,
          places: parseNumber(values.places),
          breakMinutes: parseNumber(values.breakMinutes),
        },
        faults: faultData(fields, faults),
        limits: {
          ...dayLimits(dayAt(clock.now())),
          places: convention.maxPlaces,
          earliest: convention.hours.earliest,
          latest: convention.hours.latest,
          longestBreak: maxBreakMinutes,
          remark: remarkLength,
          school: schoolLength,
        },
        breakError: t('host.breakError', { max: maxBreakMinutes }),
        breakHint: t('host.breakHint', hoursParams('placement-3e', t, convention.hours)),
        placesLabel: t('host.places', { max: convention.maxPlaces }),
        placesError: t('host.placesError', { max: convention.maxPlaces }),
        kinds: choiceList(placementKinds, (k) => t.at(`host.kind.${k}`)),
        weekdays: choiceList(['1', '2', '3', '4', '5'], (d) => capitaliseFirst(t.at(`weekday.${d}`))),
        moreShown: collapsedFields.some((f) => f in faults || values[f] !== start[f]),
        modes: choiceList(hostingModes, (m) => t.at(`hosting.${m}-title`)),
        sites: convention.sites.map((s) => ({ title: s.name, value: s.id })),
        severalSites: convention.sites.length > 1,
        academies: calendar.academies.map((a) => ({ title: a.name, value: a.code })),
        ...schoolInputData(values, faults, services),
      },
    };
  },
};
