import {
  type EventRecord,
  type EventRow,
  eventKey,
  type MinistryEvent,
} from '../../domain/calendar/ministry-events.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Transaction } from '../../ports.js';
import { readInForce } from '../convention/in-force.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { enqueueRedraws, raiseChanges } from '../shared/records.js';
import { sendCampaign } from './campaign.js';
import type { Move } from './event-card.js';
import { readEventRecords } from './now.js';
import { describeEvent, type EventNow, findObstacle, type Obstacle, requireEvent, todayOf } from './read.js';

/** What the form of an event carries. */
export interface EventForm {
  /** The event in its year, or the id of a new one. */
  readonly id: string;
  readonly formKey: string;
  /** How often it had been changed when the form was drawn. */
  readonly seen: number;
  /** It is a new one. */
  readonly isNew: boolean;
}

export interface EventFacts {
  readonly name: string;
  readonly days?: MinistryEvent['days'];
  readonly communication?: string;
}

export type SaveResult =
  | { readonly ok: true; readonly key: string; readonly note: 'added' | 'edited' | 'unchanged' }
  | {
      readonly ok: false;
      readonly because: 'changed' | 'listed' | 'too-many' | 'year';
      readonly now: EventNow | undefined;
    };

/** Coordinators may keep this many records of events; years of them. */
const mostRecords = 200;

/** Names that differ in case, accents and signs alone are of one event. */
const fold = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/**
 * Stores a new event, or changes one. Sending the same form again changes nothing.
 * @throws Refusal if the form is for another event, or somebody else has sent it
 */
export function saveEvent(
  actor: Actor,
  form: EventForm,
  facts: EventFacts,
  services: Services,
): Promise<SaveResult> {
  return services.store.transact(async (tx) => {
    const known = await readInForce(tx, services);
    const records = await readEventRecords(tx);
    const sent = records.find(({ history }) => history.some(({ id }) => id === form.formKey));
    if (sent) {
      if (sent.history.find(({ id }) => id === form.formKey)?.by !== actor.id)
        throw new Refusal('refusal.outdated');
      return { ok: true, key: sent.id, note: form.isNew ? 'added' : 'edited' };
    }
    const now = form.isNew ? undefined : await requireEvent(tx, form.id, known);
    const seen = now?.record?.history.length ?? 0;
    if (now && seen !== form.seen) return { ok: false, because: 'changed', now };
    const event = now ? changed(now.event, facts) : added(form.id, facts, known);
    if (facts.days && !facts.days.firstDay.startsWith(`${event.year}-`))
      return { ok: false, because: 'year', now };
    const twin = known.calendar.events.find((e) => eventKey(e) === eventKey(event));
    if (!now && twin) return { ok: false, because: 'listed', now: await describeEvent(tx, twin, known) };
    if (!now?.record && records.length >= mostRecords) return { ok: false, because: 'too-many', now };
    if (now && isSame(now, event, facts)) return { ok: true, key: now.key, note: 'unchanged' };
    const { communication: _, ...rest } = now?.record ?? { id: eventKey(event), history: [] };
    const { communication } = facts;
    const record = { ...rest, event, ...(communication ? { communication } : {}) };
    await write(tx, now, record, { id: form.formKey, did: now ? 'edit' : 'add', by: actor.id }, services);
    return { ok: true, key: record.id, note: now ? 'edited' : 'added' };
  });
}

/** Days that a coordinator gives are certain. */
const changed = ({ days: _, ...event }: MinistryEvent, { name, days }: EventFacts): MinistryEvent => ({
  ...event,
  name,
  confirmed: days !== undefined,
  ...(days ? { days } : {}),
});

/** A new event, or another year of one that is known by its name. */
function added(id: string, { name, days }: EventFacts, { calendar }: Services): MinistryEvent {
  const known = calendar.events.find((event) => fold(event.name) === fold(name));
  const year = Number(days?.firstDay.slice(0, 4));
  return { id: known?.id ?? id, name, year, confirmed: true, ...(days ? { days } : {}) };
}

const isSame = ({ event, record }: EventNow, after: MinistryEvent, { communication }: EventFacts): boolean =>
  event.name === after.name &&
  event.confirmed === after.confirmed &&
  event.days?.firstDay === after.days?.firstDay &&
  event.days?.lastDay === after.days?.lastDay &&
  record?.communication === communication;

/** Writes an event with a row more in its history, and all that follows from its days. */
async function write(
  tx: Transaction,
  before: Pick<EventNow, 'event'> | undefined,
  after: EventRecord,
  row: Omit<EventRow, 'at'>,
  services: Services,
): Promise<void> {
  await tx.put('events', { ...after, history: [...after.history, { ...row, at: services.clock.now() }] });
  // Which event an action belongs to follows from the days.
  const days = [before?.event.days, after.event.days].flatMap((d) => (d ? [d.firstDay, d.lastDay] : []));
  const years = days.map((day) => programmeYear(day, services.convention).id);
  for (const year of new Set(years)) await raiseChanges(tx, year);
  await enqueueRedraws(tx, services, after.id, { by: row.by });
}

/**
 * Sends, holds back or releases the campaign of an event, or puts the event aside and takes it up again. What has
 * already been done is done no second time.
 * @returns why it is not possible; nothing if it is done
 */
export function moveEvent(
  actor: Actor,
  key: string,
  move: Move,
  services: Services,
): Promise<Obstacle | 'no-channel' | undefined> {
  return services.store.transact(async (tx) => {
    const known = await readInForce(tx, services);
    const now = await requireEvent(tx, key, known);
    const obstacle = findObstacle(now, todayOf(services));
    const { held: wasHeld, ...rest } = now.record ?? { id: key, event: now.event, history: [] };
    const { aside: wasAside, ...event } = now.event;
    if (move === 'send') {
      // Whoever sends it again, or at the same time as somebody else, is told that it is out.
      if (obstacle) return obstacle === 'sent' ? undefined : obstacle;
      if (!(await sendCampaign(tx, now, known, actor.id))) return 'no-channel';
    }
    if (move === 'hold' && now.sentAt) return 'sent';
    const held = move === 'hold' || (wasHeld && move !== 'release');
    const aside = move === 'aside' || (wasAside && move !== 'resume');
    if (move !== 'send' && Boolean(held) === Boolean(wasHeld) && Boolean(aside) === Boolean(wasAside))
      return undefined;
    const after = {
      ...rest,
      event: { ...event, ...(aside ? { aside } : {}) },
      ...(held ? { held } : {}),
    };
    await write(tx, now, after, { id: services.ids.next(), did: move, by: actor.id }, services);
    return undefined;
  });
}
