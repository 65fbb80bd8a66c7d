import type { Bot } from './bot.js';
import type { Answer } from './http.js';
import type { Incoming } from './incoming.js';
import type { RunTurn } from './turns.js';

const isInvoke = (name: string) => (a: Incoming) => a.type === 'invoke' && a.name === name;
const isOneOf =
  (...types: string[]) =>
  (a: Incoming) =>
    types.includes(a.type);

/** Every way in: an activity takes the first that is for it. */
export const ways = {
  button: isInvoke('adaptiveCard/action'),
  search: isInvoke('application/search'),
  message: isOneOf('message'),
  presence: isOneOf('conversationUpdate', 'installationUpdate'),
  unknownInvoke: isOneOf('invoke'),
  nothing: () => true,
} satisfies Record<string, (activity: Incoming) => boolean>;

export type Way = keyof typeof ways;

const order = Object.entries(ways) as [Way, (activity: Incoming) => boolean][];
export const wayOf = (activity: Incoming): Way =>
  order.find(([, takes]) => takes(activity))?.[0] ?? 'nothing';

interface WayOptions {
  readonly bot: Bot;
  readonly runTurn: RunTurn;
}

/** Answers an activity that was let in. */
export function createRouter({ bot, runTurn }: WayOptions): (a: Incoming) => Promise<Answer> {
  const turn = async (activity: Incoming): Promise<Answer> => {
    await runTurn(activity, bot.turn);
    return { status: 200 };
  };
  const answers: Record<Way, (activity: Incoming) => Promise<Answer>> = {
    // A button's answer is this response: the framework's turn, which exists to send, is not needed for it.
    button: async (activity) => ({ status: 200, body: await bot.cardAction(activity) }),
    search: async (activity) => ({ status: 200, body: await bot.search(activity) }),
    message: turn,
    presence: turn,
    unknownInvoke: async () => ({ status: 501 }),
    nothing: async () => ({ status: 200 }),
  };
  return (activity) => answers[wayOf(activity)](activity);
}
