import { isPlacement } from '../../domain/action.js';
import {
  type Correction,
  currentCount,
  listEngaged,
  mayCorrect,
} from '../../domain/engagements/correction.js';
import { countFilledPlaces } from '../../domain/placements/places.js';
import type { Reader } from '../../ports.js';
import { capitaliseFirst, removeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { type Faults, faultData, formHead, parseNumber, remarkLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import type { Request } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { requireLine } from './line-card.js';

export const fields = ['state', 'pupils', 'places', 'attended', 'why'] as const;
type Field = (typeof fields)[number];

interface Ids {
  readonly id: string;
  readonly formKey: string;
}
interface FormOptions {
  readonly values?: Partial<Record<Field, string>>;
  readonly faults?: Faults<Field>;
}

/**
 * The line with what it counts, if this person may correct it.
 * @throws Refusal for one that waits for its answer, or for a choice between two
 */
export async function readCorrectable(
  reader: Reader,
  actor: Actor,
  id: string,
): Promise<{ request: Request; now: Correction }> {
  const request = await requireLine(reader, id);
  const now = currentCount(request.action, request.engagements);
  if (!now || !mayCorrect(actor, request.action)) throw new Refusal('refusal.outdated');
  return { request, now };
}

/** What a line counts, as a form carries it: whoever corrects a line has read what they correct. */
export const printCount = ({ state, pupils, places, attended }: Correction): string =>
  [state, pupils, places ?? 'none', attended.size].join('-');

/** The form with which a coordinator corrects what a line counts. */
export async function correctionForm(
  actor: Actor,
  ids: Ids,
  { request, now }: { request: Request; now: Correction },
  services: Services,
  { values = {}, faults = {} }: FormOptions = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { action, engagements } = request;
  const people = listEngaged(engagements);
  const name = await services.store.read((reader) => readNames(reader, people, t));
  const { maxPupils, maxPlaces } = services.convention;
  const head = formHead(t, faults, 'report.correction.heading', 'report.correction.lead');
  return {
    template: 'report-correction',
    lang: actor.lang,
    summary: head.heading,
    data: {
      ...ids,
      seen: printCount(now),
      eyebrow: eyebrow(action, t),
      ...head,
      what: describeInOneSentence(action, t),
      values: {
        state: values.state ?? now.state,
        pupils: values.pupils === undefined ? now.pupils : parseNumber(values.pupils),
        places: values.places === undefined ? (now.places ?? null) : parseNumber(values.places),
        attended: values.attended ?? [...now.attended].join(','),
        why: values.why ?? '',
      },
      faults: faultData(fields, faults),
      placement: isPlacement(action.kind),
      some: people.length > 0,
      people: people.map((id) => ({ title: removeMarkdown(capitaliseFirst(name(id))), value: id })),
      max: { pupils: maxPupils, places: Math.max(maxPlaces, now.places ?? 0) },
      limits: { why: remarkLength },
      errors: {
        pupils: t('outcome.pupilsError', { max: maxPupils }),
        places: t('report.correction.placesError', { max: Math.max(maxPlaces, now.places ?? 0) }),
      },
    },
  };
}

/** Reads a correction; the form comes back with what has to be mended. */
export function readCorrection(
  actor: Actor,
  data: Record<string, unknown>,
  { request, now }: { request: Request; now: Correction },
  services: Services,
): { said: Correction; why: string } | { faults: Faults<Field>; values: Record<Field, string> } {
  const t = services.textIn(actor.lang);
  const { maxPupils, maxPlaces } = services.convention;
  const { action, engagements } = request;
  const reader = new FormReader(fields, data, actor, services);
  const state = reader.readOneOf('state', ['held', 'not-held'], t('report.correction.stateError'));
  const held = state === 'held';
  const pupils = held
    ? reader.readCount('pupils', { min: 0, max: maxPupils }, t('outcome.pupilsError', { max: maxPupils }))
    : 0;
  const most = Math.max(maxPlaces, now.places ?? 0);
  const places = isPlacement(action.kind)
    ? reader.readCount('places', { max: most }, t('report.correction.placesError', { max: most }))
    : undefined;
  // Every pupil hosted has a place (article 3), and so has every place that a school has filled.
  if (places !== undefined && pupils !== undefined && pupils > places)
    reader.fail('pupils', { text: t('outcome.moreThanPlaces', { count: places }) });
  const filled = countFilledPlaces(action) ?? 0;
  if (places !== undefined && filled > places)
    reader.fail('places', { text: t('report.correction.filled', { count: filled }) });
  const people = listEngaged(engagements);
  const chosen = reader.readChoices('attended') ?? [];
  const attended = people.filter((id) => chosen.includes(id));
  // Whoever was noted as there cannot all have been away from what took place.
  if (
    held &&
    people.length > 0 &&
    attended.length === 0 &&
    (now.attended.size > 0 || now.state === 'not-held')
  )
    reader.fail('attended', { text: t('outcome.attendedError') });
  if (reader.isEmpty('why'))
    reader.fail('why', { text: t('report.correction.whyMissing'), why: t('report.correction.whyWhy') });
  const why = reader.readText('why', remarkLength);
  if (reader.failed || !state || pupils === undefined || !why)
    return { faults: reader.faults, values: reader.values };
  return {
    said: { state, pupils, ...(places === undefined ? {} : { places }), attended: new Set(attended) },
    why,
  };
}
