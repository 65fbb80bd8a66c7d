import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import type { Action, Engagement, EngagementState } from '../src/domain/action.js';
import { addDays, weekday } from '../src/domain/days.js';
import { findNearestDates } from '../src/domain/placements/nearest-dates.js';
import type { Services } from '../src/features/feature.js';
import { engagementId, takeNextNumber, writeMove } from '../src/features/shared/records.js';
import type { Transaction } from '../src/ports.js';
import type { Person } from '../src/records.js';
import { dayAt } from '../src/text/dates.js';
import { BOT, CURRENT_USER, PERSONAL_CHAT_ID, serviceUrl, TENANT_ID, USERS } from './playground/config.js';

/** Colleagues who are not in the Playground: they were there before. */
const colleagues = ['Paul Essai', 'Rosa Maquette', 'Sami Prototype', 'Lina Gabarit'].map((name, i) => ({
  id: `29:colleague-${i}`,
  aadObjectId: `00000000-0000-4000-8000-00000000010${i}`,
  name,
}));
const everybody = [...Object.values(USERS), ...colleagues];
const idOf = (name: string): string => {
  const found = everybody.find((p) => p.name.startsWith(name));
  if (!found) throw new Error(`${name} is not in the sample company`);
  return found.aadObjectId;
};

interface Sample {
  readonly by: string;
  readonly at: string;
  readonly action: Pick<Action, 'kind' | 'firstDay' | 'lastDay' | 'academies'> & Partial<Action>;
  /** First names, and where each one's part stands. */
  readonly people: Readonly<Record<string, EngagementState>>;
}

/**
 * Writes a small invented company to a new data file: offers that wait, sessions to join, actions held and
 * planned. Days are counted from `now`. The channels are left to be chosen: what is posted before the
 * Playground's page is open is never shown in it.
 */
export async function writeSampleData(file: string, now: Date, playgroundPort?: number): Promise<void> {
  let instant = now.toISOString();
  const env = { DATA_FILE: file, LOG_LEVEL: 'warn', CONVENTION_FILE: process.env.CONVENTION_FILE };
  const app = await createApp(readConfig(env), { clock: { now: () => instant } });
  const { services } = app;
  await services.store.transact((tx) => writePeople(tx, playgroundPort));
  for (const sample of samples(now, services)) {
    instant = sample.at;
    await services.store.transact((tx) => writeSample(tx, sample, services));
  }
  await app.close();
}

async function writePeople(tx: Transaction, port?: number): Promise<void> {
  const common = { serviceUrl: serviceUrl(port), tenantId: TENANT_ID, botId: BOT.id, active: true };
  await tx.put('conversations', { ...common, id: PERSONAL_CHAT_ID, kind: 'personal' });
  for (const { aadObjectId, id, name } of everybody) {
    const person: Person = { id: aadObjectId, teamsId: id, name, lang: 'fr' };
    const own = aadObjectId === CURRENT_USER.aadObjectId;
    // The Playground's client speaks English: French is a choice of Camille's, to change in the preferences.
    await tx.put('people', own ? { ...person, chosenLang: 'fr', conversationId: PERSONAL_CHAT_ID } : person);
  }
}

async function writeSample(
  tx: Transaction,
  { by, at, action, people }: Sample,
  services: Services,
): Promise<void> {
  const id = services.ids.next();
  const author = idOf(by);
  const it: Action = {
    origin: 'offer',
    state: 'open',
    seats: 1,
    ...action,
    id,
    number: await takeNextNumber(tx),
    createdBy: author,
    createdAt: at,
  };
  const engagements = Object.entries(people).map(([name, state]): Engagement => {
    const employeeId = idOf(name);
    const decided = state !== 'pending' && it.origin === 'offer';
    const decision = { by: idOf('Hugo'), at };
    return {
      id: engagementId(id, employeeId),
      actionId: id,
      employeeId,
      state,
      since: at,
      firstDay: it.firstDay,
      ...(decided ? { decision } : {}),
    };
  });
  const move = it.origin === 'need' ? 'publish' : it.state === 'held' ? 'hold' : 'offer';
  await writeMove(tx, services, undefined, { action: it, engagements }, [
    { id: services.ids.next(), move, from: 'none', to: it.state, by: author },
    ...engagements
      .filter((e) => e.state === 'attended')
      .map((e) => ({
        id: services.ids.next(),
        engagementId: e.id,
        move: 'attend',
        from: 'approved',
        to: 'attended',
        by: author,
      })),
  ]);
}

function samples(now: Date, { calendar, convention }: Services): Sample[] {
  const today = dayAt(now.toISOString());
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  /** A weekday about so many days from now, on the side of the past or the future it lies on. */
  const weekdayAt = (days: number) => {
    const day = addDays(today, days);
    const over = weekday(day) - 5;
    return over <= 0 ? day : addDays(day, days < 0 ? -over : 3 - over);
  };
  const site = convention.sites[0];
  const academies = site ? [site.academie] : [];
  const hours = { from: '10:00', until: '11:00' };
  const on = (days: number) => ({ firstDay: weekdayAt(days), lastDay: weekdayAt(days) });
  const talk = { kind: 'classroom-talk', academies, hours } as const;
  const held = (
    by: string,
    days: number,
    school: string,
    pupils: number,
    more: Partial<Action> = {},
  ): Sample => {
    const at = ago(Math.max(1, -days - 1));
    const outcome = { pupils, by: idOf(by), at };
    const action = {
      ...talk,
      level: '4e' as const,
      ...on(days),
      school,
      state: 'held' as const,
      outcome,
      ...more,
    };
    return { by, at, action, people: { [by]: 'attended' } };
  };
  const wish = { kind: 'placement-3e' as const, firstDay: addDays(today, 56), lastDay: addDays(today, 60) };
  const sited = calendar.academies.filter((a) => academies.includes(a.code));
  const weeks = findNearestDates(wish, sited, calendar, today)[0] ?? wish;
  const placement = {
    ...weeks,
    level: '3e' as const,
    academies,
    places: 2,
    hosting: 'individual' as const,
    ...(site ? { site: site.id } : {}),
  };
  return [
    held('Paul', -50, 'Collège des Exemples, Nanterre', 26),
    held('Rosa', -41, 'Collège Jean-Fictif, Lyon', 31, { level: '3e' }),
    held('Sami', -33, 'Forum du lycée des Spécimens', 140, { kind: 'careers-fair', level: '3e' }),
    held('Lina', -20, 'Collège du Modèle, Issy-les-Moulineaux', 24, { kind: 'company-visit', level: '5e' }),
    held('Zoé', -4, 'Collège Jean-Fictif, Lyon', 27),
    {
      by: 'Nadia',
      at: ago(12),
      action: { ...talk, level: '3e', ...on(9), school: 'Collège du Spécimen, Créteil' },
      people: { Nadia: 'approved' },
    },
    { by: 'Hugo', at: ago(11), action: placement, people: { Hugo: 'approved' } },
    {
      by: 'Camille',
      at: ago(10),
      action: { ...talk, level: '4e', ...on(-1), school: 'Collège Jean-Fictif, Lyon' },
      people: { Camille: 'approved' },
    },
    {
      by: 'Inès',
      at: ago(7),
      action: { ...placement, places: 3, remark: 'Découverte des métiers du support, un tuteur par élève.' },
      people: { Inès: 'pending' },
    },
    {
      by: 'Zoé',
      at: ago(6),
      action: {
        ...talk,
        kind: 'company-visit',
        level: '5e',
        ...on(28),
        school: 'Collège du Modèle, Issy-les-Moulineaux',
      },
      people: { Zoé: 'pending' },
    },
    {
      by: 'Louis',
      at: ago(2),
      action: {
        kind: 'classroom-talk',
        level: '4e',
        academies,
        firstDay: weekdayAt(14),
        lastDay: weekdayAt(75),
        halfDays: ['am'],
        remark: 'Mon métier : analyste en cybersécurité.',
      },
      people: { Louis: 'pending' },
    },
    {
      by: 'Hugo',
      at: ago(3),
      action: {
        ...talk,
        origin: 'need',
        seats: 4,
        level: '4e',
        ...on(15),
        school: 'Collège Jean-Fictif, Lyon',
      },
      people: { Zoé: 'approved', Louis: 'approved' },
    },
    {
      by: 'Hugo',
      at: ago(1),
      action: {
        ...talk,
        kind: 'careers-fair',
        origin: 'need',
        seats: 2,
        level: '3e',
        ...on(22),
        school: 'Lycée des Exemples, Créteil',
      },
      people: { Nadia: 'approved' },
    },
  ];
}
