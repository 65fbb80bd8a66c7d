import {
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { idIn, inChannel, publishSession, says, shownIn, startFast } from '../support/flows.js';

const emma = person('Emma Specimen', 'en-GB');
const elsewhere = '19:autre@thread.tacv2';
const day = '2026-12-08';
const onTheDay = `${day}T11:00:00.000Z`;

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

/** The buttons of a card by their verbs, in their order; a `!` marks the one that is violet. */
/** The buttons of a card that are not folded under “…”. */
const buttonsOf = (card: unknown): string[] =>
  ((card as CardJson).actions as CardJson[])
    .filter(({ mode }) => mode !== 'secondary')
    .map(({ verb, style }) => `${String(verb)}${style === 'positive' ? '!' : ''}`);

const cancel = (id: string) =>
  bot.click(hugo, 'sessions.cancel', { id, reason: 'La classe ne peut pas venir.' }, inChannel);

const tell = async (id: string, verb: 'outcome.held' | 'outcome.notHeld') => {
  bot.setNow(onTheDay);
  const form = (await bot.click(louis, 'outcome.open', { id }, inChannel)).value;
  await bot.click(louis, verb, formData(form, verb, { pupils: '28' }), inChannel);
};
const joined = (id: string) => bot.click(zoe, 'sessions.join', { id }, inChannel);

/** A card is drawn when it is posted: on the day itself in a channel that is chosen on that day. */
const begin = async () => {
  bot.setNow(onTheDay);
  await bot.click(hugo, 'setup.choose', { use: 'coordinators' }, { where: elsewhere });
};

const [join, leave, view, others, answer, manage] = [
  'sessions.join!',
  'sessions.leave',
  'sessions.view',
  'sessions.open',
  'outcome.open',
  'sessions.manage',
];

interface State {
  readonly seats?: string;
  bring?(id: string): Promise<unknown>;
  /** Where the card is seen, when it is not in the coordinators' first channel. */
  readonly where?: string;
  /** What everybody sees in the channel. */
  readonly channel: string[];
  readonly takesPart?: string[];
  readonly doesNot: string[];
  readonly coordinator: string[];
  /** A coordinator too: who published it. */
  readonly author: string[];
}
const nothingLeft = { channel: [], doesNot: [others], coordinator: [others], author: [others] };
const ended = { ...nothingLeft, takesPart: [others] };
const states: Record<string, State> = {
  'in which nobody has a seat': {
    channel: [join, view],
    doesNot: [join],
    coordinator: [join, manage],
    author: [join, manage],
  },
  'with seats left': {
    bring: joined,
    channel: [join, view],
    takesPart: [leave],
    doesNot: [join],
    coordinator: [join, manage],
    author: [join, manage],
  },
  'that is full': {
    seats: '1',
    bring: joined,
    channel: [join, view],
    takesPart: [leave],
    doesNot: [join, others],
    coordinator: [join, others, manage],
    author: [join, others, manage],
  },
  'that is closed': {
    bring: async (id) => [
      await joined(id),
      await bot.click(hugo, 'sessions.close', { id }, inChannel),
      await bot.app.drain(),
    ],
    channel: [view],
    takesPart: [leave],
    doesNot: [others],
    coordinator: [others, manage],
    author: [others, manage],
  },
  'that has begun': {
    bring: async (id) => [await joined(id), await begin()],
    where: elsewhere,
    channel: [view],
    takesPart: [answer],
    doesNot: [others],
    coordinator: [answer, manage],
    author: [answer, manage],
  },
  'that has begun without anybody': {
    bring: begin,
    where: elsewhere,
    ...nothingLeft,
    coordinator: [others, manage],
    author: [others, manage],
  },
  'that is cancelled': { bring: async (id) => [await joined(id), await cancel(id)], ...ended },
  'that was held': {
    bring: async (id) => [await joined(id), await tell(id, 'outcome.held')],
    ...ended,
    coordinator: ['outcome.differ', ...ended.coordinator],
    author: ['outcome.differ', ...ended.author],
  },
  'that was not held': {
    bring: async (id) => [await joined(id), await tell(id, 'outcome.notHeld')],
    ...ended,
  },
};

it.each(Object.entries(states))('a session %s shows each reader what they can do', async (_, {
  seats = '2',
  bring,
  where = coordination,
  ...expected
}) => {
  const id = await publishSession(bot, hugo, { firstDay: day, seats });
  await bot.app.drain();
  await bring?.(id);
  const seenBy = async (who: typeof zoe) =>
    buttonsOf((await bot.click(who, 'sessions.view', { id }, { where })).value);
  expect({
    channel: buttonsOf((await shownIn(bot, where)).at(-1)),
    ...(expected.takesPart ? { takesPart: await seenBy(zoe) } : {}),
    doesNot: await seenBy(ines),
    coordinator: await seenBy(louis),
    author: await seenBy(hugo),
  }).toEqual(expected);
});

it('the card of a full session in the channel leads each reader to what they can do', async () => {
  const id = await publishSession(bot, hugo, { seats: '1' });
  await joined(id);
  const card = (await shownIn(bot, coordination)).at(-1);
  expect(textOf(card)).toContain(says('fr', 'sessions.view'));
  const open = (who: typeof zoe) =>
    bot.click(who, 'sessions.view', { id: idIn(card, 'sessions.view') }, inChannel);
  const left = await bot.click(
    zoe,
    'sessions.leave',
    { id: idIn((await open(zoe)).value, 'sessions.leave') },
    inChannel,
  );
  expect(textOf(left.value)).toContain(says('fr', 'sessions.leftNow'));
  await joined(id);
  const seen = (await open(emma)).value;
  expect(textOf(seen)).toContain(says('en', 'sessions.others'));
  const list = await bot.click(emma, 'sessions.open', formData(seen, 'sessions.open'), inChannel);
  expect(textOf(list.value)).toContain(says('en', 'sessions.listHeading', { count: 1 }));
});
