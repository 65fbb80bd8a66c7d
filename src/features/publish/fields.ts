import { type Action, levels } from '../../domain/action.js';
import { addDays, type Day } from '../../domain/days.js';
import { dayAt } from '../../text/dates.js';
import type { Actor, Card, Services } from '../feature.js';
import { eventChoices } from '../sessions/events.js';
import {
  choiceList,
  dayLimits,
  type Faults,
  faultData,
  formHead,
  parseNumber,
  remarkLength,
  schoolLength,
} from '../shared/form.js';
import type { FormReader } from '../shared/form-reader.js';
import { checkMeeting } from '../shared/meeting-days.js';
import { schoolInputData, toSchoolFields } from '../shared/schools.js';
import {
  kindOfChoice,
  lastDayOfChoice,
  type MeetingChoice,
  meetingChoices,
  toChoice,
} from '../volunteer/meeting-choices.js';

/** The most sessions that are published together; the channel and those who read it have to cope with them. */
export const maxSeries = 20;

/** What is always shown. */
const first = ['kind', 'level', 'firstDay', 'from', 'until', 'schools', 'school', 'seats', 'remark'] as const;
/** What is folded until somebody wants it, or has to mend it. */
const more = ['closesOn', 'event', 'expected', 'starts', 'weeks'] as const;
export const fields = [...first, ...more] as const;
export type Field = (typeof fields)[number];
export type Values = Record<Field, string>;

/** A choice needs a value. */
const noEvent = 'none';

/** The part of a session that the form gives. */
export type Need = Pick<
  Action,
  | 'kind'
  | 'level'
  | 'firstDay'
  | 'lastDay'
  | 'hours'
  | 'schools'
  | 'school'
  | 'academies'
  | 'seats'
  | 'remark'
  | 'expected'
  | 'event'
  | 'closesOn'
  | 'checked'
>;

export const initialValues: Values = {
  kind: 'classroom-talk',
  level: '',
  firstDay: '',
  from: '',
  until: '',
  schools: '',
  school: '',
  seats: '1',
  remark: '',
  closesOn: '',
  event: '',
  expected: '',
  starts: '',
  // Some clients take an empty number with a minimum for a wrong one, even while it is folded.
  weeks: '1',
};

export const valuesOf = (action: Action): Values => ({
  ...initialValues,
  kind: toChoice(action),
  level: action.level ?? '',
  firstDay: action.firstDay,
  from: action.hours?.from ?? '',
  until: action.hours?.until ?? '',
  schools: action.schools?.join(',') ?? '',
  school: action.school ?? '',
  seats: String(action.seats),
  remark: action.remark ?? '',
  closesOn: action.closesOn ?? '',
  event: action.event ?? '',
  expected: action.expected ?? '',
});

/**
 * Reads what a form says of a session.
 * @param known the session that is changed: its kind and level stay
 */
export function readNeed(
  form: FormReader<Field>,
  actor: Actor,
  services: Services,
  known?: Action,
): Need | undefined {
  const { convention, clock } = services;
  const t = services.textIn(actor.lang);
  const max = convention.maxSeats;
  const today = dayAt(clock.now());
  const choice = known
    ? (toChoice(known) as MeetingChoice)
    : form.readOneOf('kind', meetingChoices, t('volunteer.kindError'));
  const level = known ? known.level : form.readOneOf('level', levels, t('volunteer.levelError'));
  const days = form.readDays('firstDay', 'firstDay', today);
  // People confirm or withdraw until the eve.
  if (known && days && days.firstDay <= today) form.fail('firstDay', { text: t('publish.fromTomorrow') });
  const hours = form.readHours('from', 'until', convention.hours);
  const { schools, school, academies } = form.readSchools('schools', 'school', 1, services);
  if (!school && schools.length === 0) form.fail('schools', { text: t('volunteer.schoolError') });
  const seats = form.readCount('seats', { max }, t('publish.seatsError', { max }));
  const remark = form.readText('remark', remarkLength);
  const optional = readOptional(form, actor, days?.firstDay, known, services);
  if (form.failed || !choice || !days || !hours || !seats) return undefined;
  const lastDay = lastDayOfChoice(choice, days.firstDay);
  const when = { ...days, lastDay, hours, ...toSchoolFields(schools, school), academies };
  return {
    kind: kindOfChoice(choice),
    ...(level ? { level } : {}),
    ...when,
    seats,
    checked: checkMeeting(when, services),
    ...(remark ? { remark } : {}),
    ...optional,
  };
}

function readOptional(
  form: FormReader<Field>,
  actor: Actor,
  firstDay: Day | undefined,
  known: Action | undefined,
  services: Services,
): Pick<Action, 'closesOn' | 'event' | 'expected'> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const closesOn = form.readOptionalDay('closesOn', t('publish.closesOnError'));
  // One that has passed may stay.
  const isPast = closesOn && closesOn < today && closesOn !== known?.closesOn;
  if (isPast || (closesOn && firstDay && closesOn >= firstDay))
    form.fail('closesOn', { text: t('publish.closesOnError') });
  const events = eventChoices(today, services, known?.event).map(({ value }) => value);
  const event = form.isEmpty('event')
    ? noEvent
    : form.readOneOf('event', [noEvent, ...events], t('publish.eventError'));
  const expected = form.readText('expected', remarkLength);
  return {
    ...(closesOn ? { closesOn } : {}),
    ...(event && event !== noEvent ? { event } : {}),
    ...(expected ? { expected } : {}),
  };
}

interface FormUse {
  /** Its heading and lead, unless something has to be mended. */
  readonly heading: 'publish.heading' | 'sessions.editHeading';
  readonly lead: 'publish.lead' | 'sessions.editLead';
  readonly submit: 'publish.submit' | 'sessions.save';
  readonly cancel: 'publish.cancel' | 'sessions.manage';
  /** The session that is changed. */
  readonly known?: Action;
  /** The last change of it that the form shows. */
  readonly seen?: string;
}

export const publishing: FormUse = {
  heading: 'publish.heading',
  lead: 'publish.lead',
  submit: 'publish.submit',
  cancel: 'publish.cancel',
};

/** Draws the form with what was typed and what has to be mended. */
export function drawNeedForm(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  values: Values,
  faults: Faults<Field>,
  { heading, lead, submit, cancel, known, seen = '' }: FormUse,
  services: Services,
): Card {
  const t = services.textIn(actor.lang);
  const max = services.convention.maxSeats;
  const today = dayAt(services.clock.now());
  const events = eventChoices(today, services, values.event);
  return {
    template: 'publish-form',
    lang: actor.lang,
    summary: t(heading),
    data: {
      id,
      formKey,
      seen,
      submitVerb: submit,
      submitTitle: t(submit),
      cancelVerb: cancel,
      cancelTitle: t(known ? 'sessions.back' : 'form.cancel'),
      create: known === undefined,
      ...formHead(t, faults, heading, lead),
      values: {
        ...values,
        seats: parseNumber(values.seats),
        weeks: parseNumber(values.weeks),
        event: values.event || noEvent,
      },
      faults: faultData(fields, faults),
      limits: {
        ...dayLimits(known ? addDays(today, 1) : today),
        today,
        earliest: services.convention.hours.earliest,
        latest: services.convention.hours.latest,
        seats: max,
        remark: remarkLength,
        school: schoolLength,
        weeks: maxSeries,
      },
      moreShown: more.some(
        (field) =>
          !['', noEvent, initialValues[field]].includes(values[field]) || faults[field] !== undefined,
      ),
      seatsLabel: t('publish.seats', { max }),
      seatsError: t('publish.seatsError', { max }),
      weeksLabel: t('publish.weeks', { max: maxSeries }),
      weeksError: t('publish.weeksError', { max: maxSeries }),
      ...schoolInputData(values, faults, services),
      kinds: choiceList(meetingChoices, (k) => t.at(`kind.${k}`)),
      levels: choiceList(levels, (l) => t.at(`level.${l}`)),
      events: [{ title: t('publish.noEvent'), value: noEvent }, ...events],
    },
  };
}
