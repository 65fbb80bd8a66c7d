import { coordination, hugo, textOf } from '../support/bot.js';
import type { Fault, SeenRequest } from '../support/connector.js';
import { chatOf, tidy } from '../support/flows.js';
import type { BotProcess } from '../support/process.js';
import { fileGround, type Ground } from './grounds.js';
import {
  expectAllKept,
  nothingOwed,
  type Offer,
  openWorkplace,
  untilKept,
  type Workplace,
} from './workplace.js';

const count = process.env.FULL_FAULTS ? 100 : 12;

let workplace: Workplace;
let ground: Ground;
let bot: BotProcess;
beforeAll(async () => {
  workplace = await openWorkplace();
  ground = fileGround(workplace.folder);
  bot = await workplace.start(ground);
  await workplace.setUp(bot);
}, 60_000);
afterAll(() => workplace.close());

const quick: readonly Fault[] = [
  { status: 429, retryAfter: 1 },
  { cut: 'before' },
  { status: 412 },
  { cut: 'after' },
  { status: 502 },
  { status: 504 },
];
/** The bot waits 10 s for an answer. */
const late: Fault = { delayMs: 10_500 };

/** Three of ten writes go wrong, each in another way, until the function it gives is called. */
function threeOfTen(faults: readonly Fault[]): () => number {
  const numbers = new WeakMap<SeenRequest, number>();
  let writes = 0;
  let wrong = 0;
  let on = true;
  const numberOf = (request: SeenRequest): number => {
    const number = numbers.get(request) ?? writes++;
    numbers.set(request, number);
    return number;
  };
  const isTurnOf = (kind: number, request: SeenRequest): boolean => {
    if (!on || (request.method !== 'POST' && request.method !== 'PUT')) return false;
    const number = numberOf(request);
    return number % 10 < 3 && (Math.floor(number / 10) * 3 + (number % 10)) % faults.length === kind;
  };
  faults.forEach((fault, kind) => {
    const match = (request: SeenRequest): boolean => {
      if (!isTurnOf(kind, request)) return false;
      wrong += 1;
      return true;
    };
    workplace.connector.fail({ ...fault, match, times: Number.POSITIVE_INFINITY });
  });
  return () => {
    on = false;
    return wrong;
  };
}

/** What the channel's card of an offer says now. */
const shown = ({ id }: Offer): string => {
  const post = workplace.connector.posts.find(
    ({ conversationId, card }) => conversationId === coordination && JSON.stringify(card).includes(id),
  );
  return tidy(textOf(workplace.connector.cardOf(post?.activityId ?? '')));
};

test(`while three of ten calls to Teams go wrong, ${count} offers and decisions arrive once each, or are listed`, async () => {
  const offers = workplace.offers(count);
  const endQuick = threeOfTen(quick);
  expect(await Promise.all(offers.map((offer) => workplace.send(bot, offer)))).toEqual(
    offers.map(() => 'card'),
  );
  await untilKept(ground, nothingOwed);
  const wrongPosts = endQuick();
  const { listed, missing } = await expectAllKept(workplace, ground, bot, offers);
  expect(missing).toBeGreaterThan(0);
  expect(listed).toBeGreaterThan(missing);

  const endAll = threeOfTen(process.env.FULL_FAULTS ? [late, ...quick] : quick);
  for (const { id } of offers)
    expect(await workplace.click(bot.address, hugo, 'approval.approve', { id }, coordination)).toBe('card');
  const { outbox } = await untilKept(ground, nothingOwed);
  const wrong = wrongPosts + endAll();
  const told = Object.values(outbox).filter(({ message }) => message === 'approval.told');
  expect(told).toHaveLength(count);
  for (const { conversationId, state } of told) {
    const arrived = workplace.connector.personal(conversationId).length;
    expect(['sent 1', 'unknown 0', 'unknown 1']).toContain(`${state} ${arrived}`);
  }
  expect(told.map(({ conversationId }) => conversationId).sort()).toEqual(
    offers.map(({ who }) => chatOf(who)).sort(),
  );
  const updates = Object.values(outbox).filter(({ op }) => op === 'update');
  expect(updates.filter(({ state }) => state !== 'sent' && state !== 'void')).toEqual([]);
  // A card that arrived without an answer has no known address: it keeps its first state, and its button opens the request.
  const addressed = offers.filter(({ id }) => outbox[`request:${id}`]?.state === 'sent');
  expect(addressed).toHaveLength(count - listed);
  for (const offer of addressed) expect(shown(offer)).toContain('Approuvée');
  const unsure = told.filter(({ state }) => state === 'unknown').length;
  process.stdout.write(
    `Teams at fault: ${wrong} calls went wrong; ${count} cards, ${listed} of them listed and ${missing} posted again; ` +
      `${count} decisions told, ${unsure} of them listed; ${addressed.length} cards show the decision\n`,
  );
}, 1_200_000);
