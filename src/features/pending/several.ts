import { isPlacement } from '../../domain/action.js';
import type { Waiting } from '../../domain/engagements/desk.js';
import type { Reader } from '../../ports.js';
import { StoreUnavailable } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { breakLongWords, escapeMarkdown, shorten } from '../../text/typeset.js';
import { decide } from '../approval/decide.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { calendarLine } from '../shared/calendar-line.js';
import { readLine, readText } from '../shared/client-values.js';
import { type Faults, faultData, findTextFault, remarkLength, ulid } from '../shared/form.js';
import { paginate } from '../shared/list.js';
import { describeWhen, readNames, rowTitle } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { mayDecide, readDesk } from './desk.js';
import { describeFilter, type Filter, formatFilter, isFiltered, matches } from './filter.js';
import { offersPerPage, waitsFor } from './list.js';

/** The ids of the boxes to tick. */
const boxes = Array.from({ length: offersPerPage }, (_, i) => `tick${i}`);

const fields = ['ticked', 'reason'] as const;
type Field = (typeof fields)[number];

export interface SeveralView {
  readonly page: number;
  readonly filter: Filter;
  /** Whether the offers are ticked to begin with: somebody has asked for that. */
  readonly all: boolean;
}

/** An offer that was ticked, as the card showed it. */
interface Ticked {
  readonly id: string;
  readonly seen: string;
}

type SeveralMove = 'approve' | 'decline';

/** What became of the offers that were ticked. */
interface Result {
  readonly move: SeveralMove;
  readonly done: number;
  readonly left: readonly { readonly id: string; readonly why: string }[];
}

/** A form that is given back. */
interface Retry {
  readonly ticked: readonly string[];
  readonly faults: Faults<Field>;
  /** The reason as typed; with it, the form only asks for that. */
  readonly reason?: string;
}

const toValue = ({ action, engagement }: Waiting): string => `${action.id}|${engagement.since}`;

/** Its dates are no longer possible: it can be declined, but not approved. */
const isBroken = ({ action }: Waiting): boolean => action.checked?.certainty === 'refused';

/** The offers on which somebody can decide at once, to tick, with what became of the ones before. */
export async function severalCard(
  actor: Actor,
  view: SeveralView,
  services: Services,
  { result, retry }: { result?: Result; retry?: Retry } = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { filter, all } = view;
  return services.store.read(async (reader): Promise<Card> => {
    const offers = (await readDesk(reader, services)).filter(
      (w) => matches(filter, w.action, services) && mayDecide(w, actor, services),
    );
    const list = paginate(offers, view.page, t, offersPerPage);
    const values = list.items.map(toValue);
    const ticked = retry
      ? values.filter((value) => retry.ticked.includes(value))
      : all
        ? list.items.filter((w) => !isBroken(w)).map(toValue)
        : [];
    const declining = retry?.reason !== undefined;
    const heading = retry
      ? t('form.mend', { count: Object.keys(retry.faults).length })
      : result
        ? t(`pending.several.${result.move}`, { count: result.done })
        : t('pending.several.heading', { count: offers.length });
    return {
      template: 'pending-several',
      lang: actor.lang,
      summary: heading,
      data: {
        formKey: services.ids.next(),
        page: list.start / offersPerPage,
        filter: formatFilter(filter),
        all,
        eyebrow: t('pending.eyebrow'),
        heading,
        lead: [
          retry ? t('form.kept') : offers.length > 0 ? t('pending.several.lead') : t('pending.several.none'),
          isFiltered(filter) && t('pending.filter.shown', { what: describeFilter(filter, t, services) }),
        ]
          .filter(Boolean)
          .join(' '),
        leftTitle: t('pending.several.left', { count: result?.left.length ?? 0 }),
        left: await describeLeft(reader, result?.left ?? [], t),
        offers: await offerRows(reader, list.items, ticked, t, services),
        faults: faultData(fields, retry?.faults ?? {}),
        deciding: offers.length > 0 && !declining,
        declining: offers.length > 0 && declining,
        reason: retry?.reason?.slice(0, remarkLength) ?? '',
        remarkLength,
        tickTitle: t(all ? 'pending.several.untick' : 'pending.several.tickAll'),
        tickAll: !all,
        ...list.paging,
      },
    };
  });
}

/** For TextRuns, as the reasons of refusals are. */
async function describeLeft(reader: Reader, left: Result['left'], t: Text): Promise<object[]> {
  const actions = await Promise.all(left.map(({ id }) => reader.get('actions', id)));
  const name = await readNames(
    reader,
    actions.map((a) => a?.createdBy),
    t,
  );
  return left.map(({ why }, i) => {
    const action = actions[i];
    const who = action ? breakLongWords(name(action.createdBy)) : '';
    return {
      text: action ? t('pending.several.leftLine', { number: String(action.number), name: who, why }) : why,
    };
  });
}

/** An offer with its box, and what one needs to know to decide; the request itself is a click away in the list. */
async function offerRows(
  reader: Reader,
  offers: readonly Waiting[],
  ticked: readonly string[],
  t: Text,
  services: Services,
): Promise<object[]> {
  const name = await readNames(
    reader,
    offers.map(({ action }) => action.createdBy),
    t,
  );
  return offers.map((offer, i) => {
    const { action } = offer;
    const who = shorten(name(action.createdBy), 40);
    const site = services.convention.sites.find((s) => s.id === action.site)?.name;
    const [place = site] = schoolNames(action, services);
    const value = toValue(offer);
    return {
      id: boxes[i] ?? '',
      label: t('pending.several.offer', { number: String(action.number), name: who }),
      title: rowTitle(action, t),
      when: describeWhen(action, t),
      more: [
        place && escapeMarkdown(shorten(place, 60)),
        waitsFor(offer, t, services),
        action.remark && t('pending.several.remark'),
        isBroken(offer) ? t('pending.several.broken') : describeDoubt(offer, t, services),
      ]
        .filter(Boolean)
        .join(' · '),
      value,
      ticked: ticked.includes(value) ? value : '',
    };
  });
}

/** What the calendar says about the days of an offer, unless they are checked and fine. */
const describeDoubt = ({ action }: Waiting, t: Text, services: Services): string =>
  isPlacement(action.kind) && (action.checked?.certainty ?? 'fine') === 'fine'
    ? ''
    : calendarLine(action, t, services);

/** Reads what was ticked. @throws Refusal if it is not from a card of ours */
function readTicked(data: Record<string, unknown>): { ticked: Ticked[]; values: string[] } {
  const values = [...new Set(boxes.map((id) => readLine(data[id]) ?? ''))].filter(
    // What a box sends that is not ticked, depending on the client.
    (value) => value !== '' && value !== 'false',
  );
  const ticked = values.map((value) => {
    const [id = '', seen = ''] = value.split('|');
    if (!ulid.safeParse(id).success || Number.isNaN(Date.parse(seen))) throw new Refusal('refusal.outdated');
    return { id, seen };
  });
  return { ticked, values };
}

/**
 * Decides on the offers that were ticked, each by itself as with the button of its card, and says what became of them.
 * Sending the form again changes nothing and says the same.
 */
export async function decideSeveral(
  actor: Actor,
  move: SeveralMove,
  data: Record<string, unknown> & SeveralView & { readonly formKey: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { ticked, values } = readTicked(data);
  const text = move === 'decline' ? (readText(data.reason)?.trim() ?? '') : '';
  const faults: Faults<Field> = {};
  if (ticked.length === 0) faults.ticked = { text: t('pending.several.tickSome') };
  if (move === 'decline') {
    const fault = text ? findTextFault(text, remarkLength, t) : { text: t('approval.reasonError') };
    if (fault) faults.reason = fault;
  }
  if (faults.ticked || faults.reason) {
    const retry = { ticked: values, faults, ...(move === 'decline' ? { reason: text } : {}) };
    return severalCard(actor, data, services, { retry });
  }
  const outcomes = await Promise.allSettled(
    ticked.map(({ id, seen }) => decide(actor, { id, move, text, seen, formKey: data.formKey }, services)),
  );
  const failures = outcomes.flatMap((outcome, i) => {
    const id = ticked[i]?.id ?? '';
    return outcome.status === 'rejected' ? [{ id, error: outcome.reason as unknown }] : [];
  });
  const left = failures.map(({ id, error }) => ({
    id,
    why: whyNot(error, failures.length < ticked.length, t),
  }));
  const result = { move, done: ticked.length - left.length, left };
  return severalCard(actor, data, services, { result });
}

/**
 * Why an offer was not decided on.
 * @throws the error itself if it is no rule's refusal, unless others were decided on: the person must know of those
 */
function whyNot(error: unknown, othersDone: boolean, t: Text): string {
  if (error instanceof Refusal) {
    const { key, params } = error;
    return `${t.at(`${key}.heading`, params)}. ${t.at(`${key}.why`, params)}`;
  }
  if (othersDone && error instanceof StoreUnavailable) return t('pending.several.perhaps');
  throw error;
}
