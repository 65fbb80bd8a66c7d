import type { Action } from '../../domain/action.js';
import { addDays } from '../../domain/days.js';
import { findOutside, overlaps } from '../../domain/engagements/matching.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { availabilityWords } from '../invitations/words.js';
import { calendarLine } from '../shared/calendar-line.js';
import { dayLimits, type Faults, faultData, formHead, remarkLength, schoolLength } from '../shared/form.js';
import type { FormReader } from '../shared/form-reader.js';
import { checkMeeting, checkMeetingDays } from '../shared/meeting-days.js';
import { readActionsOf } from '../shared/records.js';
import { describeWhen, eyebrow } from '../shared/request-view.js';
import { schoolInputData, toSchoolFields } from '../shared/schools.js';

export const fields = ['firstDay', 'from', 'until', 'schools', 'school', 'remark'] as const;
export type Field = (typeof fields)[number];
export type Values = Record<Field, string>;

/** The part of a dated action that the form gives. */
export type DateDraft = Pick<
  Action,
  'firstDay' | 'lastDay' | 'hours' | 'schools' | 'school' | 'academies' | 'remark' | 'checked'
>;

export const initialValues: Values = {
  firstDay: '',
  from: '',
  until: '',
  schools: '',
  school: '',
  remark: '',
};

export const valuesOf = (action: Action): Values => ({
  firstDay: action.firstDay,
  from: action.hours?.from ?? '',
  until: action.hours?.until ?? '',
  schools: action.schools?.join(',') ?? '',
  school: action.school ?? '',
  remark: action.remark ?? '',
});

/** The day, hours and school that a coordinator has agreed. */
export function readDate(form: FormReader<Field>, actor: Actor, services: Services): DateDraft | undefined {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const days = form.readDays('firstDay', 'firstDay', today);
  // The employee confirms or withdraws until the eve.
  if (days && days.firstDay <= today) form.fail('firstDay', { text: t('publish.fromTomorrow') });
  const hours = form.readHours('from', 'until', services.convention.hours);
  const { schools, school, academies } = form.readSchools('schools', 'school', 1, services);
  if (!school && schools.length === 0) form.fail('schools', { text: t('volunteer.schoolError') });
  const remark = form.readText('remark', remarkLength);
  if (form.failed || !days || !hours) return undefined;
  const when = { ...days, hours, ...toSchoolFields(schools, school), academies };
  return { ...when, checked: checkMeeting(when, services), ...(remark ? { remark } : {}) };
}

/**
 * What somebody should know before they fix a date: it is not what was offered, the employee is taken, or the school
 * has no classes.
 */
export async function findWarning(
  reader: Reader,
  draft: DateDraft,
  availability: Action,
  datedId: string | undefined,
  t: Text,
  services: Services,
): Promise<string | undefined> {
  const warnings = [
    describeOutside(draft, availability, t, services) ??
      (await describeTaken(reader, draft, availability, datedId, t)),
    describeDayOff(draft, availability, t, services),
  ];
  return warnings.filter(Boolean).join(' ') || undefined;
}

function describeOutside(draft: DateDraft, availability: Action, t: Text, services: Services) {
  const outside = findOutside(draft, availability, services.convention.halfDays);
  const elsewhere =
    draft.academies.length > 0 && !draft.academies.some((code) => availability.academies.includes(code));
  if (!outside && !elsewhere) return undefined;
  return t.at(`dates.outside.${outside ?? 'academie'}`, {
    period: t.dates.range(availability.firstDay, availability.lastDay),
    available: availabilityWords(availability, { academies: [] }, t, services),
  });
}

async function describeTaken(
  reader: Reader,
  draft: DateDraft,
  availability: Action,
  datedId: string | undefined,
  t: Text,
) {
  const own = await reader.list('engagements', 'byEmployee', availability.createdBy);
  const engaged = await readActionsOf(
    reader,
    own.filter(({ state, actionId }) => state === 'approved' && actionId !== datedId),
  );
  const taken = engaged.find(
    ({ action }) => action.state === 'open' && overlaps({ ...draft, kind: availability.kind }, action),
  );
  return (
    taken && t('dates.taken', { number: String(taken.action.number), when: describeWhen(taken.action, t) })
  );
}

/** A day without classes. One that the calendar does not know cannot be checked here: its cards say so. */
function describeDayOff(draft: DateDraft, availability: Action, t: Text, services: Services) {
  const isOff = checkMeetingDays(draft, services).some(
    ({ day }) => day.outcome !== 'fine' && day.outcome !== 'unknown',
  );
  if (!isOff) return undefined;
  const { halfDays: _, schools: __, school: ___, ...rest } = availability;
  return `${capitaliseFirst(calendarLine({ ...rest, ...draft }, t, services))}.`;
}

/** What makes a warning that was read the same one when the form is sent again. */
export const tokenOf = ({ firstDay, hours, schools = [], school = '' }: DateDraft): string =>
  [firstDay, hours?.from, hours?.until, ...schools, school].join('|');

/**
 * Draws the form, with what was typed and what has to be mended.
 * @param subject the availability, or the dated action that gets another date
 * @param warned what the form warns of, and for which values
 */
export function drawDateForm(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  subject: Action,
  { values, faults, who }: { values: Values; faults: Faults<Field>; who: string },
  services: Services,
  warned?: { text: string; token: string },
): Card {
  const t = services.textIn(actor.lang);
  const tomorrow = addDays(dayAt(services.clock.now()), 1);
  const isNew = subject.availability === undefined;
  const shown = warned ? { firstDay: { text: warned.text, why: t('dates.despiteWhy') } } : faults;
  const head = formHead(t, faults, isNew ? 'dates.heading' : 'dates.moveHeading', 'dates.lead');
  return {
    template: 'dates-form',
    lang: actor.lang,
    summary: t('dates.heading'),
    data: {
      id,
      formKey,
      eyebrow: eyebrow(subject, t),
      ...(warned ? { heading: t('dates.checkHeading'), lead: t('form.kept') } : head),
      offered: isNew
        ? t('dates.offered', { name: escapeMarkdown(who), when: describeWhen(subject, t) })
        : t('dates.fixedNow', { when: describeWhen(subject, t) }),
      despite: warned?.token ?? '',
      submitVerb: isNew ? 'dates.fix' : 'dates.move',
      submitTitle: t(warned ? 'dates.fixAnyway' : 'dates.fix'),
      values,
      faults: faultData(fields, shown),
      limits: {
        ...dayLimits(tomorrow),
        earliest: services.convention.hours.earliest,
        latest: services.convention.hours.latest,
        remark: remarkLength,
        school: schoolLength,
      },
      ...schoolInputData(values, faults, services),
    },
  };
}
