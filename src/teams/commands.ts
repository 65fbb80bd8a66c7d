import type { Feature } from '../features/feature.js';
import { wordsOf } from './words.js';

const greetings = ['bonjour', 'bonsoir', 'salut', 'coucou', 'hi', 'hello', 'hey', 'start'];

export type Command =
  | { readonly kind: 'feature'; readonly feature: Feature }
  /** Also when nothing was said, or nothing but the bot's name. */
  | { readonly kind: 'greeting' }
  | { readonly kind: 'unknown' };

/** Finds the command that words (`typedWords`) are: exactly, or with more words after it. */
export function createCommands(features: readonly Feature[]): (words: string) => Command {
  const byText = new Map<string, Feature>();
  for (const feature of features) {
    if (!feature.open) continue;
    for (const command of [...feature.commands.fr, ...feature.commands.en]) {
      const text = wordsOf(command);
      const taken = byText.get(text);
      if (taken && taken !== feature)
        throw new Error(`"${command}" is a command of ${taken.name} and ${feature.name}`);
      byText.set(text, feature);
    }
  }
  return (typed) => {
    if (typed === '') return { kind: 'greeting' };
    // Nobody types a command of more words than this: what follows does not matter.
    const words = typed.split(' ').slice(0, 12);
    for (let n = words.length; n > 0; n--) {
      const feature = byText.get(words.slice(0, n).join(' '));
      if (feature) return { kind: 'feature', feature };
    }
    return greetings.includes(words[0] ?? '') ? { kind: 'greeting' } : { kind: 'unknown' };
  };
}
