/** What holds of all records, whatever was sent. */
import { kinds } from '../../src/domain/action.js';
import { recount } from '../../src/domain/engagements/tally.js';
import type { Reader, Transaction } from '../../src/ports.js';
import { indexes, type RecordKind } from '../../src/records.js';
import type { TestBot } from '../support/bot.js';
import { countUnder } from '../support/counting.js';

const day = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const actionStates = ['open', 'cancelled', 'held', 'not-held'];
const engagementStates = /^(pending|sent-back|approved|declined|waitlisted|withdrawn|attended|absent)$/;
/** Of PostgreSQL, which stores neither; and of readers, whom the last turns around. */
const unstorable = /\\u0000|\\ud[89a-f]|[\u202a-\u202e\u2066-\u2069]/;

const figuresOf = async (reader: Reader, bot: TestBot) =>
  recount(
    await reader.all('actions'),
    await reader.all('engagements'),
    countUnder(bot.app.services.convention),
  );

/** Counts what is stored, and the numbers that are given, so that both can be compared at the end. */
export async function countAtStart(tx: Transaction, bot: TestBot): Promise<void> {
  await tx.put('counters', { id: 'requests', value: (await tx.all('actions')).length });
  await tx.put('counters', { id: 'amendments', value: (await tx.all('amendments')).length });
  const { tallies, mobilised } = await figuresOf(tx, bot);
  for (const tally of tallies.values()) await tx.put('tallies', tally);
  for (const one of mobilised.values()) await tx.put('mobilised', one);
}

/** What does not hold of the records, in words. */
export const findBroken = (bot: TestBot): Promise<string[]> =>
  bot.app.services.store.read(async (reader) => [
    ...(await findUnstorable(reader)),
    ...(await findUnrelated(reader)),
    ...(await findMiscounted(reader, bot)),
    ...(await findOwed(reader, bot.now())),
    ...(Object.keys(Object.prototype).length > 0 ? ['the prototype of all objects has been added to'] : []),
  ]);

async function findUnstorable(reader: Reader): Promise<string[]> {
  const faults: string[] = [];
  for (const kind of Object.keys(indexes) as RecordKind[])
    for (const record of await reader.all(kind)) {
      const text = JSON.stringify(record);
      if (unstorable.test(text) || /"(__proto__|constructor)":/.test(text))
        faults.push(`${kind} has ${text.slice(0, 300)}`);
      if (kind === 'people' || kind === 'conversations')
        if (/\\[rn]/.test(text)) faults.push(`${kind} has a line break in ${text.slice(0, 300)}`);
    }
  return faults;
}

async function findUnrelated(reader: Reader): Promise<string[]> {
  const [actions, engagements, history, people] = [
    await reader.all('actions'),
    await reader.all('engagements'),
    await reader.all('history'),
    await reader.all('people'),
  ];
  const byId = new Map(actions.map((action) => [action.id, action]));
  const persons = new Set(people.map(({ id }) => id));
  const numbers = new Set(actions.map(({ number }) => number));
  const lastMove = new Map(
    history.flatMap(({ engagementId, to }) => (engagementId ? [[engagementId, to]] : [])),
  );
  return [
    ...(numbers.size === actions.length ? [] : ['two actions have one number']),
    ...actions.flatMap((a) => {
      const taken = engagements.filter(
        (e) => e.actionId === a.id && /^(approved|attended|absent)$/.test(e.state),
      ).length;
      const isFine =
        day.test(a.firstDay) &&
        day.test(a.lastDay) &&
        a.firstDay <= a.lastDay &&
        actionStates.includes(a.state) &&
        kinds.includes(a.kind) &&
        Number.isInteger(a.seats) &&
        a.seats >= 1 &&
        taken <= a.seats &&
        persons.has(a.createdBy);
      return isFine ? [] : [`the action ${JSON.stringify(a)} with ${taken} seats taken`];
    }),
    ...engagements.flatMap((e) => {
      const action = byId.get(e.actionId);
      const isFine =
        action &&
        e.id === `${e.actionId}:${e.employeeId}` &&
        e.firstDay === action.firstDay &&
        engagementStates.test(e.state) &&
        persons.has(e.employeeId) &&
        (lastMove.get(e.id) ?? e.state) === e.state;
      return isFine ? [] : [`the engagement ${JSON.stringify(e)}, last moved to ${lastMove.get(e.id)}`];
    }),
  ];
}

async function findMiscounted(reader: Reader, bot: TestBot): Promise<string[]> {
  const { tallies } = await figuresOf(reader, bot);
  return (await reader.all('tallies')).flatMap((stored) => {
    const again = tallies.get(stored.id);
    const figures = ({
      achieved,
      planned,
      kinds: by,
    }: Pick<typeof stored, 'achieved' | 'planned' | 'kinds'>) =>
      JSON.stringify([
        achieved,
        planned,
        kinds.map((kind) => [by[kind].held, by[kind].pupils, by[kind].planned]),
      ]);
    const empty = Object.values(stored.kinds).every(({ held, planned }) => held === 0 && planned === 0);
    if (again ? figures(stored) === figures(again) : empty) return [];
    return [`${stored.id} counts ${figures(stored)}, and again ${again && figures(again)}`];
  });
}

async function findOwed(reader: Reader, now: string): Promise<string[]> {
  const owed = await reader.all('outbox');
  return owed.flatMap(({ id, state, dueAt }) =>
    state === 'sending' || (state === 'due' && dueAt <= now) ? [`${id} is still ${state}`] : [],
  );
}
