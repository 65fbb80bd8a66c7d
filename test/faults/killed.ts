import type { BotProcess } from '../support/process.js';
import type { Ground } from './grounds.js';
import { expectAllKept, type Offer, openWorkplace, type Workplace } from './workplace.js';

const rounds = process.env.FULL_FAULTS ? 100 : 2;
const atOnce = 100;
/** A kill can catch a message under way and, when it comes early, one that the process before it left so. */
const mostUnknown = 2 * rounds;

/** Sends all at once, and kills the bot when so many were answered. */
async function sendAndKill(workplace: Workplace, bot: BotProcess, all: readonly Offer[], killAfter: number) {
  const answered: Offer[] = [];
  let killed: Promise<void> | undefined;
  await Promise.all(
    all.map(async (offer) => {
      if ((await workplace.send(bot, offer)) !== 'card') return;
      answered.push(offer);
      if (answered.length === killAfter) killed = bot.kill();
    }),
  );
  await killed;
  return answered;
}

/** Kills a bot again and again while people send offers. @param groundOf where it keeps its records */
export function testKilled(store: string, groundOf: (workplace: Workplace) => Promise<Ground>): void {
  let workplace: Workplace;
  beforeAll(async () => {
    workplace = await openWorkplace();
  }, 60_000);
  afterAll(() => workplace.close());

  it(`on ${store}, killed ${rounds} times among ${atOnce} offers, it loses nothing it answered and posts nothing twice`, async () => {
    const ground = await groundOf(workplace);
    const start = () => workplace.start(ground, { QUICK_LEASE: 'yes' });
    let bot = await start();
    await workplace.setUp(bot);

    const offers: Offer[] = [];
    const readyAfter: number[] = [];
    let answeredBeforeKill = 0;
    for (let round = 0; round < rounds; round++) {
      const all = workplace.offers(atOnce);
      // Early, in the middle, late: spread over the rounds.
      const killAfter = 1 + Math.floor(((round + 0.5) / rounds) * (atOnce - 2));
      const answered = await sendAndKill(workplace, bot, all, killAfter);
      answeredBeforeKill += answered.length;
      const { actions } = await ground.kept();
      expect(answered.filter(({ id }) => !(id in actions))).toEqual([]);

      bot = await start();
      readyAfter.push(bot.readyAfterMs);
      // Teams sends again what was not answered, and sometimes what was.
      const resent = all.filter((offer, i) => !answered.includes(offer) || i % 10 === 0);
      const now = bot;
      expect(await Promise.all(resent.map((offer) => workplace.send(now, offer)))).toEqual(
        resent.map(() => 'card'),
      );
      offers.push(...all);
    }
    expect(await bot.stop()).toBe(0);

    // What is still owed is sent by a last start.
    bot = await start();
    const { listed, missing } = await expectAllKept(workplace, ground, bot, offers);
    expect(listed).toBeLessThanOrEqual(mostUnknown);
    expect(await bot.stop()).toBe(0);
    process.stdout.write(
      `kill -9 on ${store}: ${rounds} rounds of ${atOnce}, ${answeredBeforeKill} answered before a kill, none lost; ` +
        `${offers.length} requests, ${offers.length - missing} posted once by themselves and ` +
        `${missing} by a coordinator, none twice (${listed} were under way at a kill); ` +
        `ready again after ${Math.round(Math.max(...readyAfter))} ms at most\n`,
    );
    expect(Math.max(...readyAfter)).toBeLessThan(30_000);
  }, 3_600_000);
}
