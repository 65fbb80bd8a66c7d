import { hostingModes, type PlacementKind, placementKinds } from '../../domain/action.js';
import { dayAt } from '../../text/dates.js';
import {
  choiceList,
  dayLimits,
  FormReader,
  faultData,
  formHead,
  numberTyped,
  remarkLength,
  schoolLength,
} from '../shared/form.js';
import type { OfferForm } from '../shared/offer-form.js';
import { checkedNow, dateFault } from './dates.js';

const fields = [
  'kind',
  'firstDay',
  'lastDay',
  'places',
  'hosting',
  'site',
  'academies',
  'school',
  'remark',
] as const;

const levelOf: Record<PlacementKind, '3e' | '3e-prepa-metiers' | '2de'> = {
  'placement-3e': '3e',
  'placement-prepa-metiers': '3e-prepa-metiers',
  'placement-2de': '2de',
};

/** The form with which an employee offers places for a placement. */
export const hostForm: OfferForm<(typeof fields)[number]> = {
  feature: 'host',
  fields,

  start: ({ convention }) => ({
    kind: '',
    firstDay: '',
    lastDay: '',
    places: '1',
    hosting: 'individual',
    site: convention.sites[0]?.id ?? '',
    academies: convention.sites[0]?.academie ?? '',
    school: '',
    remark: '',
  }),

  valuesOf: (a) => ({
    kind: a.kind,
    firstDay: a.firstDay,
    lastDay: a.lastDay,
    places: String(a.places ?? 1),
    hosting: a.hosting ?? 'individual',
    site: a.site ?? '',
    academies: a.academies.join(','),
    school: a.school ?? '',
    remark: a.remark ?? '',
  }),

  read(data, t, services) {
    const { convention, calendar, clock } = services;
    const sites = convention.sites.map((s) => s.id);
    const withSite = sites.length === 1 ? { ...data, site: sites[0] } : data;
    const form = new FormReader<(typeof fields)[number]>(withSite, t);
    const max = convention.maxPlaces;
    const kind = form.oneOf('kind', placementKinds, t('host.kindError'));
    const days = form.days('firstDay', 'lastDay', dayAt(clock.now()));
    const places = form.count('places', max, t('host.placesError', { max }));
    const hosting = form.oneOf('hosting', hostingModes, t('host.hostingError'));
    const site = form.oneOf('site', sites, t('host.siteError'));
    const { school, academies: ofSchool } = form.school('school', calendar);
    const academies = [...new Set([...form.academies('academies', calendar), ...ofSchool])];
    if (academies.length === 0) form.fail('academies', { text: t('form.academiesError') });
    const remark = form.text('remark', remarkLength);
    const dates =
      kind && days && academies.length > 0 && dateFault({ kind, ...days }, academies, t, services);
    if (dates) form.fail('firstDay', dates);
    if (form.failed || !kind || !days || !places || !hosting || !site) return { faults: form.faults };
    return {
      draft: {
        kind,
        level: levelOf[kind],
        ...days,
        places,
        hosting,
        site,
        academies,
        ...(school ? { school } : {}),
        ...(remark ? { remark } : {}),
        checked: checkedNow({ kind, ...days }, academies, services),
      },
    };
  },

  draw(actor, { id, formKey }, values, faults, services) {
    const t = services.textIn(actor.lang);
    const { convention, calendar, clock } = services;
    return {
      template: 'host-form',
      lang: actor.lang,
      summary: t('host.summary'),
      data: {
        id,
        formKey,
        ...formHead(t, faults, 'host.heading', 'host.lead'),
        values: { ...values, places: numberTyped(values.places) },
        faults: faultData(fields, faults),
        limits: {
          ...dayLimits(dayAt(clock.now())),
          places: convention.maxPlaces,
          remark: remarkLength,
          school: schoolLength,
        },
        placesLabel: t('host.places', { max: convention.maxPlaces }),
        placesError: t('host.placesError', { max: convention.maxPlaces }),
        kinds: choiceList(placementKinds, (k) => t.at(`host.kind.${k}`)),
        modes: choiceList(hostingModes, (m) => t.at(`hosting.${m}-title`)),
        sites: convention.sites.map((s) => ({ title: s.name, value: s.id })),
        severalSites: convention.sites.length > 1,
        academies: calendar.academies.map((a) => ({ title: a.name, value: a.code })),
        schoolShown: values.school !== '' || 'school' in faults,
      },
    };
  },
};
