import { addDays } from '../../domain/days.js';
import { monthsAfter } from '../../domain/erasure/retention.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Person } from '../../records.js';
import { startErasure } from '../erasure/begin.js';
import type { Services } from '../feature.js';
import { announceErasure, isReachable, readNotice } from './announce.js';
import { asActive, lookAt, type Moment } from './look.js';

/** Each erasure looks through all records, so that only a few go on at a time. */
const mostAtOnce = 5;

/** Those whose day has come, the first ones first. */
export const listDue = (reader: Reader, { today }: Moment, limit: number): Promise<readonly Person[]> =>
  reader.list('people', 'byActivity', 'announced', { until: addDays(today, 1), limit });

/**
 * Begins to erase those whose day has come, as if they had asked for it; a few at a time.
 * @returns how many it has begun to erase
 */
export async function eraseDue(moment: Moment, services: Services): Promise<number> {
  const { store } = services;
  const due = await store.read((reader) => listNext(reader, moment));
  let begun = 0;
  for (const _ of due) if (await store.transact((tx) => eraseNext(tx, moment, services))) begun += 1;
  return begun;
}

async function listNext(reader: Reader, moment: Moment): Promise<readonly Person[]> {
  const underWay = await reader.list('erasures', 'byTime', 'all', { limit: mostAtOnce });
  const free = mostAtOnce - underWay.length;
  return free > 0 ? listDue(reader, moment, free) : [];
}

/** @returns whether it has begun to erase somebody */
async function eraseNext(tx: Transaction, moment: Moment, services: Services): Promise<boolean> {
  const [person] = await listNext(tx, moment);
  if (!person) return false;
  const { lastActivity, retention } = await lookAt(tx, person, moment, services);
  const active = asActive(person, lastActivity, moment);
  const { expiry } = person;
  if (retention.state !== 'due' || !expiry) {
    const later = retention.state === 'announced' && expiry;
    await tx.put('people', later ? { ...active, expiry: { ...later, eraseOn: retention.eraseOn } } : active);
    return false;
  }
  const notice = await readNotice(tx, expiry);
  const eraseOn = monthsAfter(moment.today, 1);
  if (notice === 'waiting') {
    await tx.put('people', { ...person, expiry: { ...expiry, eraseOn } });
    return false;
  }
  // Somebody who can be written to again has not been told yet. Whom Teams still refuses is not asked about for ever.
  if (notice === 'unreached' && !expiry.again && (await isReachable(tx, person))) {
    const toldOn = expiry.toldOn && { toldOn: expiry.toldOn };
    await announceErasure(tx, active, eraseOn, moment, services, { again: true, ...toldOn });
    return false;
  }
  await startErasure(tx, person, services);
  return true;
}
