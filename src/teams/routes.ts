import { type Reaction, readFeedback } from './ai-marks.js';
import type { Bot } from './bot.js';
import type { Answer } from './http.js';
import type { Incoming } from './incoming.js';
import type { RunTurn } from './run-turn.js';

const isInvoke = (name: string) => (a: Incoming) => a.type === 'invoke' && a.name === name;
const isOneOf =
  (...types: string[]) =>
  (a: Incoming) =>
    types.includes(a.type);

/** Every route of an activity: the first that matches handles it. */
export const routes = {
  button: isInvoke('adaptiveCard/action'),
  search: isInvoke('application/search'),
  consent: isInvoke('fileConsent/invoke'),
  feedback: isInvoke('message/submitAction'),
  message: isOneOf('message'),
  presence: isOneOf('conversationUpdate', 'installationUpdate'),
  unknownInvoke: isOneOf('invoke'),
  nothing: () => true,
} satisfies Record<string, (activity: Incoming) => boolean>;

export type Route = keyof typeof routes;

const routeList = Object.entries(routes) as [Route, (activity: Incoming) => boolean][];
export const findRoute = (activity: Incoming): Route =>
  routeList.find(([, takes]) => takes(activity))?.[0] ?? 'nothing';

interface RouterOptions {
  readonly bot: Bot;
  readonly runTurn: RunTurn;
  /** Somebody has said whether an answer of a language model helped. */
  readonly onFeedback: (reaction: Reaction) => void;
}

/** Answers accepted activities. */
export function createRouter({ bot, runTurn, onFeedback }: RouterOptions): (a: Incoming) => Promise<Answer> {
  const turn = async (activity: Incoming): Promise<Answer> => {
    await runTurn(activity, bot.turn);
    return { status: 200 };
  };
  const answers: Record<Route, (activity: Incoming) => Promise<Answer>> = {
    // A button is answered in the response, so the framework's turn, which exists to send, is not needed.
    button: async (activity) => ({ status: 200, body: await bot.cardAction(activity) }),
    search: async (activity) => ({ status: 200, body: await bot.search(activity) }),
    consent: async (activity) => ({ status: await bot.consent(activity) }),
    feedback: async ({ value }) => {
      const reaction = readFeedback(value);
      if (reaction) onFeedback(reaction);
      return { status: reaction ? 200 : 501 };
    },
    message: turn,
    presence: turn,
    unknownInvoke: async () => ({ status: 501 }),
    nothing: async () => ({ status: 200 }),
  };
  return (activity) => answers[findRoute(activity)](activity);
}
