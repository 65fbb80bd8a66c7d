import { firstAllowed } from '../../domain/calendar/working-hours.js';
import {
  findMonthlyCard,
  type MonthlyCard,
  type RegionalCoordinator,
} from '../../domain/convention/regional.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Job, Services } from '../feature.js';
import { findRunKey } from '../shared/job-runs.js';
import { isMuted, notify } from '../shared/people.js';
import { type AreaFigures, readFigures } from './figures.js';
import { monthlyRunId } from './runs.js';

/** Of all who are named: who gets the card now, and how many cannot, or do not want to. */
interface Due {
  readonly cards: readonly (RegionalCoordinator & { readonly run: string; readonly key: string })[];
  readonly unreachable: number;
  readonly muted: number;
}

async function readDue(reader: Reader, { month, at }: MonthlyCard, services: Services): Promise<Due> {
  const { convention, clock } = services;
  const cards: Due['cards'][number][] = [];
  const left = { unreachable: 0, muted: 0 };
  for (const { person: id, area } of convention.regionalCoordinators) {
    const person = await reader.get('people', id);
    const chat = person?.conversationId
      ? await reader.get('conversations', person.conversationId)
      : undefined;
    const run = monthlyRunId({ month, area, personId: id });
    const key = await findRunKey(reader, run, (done) => done.at >= at);
    if (key === undefined) continue;
    if (!chat?.active) left.unreachable += 1;
    else if (isMuted(person, 'regional', dayAt(clock.now()))) left.muted += 1;
    else cards.push({ person: id, area, run, key });
  }
  return { cards, ...left };
}

const describe = (month: string, verb: string, { cards, unreachable, muted }: Due): string =>
  `regional ${month}: ${verb} ${cards.length} cards; ` +
  `${unreachable} of those named cannot be reached, ${muted} do not want it`;

/**
 * Enqueues the card of the month for everybody who is named, once for each month, person and area: its run and the
 * message are written in one transaction. Somebody who can be reached only later gets it during the week. The figures
 * are those of the moment and of the role that the person has then; the dates are read when the card is sent.
 */
export const regionalJob: Job = {
  async run(services, { dryRun, warn }) {
    const { store, clock, convention, calendar, directory } = services;
    const now = clock.now();
    const card = findMonthlyCard(now, zone, convention.messageHours, calendar);
    const isNobodyNamed = convention.regionalCoordinators.length === 0;
    if (!card || isNobodyNamed || firstAllowed(now, zone, convention.messageHours, calendar) !== now)
      return 'regional: nothing is due';
    const { month, at } = card;
    const due = await store.read((reader) => readDue(reader, card, services));
    if (dryRun) return describe(month, 'would owe', due);
    const figures = new Map<string, { figures: AreaFigures }>();
    for (const { person, area, run } of due.cards) {
      const coordinator = (await directory.isCoordinator(person, 'read')) === 'yes';
      figures.set(run, { figures: await readFigures(services, area, coordinator) });
    }
    const { sent, isFirst } = await store.transact(async (tx) => {
      const still = await readDue(tx, card, services);
      const cards = still.cards.filter(({ run }) => figures.has(run));
      for (const { person, area, run, key } of cards) {
        await tx.put('jobs', { id: run, at: clock.now() });
        const data = { person, area, ...figures.get(run) };
        await notify(tx, services, person, { key, message: 'regional.card', data });
      }
      const first = `regional:${month}`;
      const isFirst = (await findRunKey(tx, first, (done) => done.at >= at)) !== undefined;
      if (isFirst) await tx.put('jobs', { id: first, at: clock.now() });
      return { sent: { ...still, cards }, isFirst };
    });
    const summary = describe(month, 'owed', sent);
    if (isFirst && sent.unreachable > 0) warn?.(`${summary}: they have no chat with the bot`);
    return summary;
  },
};
