import { halfDays, levels, meetingKinds } from '../../domain/action.js';
import { dayAt } from '../../text/dates.js';
import { choiceList, dayLimits, faultData, formHead, remarkLength, schoolLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { choiceOf, kindOfChoice, lastDayOfChoice, meetingChoices } from '../shared/meeting-choices.js';
import { meetingChecked } from '../shared/meeting-days.js';
import type { OfferForm } from '../shared/offer-form.js';
import { schoolsSaid, schoolsShown } from '../shared/schools.js';

export const timings = ['exact', 'availability'] as const;

const fields = [
  'timing',
  'kind',
  'level',
  'firstDay',
  'lastDay',
  'from',
  'until',
  'schools',
  'school',
  'academies',
  'halfDays',
  'remark',
] as const;
type Field = (typeof fields)[number];

/** The form with which an employee offers to meet pupils, on a day or when it suits. */
export const volunteerForm: OfferForm<Field> = {
  feature: 'volunteer',
  fields,

  start: ({ convention }) => ({
    timing: 'exact',
    kind: 'classroom-talk',
    level: '',
    firstDay: '',
    lastDay: '',
    from: '',
    until: '',
    schools: '',
    school: '',
    academies: convention.sites[0]?.academie ?? '',
    halfDays: 'am,pm',
    remark: '',
  }),

  valuesOf: (a) => ({
    timing: a.halfDays ? 'availability' : 'exact',
    kind: choiceOf(a),
    level: a.level ?? '',
    firstDay: a.firstDay,
    lastDay: a.halfDays ? a.lastDay : '',
    from: a.hours?.from ?? '',
    until: a.hours?.until ?? '',
    schools: a.schools?.join(',') ?? '',
    school: a.school ?? '',
    academies: a.academies.join(','),
    halfDays: a.halfDays?.join(',') ?? 'am,pm',
    remark: a.remark ?? '',
  }),

  read(actor, data, services) {
    const { calendar, clock, convention } = services;
    const t = services.textIn(actor.lang);
    const form = new FormReader<Field>(fields, data, actor, services);
    const today = dayAt(clock.now());
    const choice = form.oneOf('kind', meetingChoices, t('volunteer.kindError'));
    const kind = choice && kindOfChoice(choice);
    const level = form.oneOf('level', levels, t('volunteer.levelError'));
    const remark = form.text('remark', remarkLength);
    const optional = remark ? { remark } : {};
    if (data.timing === 'availability') {
      const academies = form.academies('academies', calendar);
      if (academies.length === 0) form.fail('academies', { text: t('form.academiesError') });
      const days = form.days('firstDay', 'lastDay', today);
      const moments = form.someOf('halfDays', halfDays, t('volunteer.halfDaysError'));
      if (form.failed || !kind || !level || !days) return { faults: form.faults, values: form.values };
      const when = { ...days, academies, halfDays: moments };
      return { draft: { kind, level, ...when, checked: meetingChecked(when, services), ...optional } };
    }
    const days = form.days('firstDay', 'firstDay', today);
    const hours = form.hours('from', 'until', convention.hours);
    const { schools, school, academies } = form.schools('schools', 'school', 1, services);
    if (!school && schools.length === 0) form.fail('schools', { text: t('volunteer.schoolError') });
    if (form.failed || !choice || !kind || !level || !days || !hours)
      return { faults: form.faults, values: form.values };
    const lastDay = lastDayOfChoice(choice, days.firstDay);
    const when = { ...days, lastDay, hours, ...schoolsSaid(schools, school), academies };
    return { draft: { kind, level, ...when, checked: meetingChecked(when, services), ...optional } };
  },

  draw(actor, { id, formKey }, values, faults, services) {
    const t = services.textIn(actor.lang);
    const exact = values.timing !== 'availability';
    return {
      template: 'volunteer-form',
      lang: actor.lang,
      summary: t('volunteer.summary'),
      data: {
        id,
        formKey,
        exact,
        // Sent back with the form: it says which of the two was filled.
        timing: exact ? 'exact' : 'availability',
        other: exact ? 'availability' : 'exact',
        switchTitle: t(exact ? 'volunteer.giveAvailability' : 'volunteer.giveDay'),
        ...formHead(t, faults, 'volunteer.heading', 'volunteer.lead'),
        values,
        faults: faultData(fields, faults),
        limits: {
          ...dayLimits(dayAt(services.clock.now())),
          earliest: services.convention.hours.earliest,
          latest: services.convention.hours.latest,
          remark: remarkLength,
          school: schoolLength,
        },
        kinds: choiceList(exact ? meetingChoices : meetingKinds, (k) => t.at(`kind.${k}`)),
        levels: choiceList(levels, (l) => t.at(`level.${l}`)),
        ...schoolsShown(values, faults, services),
        moments: choiceList(halfDays, (h) => t.at(`halfDay.${h}-title`)),
        academies: services.calendar.academies.map((a) => ({ title: a.name, value: a.code })),
      },
    };
  },
};
