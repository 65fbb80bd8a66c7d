/**
 * The others of the company. The Playground lets one be Camille only and shows no other personal chat, so they write and
 * click over HTTP, to the same bot, from chats that the double of Teams' connector keeps: what they are told can be read
 * there, and what it changes is seen on Camille's page.
 */
import { BOT, type PlaygroundUser, TENANT_ID } from '../../scripts/playground/config.js';
import { type CardJson, textOf } from '../support/bot.js';
import { startConnector } from '../support/connector.js';
import { actionsOf, type CardAction } from './playground.js';

/** Machines share their cores with other work. */
const toldWithin = 30_000;

export interface Colleague {
  /** Writes in their chat, and gives the card that answers. The bot knows the chat from then on. */
  write(text: string): Promise<CardJson>;
  /** Presses a button in their chat, and gives the card that answers. Throws if that is an error. */
  send(action: Pick<CardAction, 'verb' | 'data'>, inputs?: Inputs): Promise<CardJson>;
  /** Presses the button of a card by its title. */
  press(card: CardJson, title: string, inputs?: Inputs): Promise<CardJson>;
  /** The card in their chat that says `text`, once it has come. */
  told(text: string): Promise<CardJson>;
  /** How many cards in their chat say `text`. */
  countTold(text: string): number;
}

type Inputs = Readonly<Record<string, string>>;

export interface Colleagues {
  as(user: PlaygroundUser): Colleague;
  close(): Promise<void>;
}

export async function startColleagues(botPort: number): Promise<Colleagues> {
  const connector = await startConnector();
  let lastId = 0;

  const ask = async (user: PlaygroundUser, more: object): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${botPort}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: `colleague-${++lastId}`,
        channelId: 'msteams',
        serviceUrl: connector.url,
        locale: 'fr-FR',
        from: { id: user.id, aadObjectId: user.aadObjectId, name: user.name },
        recipient: BOT,
        conversation: { id: chatOf(user), conversationType: 'personal', tenantId: TENANT_ID },
        channelData: { tenant: { id: TENANT_ID } },
        ...more,
      }),
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`${user.name} was answered ${response.status}: ${body}`);
    return body;
  };

  const as = (user: PlaygroundUser): Colleague => {
    const cards = () => connector.personal(chatOf(user)).map(({ card }) => card as CardJson);
    const find = (text: string) => cards().findLast((card) => textOf(card).includes(text));

    const send: Colleague['send'] = async ({ verb, data }, inputs = {}) => {
      const body = await ask(user, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data: { ...data, ...inputs } }, trigger: 'manual' },
      });
      const answer = JSON.parse(body) as { statusCode: number; value: CardJson };
      if (answer.statusCode !== 200) throw new Error(`${user.name} was refused "${verb}": ${body}`);
      return answer.value;
    };

    return {
      write: async (text) => {
        const before = cards().length;
        await ask(user, { type: 'message', text });
        const answer = cards()[before];
        if (!answer) throw new Error(`"${text}" of ${user.name} was not answered.`);
        return answer;
      },
      send,
      press: (card, title, inputs) => {
        const action = actionsOf(card).find((a) => a.title === title);
        if (!action) throw new Error(`No button "${title}" for ${user.name} on: ${textOf(card)}`);
        return send(action, inputs);
      },
      told: async (text) => {
        await connector.waitFor(() => find(text) !== undefined, toldWithin).catch(() => undefined);
        const card = find(text);
        if (card) return card;
        const said = cards().map(textOf).join('\n');
        throw new Error(`${user.name} was not told "${text}", but:\n${said || 'nothing'}`);
      },
      countTold: (text) => cards().filter((card) => textOf(card).includes(text)).length,
    };
  };

  return { as, close: connector.close };
}

const chatOf = ({ id }: PlaygroundUser): string => `a:${id}`;
