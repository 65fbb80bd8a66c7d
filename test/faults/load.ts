import { setTimeout as pause } from 'node:timers/promises';
import type { BotProcess } from '../support/process.js';
import type { Answer, Offer, Workplace } from './workplace.js';

export interface Load {
  /** What was answered, in its order. */
  readonly answers: readonly { readonly offer: Offer; readonly answer: Answer; readonly ms: number }[];
  /** Sends nothing new, and resolves with all offers once each was answered with a card. */
  stop(): Promise<Offer[]>;
}

/** So many people who send one offer after the other, each again and again until it is answered with a card. */
export function startLoad(workplace: Workplace, bot: Pick<BotProcess, 'address'>, people = 6): Load {
  const answers: { offer: Offer; answer: Answer; ms: number }[] = [];
  const offers: Offer[] = [];
  let stopping = false;

  const keepSending = async (): Promise<void> => {
    while (!stopping) {
      const [offer] = workplace.offers(1);
      if (!offer) throw new Error('there is no end of offers');
      offers.push(offer);
      for (let answer: Answer | undefined; answer !== 'card'; ) {
        const began = performance.now();
        answer = await workplace.send(bot, offer);
        answers.push({ offer, answer, ms: performance.now() - began });
        await pause(150);
      }
    }
  };
  const all = Promise.all(Array.from({ length: people }, keepSending));

  return {
    answers,
    async stop() {
      stopping = true;
      await all;
      return offers;
    },
  };
}
