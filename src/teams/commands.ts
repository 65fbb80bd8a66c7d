import type { Feature } from '../features/feature.js';
import type { Lang } from '../records.js';
import { langs, textTree } from '../text/text.js';
import { toWords } from './typed-words.js';

const greetings = ['bonjour', 'bonsoir', 'salut', 'coucou', 'hi', 'hello', 'hey', 'start'];

/** Cards address the reader ("your engagements"), who types "my engagements". */
const possessives = new Map([
  ['mon', 'votre'],
  ['ma', 'votre'],
  ['mes', 'vos'],
  ['my', 'your'],
]);

const toCardVoice = (words: string): string[] =>
  words.split(' ').map((word) => possessives.get(word) ?? word);

/** The texts that may name a feature's command: in the help, on buttons, above its card. */
const listNamingTexts = ({ name }: Feature): string[] => [
  `help.${name}.title`,
  `help.${name}.heading`,
  `${name}.open`,
  `${name}.title`,
  `${name}.heading`,
  `${name}.others`,
];

/** The name in a text: all of it, or the part before a colon; nothing if that contains figures. */
function extractNames(lang: Lang, path: string): string[] {
  let found: unknown = textTree(lang);
  for (const key of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[key];
  const name = typeof found === 'string' ? (found.split(':')[0] ?? '') : '';
  return name === '' || name.includes('{{') ? [] : [name];
}

/** All names of a feature: its commands, and the names in its texts. */
const listNames = (feature: Feature): string[] =>
  langs.flatMap((lang) => [
    ...feature.commands[lang],
    ...listNamingTexts(feature).flatMap((path) => extractNames(lang, path)),
  ]);

export interface Command {
  /** `greeting`: also a message that is empty or only the bot's name. */
  readonly kind: 'feature' | 'greeting' | 'unknown';
  /** The feature that a command opens. */
  readonly feature?: Feature;
  /** The words behind the command. */
  readonly rest?: string;
}

/**
 * Finds the command for typed words (`typedWords`): an exact match, or a command followed by more words.
 * @throws Error if two features share a name in their commands or texts
 */
export function createCommands(features: readonly Feature[]): (words: string) => Command {
  const byName = new Map<string, Feature>();
  for (const feature of features) {
    if (!feature.open) continue;
    for (const name of listNames(feature)) {
      const key = toCardVoice(toWords(name)).join(' ');
      const taken = byName.get(key);
      if (taken && taken !== feature)
        throw new Error(`"${name}" is a command of ${taken.name} and ${feature.name}`);
      byName.set(key, feature);
    }
  }
  const mostWords = Math.max(...[...byName.keys()].map((key) => key.split(' ').length));
  return (typed) => {
    if (typed === '') return { kind: 'greeting' };
    const words = toCardVoice(typed).slice(0, mostWords);
    for (let n = words.length; n > 0; n--) {
      const feature = byName.get(words.slice(0, n).join(' '));
      if (feature) return { kind: 'feature', feature, rest: typed.split(' ').slice(n).join(' ') };
    }
    return greetings.includes(words[0] ?? '') ? { kind: 'greeting' } : { kind: 'unknown' };
  };
}
