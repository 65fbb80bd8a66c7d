import { halfDays, levels, meetingKinds } from '../../domain/action.js';
import { dayAt } from '../../text/dates.js';
import { chosenEventLine, readChosenEvent } from '../shared/event-field.js';
import { choiceList, dayLimits, faultData, formHead, remarkLength, schoolLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { checkMeeting } from '../shared/meeting-days.js';
import type { OfferForm } from '../shared/offer-form.js';
import { schoolInputData, toSchoolFields } from '../shared/schools.js';
import { kindOfChoice, lastDayOfChoice, meetingChoices, toChoice } from './meeting-choices.js';

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
  'event',
] as const;
type Field = (typeof fields)[number];

/** A day at a school, unless what is given speaks of a period, a part of the day, or only a region. */
function timingOf({
  firstDay,
  lastDay,
  from,
  halfDays,
  schools,
  school,
  academies,
}: Partial<Record<Field, string>>) {
  if (schools || school || from) return 'exact';
  const isPeriod = Boolean(lastDay && lastDay !== firstDay);
  return isPeriod || halfDays || academies ? 'availability' : 'exact';
}

/** The form with which an employee offers to meet pupils, on a given day or in a period. */
export const volunteerForm: OfferForm<Field> = {
  feature: 'volunteer',
  fields,

  start: ({ convention }, given = {}) => ({
    timing: timingOf(given),
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
    event: '',
    ...given,
  }),

  required: ({ timing }) =>
    timing === 'exact'
      ? ['level', 'firstDay', 'from', 'schools']
      : ['level', 'firstDay', 'lastDay', 'academies'],

  valuesOf: (a) => ({
    timing: a.halfDays ? 'availability' : 'exact',
    kind: toChoice(a),
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
    event: a.event ?? '',
  }),

  read(actor, data, services) {
    const { calendar, clock, convention } = services;
    const t = services.textIn(actor.lang);
    const form = new FormReader<Field>(fields, data, actor, services);
    const today = dayAt(clock.now());
    const choice = form.readOneOf('kind', meetingChoices, t('volunteer.kindError'));
    const kind = choice && kindOfChoice(choice);
    const level = form.readOneOf('level', levels, t('volunteer.levelError'));
    const remark = form.readText('remark', remarkLength);
    const optional = { ...(remark ? { remark } : {}), ...readChosenEvent(data, services) };
    if (data.timing === 'availability') {
      const academies = form.readAcademies('academies', calendar);
      if (academies.length === 0) form.fail('academies', { text: t('form.academiesError') });
      const days = form.readDays('firstDay', 'lastDay', today);
      const moments = form.readSubset('halfDays', halfDays, t('volunteer.halfDaysError'));
      if (form.failed || !kind || !level || !days) return { faults: form.faults, values: form.values };
      const when = { ...days, academies, halfDays: moments };
      return { draft: { kind, level, ...when, checked: checkMeeting(when, services), ...optional } };
    }
    const days = form.readDays('firstDay', 'firstDay', today);
    const hours = form.readHours('from', 'until', convention.hours);
    const { schools, school, academies } = form.readSchools('schools', 'school', 1, services);
    if (!school && schools.length === 0) form.fail('schools', { text: t('volunteer.schoolError') });
    if (form.failed || !choice || !kind || !level || !days || !hours)
      return { faults: form.faults, values: form.values };
    const lastDay = lastDayOfChoice(choice, days.firstDay);
    const when = { ...days, lastDay, hours, ...toSchoolFields(schools, school), academies };
    return { draft: { kind, level, ...when, checked: checkMeeting(when, services), ...optional } };
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
        verbs: 'volunteer',
        colleague: '',
        event: values.event,
        eventLine: chosenEventLine(values.event, t, services),
        eyebrow: t('volunteer.eyebrow'),
        exact,
        // Sent back with the form, to tell which of the two was filled in.
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
        ...schoolInputData(values, faults, services),
        moments: choiceList(halfDays, (h) => t.at(`halfDay.${h}-title`)),
        academies: services.calendar.academies.map((a) => ({ title: a.name, value: a.code })),
      },
    };
  },
};
