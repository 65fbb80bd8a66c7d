import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { kinds } from '../../src/domain/action.js';
import { addDays } from '../../src/domain/days.js';
import { countSeatsTaken } from '../../src/domain/engagements/moves.js';
import { emptyTally, recount, type Tally } from '../../src/domain/engagements/tally.js';
import { type Actor, Refusal, type Services } from '../../src/features/feature.js';
import { features } from '../../src/features/index.js';
import { openLowdbStore } from '../../src/storage/lowdb/index.js';
import { anActor, placementInputs, talkInputs as talk } from '../support/builders.js';
import { countUnder } from '../support/counting.js';
import { createMemoryStore } from '../support/memory-store.js';

const coordinators = ['hugo', 'zoe'];
const everybody = ['ines', 'louis', 'amy', ...coordinators];
const actorOf = (id: string): Actor => anActor(id, { coordinator: coordinators.includes(id) });

let wired: Services;
beforeAll(async () => {
  const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), { store: createMemoryStore() });
  wired = app.services;
});

/** The real features on a store of their own, and a clock that is moved. */
async function open(start = '2026-11-23') {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-tally-'));
  let today = start;
  const clock = { now: () => `${today}T12:00:00.000Z` };
  const store = await openLowdbStore({ file: join(folder, 'records.json'), clock });
  const services: Services = { ...wired, store, clock };
  const at = { conversationId: '19:c', teamId: '19:t', lang: 'fr' } as const;
  const channel = { id: 'coordinators', ...at, by: 'hugo', at: clock.now() } as const;
  await store.transact((tx) => tx.put('channels', channel));
  const run = async (who: string, verb: string, data: Record<string, unknown>): Promise<void> => {
    const [feature, name = ''] = verb.split('.');
    const action = features.find((f) => f.name === feature)?.actions[name];
    if (!action) throw new Error(`there is no action "${verb}"`);
    const actor = actorOf(who);
    if (action.who === 'coordinator' && !actor.coordinator) return;
    await action.run(actor, data, services).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  };
  const newIds = () => ({ id: services.ids.next(), formKey: services.ids.next() });
  const all = () =>
    store.read(async (r) => ({
      actions: await r.all('actions'),
      engagements: await r.all('engagements'),
      history: await r.all('history'),
      tallies: await r.all('tallies'),
    }));
  return {
    run,
    newIds,
    all,
    conventionInForce: () => store.read(services.conventionIn),
    amendments: () => store.read((r) => r.all('amendments')),
    setToday: (day: string) => {
      today = day;
    },
    today: () => today,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
type House = Awaited<ReturnType<typeof open>>;

async function expectRecountEqualsTally(house: House): Promise<void> {
  const { actions, engagements, tallies } = await house.all();
  const { tallies: counted } = recount(actions, engagements, countUnder(await house.conventionInForce()));
  const kept = new Map<string, Tally>(tallies.map((t) => [t.id, t]));
  for (const id of new Set([...counted.keys(), ...kept.keys()]))
    expect(kept.get(id) ?? emptyTally(id)).toEqual(counted.get(id) ?? emptyTally(id));
}

/** States that an action and an engagement in it can never be in together. */
const forbidden = new Set([
  ...['attended', 'absent', 'declined'].map((e) => `open ${e}`),
  ...['pending', 'sent-back', 'attended', 'absent'].map((e) => `cancelled ${e}`),
  // Those who took part in a session that is cancelled, or waited, are told so and stay in its record.
  ...['approved', 'waitlisted'].map((e) => `cancelled ${e} of an offer`),
  ...['pending', 'sent-back', 'declined'].map((e) => `held ${e}`),
  ...['pending', 'sent-back', 'declined', 'attended', 'absent'].map((e) => `not-held ${e}`),
]);

async function expectSoundRecords(house: House): Promise<void> {
  const { actions, engagements, history } = await house.all();
  for (const e of engagements) {
    const action = actions.find((a) => a.id === e.actionId);
    expect(forbidden).not.toContain(`${action?.state} ${e.state}`);
    expect(forbidden).not.toContain(`${action?.state} ${e.state} of an ${action?.origin}`);
    expect(e.firstDay).toBe(action?.firstDay);
    // Its history leads from nothing to the state it is in, whatever the order in which it is read.
    const balance: Record<string, number> = {};
    for (const h of history.filter((row) => row.engagementId === e.id)) {
      balance[h.from] = (balance[h.from] ?? 0) - 1;
      balance[h.to] = (balance[h.to] ?? 0) + 1;
    }
    const unbalanced = Object.entries(balance).filter(([, n]) => n !== 0);
    expect(Object.fromEntries(unbalanced)).toEqual({ none: -1, [e.state]: 1 });
  }
  for (const a of actions) {
    const own = engagements.filter((e) => e.actionId === a.id);
    expect(countSeatsTaken(own)).toBeLessThanOrEqual(a.seats);
  }
}

const weights = {
  'volunteer.submit': 2,
  'host.submit': 1,
  'publish.submit': 1,
  correct: 2,
  'approval.approve': 6,
  'approval.decline': 1,
  'approval.askChanges': 1,
  'sessions.join': 6,
  'sessions.leave': 1,
  'sessions.save': 2,
  'sessions.confirm': 1,
  'sessions.cancel': 1,
  'mine.withdrawConfirmed': 1,
  'outcome.held': 8,
  'outcome.notHeld': 1,
  'outcome.present': 4,
  'outcome.attendance': 1,
  'outcome.settle': 4,
  amend: 4,
  'take an amendment back': 1,
  again: 2,
  'days pass': 4,
} as const;
type Verb = keyof typeof weights;
const step = fc.record({
  verb: fc.oneof(
    ...Object.entries(weights).map(([v, weight]) => ({ arbitrary: fc.constant(v as Verb), weight })),
  ),
  who: fc.constantFrom(...everybody),
  /** Mostly somebody who may do it, sometimes anybody. */
  right: fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, { arbitrary: fc.constant(false), weight: 1 }),
  target: fc.nat(30),
  /** Up to the other side of 1 September 2027. */
  ahead: fc.constantFrom(0, 1, 3, 10, 281, 282),
  pupils: fc.nat(40),
  attended: fc.subarray(everybody, { minLength: 1 }),
  seats: fc.integer({ min: 1, max: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What is not one click. */
type Other = 'amend' | 'take an amendment back' | 'again' | 'days pass';

/** An amendment of the kinds that count, signed at once: from a day before, around or after what happens. */
async function amend(house: House, { target, pupils, seats }: Step): Promise<void> {
  const { id, formKey } = house.newIds();
  await house.run('hugo', 'amendments.save', {
    id,
    formKey,
    seen: 0,
    subject: 'D’autres types d’actions',
    from: addDays('2026-11-01', target * 4),
    commitment: pupils % 2 === 0 ? 'mobilised-employees' : 'placements',
    target: '',
    kinds: kinds.filter((_, i) => (pupils + i) % (seats + 1) === 0).join(','),
  });
  const signature = { signers: 'Les deux parties', signedOn: house.today() };
  await house.run('hugo', 'amendments.sign', { id, formKey: house.newIds().formKey, seen: 1, ...signature });
}

async function takeAmendmentBack(house: House, { target }: Step): Promise<void> {
  const signed = (await house.amendments()).filter(({ state }) => state === 'signed');
  const one = signed[target % Math.max(1, signed.length)];
  if (one) await house.run('hugo', 'amendments.reopen', { id: one.id, seen: one.revision });
}

/** Clicks once; the click is given back, for `again` to repeat it as it was. */
async function take(house: House, s: Step, last: () => Promise<void>): Promise<() => Promise<void>> {
  const { actions, engagements, history } = await house.all();
  const action = actions[s.target % Math.max(1, actions.length)];
  const id = action?.id ?? house.newIds().id;
  const engaged = engagements.filter((e) => e.actionId === id).map((e) => e.employeeId);
  const who = (s.right && engaged[s.pupils % Math.max(1, engaged.length)]) || s.who;
  const decider = coordinators.find((c) => c !== action?.createdBy) ?? '';
  const { formKey } = house.newIds();
  const day = addDays(house.today(), s.ahead);
  const edits = history.filter((row) => row.actionId === id && row.move === 'edit');
  const seen =
    edits
      .map((row) => row.id)
      .sort()
      .at(-1) ?? '';
  const places = { places: String(s.seats) };
  const seats = String(s.seats);
  const inputs: Record<Exclude<Verb, Other>, readonly [string, object, string?]> = {
    'volunteer.submit': [s.who, { ...house.newIds(), ...talk(day) }],
    'host.submit': [s.who, { ...house.newIds(), ...placementInputs, ...places }],
    'publish.submit': [decider, { ...house.newIds(), ...talk(day), seats }],
    correct: [who, { id, formKey, ...talk(day) }, 'volunteer.submit'],
    'approval.approve': [decider, { id }],
    'approval.decline': [decider, { id, reason: 'Complet' }],
    'approval.askChanges': [decider, { id, changes: 'Un autre jour' }],
    'sessions.join': [s.who, { id }],
    'sessions.leave': [who, { id }],
    'sessions.save': [decider, { id, formKey, seen, ...talk(addDays(day, 1)), seats }],
    'sessions.confirm': [who, { id }],
    'sessions.cancel': [decider, { id, reason: 'La classe ne peut pas venir.' }],
    'mine.withdrawConfirmed': [who, { id }],
    'outcome.held': [who, { id, formKey, pupils: String(s.pupils), attended: s.attended.join(',') }],
    'outcome.notHeld': [who, { id, formKey }],
    'outcome.present': [who, { id, was: s.pupils % 3 === 0 ? 'no' : 'yes' }],
    'outcome.attendance': [decider, { id, formKey, attended: s.attended.join(',') }],
    'outcome.settle': [
      decider,
      {
        id,
        seen: action?.contradiction?.at ?? 'none',
        choice: (['first', 'second', 'number'] as const)[s.pupils % 3],
        pupils: String(s.pupils),
      },
    ],
  };
  const { verb } = s;
  if (verb === 'days pass') {
    house.setToday(addDays(house.today(), Math.min(s.ahead, 10)));
    return last;
  }
  const click = async () => {
    if (verb === 'again') return last();
    if (verb === 'amend') return amend(house, s);
    if (verb === 'take an amendment back') return takeAmendmentBack(house, s);
    const [by, data, to = verb] = inputs[verb];
    return house.run(by, to, { ...data });
  };
  await click();
  return verb === 'again' ? last : click;
}

test('whatever people do, and whichever kinds amendments make count, a recount equals the tally, no state is impossible and no seat is sold twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80 }), async (steps) => {
      const house = await open();
      try {
        let click = async () => {};
        await house.run('hugo', 'publish.submit', { ...house.newIds(), ...talk('2026-11-26'), seats: '2' });
        await house.run('ines', 'volunteer.submit', { ...house.newIds(), ...talk('2026-11-26') });
        for (const s of steps) {
          click = await take(house, s, click);
          await expectRecountEqualsTally(house);
        }
        await expectSoundRecords(house);
      } finally {
        await house.close();
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

describe('through the real features', () => {
  let house: House;
  afterEach(() => house.close());
  const tallyOf = async (year: string) => (await house.all()).tallies.find((t) => t.id === year);

  /** Offered, approved, and held when its day has come. */
  const heldTalk = async (who: string, day: string, pupils = '25') => {
    const ids = house.newIds();
    await house.run(who, 'volunteer.submit', { ...ids, ...talk(day) });
    await house.run('hugo', 'approval.approve', { id: ids.id });
    house.setToday(day);
    await house.run(who, 'outcome.held', { id: ids.id, formKey: house.newIds().formKey, pupils });
  };

  test('scenario 1: four class talks of one employee are four actions and one person', async () => {
    house = await open('2025-09-10');
    for (const day of ['2025-09-15', '2025-11-20', '2026-01-12', '2026-06-02']) await heldTalk('ines', day);
    expect(await tallyOf('2025-2026')).toMatchObject({
      achieved: 1,
      planned: 0,
      kinds: { 'classroom-talk': { held: 4, planned: 0, pupils: 100 } },
    });
  });

  test('what is held after an amendment was signed counts by it, and by the convention once it is taken back', async () => {
    house = await open();
    const { id, formKey } = house.newIds();
    const amendment = {
      subject: 'Les immersions seules',
      from: '2026-11-01',
      commitment: 'mobilised-employees',
    };
    await house.run('hugo', 'amendments.save', {
      id,
      formKey,
      seen: 0,
      ...amendment,
      target: '',
      kinds: 'immersion',
    });
    const signature = { signers: 'Les deux parties', signedOn: '2026-11-20' };
    await house.run('hugo', 'amendments.sign', {
      id,
      formKey: house.newIds().formKey,
      seen: 1,
      ...signature,
    });
    await heldTalk('ines', '2026-11-26');
    const talks = { held: 1, pupils: 25 };
    expect(await tallyOf('2026-2027')).toMatchObject({ achieved: 0, kinds: { 'classroom-talk': talks } });
    await house.run('hugo', 'amendments.reopen', { id, seen: 2 });
    expect(await tallyOf('2026-2027')).toMatchObject({ achieved: 1, kinds: { 'classroom-talk': talks } });
  });

  test('scenario 2: ten engaged, one absent and one who withdrew: eight', async () => {
    house = await open();
    const people = Array.from({ length: 10 }, (_, i) => `employee${i}`);
    const session = house.newIds();
    await house.run('hugo', 'publish.submit', { ...session, ...talk('2026-12-08'), seats: '9' });
    for (const who of people.slice(0, 9)) await house.run(who, 'sessions.join', { id: session.id });
    const own = house.newIds();
    await house.run('employee9', 'volunteer.submit', { ...own, ...talk('2026-12-08') });
    await house.run('hugo', 'approval.approve', { id: own.id });
    expect(await tallyOf('2026-2027')).toMatchObject({ achieved: 0, planned: 10 });
    await house.run('employee9', 'mine.withdrawConfirmed', { id: own.id });
    house.setToday('2026-12-09');
    const attended = people.slice(0, 8).join(',');
    const { formKey } = house.newIds();
    await house.run('hugo', 'outcome.held', { id: session.id, formKey, pupils: '28', attended });
    expect(await tallyOf('2026-2027')).toMatchObject({
      achieved: 8,
      planned: 0,
      kinds: { 'classroom-talk': { held: 1, pupils: 28 } },
    });
  });

  test('answers after the first, and a choice between two: the tally follows each of them', async () => {
    house = await open();
    const { id } = house.newIds();
    const publish = { id, formKey: house.newIds().formKey, ...talk('2026-12-08'), seats: '3' };
    await house.run('hugo', 'publish.submit', publish);
    for (const who of ['ines', 'louis', 'amy']) await house.run(who, 'sessions.join', { id });
    house.setToday('2026-12-09');
    const say = async (who: string, verb: string, data: object, achieved: number, pupils: number) => {
      await house.run(who, verb, { id, formKey: house.newIds().formKey, ...data });
      const tally = await tallyOf('2026-2027');
      expect([who, verb, tally?.achieved, tally?.kinds['classroom-talk'].pupils]).toEqual([
        who,
        verb,
        achieved,
        pupils,
      ]);
      await expectRecountEqualsTally(house);
    };
    const seen = () => ({ seen: `${house.today()}T12:00:00.000Z` });
    await say('ines', 'outcome.held', { pupils: '28' }, 1, 28);
    await say('ines', 'outcome.held', { pupils: '26' }, 1, 26);
    await say('louis', 'outcome.held', { pupils: '40' }, 2, 26);
    await say('hugo', 'outcome.settle', { ...seen(), choice: 'second' }, 2, 40);
    await say('hugo', 'outcome.held', { ...seen(), pupils: '30' }, 2, 30);
    await say('amy', 'outcome.notHeld', {}, 2, 30);
    await say('amy', 'outcome.present', { was: 'no' }, 2, 30);
    await expectSoundRecords(house);
  });

  test('a choice that it did not take place takes it out of the tally', async () => {
    house = await open();
    const { id } = house.newIds();
    const publish = { id, formKey: house.newIds().formKey, ...talk('2026-12-08'), seats: '2' };
    await house.run('hugo', 'publish.submit', publish);
    for (const who of ['ines', 'louis']) await house.run(who, 'sessions.join', { id });
    house.setToday('2026-12-09');
    const held = { id, formKey: house.newIds().formKey, pupils: '28' };
    await house.run('ines', 'outcome.held', held);
    await house.run('louis', 'outcome.notHeld', { id, formKey: house.newIds().formKey });
    const seen = '2026-12-09T12:00:00.000Z';
    await house.run('hugo', 'outcome.settle', { id, seen, choice: 'second' });
    expect(await tallyOf('2026-2027')).toMatchObject({
      achieved: 0,
      planned: 0,
      kinds: { 'classroom-talk': { held: 0, pupils: 0 } },
    });
    await expectRecountEqualsTally(house);
    await expectSoundRecords(house);
  });
});
