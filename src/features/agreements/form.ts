import type { Action, FilledPlaces } from '../../domain/action.js';
import { countExpectedAgreements } from '../../domain/placements/agreements.js';
import { countFilledPlaces, fillPlaces } from '../../domain/placements/places.js';
import { capitaliseFirst } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { type Faults, faultData, formHead, parseNumber, schoolLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { readRequest, writeMove } from '../shared/records.js';
import { describeAction, describeWhen, eyebrow } from '../shared/request-view.js';
import { describeFilled, schoolInputData } from '../shared/schools.js';
import { findSent } from '../shared/sent-form.js';
import { requireOwnPlacement } from './own-placement.js';

const fields = ['schools', 'school', 'filled', 'agreements'] as const;
type Field = (typeof fields)[number];
type Ids = { readonly id: string; readonly formKey: string };

interface FormOptions {
  readonly values?: Partial<Record<Field, string>>;
  readonly faults?: Faults<Field>;
  readonly saved?: boolean;
}

/** The form for a placement's filled places, by school, and its signed agreements. */
export function drawForm(
  actor: Actor,
  ids: Ids,
  it: Action,
  services: Services,
  { values = {}, faults = {}, saved = false }: FormOptions = {},
): Card {
  const t = services.textIn(actor.lang);
  const offered = it.places ?? 1;
  const expected = countExpectedAgreements(it);
  const typed = { schools: values.schools ?? '', school: values.school ?? '' };
  // The schools that are most likely meant can be chosen without a search.
  const likely = [...(it.filled ?? []).map(({ school }) => school), ...(it.schools ?? []), typed.schools];
  const counts = { count: it.agreements ?? 0, places: expected };
  return {
    template: 'agreements-form',
    lang: actor.lang,
    summary: t('agreements.heading'),
    data: {
      ...ids,
      eyebrow: eyebrow(it, t),
      ...formHead(t, faults, 'agreements.heading', 'agreements.why'),
      what: capitaliseFirst(`${describeAction(it, t)}, ${describeWhen(it, t)}.`),
      saved: saved ? t('agreements.saved', counts) : '',
      filled: describeFilled(it, t, services)
        .map((line) => `- ${line}`)
        .join('\n'),
      filledTotal: t('preparation.filled', { count: countFilledPlaces(it) ?? 0, places: offered }),
      filledLabel: t('agreements.filledLabel', { max: offered }),
      label: t('agreements.label', { places: expected }),
      error: t('agreements.error', { max: expected }),
      offered,
      limits: { school: schoolLength },
      values: {
        ...typed,
        filled: parseNumber(values.filled ?? ''),
        agreements: parseNumber(values.agreements ?? String(it.agreements ?? 0)),
      },
      faults: faultData(fields, faults),
      ...schoolInputData({ schools: [...new Set(likely)].join(','), school: typed.school }, faults, services),
    },
  };
}

/** The school of an offer that names exactly one. */
const onlySchool = ({ schools = [], school }: Action): string | undefined => {
  const [first, ...others] = [...schools, ...(school ? [school] : [])];
  return others.length === 0 ? first : undefined;
};

/** What is filled after the form; nothing if it says nothing about that, or something that has to be corrected. */
function readFilled(
  reader: FormReader<Field>,
  it: Action,
  actor: Actor,
  services: Services,
): readonly FilledPlaces[] | undefined {
  const t = services.textIn(actor.lang);
  const max = it.places ?? 1;
  const { schools, school } = reader.readSchools('schools', 'school', 1, services);
  const named = schools[0] ?? (school || undefined);
  if (reader.isEmpty('filled')) {
    if (named) reader.fail('filled', { text: t('agreements.filledMissing') });
    return undefined;
  }
  const places = reader.readCount('filled', { min: 0, max }, t('agreements.filledError', { max }));
  const whose = named ?? onlySchool(it);
  if (!whose) reader.fail('schools', { text: t('agreements.schoolMissing') });
  if (places === undefined || !whose || reader.failed) return undefined;
  const filled = fillPlaces(it, whose, places);
  if (!filled)
    reader.fail('filled', {
      text: t('agreements.tooManyFilled', { count: max }),
      why: t('agreements.tooManyFilledWhy', { count: countFilledPlaces(it) ?? 0 }),
    });
  return filled;
}

/** The history rows of a saved form: of each number that has changed, or of the agreements, which were confirmed. */
function toRows(before: Action, after: Action, formKey: string, by: string, services: Services) {
  const [filledBefore, filled] = [countFilledPlaces(before) ?? 0, countFilledPlaces(after) ?? 0];
  const [signedBefore, signed] = [before.agreements ?? 0, after.agreements ?? 0];
  const changed = [
    ...(before.filled !== after.filled ? [{ move: 'places', from: filledBefore, to: filled }] : []),
    { move: 'agreements', from: signedBefore, to: signed },
  ].filter(({ move }, _, { length }) => length === 1 || move === 'places' || signed !== signedBefore);
  return changed.map(({ move, from, to }, i) => ({
    id: i === 0 ? formKey : services.ids.next(),
    move,
    from: String(from),
    to: String(to),
    by,
  }));
}

export async function save(
  actor: Actor,
  data: Record<string, unknown> & Ids,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const stored = await services.store.read((r) => readRequest(r, data.id));
  const { action: it } = requireOwnPlacement(actor, stored);
  const reader = new FormReader(fields, data, actor, services);
  const filled = readFilled(reader, it, actor, services);
  const max = countExpectedAgreements(filled ? { ...it, filled } : it);
  const signed = reader.readCount('agreements', { min: 0, max }, t('agreements.error', { max }));
  if (reader.failed || signed === undefined)
    return drawForm(actor, data, it, services, { values: reader.values, faults: reader.faults });
  const after = await services.store.transact(async (tx) => {
    const before = requireOwnPlacement(actor, await readRequest(tx, data.id));
    if (await findSent(tx, data, actor)) return before.action;
    // Somebody else has entered places since the form was read: what is filled would no longer be what was typed.
    if (filled && JSON.stringify(before.action.filled) !== JSON.stringify(it.filled))
      throw new Refusal('refusal.outdated');
    const changed: Action = { ...before.action, ...(filled ? { filled } : {}), agreements: signed };
    const rows = toRows(before.action, changed, data.formKey, actor.id, services);
    await writeMove(tx, services, before, { action: changed, engagements: before.engagements }, rows);
    return changed;
  });
  return drawForm(actor, { id: data.id, formKey: services.ids.unguessable() }, after, services, {
    saved: true,
  });
}
