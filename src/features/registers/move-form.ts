import { hasFullName } from '../../domain/personal-data/full-names.js';
import type { Entry } from '../../domain/registers/entry.js';
import { checkEntryMove } from '../../domain/registers/moves.js';
import { type EntryMove, type Note, notesOf } from '../../domain/registers/table.js';
import { dayAt } from '../../text/dates.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { type Faults, faultData, remarkLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { createFormIds } from '../shared/offer-form.js';
import { entryCard } from './entry-card.js';
import { describeMoveRefusal, describeRefusal, fieldOf } from './refusals.js';
import { eyebrowOf, titleOf } from './words.js';
import { type EntryForm, moveEntry, requireEntry, revisionOf } from './write.js';

/** The names of a few services. */
const officeLength = 120;

const fields = ['day', 'office', 'text'] as const;
type Field = (typeof fields)[number];

/** What ends an entry for good, or the convention itself. */
const destructive: ReadonlySet<EntryMove> = new Set(['abandon', 'lapse', 'takeEffect']);

/** Opens the form of a move; if it is not possible now, shows the entry with the rule that forbids it. */
export async function openMove(actor: Actor, id: string, move: EntryMove, services: Services): Promise<Card> {
  return services.store.read(async (reader) => {
    const entry = await requireEntry(reader, id);
    const today = dayAt(services.clock.now());
    const verdict = checkEntryMove(move, entry.kind, entry, today);
    const t = services.textIn(actor.lang);
    if (!verdict.ok) {
      const fault = await describeMoveRefusal(reader, entry, verdict.because, verdict.day, t);
      return entryCard(reader, entry, actor, services, { fault });
    }
    const ids = { ...createFormIds(services, id), seen: revisionOf(entry) };
    return drawMove(actor, ids, move, entry, { day: today, office: '', text: '' }, {}, services);
  });
}

/** Makes a move, or gives the form back as it was typed, with what is wrong. */
export async function submitMove(
  actor: Actor,
  data: Record<string, unknown> & EntryForm & { readonly move: EntryMove },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { move } = data;
  const notes = notesOf(move);
  const form = new FormReader<Field>(fields, data, actor, services);
  const day = notes.day && form.readOptionalDay('day', t('registers.missing.day-missing'));
  const office = notes.office && form.readText('office', officeLength);
  const text = form.readText('text', remarkLength);
  if (office && hasFullName(office)) form.fail('office', describeRefusal('office-named', undefined, t));
  const note: Note = { ...(day ? { day } : {}), ...(office ? { office } : {}), ...(text ? { text } : {}) };
  const result = form.failed ? undefined : await moveEntry(actor, data, move, note, services);
  return services.store.read(async (reader) => {
    if (result?.ok) return entryCard(reader, result.entry, actor, services, { note: result.note });
    const entry = result?.entry ?? (await requireEntry(reader, data.id));
    if (!result) return drawMove(actor, data, move, entry, form.values, form.faults, services);
    const fault = await describeMoveRefusal(reader, entry, result.because, result.day, t);
    const ids = { ...data, seen: revisionOf(entry) };
    return drawMove(actor, ids, move, entry, form.values, { [fieldOf(result.because)]: fault }, services);
  });
}

function drawMove(
  { lang }: Pick<Actor, 'lang'>,
  { id, formKey, seen }: EntryForm,
  move: EntryMove,
  entry: Entry,
  values: Record<Field, string>,
  faults: Faults<Field | 'form'>,
  services: Services,
): Card {
  const t = services.textIn(lang);
  const notes = notesOf(move);
  const count = Object.keys(faults).length;
  const title = t.at(`registers.button.${move}`).replace(/…$/, '');
  const heading = count > 0 ? t('form.mend', { count }) : title;
  const isTextRequired = notes.text === 'required';
  return {
    template: 'registers-move',
    lang,
    summary: heading,
    data: {
      id,
      formKey,
      seen,
      move,
      eyebrow: eyebrowOf(entry, t),
      heading,
      lead: count > 0 ? t('form.kept') : t.at(`registers.about.${move}`),
      what: escapeMarkdown(titleOf(entry, t)),
      faults: faultData(['form', ...fields], faults),
      values,
      asked: { day: notes.day !== undefined, office: notes.office !== undefined },
      officeLabel: notes.office ? t.at(`registers.office.${move}`) : '',
      textLabel: isTextRequired ? t.at(`registers.words.${move}`) : t('registers.details'),
      textRequired: isTextRequired,
      limits: { office: officeLength, text: remarkLength, today: dayAt(services.clock.now()) },
      submit: title,
      style: destructive.has(move) ? 'destructive' : 'positive',
    },
  };
}
