import { addDays, daysBetween } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import { shorten } from '../../text/typeset.js';
import { readInForce } from '../convention/in-force.js';
import type { Actor, Card, Services } from '../feature.js';
import { dayLimits, type Fault, type Faults, faultData, formHead } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { createFormIds } from '../shared/offer-form.js';
import { eventCard, tellLast } from './event-card.js';
import { daysBack, requireEvent, todayOf } from './read.js';
import { type EventFacts, type EventForm, saveEvent } from './write.js';

const nameLength = 120;
/** An event lasts up to a month: more is a mistyped day. */
const longestDays = 31;
const longestTitle = 80;
/** The communications to choose from, the latest first. */
const mostChoices = 50;
/** A choice needs a value. */
const noText = 'none';

const fields = ['name', 'firstDay', 'lastDay', 'communication'] as const;
type Field = (typeof fields)[number];
type Values = Record<Field, string>;

interface Choice {
  readonly title: string;
  readonly value: string;
}

/** The communications of the register whose words a campaign may take, agreed or still asked for (article 6). */
async function readChoices(reader: Reader, kept: string | undefined): Promise<Choice[]> {
  const lists = await Promise.all(
    ['waiting', 'done'].map((state) =>
      reader.list('entries', 'byRegister', `communications|${state}`, { reverse: true, limit: mostChoices }),
    ),
  );
  const found = lists
    .flat()
    .filter(
      ({ kind, state }) => kind === 'communication' && ['requested', 'agreed', 'published'].includes(state),
    );
  const own = kept && !found.some(({ id }) => id === kept) ? await reader.get('entries', kept) : undefined;
  return [...found, ...(own ? [own] : [])].map(({ id, title }) => ({
    title: shorten(title, longestTitle),
    value: id,
  }));
}

/** Opens the form of a new event, or of one that is listed. */
export async function openForm(actor: Actor, key: string | undefined, services: Services): Promise<Card> {
  const now =
    key === undefined ? undefined : await services.store.read((r) => requireEvent(r, key, services));
  const { id, formKey } = createFormIds(services);
  const ids = { id: now?.key ?? id, formKey, seen: now?.record?.history.length ?? 0, isNew: !now };
  const values = {
    name: now ? now.event.name : '',
    firstDay: now?.event.days?.firstDay ?? '',
    lastDay: now?.event.days?.lastDay ?? '',
    communication: now?.record?.communication ?? '',
  };
  return drawForm(actor, ids, values, {}, services);
}

function readFacts(
  form: FormReader<Field>,
  { isNew }: EventForm,
  choices: readonly Choice[],
  actor: Actor,
  services: Services,
): EventFacts {
  const t = services.textIn(actor.lang);
  const today = todayOf(services);
  const name = form.readText('name', nameLength) ?? '';
  if (name === '') form.fail('name', { text: t('events.fault.name') });
  const firstDay = form.readOptionalDay('firstDay', t('form.firstDayError'));
  const lastDay = form.readOptionalDay('lastDay', t('form.lastDayError'));
  const needsDays = isNew || !form.isEmpty('firstDay') || !form.isEmpty('lastDay');
  if (needsDays && !firstDay) form.fail('firstDay', { text: t('form.firstDayError') });
  if (needsDays && !lastDay) form.fail('lastDay', { text: t('form.lastDayError') });
  const values = [noText, ...choices.map(({ value }) => value)];
  const communication = form.isEmpty('communication')
    ? noText
    : form.readOneOf('communication', values, t('events.fault.communication'));
  if (firstDay && lastDay) {
    const [min, { max }] = [addDays(today, -daysBack), dayLimits(today)];
    if (lastDay < firstDay) form.fail('lastDay', { text: t('form.order') });
    else if (daysBetween(firstDay, lastDay) >= longestDays)
      form.fail('lastDay', { text: t('events.fault.long', { count: longestDays }) });
    if (lastDay > max) form.fail('lastDay', { text: t('form.tooFar', { day: t.dates.short(max) }) });
    if (firstDay < min) form.fail('firstDay', { text: t('events.fault.old', { day: t.dates.short(min) }) });
  }
  return {
    name,
    ...(firstDay && lastDay ? { days: { firstDay, lastDay } } : {}),
    ...(communication && communication !== noText ? { communication } : {}),
  };
}

/** Stores what the form says, or gives it back as it was typed, with what is wrong. */
export async function submitForm(
  actor: Actor,
  data: Record<string, unknown> & EventForm,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const form = new FormReader<Field>(fields, data, actor, services);
  const kept = form.values.communication;
  const choices = await services.store.read((r) => readChoices(r, kept));
  const facts = readFacts(form, data, choices, actor, services);
  if (form.failed) return drawForm(actor, data, form.values, form.faults, services);
  const result = await saveEvent(actor, data, facts, services);
  if (result.ok) {
    // What was just stored is not in the events that this turn began with.
    return eventCard(
      actor,
      result.key,
      await services.store.read((reader) => readInForce(reader, services)),
      { note: result.note },
    );
  }
  const { because, now } = result;
  const told = now ? await services.store.read((r) => tellLast(r, now, actor.lang, services)) : '';
  const fault: Fault = {
    text: t(`events.fault.${because}`, { year: String(now?.event.year ?? '') }),
    why: [because === 'changed' ? told : '', t(`events.fault.${because}-why`)].filter(Boolean).join(' '),
  };
  const ids = because === 'changed' ? { ...data, seen: now?.record?.history.length ?? 0 } : data;
  const field = because === 'year' ? 'firstDay' : because === 'listed' ? 'name' : 'form';
  return drawForm(actor, ids, form.values, { [field]: fault }, services);
}

/** The form of an event, new or listed. */
async function drawForm(
  { lang }: Pick<Actor, 'lang'>,
  { id, formKey, seen, isNew }: EventForm,
  values: Values,
  faults: Faults<Field | 'form'>,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const choices = await services.store.read((r) => readChoices(r, values.communication || undefined));
  const head = formHead(t, faults, isNew ? 'events.newHeading' : 'events.editHeading', 'events.formLead');
  return {
    template: 'events-form',
    lang,
    summary: head.heading,
    data: {
      id,
      formKey,
      seen,
      isNew,
      eyebrow: t('events.eyebrow'),
      ...head,
      faults: faultData(['form', ...fields], faults),
      values: { ...values, communication: values.communication || noText },
      choices: [{ title: t('events.noText'), value: noText }, ...choices],
      limits: { name: nameLength },
      required: isNew,
      daysHint: isNew ? '' : t('events.daysHint'),
      cancelVerb: isNew ? 'events.open' : 'events.view',
    },
  };
}
