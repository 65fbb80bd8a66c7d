import type { Feature } from '../features/feature.js';
import type { Lang } from '../ports.js';
import { langs, textTree } from '../text/text.js';
import { wordsOf } from './words.js';

const greetings = ['bonjour', 'bonsoir', 'salut', 'coucou', 'hi', 'hello', 'hey', 'start'];

/** A card says "your engagements", the person it speaks to says "my engagements". */
const possessives = new Map([
  ['mon', 'votre'],
  ['ma', 'votre'],
  ['mes', 'vos'],
  ['my', 'your'],
]);

const asCardsSay = (words: string): string[] => words.split(' ').map((word) => possessives.get(word) ?? word);

/** The texts that may name what a feature's command opens: in the help, on buttons, above its card. */
const namingTexts = ({ name }: Feature): string[] => [
  `help.${name}.title`,
  `help.${name}.heading`,
  `${name}.open`,
  `${name}.title`,
  `${name}.heading`,
  `${name}.others`,
];

/** The name that a text gives: all of it, or what stands before a colon; nothing when that holds figures. */
function nameIn(lang: Lang, path: string): string[] {
  let found: unknown = textTree(lang);
  for (const key of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[key];
  const name = typeof found === 'string' ? (found.split(':')[0] ?? '') : '';
  return name === '' || name.includes('{{') ? [] : [name];
}

/** Whatever a feature is called: its commands, and the names that people read of it. */
const namesOf = (feature: Feature): string[] =>
  langs.flatMap((lang) => [
    ...feature.commands[lang],
    ...namingTexts(feature).flatMap((path) => nameIn(lang, path)),
  ]);

export interface Command {
  /** A greeting also when nothing was said, or nothing but the bot's name. */
  readonly kind: 'feature' | 'greeting' | 'unknown';
  /** Of a command, what opens it. */
  readonly feature?: Feature;
}

/**
 * Finds the command that words (`typedWords`) are: exactly, or with more words after it.
 * @throws when two features have the same name in their commands or texts
 */
export function createCommands(features: readonly Feature[]): (words: string) => Command {
  const byName = new Map<string, Feature>();
  for (const feature of features) {
    if (!feature.open) continue;
    for (const name of namesOf(feature)) {
      const key = asCardsSay(wordsOf(name)).join(' ');
      const taken = byName.get(key);
      if (taken && taken !== feature)
        throw new Error(`"${name}" is a command of ${taken.name} and ${feature.name}`);
      byName.set(key, feature);
    }
  }
  const mostWords = Math.max(...[...byName.keys()].map((key) => key.split(' ').length));
  return (typed) => {
    if (typed === '') return { kind: 'greeting' };
    const words = asCardsSay(typed).slice(0, mostWords);
    for (let n = words.length; n > 0; n--) {
      const feature = byName.get(words.slice(0, n).join(' '));
      if (feature) return { kind: 'feature', feature };
    }
    return greetings.includes(words[0] ?? '') ? { kind: 'greeting' } : { kind: 'unknown' };
  };
}
