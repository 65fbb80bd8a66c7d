import type { Feature, Services } from '../features/feature.js';
import type { Answer } from '../features/help/card.js';
import { longestName, type Start } from '../features/shared/start.js';
import { createCommands } from './commands.js';
import type { Suggest } from './model/suggest.js';
import { createUnderstanding, toStart, toSuggestedStart } from './sentences.js';
import { toWords } from './typed-words.js';

/** What a message asks for, or says without asking for anything. */
export interface Asked {
  readonly feature?: Feature;
  readonly start?: Start;
  readonly says?: Answer | 'greeting';
  /** The requests that a message resembles which was not understood. */
  readonly likely?: readonly string[];
  /** A language model has chosen it. */
  readonly suggested?: true;
}

/**
 * Reads what a message asks for: a command as it is written, otherwise what is understood of the sentence by rules, or
 * what a language model makes of one that they do not understand.
 * @param text what was typed, without mentions and quotes
 */
export type ReadMessage = (text: string, personId: string) => Promise<Asked>;

/** @param suggest asks a language model, if there is one */
export function createMessageReader(
  features: readonly Feature[],
  services: Services,
  suggest: Suggest | undefined,
): ReadMessage {
  const commandOf = createCommands(features);
  const { understand, mayNameSomebody } = createUnderstanding(services);
  const toAsked = (intent: string, start: Start): Asked => {
    const feature = features.find(({ name }) => name === intent);
    return feature ? { feature, start } : { says: intent as Answer | 'greeting' };
  };
  return async (text, personId) => {
    const words = toWords(text);
    const { kind, feature, rest } = commandOf(words);
    if (words === '') return { says: 'greeting' };
    if (feature && (!rest || feature.takesWords))
      return { feature, ...(rest ? { start: { words: rest.slice(0, longestName) } } : {}) };
    const { intent, slots, final, ...understood } = await understand(text);
    // Which report it is to be is read as behind its command.
    const stated = intent === 'report' ? { query: words.slice(0, longestName) } : slots;
    if (intent !== 'unknown') return toAsked(intent, toStart(stated, services));
    if (kind === 'greeting' && understood.likely.length === 0) return { says: kind };
    // A command with words that nothing is made of: "host the team meeting".
    const likely = [...new Set([...(feature ? [feature.name] : []), ...understood.likely])].slice(0, 2);
    const meaning = final ? undefined : await suggest?.(text, personId, mayNameSomebody);
    if (!meaning) return { likely };
    return { ...toAsked(meaning.intent, toSuggestedStart(meaning.slots, services)), likely, suggested: true };
  };
}
