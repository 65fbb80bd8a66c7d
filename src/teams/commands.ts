import type { Feature } from '../features/feature.js';

const greetings = ['bonjour', 'bonsoir', 'salut', 'coucou', 'hi', 'hello', 'hey', 'start'];

/** Case, accents, mentions, punctuation and spaces do not matter in a command. */
export const normalise = (text: string): string =>
  text
    .replace(/<at\b[^>]*>.*?<\/at>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;?/gi, ' ')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export type Command =
  | { readonly kind: 'feature'; readonly feature: Feature }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'unknown' };

/** Finds the command that a message is: exactly, or with more words after it. */
export function createCommands(features: readonly Feature[]): (text: string) => Command {
  const byText = new Map<string, Feature>();
  for (const feature of features) {
    if (!feature.open) continue;
    for (const command of [...feature.commands.fr, ...feature.commands.en]) {
      const text = normalise(command);
      const taken = byText.get(text);
      if (taken && taken !== feature)
        throw new Error(`"${command}" is a command of ${taken.name} and ${feature.name}`);
      byText.set(text, feature);
    }
  }
  return (message) => {
    // Nobody types a command of more words than this: what follows does not matter.
    const words = normalise(message.slice(0, 500)).split(' ').slice(0, 12);
    for (let n = words.length; n > 0; n--) {
      const feature = byText.get(words.slice(0, n).join(' '));
      if (feature) return { kind: 'feature', feature };
    }
    return greetings.includes(words[0] ?? '') ? { kind: 'greeting' } : { kind: 'unknown' };
  };
}
