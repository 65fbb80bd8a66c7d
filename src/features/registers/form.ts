import type { Convention } from '../../domain/convention/convention.js';
import { committeeDay } from '../../domain/convention/deadlines.js';
import type { Day } from '../../domain/days.js';
import type { Entry, EntryFacts } from '../../domain/registers/entry.js';
import { checkFacts } from '../../domain/registers/facts.js';
import { type Asked, type EntryKind, entryShapes, parties } from '../../domain/registers/kinds.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { removeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { choiceList, type Faults, faultData, remarkLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { entryCard } from './entry-card.js';
import { describeMoveRefusal, describeRefusal } from './refusals.js';
import { eyebrowOf, partyName } from './words.js';
import { type EntryForm, readEntry, revisionOf, saveEntry } from './write.js';

/** As long as a row of a list may be. */
const titleLength = 120;

const fields = ['title', 'party', 'day', 'due', 'collects', 'text'] as const;
type Field = (typeof fields)[number];
/** What the label of these says depends on the kind. */
const labelled = ['title', 'party', 'day', 'due'] as const;
type Values = Record<Field, string>;
const yesNo = ['yes', 'no'] as const;

/** What the form of a new entry begins with. */
export function initialValues(kind: EntryKind, today: Day, committee: Convention['committee']): Values {
  const { day } = entryShapes[kind];
  const year = Number(today.slice(0, 4));
  const next = [year, year + 1].map((y) => committeeDay(y, committee)).find((day) => day >= today);
  return {
    title: '',
    party: '',
    day: day === 'none' ? '' : today,
    due: (kind === 'committee' && next) || '',
    collects: '',
    text: '',
  };
}

/** What the form shows of a stored entry. */
export const valuesOf = ({ title, party, day, due, collects, text }: Entry): Values => ({
  title,
  party: party ?? '',
  day: day ?? '',
  due: due ?? '',
  collects: collects === undefined ? '' : collects ? 'yes' : 'no',
  text: text ?? '',
});

/** Reads the facts of an entry; those that its kind does not have are left out. */
function readFacts(form: FormReader<Field>, kind: EntryKind, t: Text): EntryFacts {
  const shape = entryShapes[kind];
  const title = form.readText('title', titleLength) ?? '';
  const party = read(shape.party, () =>
    form.readOneOf('party', parties, t('registers.missing.party-missing')),
  );
  const day = read(shape.day, () => form.readOptionalDay('day', t('registers.missing.day-missing')));
  const due = read(shape.due, () => form.readOptionalDay('due', t('registers.missing.due-missing')));
  const collects = read(shape.collects, () =>
    form.readOneOf('collects', yesNo, t('registers.missing.collects-missing')),
  );
  const text = form.readText('text', remarkLength);
  return {
    title,
    ...(party ? { party } : {}),
    ...(day ? { day } : {}),
    ...(due ? { due } : {}),
    ...(collects ? { collects: collects === 'yes' } : {}),
    ...(text ? { text } : {}),
  };
}

const read = <T>(asked: Asked, value: () => T): T | undefined => (asked === 'none' ? undefined : value());

/** Stores what the form says, or gives it back as it was typed, with what is wrong. */
export async function submitEntry(
  actor: Actor,
  data: Record<string, unknown> & EntryForm & { readonly kind: EntryKind },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { kind } = data;
  const stored = await services.store.read((r) => readEntry(r, data.id));
  const form = new FormReader<Field>(fields, data, actor, services);
  const given = readFacts(form, kind, t);
  for (const { field, because, day } of checkFacts(kind, given, stored, dayAt(services.clock.now())))
    form.fail(field, describeRefusal(because, day, t));
  if (form.failed) return drawForm(actor, data, kind, form.values, form.faults, services);
  const result = await saveEntry(actor, data, kind, given, services);
  return services.store.read(async (reader) => {
    if (result.ok) return entryCard(reader, result.entry, actor, services, { note: result.note });
    const fault = await describeMoveRefusal(reader, result.entry, result.because, result.day, t);
    const ids = { ...data, seen: revisionOf(result.entry) };
    return drawForm(actor, ids, kind, form.values, { form: fault }, services);
  });
}

/** The form of an entry, new or stored. */
export function drawForm(
  { lang }: Pick<Actor, 'lang'>,
  { id, formKey, seen }: EntryForm,
  kind: EntryKind,
  values: Values,
  faults: Faults<Field | 'form'>,
  services: Services,
): Card {
  const t = services.textIn(lang);
  const shape = entryShapes[kind];
  const count = Object.keys(faults).length;
  const isNew = seen === 0;
  const ownHeading = isNew ? t.at(`registers.new.${kind}`) : t('registers.edit');
  const heading = count > 0 ? t('form.mend', { count }) : ownHeading;
  return {
    template: 'registers-form',
    lang,
    summary: heading,
    data: {
      id,
      formKey,
      seen,
      kind,
      eyebrow: eyebrowOf({ kind }, t),
      heading,
      lead: count > 0 ? t('form.kept') : t.at(`registers.rule.${shape.register}`),
      faults: faultData(['form', ...fields], faults),
      values,
      labels: Object.fromEntries(
        labelled.map((field) => [
          field,
          shape[field] === 'none' ? '' : t.at(`registers.label.${field}-${kind}`),
        ]),
      ),
      asked: Object.fromEntries([...labelled, 'collects' as const].map((f) => [f, shape[f] !== 'none'])),
      required: { title: shape.title === 'required', due: shape.due === 'required' },
      parties: choiceList(parties, (party) => removeMarkdown(partyName(party, t, services))),
      yesNo: choiceList(yesNo, (answer) => t(`registers.collects.${answer}`)),
      dueHint: kind === 'termination' ? t('registers.dueHint') : '',
      limits: { title: titleLength, text: remarkLength, today: dayAt(services.clock.now()) },
      submit: t(isNew ? 'registers.submit' : 'registers.save'),
      cancelVerb: isNew ? 'registers.list' : 'registers.view',
      cancelId: isNew ? shape.register : id,
    },
  };
}
