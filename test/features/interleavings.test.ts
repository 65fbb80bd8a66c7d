import fc from 'fast-check';
import type { Action } from '../../src/domain/action.js';
import { countSeatsTaken } from '../../src/domain/engagements/moves.js';
import { recount } from '../../src/domain/engagements/tally.js';
import { sortWaitingList } from '../../src/domain/engagements/waiting-list.js';
import { amy, formData, hugo, ines, louis, type TestBot, type TestPerson, zoe } from '../support/bot.js';
import { countUnder } from '../support/counting.js';
import { all, fill, hasButton, inChannel, publishSession, startFast } from '../support/flows.js';

const lyon = '0699001J';
const people = [zoe, ines, amy, louis];
const availability = {
  timing: 'availability',
  kind: 'classroom-talk',
  level: '4e',
  academies: '10',
  firstDay: '2026-11-30',
  lastDay: '2027-03-26',
  halfDays: 'am',
  remark: '',
};

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  // Who can be invited has an availability that fits.
  for (const who of people) {
    const { value } = await fill(bot, who, 'proposer', availability);
    const { id } = formData(value, 'mine.withdraw') as { id: string };
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
  }
});
afterAll(() => bot.close());

type Step =
  | { readonly do: 'join' | 'leave' | 'confirm'; readonly who: number }
  | { readonly do: 'invite'; readonly who: number; readonly answer: 'accept' | 'refuse' | 'postpone' }
  | { readonly do: 'seats'; readonly seats: number }
  | { readonly do: 'day' }
  | { readonly do: 'cancel' };

const who = fc.nat(people.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const, 'confirm' as const), who }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('invite' as const),
      who,
      answer: fc.constantFrom('accept' as const, 'refuse' as const, 'postpone' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('seats' as const), seats: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('day' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
);

const sessionOf = async (id: string) => (await all(bot, 'actions')).find((a) => a.id === id) as Action;

/** Sends the form of a session with other seats or another day; where too many are seated, the first ones stay. */
async function edit(id: string, change: { seats?: string; firstDay?: string }): Promise<void> {
  const form = (await bot.click(hugo, 'sessions.edit', { id }, inChannel)).value;
  if (!hasButton(form, 'sessions.save')) return;
  const { firstDay, seats } = await sessionOf(id);
  const stored = { from: '10:00', until: '11:00', schools: lyon, school: '', remark: '', closesOn: '' };
  const inputs = { ...stored, firstDay, seats: String(seats), event: '', expected: '', ...change };
  const { value } = await bot.click(
    hugo,
    'sessions.save',
    formData(form, 'sessions.save', inputs),
    inChannel,
  );
  if (!hasButton(value, 'sessions.stay')) return;
  const seated = (await all(bot, 'engagements')).filter((e) => e.actionId === id && e.state === 'approved');
  const stay = seated.slice(0, Number(change.seats)).map((e) => e.employeeId);
  await bot.click(
    hugo,
    'sessions.stay',
    formData(value, 'sessions.stay', { stay: stay.join(',') }),
    inChannel,
  );
}

async function run(one: Step, id: string): Promise<void> {
  if (one.do === 'seats') return edit(id, { seats: String(one.seats) });
  if (one.do === 'day') {
    const { firstDay } = await sessionOf(id);
    return edit(id, { firstDay: firstDay === '2026-12-08' ? '2026-12-10' : '2026-12-08' });
  }
  const click = (who: TestPerson, verb: string, data: object = {}) => bot.click(who, verb, { id, ...data });
  if (one.do === 'cancel') {
    await click(hugo, 'sessions.cancel', { reason: 'Le collège ferme ce jour-là.' });
    return;
  }
  const person = people[one.who] ?? zoe;
  const clicks =
    one.do === 'invite'
      ? [await bot.click(hugo, 'invitations.invite', { id, invited: person.aadObjectId }, inChannel)]
      : [await click(person, `sessions.${one.do}`)];
  if (one.do === 'invite') {
    const { revision: seen = 0 } = await sessionOf(id);
    clicks.push(await click(person, `invitations.${one.answer}`, { seen, notBefore: '2027-01-04' }));
  }
  for (const { http, statusCode } of clicks) expect([http, statusCode]).toEqual([200, 200]);
}

it('200 interleavings of joining, leaving, inviting, answering, confirming, changing and cancelling are consistent', async () => {
  const plays = fc.sample(
    fc.record({
      seats: fc.integer({ min: 1, max: 2 }),
      steps: fc.array(step, { minLength: 3, maxLength: 10 }),
    }),
    { numRuns: 200, seed: 7 },
  );
  const { store, ids, clock } = bot.app.services;
  const session = await publishSession(bot, hugo, { seats: '1', schools: lyon, school: '' });
  const sessionIds = await store.transact(async (tx) => {
    const first = await tx.get('actions', session);
    if (!first) throw new Error('the session is gone');
    const made: string[] = [];
    for (const [i, { seats }] of plays.entries()) {
      const id = ids.next();
      made.push(id);
      await tx.put('actions', { ...first, id, number: 100 + i, seats, createdAt: clock.now() });
    }
    return made;
  });
  for (let first = 0; first < plays.length; first += 20)
    await Promise.all(
      plays.slice(first, first + 20).map(async ({ steps }, i) => {
        const id = sessionIds[first + i] ?? '';
        // Two at a time, so that their turns overlap.
        for (let at = 0; at < steps.length; at += 2)
          await Promise.all(steps.slice(at, at + 2).map((one) => run(one, id)));
      }),
    );
  const [actions, engagements] = [await all(bot, 'actions'), await all(bot, 'engagements')];
  const invitations = await all(bot, 'invitations');
  const broken = sessionIds.flatMap((id) => {
    const action = actions.find((a) => a.id === id);
    const own = engagements.filter((e) => e.actionId === id);
    const seats = action?.seats ?? 0;
    const [taken, waiting] = [countSeatsTaken(own), sortWaitingList(own).length];
    const idle = action?.state === 'open' && waiting > 0 && taken < seats;
    return taken > seats || idle ? [{ id, seats, taken, waiting }] : [];
  });
  expect(broken).toEqual([]);
  const yesWithoutSeat = invitations.filter(
    (i) => i.state === 'accepted' && !engagements.some((e) => e.id === i.id),
  );
  expect(yesWithoutSeat).toEqual([]);
  const { tallies: counted } = recount(actions, engagements, countUnder(bot.app.services.convention));
  // The sessions were copied without being counted: they have nobody in them then.
  expect((await all(bot, 'tallies')).map(({ id, planned }) => [id, planned])).toEqual(
    [...counted.values()].map(({ id, planned }) => [id, planned]),
  );
  const moves = new Set((await all(bot, 'history')).map(({ move }) => move));
  for (const move of ['join', 'wait', 'promote', 'invite', 'accept', 'refuse', 'confirm', 'edit', 'cancel'])
    expect(moves).toContain(move);
  expect(engagements.length).toBeGreaterThan(100);
}, 120_000);
