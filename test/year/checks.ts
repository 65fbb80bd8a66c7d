import type { Action, Engagement, HistoryRow } from '../../src/domain/action.js';
import { addDays } from '../../src/domain/days.js';
import { langs } from '../../src/text/text.js';
import { textOf } from '../support/bot.js';
import { says } from '../support/flows.js';
import type { World } from './world.js';

/** What is wrong at the end of the year, in words; nothing when all is well. */
export async function findFaults(world: World): Promise<string[]> {
  const { store } = world.bot.app.services;
  const [actions, engagements, history, tallies] = await store.read(async (r) => [
    await r.all('actions'),
    await r.all('engagements'),
    await r.all('history'),
    await r.all('tallies'),
  ]);
  const byAction = new Map<string, Engagement[]>();
  for (const e of engagements) byAction.set(e.actionId, [...(byAction.get(e.actionId) ?? []), e]);
  return [
    ...compareCounts(actions, byAction, tallies),
    ...findSeatFaults(actions, byAction),
    ...findRepeated(world),
    ...findPointless(world, actions, engagements, history),
    ...findUnasked(world, actions, byAction),
    ...[...world.refusals]
      .filter(([what]) => what.startsWith('HTTP'))
      .map(([what, n]) => `${n} answers ${what}`),
  ];
}

const schoolYear = (day: string): string => {
  const year = Number(day.slice(0, 4)) - (day.slice(5) >= '09-01' ? 0 : 1);
  return `${year}-${year + 1}`;
};

/** Counts again, with no code of the bot's: actions held, pupils, and distinct employees who were there, a school year. */
function compareCounts(
  actions: readonly Action[],
  byAction: ReadonlyMap<string, readonly Engagement[]>,
  tallies: readonly {
    id: string;
    achieved: number;
    kinds: Record<string, { held: number; pupils: number }>;
  }[],
): string[] {
  const years = new Map<string, { held: number; pupils: number; people: Set<string> }>();
  for (const action of actions) {
    if (action.state !== 'held') continue;
    const key = schoolYear(action.firstDay);
    const year = years.get(key) ?? { held: 0, pupils: 0, people: new Set<string>() };
    years.set(key, year);
    year.held += 1;
    year.pupils += action.outcome?.pupils ?? 0;
    for (const e of byAction.get(action.id) ?? []) if (e.state === 'attended') year.people.add(e.employeeId);
  }
  const faults: string[] = [];
  for (const tally of tallies) {
    const own = years.get(tally.id) ?? { held: 0, pupils: 0, people: new Set() };
    const sum = (of: 'held' | 'pupils') => Object.values(tally.kinds).reduce((n, kind) => n + kind[of], 0);
    const [shown, again] = [
      [sum('held'), sum('pupils'), tally.achieved],
      [own.held, own.pupils, own.people.size],
    ].map((figures) => figures.join(' actions, '));
    if (shown !== again) faults.push(`${tally.id} shows ${shown}, and a recount gives ${again}`);
    years.delete(tally.id);
  }
  return [...faults, ...[...years.keys()].map((year) => `${year} has actions held and no figures`)];
}

function findSeatFaults(
  actions: readonly Action[],
  byAction: ReadonlyMap<string, readonly Engagement[]>,
): string[] {
  return actions.flatMap((action) => {
    const own = byAction.get(action.id) ?? [];
    const seated = own.filter((e) => ['approved', 'attended', 'absent'].includes(e.state)).length;
    return seated > action.seats
      ? [`action ${action.number} has ${seated} people on ${action.seats} seats`]
      : [];
  });
}

/** The same card twice in one chat; a reminder of the week before may say the same as that of the eve, on another day. */
function findRepeated({ received }: World): string[] {
  const seen = new Map<string, string>();
  const notes = langs.map((lang) => says(lang, 'reminders.note'));
  return received.flatMap(({ to, card, at }) => {
    const isReminder = notes.some((note) => textOf(card).includes(note));
    const day = isReminder ? at.slice(0, 10) : '';
    const key = `${to} ${day} ${JSON.stringify(card).replaceAll(/"formKey":"[^"]*"/g, '')}`;
    const before = seen.get(key);
    seen.set(key, at);
    return before === undefined
      ? []
      : [`the same twice to ${to}, at ${before} and ${at}: ${textOf(card).slice(0, 120)}`];
  });
}

/** Reminders, and questions, about something that was off by then. */
function findPointless(
  { sent }: World,
  actions: readonly Action[],
  engagements: readonly Engagement[],
  history: readonly HistoryRow[],
): string[] {
  const byId = new Map(actions.map((a) => [a.id, a]));
  const moves = new Map<string, HistoryRow[]>();
  for (const row of history) {
    const key = row.engagementId ?? row.actionId;
    moves.set(key, [...(moves.get(key) ?? []), row]);
  }
  const stateAt = (key: string, at: string): string | undefined =>
    (moves.get(key) ?? [])
      .filter((row) => row.at <= at && row.from !== row.to)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
      .at(-1)?.to;
  return sent.flatMap(({ id, message, actionId, data, conversationId, dueAt }) => {
    if (!/^(reminders|outcome\.ask)/.test(message)) return [];
    const action = byId.get(actionId ?? String(data.actionId));
    const own = engagements.find(
      (e) => e.actionId === action?.id && conversationId.includes(e.employeeId.replace('aad-', '')),
    );
    if (!action || !own) return [`${id} is about nothing that is known`];
    const state = stateAt(own.id, dueAt);
    return state === 'approved'
      ? []
      : [`${message} about ${action.number} at ${dueAt}, whose part was ${state}`];
  });
}

/** Engagements whose day is long past, that nobody has answered, and that no list has shown to the coordinators. */
function findUnasked(
  world: World,
  actions: readonly Action[],
  byAction: ReadonlyMap<string, readonly Engagement[]>,
): string[] {
  const limit = addDays(world.today(), -45);
  const asked = new Map<string, Set<string>>();
  for (const { message, actionId, data } of world.sent)
    if (message.startsWith('outcome.'))
      asked.set(message, (asked.get(message) ?? new Set()).add(actionId ?? String(data.actionId)));
  const listed = world.sent.some(({ message }) => message === 'outcome.unanswered');
  return actions.flatMap((action) => {
    const waits = (byAction.get(action.id) ?? []).some((e) => e.state === 'approved');
    if (!waits || action.halfDays || action.lastDay > limit) return [];
    if (action.state !== 'open' && action.state !== 'held') return [];
    const missing = ['outcome.ask', 'outcome.askAgain'].filter(
      (message) => !asked.get(message)?.has(action.id),
    );
    return [
      ...missing.map(
        (message) => `nobody was sent ${message} about action ${action.number} of ${action.lastDay}`,
      ),
      ...(listed ? [] : [`action ${action.number} of ${action.lastDay} was listed to nobody`]),
    ];
  });
}
