import { readInForce } from '../features/convention/in-force.js';
import type { Services } from '../features/feature.js';
import type { Reader } from '../ports.js';
import type { OutboxMessage } from '../records.js';
import type { CardRenderer } from './cards.js';

/** Draws the messages of the outbox, each by the feature that its name begins with, as of when it is sent. */
export const createDraw =
  (services: Services, render: CardRenderer) => async (message: OutboxMessage, reader: Reader) => {
    const [feature = '', name = ''] = message.message.split('.');
    const drawMessage = services.features.find((f) => f.name === feature)?.messages?.[name];
    if (!drawMessage) throw new Error(`no feature draws the message "${message.message}"`);
    const drawn = await drawMessage(message, reader, await readInForce(reader, services));
    return typeof drawn === 'function' ? drawn : drawn && (() => render(drawn));
  };
