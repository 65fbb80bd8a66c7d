import { checkOutcome, mayCorrectNumber } from '../../domain/engagements/outcome.js';
import type { Reader } from '../../ports.js';
import type { Lang } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst, escapeMarkdown, removeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { type Faults, faultData, formHead, parseNumber, remarkLength } from '../shared/form.js';
import { type Request, readRequest } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { attendanceCard, presenceCard } from './presence-cards.js';
import { countExpectedPupils, describeAnswer, recordedAnswer } from './words.js';

export const fields = ['pupils', 'away', 'attended', 'remark'] as const;
export type Field = (typeof fields)[number];

export const findApproved = ({ engagements }: Request) => engagements.filter((e) => e.state === 'approved');
export const findOwn = ({ engagements }: Request, { id }: Pick<Actor, 'id'>) =>
  engagements.find((e) => e.employeeId === id);

/**
 * Whether a coordinator is asked who came: nobody else reports on their colleagues' attendance, and another answer than
 * the first is about the action alone.
 */
export const asksWhoCame = ({ coordinator }: Pick<Actor, 'coordinator'>, request: Request): boolean =>
  coordinator && request.action.state === 'open' && findApproved(request).length > 1;

/** Reads the request again, and makes sure that this person has something to say about it. */
export async function readUnanswered(
  actor: Actor,
  id: string,
  services: Services,
  check: typeof checkOutcome = checkOutcome,
): Promise<Request> {
  const request = await services.store.read((r) => readRequest(r, id));
  if (!request) throw new Refusal('refusal.outdated');
  const verdict = check(actor, request.action, request.engagements, dayAt(services.clock.now()));
  if (!verdict.ok)
    throw await toRefusal(verdict.because, request.action, findOwn(request, actor), actor, services);
  return request;
}

interface FormOptions {
  readonly heading?: 'outcome.heading' | 'outcome.again';
  /** Asked by Passerelle, not opened by the person. */
  readonly asked?: boolean;
  readonly values?: Partial<Record<Field, string>>;
  readonly faults?: Faults<Field>;
}

/** The question whether an action took place; to somebody after another answer, with that answer. */
export async function questionForm(
  reader: Reader,
  request: Request,
  viewer: Pick<Actor, 'id' | 'coordinator'>,
  ids: { readonly id: string; readonly formKey: string },
  lang: Lang,
  services: Services,
  { heading = 'outcome.heading', asked = false, values = {}, faults = {} }: FormOptions = {},
): Promise<Card> {
  const t = services.textIn(lang);
  const { action } = request;
  const people = findApproved(request).map((e) => e.employeeId);
  const name = await readNames(reader, [...people, action.outcome?.by], t);
  const max = services.convention.maxPupils;
  const said = action.outcome && {
    name: escapeMarkdown(name(action.outcome.by)),
    said: describeAnswer(recordedAnswer(action), t),
  };
  const before = mayCorrectNumber(viewer, action, request.engagements) ? 'correctable' : 'before';
  const whose = action.outcome?.by === viewer.id ? 'own' : 'other';
  const known = action.state === 'open' ? countExpectedPupils(action) : action.outcome?.pupils;
  const head = formHead(t, faults, heading, 'outcome.lead');
  const askAttended = asksWhoCame(viewer, request);
  return {
    template: 'outcome-form',
    lang,
    summary: `${t(heading)} ${describeInOneSentence(action, t)}`,
    data: {
      ...ids,
      eyebrow: eyebrow(action, t),
      ...head,
      // After an answer, it counts or not already.
      lead: said && Object.keys(faults).length === 0 ? '' : head.lead,
      what: describeInOneSentence(action, t),
      seen: action.outcome?.at ?? '',
      said: said ? capitaliseFirst(t(`outcome.${before}.${whose}`, said)) : '',
      values: {
        pupils: values.pupils === undefined ? (known ?? null) : parseNumber(values.pupils),
        away: values.away || 'false',
        attended: values.attended ?? people.join(','),
        remark: values.remark ?? '',
      },
      faults: faultData(fields, faults),
      max,
      limits: { remark: remarkLength },
      pupilsError: t('outcome.pupilsError', { max }),
      askAttended,
      askAway: !askAttended && people.includes(viewer.id),
      note: asked ? t('outcome.questionNote') : '',
      people: people.map((id) => ({ title: removeMarkdown(capitaliseFirst(name(id))), value: id })),
    },
  };
}

/** What somebody is asked about an action now: whether it took place, or only who was there. */
export async function start(actor: Actor, id: string, services: Services): Promise<Card> {
  const request = await readUnanswered(actor, id, services);
  const ids = { id, formKey: services.ids.unguessable() };
  return services.store.read((reader) => {
    if (request.action.state === 'open')
      return questionForm(reader, request, actor, ids, actor.lang, services);
    if (actor.coordinator) return attendanceCard(reader, request, ids, actor.lang, services);
    return presenceCard(reader, request, actor, ids, services);
  });
}
