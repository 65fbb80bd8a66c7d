import { recount } from '../../src/domain/engagements/tally.js';
import { sortWaitingList } from '../../src/domain/engagements/waiting-list.js';
import { coordination, hugo, person, type TestBot, textOf } from '../support/bot.js';
import { countUnder } from '../support/counting.js';
import { all, inChannel, publishSession, says, shownIn, startFast } from '../support/flows.js';

/** Names with letters only: a person's id comes from their name. */
const crowd = Array.from({ length: 1_000 }, (_, i) =>
  person(
    `Clic ${String.fromCharCode(...[i, i / 26, i / 676].map((n) => 97 + (Math.floor(n) % 26)))}`,
    i % 2 ? 'en-GB' : 'fr-FR',
  ),
);

let bot: TestBot;
beforeAll(async () => {
  // Teams would send them over fewer connections than this test, which has one for each.
  bot = await startFast({ env: { MAX_CONNECTIONS: '2000' } });
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

async function expectTallyIsRecount(): Promise<void> {
  const { tallies: counted } = recount(
    await all(bot, 'actions'),
    await all(bot, 'engagements'),
    countUnder(bot.app.services.convention),
  );
  expect(await all(bot, 'tallies')).toEqual([...counted.values()]);
}

// A thousand requests on two cores that others use as well.
jest.setTimeout(60_000);

it('of 1,000 people who click the last seat at once, one has it and 999 wait, each told another place', async () => {
  expect(new Set(crowd.map((p) => p.aadObjectId)).size).toBe(1_000);
  const id = await publishSession(bot, hugo, { seats: '1' });
  const answers = await Promise.all(
    crowd.map(async (who) => {
      const { http, statusCode, value } = await bot.click(who, 'sessions.join', { id }, inChannel);
      expect([http, statusCode]).toEqual([200, 200]);
      const lang = who.locale === 'fr-FR' ? 'fr' : 'en';
      const text = textOf(value);
      if (text.includes(says(lang, 'sessions.youTakePart'))) return { who, place: 0 };
      expect(text).toContain(says(lang, 'sessions.waitingNow'));
      if (text.includes(says(lang, 'sessions.waitingFirst'))) return { who, place: 1 };
      const said =
        lang === 'fr' ? /Sur la liste d’attente, (\d+)e/ : /On the waiting list, (\d+)(?:st|nd|rd|th)/;
      return { who, place: Number(said.exec(text)?.[1]) };
    }),
  );
  const inOrder = answers.sort((a, b) => a.place - b.place);
  expect(inOrder.map(({ place }) => place)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  const winners = inOrder.slice(0, 1).map(({ who }) => who.name);

  const engagements = (await all(bot, 'engagements')).filter((e) => e.actionId === id);
  expect(engagements.filter((e) => e.state === 'approved')).toHaveLength(1);
  const waiting = sortWaitingList(engagements).map((e) => e.employeeId);
  expect(waiting).toEqual(inOrder.slice(1).map(({ who }) => who.aadObjectId));
  const shown = await shownIn(bot, coordination);
  expect(shown).toHaveLength(1);
  expect(textOf(shown[0])).toContain(says('fr', 'sessions.full'));
  expect(textOf(shown[0])).toContain(winners[0]);
  await expectTallyIsRecount();
});

it('a person who clicks 20 times at once holds one seat, and the others stay free', async () => {
  const id = await publishSession(bot, hugo, { seats: '5', level: '2de' });
  const [who = hugo] = crowd;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => bot.click(who, 'sessions.join', { id }, inChannel)),
  );
  for (const { value } of answers) expect(textOf(value)).toContain(says('fr', 'sessions.youTakePart'));
  expect((await all(bot, 'engagements')).filter((e) => e.actionId === id)).toHaveLength(1);
  const card = textOf((await shownIn(bot, coordination)).at(-1));
  expect(card).toContain(says('fr', 'sessions.free', { count: 4 }));
  await expectTallyIsRecount();
});

it('when everybody joins and leaves at once, cards, seats and tally agree at the end', async () => {
  const id = await publishSession(bot, hugo, { seats: '10', level: '3e' });
  await Promise.all(
    crowd
      .slice(0, 60)
      .flatMap((who, i) => [
        bot.click(who, 'sessions.join', { id }, inChannel),
        ...(i % 3 === 0 ? [bot.click(who, 'sessions.leave', { id }, inChannel)] : []),
      ]),
  );
  const taken = (await all(bot, 'engagements')).filter((e) => e.actionId === id && e.state === 'approved');
  expect(taken.length).toBeLessThanOrEqual(10);
  const waiting = (await all(bot, 'engagements')).filter(
    (e) => e.actionId === id && e.state === 'waitlisted',
  );
  const free = 10 - taken.length;
  expect(waiting.length === 0 || free === 0).toBe(true);
  const shown = (await shownIn(bot, coordination)).filter((c) => JSON.stringify(c).includes(id));
  const word = free > 0 ? says('fr', 'sessions.free', { count: free }) : says('fr', 'sessions.full');
  expect(textOf(shown[0])).toContain(word);
  await expectTallyIsRecount();
});
