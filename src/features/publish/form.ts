import { type Action, levels } from '../../domain/action.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { readCoordinatorsReach } from '../shared/author-card.js';
import { calendarLine } from '../shared/calendar-line.js';
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
import { FormReader } from '../shared/form-reader.js';
import { checkMeeting } from '../shared/meeting-days.js';
import { postRequest } from '../shared/offer.js';
import { readRequest, takeNextNumber, writeMove } from '../shared/records.js';
import { describeInOneSentence, eyebrow } from '../shared/request-view.js';
import { schoolInputData, toSchoolFields } from '../shared/schools.js';
import { kindOfChoice, lastDayOfChoice, meetingChoices } from '../volunteer/meeting-choices.js';

const fields = [
  'kind',
  'level',
  'firstDay',
  'from',
  'until',
  'schools',
  'school',
  'seats',
  'remark',
] as const;
type Field = (typeof fields)[number];
type Need = Pick<
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
  | 'checked'
>;

export const initialValues: Record<Field, string> = {
  kind: 'classroom-talk',
  level: '',
  firstDay: '',
  from: '',
  until: '',
  schools: '',
  school: '',
  seats: '1',
  remark: '',
};

function readForm(
  actor: Actor,
  data: Record<string, unknown>,
  services: Services,
): { need: Need } | { faults: Faults<Field>; values: Record<Field, string> } {
  const { convention, clock } = services;
  const t = services.textIn(actor.lang);
  const form = new FormReader<Field>(fields, data, actor, services);
  const max = convention.maxSeats;
  const choice = form.readOneOf('kind', meetingChoices, t('volunteer.kindError'));
  const level = form.readOneOf('level', levels, t('volunteer.levelError'));
  const days = form.readDays('firstDay', 'firstDay', dayAt(clock.now()));
  const hours = form.readHours('from', 'until', convention.hours);
  const { schools, school, academies } = form.readSchools('schools', 'school', 1, services);
  if (!school && schools.length === 0) form.fail('schools', { text: t('volunteer.schoolError') });
  const seats = form.readCount('seats', { max }, t('publish.seatsError', { max }));
  const remark = form.readText('remark', remarkLength);
  if (form.failed || !choice || !level || !days || !hours || !seats)
    return { faults: form.faults, values: form.values };
  const optional = remark ? { remark } : {};
  const kind = kindOfChoice(choice);
  const lastDay = lastDayOfChoice(choice, days.firstDay);
  const when = { ...days, lastDay, hours, ...toSchoolFields(schools, school), academies };
  return { need: { kind, level, ...when, seats, checked: checkMeeting(when, services), ...optional } };
}

export function drawForm(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  values: Record<Field, string>,
  faults: Faults<Field>,
  services: Services,
): Card {
  const t = services.textIn(actor.lang);
  const max = services.convention.maxSeats;
  return {
    template: 'publish-form',
    lang: actor.lang,
    summary: t('publish.heading'),
    data: {
      id,
      formKey,
      ...formHead(t, faults, 'publish.heading', 'publish.lead'),
      values: { ...values, seats: parseNumber(values.seats) },
      faults: faultData(fields, faults),
      limits: {
        ...dayLimits(dayAt(services.clock.now())),
        earliest: services.convention.hours.earliest,
        latest: services.convention.hours.latest,
        seats: max,
        remark: remarkLength,
        school: schoolLength,
      },
      seatsLabel: t('publish.seats', { max }),
      seatsError: t('publish.seatsError', { max }),
      ...schoolInputData(values, faults, services),
      kinds: choiceList(meetingChoices, (k) => t.at(`kind.${k}`)),
      levels: choiceList(levels, (l) => t.at(`level.${l}`)),
    },
  };
}

export async function submit(
  actor: Actor,
  data: Record<string, unknown> & { id: string; formKey: string },
  services: Services,
): Promise<Card> {
  const { id, formKey } = data;
  const t = services.textIn(actor.lang);
  const result = readForm(actor, data, services);
  if ('faults' in result) return drawForm(actor, data, result.values, result.faults, services);
  const published = await services.store.transact(async (tx) => {
    const known = await readRequest(tx, id);
    const sent = await tx.get('history', formKey);
    if (sent?.by === actor.id && sent.actionId === id && known) return known.action;
    if (sent || known) throw new Refusal('refusal.outdated');
    const channel = await tx.get('channels', 'coordinators');
    if (!channel) throw new Refusal('refusal.noChannel');
    const need: Action = {
      ...result.need,
      id,
      number: await takeNextNumber(tx),
      origin: 'need',
      state: 'open',
      createdBy: actor.id,
      createdAt: services.clock.now(),
    };
    const row = { id: formKey, move: 'publish', from: 'none', to: 'open', by: actor.id };
    await writeMove(tx, services, undefined, { action: need, engagements: [] }, [row]);
    await postRequest(tx, need, channel, services, { by: actor.id });
    const announcements = await tx.get('channels', 'announcements');
    if (announcements && announcements.conversationId !== channel.conversationId)
      await postRequest(tx, need, announcements, services, { by: actor.id, again: 'announcements' });
    return need;
  });
  const warning = calendarLine(published, t, services);
  const reach = await services.store.read(readCoordinatorsReach);
  return {
    template: 'publish-sent',
    lang: actor.lang,
    summary: t('publish.sent'),
    data: {
      id,
      eyebrow: eyebrow(published, t),
      heading: t('publish.sent'),
      lead: [describeInOneSentence(published, t), ...(warning ? [capitaliseFirst(`${warning}.`)] : [])].join(
        ' ',
      ),
      note: t(reach === 'lost' ? 'publish.sentLost' : 'publish.sentNote'),
    },
  };
}
