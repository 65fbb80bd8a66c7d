import { firstAllowed } from '../../domain/calendar/working-hours.js';
import type { Day } from '../../domain/days.js';
import { activeFrom, monthsAfter } from '../../domain/erasure/retention.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Expiry, Person } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { asActive, lookAt, type Moment } from './look.js';

/** Small enough not to delay other transactions: the records of each person are read. */
const atOnce = 20;

/** The run of the job: the last day on which it looked for whom it concerns. */
export const runId = 'retention';

/** Those who may have been inactive for long; the rule says who has. */
export const listInactive = (
  reader: Reader,
  { nextAnnouncements }: Moment,
  { convention }: Pick<Services, 'convention'>,
): Promise<readonly Person[]> =>
  reader.list('people', 'byActivity', 'active', {
    until: activeFrom(nextAnnouncements, convention.retentionYears),
  });

/** Whether Passerelle can write to somebody, as far as it knows. */
export async function isReachable(reader: Reader, { conversationId }: Person): Promise<boolean> {
  const chat = await reader.get('conversations', conversationId ?? '');
  return chat?.active === true;
}

/**
 * Tells those who have been inactive for nearly as long as people are kept, each once, and the coordinators of those who
 * could not be told. It goes on where it was interrupted, and is done once a day.
 * @returns how many have been told, or would have been, and of how many the coordinators are told
 */
export async function announce(
  moment: Moment,
  services: Services,
): Promise<{ readonly announced: number; readonly told: number }> {
  const { store } = services;
  let announced = 0;
  const inactive = await store.read((reader) => listInactive(reader, moment, services));
  for (const ids of inChunks(inactive))
    announced += await store.transact((tx) => announceTo(tx, ids, moment, services));
  for (const ids of inChunks(await store.read((reader) => findUnclear(reader, moment))))
    await store.transact((tx) => clarify(tx, ids, moment));
  const told = await store.transact((tx) => tellCoordinators(tx, services));
  return { announced, told };
}

function inChunks(people: readonly Person[]): string[][] {
  const ids = people.map(({ id }) => id);
  return Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, n) =>
    ids.slice(n * atOnce, (n + 1) * atOnce),
  );
}

/** @returns how many of them it has announced it to */
async function announceTo(
  tx: Transaction,
  ids: readonly string[],
  moment: Moment,
  services: Services,
): Promise<number> {
  const announced = await Promise.all(
    (await getAll(tx, ids)).map(async (person) => {
      const { lastActivity, retention } = await lookAt(tx, person, moment, services);
      const active = asActive(person, lastActivity, moment);
      if (retention.state === 'active') await tx.put('people', active);
      if (retention.state !== 'to-announce') return 0;
      await announceErasure(tx, active, retention.eraseOn, moment, services);
      return 1;
    }),
  );
  return announced.reduce((sum: number, one) => sum + one, 0);
}

/** Gives everybody who was told another month, because the bot, or its clock, was away in the meantime. */
export async function postpone({ today }: Moment, { store }: Services): Promise<void> {
  const eraseOn = monthsAfter(today, 1);
  const sooner = { until: eraseOn, limit: atOnce };
  for (let some = 1; some > 0; )
    some = await store.transact(async (tx) => {
      const people = await tx.list('people', 'byActivity', 'announced', sooner);
      // Whoever is in this part of the index has one.
      for (const person of people)
        await tx.put('people', { ...person, expiry: { ...person.expiry, eraseOn } as Expiry });
      return people.length;
    });
}

/** Those who are still there; together, so that a database is asked once. */
async function getAll(reader: Reader, ids: readonly string[]): Promise<Person[]> {
  const people = await Promise.all(ids.map((id) => reader.get('people', id)));
  return people.flatMap((person) => person ?? []);
}

/** Tells somebody that they are erased on a day, in their working hours. Whoever cannot be written to is noted as such. */
export async function announceErasure(
  tx: Transaction,
  person: Person,
  eraseOn: Day,
  { today }: Moment,
  services: Services,
  more: Pick<Expiry, 'toldOn' | 'again'> = {},
): Promise<void> {
  const { clock, convention, calendar } = services;
  const notice = (await isReachable(tx, person)) ? `retention:${person.id}:${today}` : undefined;
  const expiry = { announcedOn: today, eraseOn, ...(notice ? { notice } : {}), ...more };
  await tx.put('people', { ...person, expiry });
  if (notice)
    await notify(tx, services, person.id, {
      key: notice,
      message: 'retention.notice',
      data: { person: person.id },
      dueAt: firstAllowed(clock.now(), person.timeZone ?? zone, convention.messageHours, calendar),
    });
}

/**
 * What became of an announcement. The outbox forgets its rows after a while: of one that did not arrive the coordinators
 * were told.
 */
export async function readNotice(
  reader: Reader,
  { notice, toldOn }: Expiry,
): Promise<'arrived' | 'waiting' | 'unreached'> {
  if (notice === undefined || toldOn !== undefined) return 'unreached';
  const state = (await reader.get('outbox', notice))?.state ?? 'sent';
  if (state === 'failed' || state === 'unknown') return 'unreached';
  return state === 'sent' ? 'arrived' : 'waiting';
}

/** Of those who were to be told: who was not, which the coordinators do not know yet, and who was by a clock that was ahead. */
async function findUnclear(reader: Reader, moment: Moment): Promise<Person[]> {
  const people = await reader.list('people', 'byActivity', 'announced');
  const clear = await Promise.all(people.map((person) => clarified(reader, person, moment)));
  return people.filter((person, i) => clear[i] !== person);
}

/**
 * Somebody as they are to be kept: whoever was told by a clock that was ahead has been told nothing; whoever was not
 * reached is noted for today's message to the coordinators, if there is a channel for it.
 */
async function clarified(reader: Reader, person: Person, { today }: Moment): Promise<Person> {
  const { expiry, ...untold } = person;
  if (!expiry) return person;
  if (expiry.announcedOn > today) return untold;
  if (expiry.toldOn || (await readNotice(reader, expiry)) !== 'unreached') return person;
  const channel = await reader.get('channels', 'coordinators');
  return channel ? { ...untold, expiry: { ...expiry, toldOn: today } } : person;
}

async function clarify(tx: Transaction, ids: readonly string[], moment: Moment): Promise<void> {
  const people = await getAll(tx, ids);
  await Promise.all(people.map(async (person) => tx.put('people', await clarified(tx, person, moment))));
}

/** Records that today's look is done, with the message to the coordinators, if anybody is to be told of. */
async function tellCoordinators(tx: Transaction, services: Services): Promise<number> {
  const before = await tx.get('jobs', runId);
  await tx.put('jobs', { id: runId, at: services.clock.now() });
  const channel = await tx.get('channels', 'coordinators');
  const told = await listTold(tx);
  // A look that was interrupted has noted people on a day of which nobody has been told.
  const days = told.flatMap(({ expiry }) => expiry?.toldOn ?? []);
  const untold = days.filter((day) => !before || before.early || day > dayAt(before.at));
  if (channel)
    for (const day of new Set(untold))
      await services.enqueue(tx, {
        key: `retention:told:${day}`,
        conversationId: channel.conversationId,
        lang: channel.lang,
        message: 'retention.coming',
        data: { day },
      });
  return untold.length;
}

/** Those of whom the coordinators were told on a day, or on any, by when they are erased. */
export async function listTold(reader: Reader, day?: Day): Promise<Person[]> {
  const people = await reader.list('people', 'byActivity', 'announced');
  return people.filter(({ expiry }) => (day ? expiry?.toldOn === day : expiry?.toldOn !== undefined));
}
