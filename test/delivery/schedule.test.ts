import fc from 'fast-check';
import { createSchedule } from '../../src/delivery/schedule.js';
import type { OutboxMessage } from '../../src/records.js';
import { aRow } from './harness.js';

const channel = '19:coordination';
let owed = 0;
/** A row that is owed now; `about` is the action it concerns. */
const row = (by: string | undefined, about: string, more: Partial<OutboxMessage> = {}): OutboxMessage => {
  const order = String(++owed).padStart(9, '0');
  return aRow({ id: order, order, conversationId: channel, actionId: about, ...(by ? { by } : {}), ...more });
};

type Lanes = ReturnType<typeof createSchedule>;
/** Sends what goes next; nothing when nothing may go. */
function send(lanes: Lanes): OutboxMessage | undefined {
  const next = lanes.takeNext();
  if (!next) return undefined;
  lanes.replace(next.queue, next.row, undefined);
  lanes.reschedule(next.queue);
  return next.row;
}
function sendAll(lanes: Lanes): OutboxMessage[] {
  const sent: OutboxMessage[] = [];
  for (let next = send(lanes); next; next = send(lanes)) sent.push(next);
  return sent;
}
const ready = () => 0;

it('with hundreds of one person’s rows waiting, another one’s goes after one of them', () => {
  const lanes = createSchedule(ready);
  lanes.add(Array.from({ length: 300 }, (_, i) => row('flood', `f${i}`)));
  expect(send(lanes)?.by).toBe('flood');
  lanes.add([row('ines', 'i1')]);
  expect([send(lanes)?.by, send(lanes)?.by]).toEqual(['flood', 'ines']);
});

it('what was owed before rows said whose they are goes in its order, and takes turns with the rest', () => {
  const lanes = createSchedule(ready);
  const old = [1, 2, 3].map((i) => row(undefined, `old${i}`));
  lanes.add([...old, row('ines', 'i1'), row('zoe', 'z1')]);
  const sent = sendAll(lanes);
  expect(sent.map(({ by }) => by ?? '')).toEqual(['', 'ines', 'zoe', '', '']);
  expect(sent.filter(({ by }) => !by)).toEqual(old);
});

it('a row that waits to be tried again holds up everybody', () => {
  const tried = row('ines', 'i1', { attempts: 1 });
  const lanes = createSchedule(({ attempts }) => (attempts > 0 ? 60_000 : 0));
  lanes.add([row('zoe', 'z1'), tried, row('zoe', 'z2')]);
  expect(send(lanes)).toBeUndefined();
});

it('a row that was put off holds up nobody, not even those about the same', () => {
  const lanes = createSchedule(({ data }) => (data.putOff ? 5_000 : 0));
  lanes.add([row('ines', 'i1', { data: { putOff: true } }), row('zoe', 'i1')]);
  expect(send(lanes)?.by).toBe('zoe');
  expect(send(lanes)).toBeUndefined();
});

it('a person who has used up their share lets others pass, but nothing about the same', () => {
  const lanes = createSchedule(ready, (_, by) => (by === 'flood' ? 1_000 : 0));
  lanes.add([row('flood', 'f1'), row('ines', 'f1'), row('zoe', 'z1'), row(undefined, 'old')]);
  expect(sendAll(lanes).map(({ by }) => by)).toEqual(['zoe', undefined]);
  // It waits for the share, and for nothing else: whoever waits for all to be sent waits for it.
  expect([lanes.ready(), lanes.hasDue()]).toEqual([0, true]);
});

it('an update that is owed again counts for whoever owed it last', () => {
  const lanes = createSchedule(ready);
  const first = row('flood', 'session');
  lanes.add([...Array.from({ length: 9 }, (_, i) => row('flood', `f${i}`)), first]);
  lanes.add([{ ...first, by: 'ines' }]);
  send(lanes);
  expect(send(lanes)).toMatchObject({ id: first.id, by: 'ines' });
});

describe('for any people and rows, owed in any order while others are sent', () => {
  const people = ['ana', 'ben', 'eve', 'flood', 'flood', 'flood', 'flood', undefined] as const;
  /** What happens, one after the other: a row of somebody about something is owed, or one is sent. */
  const happenings = fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ by: fc.constantFrom(...people), about: fc.integer({ max: 40, min: 1 }) }),
      },
      { weight: 1, arbitrary: fc.constant('send' as const) },
    ),
    { maxLength: 150 },
  );

  /** Plays it to the end. Gives what was owed and sent, and before each sending what waited. */
  function play(what: typeof happenings extends fc.Arbitrary<infer T> ? T : never) {
    const lanes = createSchedule(ready);
    const [rows, sent]: [OutboxMessage[], OutboxMessage[]] = [[], []];
    const waited: OutboxMessage[][] = [];
    const step = () => {
      const before = rows.filter((r) => !sent.includes(r));
      const next = send(lanes);
      if (next) {
        waited.push(before);
        sent.push(next);
      }
      return next !== undefined;
    };
    for (const one of what) {
      if (one === 'send') step();
      else {
        const owed = row(one.by, `action ${one.about}`);
        rows.push(owed);
        lanes.add([owed]);
      }
    }
    while (step());
    return { rows, sent, waited };
  }

  it('each goes once, and what is about one action goes in its order', () => {
    fc.assert(
      fc.property(happenings, (what) => {
        const { rows, sent } = play(what);
        expect(sent.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id));
        for (const about of new Set(rows.map(({ actionId }) => actionId))) {
          const of = (all: OutboxMessage[]) => all.filter(({ actionId }) => actionId === about);
          expect(of(sent)).toEqual(of(rows));
        }
      }),
    );
  });

  it('whoever waits for nobody’s row about the same has a turn before anybody has a second one', () => {
    fc.assert(
      fc.property(happenings, (what) => {
        const { sent, waited } = play(what);
        for (const [i, waiting] of waited.entries()) {
          const [first] = waiting;
          for (const person of new Set(waiting.map(({ by }) => by))) {
            const theirs = waiting.find(({ by }) => by === person);
            const isFree = theirs && waiting.find(({ actionId }) => actionId === theirs.actionId) === theirs;
            if (!first || !isFree) continue;
            const others = new Set(waiting.map(({ by }) => by)).size;
            const turns = sent.slice(i, i + others).map(({ by }) => by);
            expect(turns).toContain(person);
          }
        }
      }),
    );
  });
});
