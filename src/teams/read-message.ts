import type { Feature, Services } from '../features/feature.js';
import type { Answer } from '../features/help/card.js';
import { longestName, type Start } from '../features/shared/start.js';
import { createCommands } from './commands.js';
import { createUnderstanding, toStart } from './sentences.js';
import { toWords } from './typed-words.js';

/** What a message asks for, or says without asking for anything. */
export interface Asked {
  readonly feature?: Feature;
  readonly start?: Start;
  readonly says?: Answer | 'greeting';
  /** The requests that a message resembles which was not understood. */
  readonly likely?: readonly string[];
}

/**
 * Reads what a message asks for: a command as it is written, otherwise what is understood of the sentence.
 * @param text what was typed, without mentions and quotes
 */
export type ReadMessage = (text: string) => Promise<Asked>;

export function createMessageReader(features: readonly Feature[], services: Services): ReadMessage {
  const commandOf = createCommands(features);
  const understand = createUnderstanding(services);
  return async (text) => {
    const words = toWords(text);
    const { kind, feature, rest } = commandOf(words);
    if (words === '') return { says: 'greeting' };
    if (feature && (!rest || feature.takesWords))
      return { feature, ...(rest ? { start: { words: rest.slice(0, longestName) } } : {}) };
    const { intent, slots, likely } = await understand(text);
    if (intent === 'unknown') {
      if (kind === 'greeting' && likely.length === 0) return { says: kind };
      // A command with words that nothing is made of: "host the team meeting".
      return { likely: [...new Set([...(feature ? [feature.name] : []), ...likely])].slice(0, 2) };
    }
    const asked = features.find(({ name }) => name === intent);
    return asked ? { feature: asked, start: toStart(slots, services) } : { says: intent as Answer };
  };
}
