import { typeset } from '../../src/text/typeset.js';
import { helpTexts, type NewFeature } from './feature.js';

/** What a feature adds to a file that there is already. */
interface Addition {
  readonly file: string;
  /** What was added, for the person who reads it again. */
  readonly says: string;
  /** @throws Error if the file does not look as expected: the person adds it by hand */
  add(source: string, feature: NewFeature): string;
}

function insertBefore(source: string, place: RegExp, text: string): string {
  const at = source.search(place);
  if (at < 0) throw new Error(`Nothing was written: there is no ${place} before which to add\n${text}`);
  return source.slice(0, at) + text + source.slice(at);
}

/** Adds an item to the list that begins with `opening`. */
function appendTo(source: string, opening: string, item: string): string {
  const start = source.indexOf(opening);
  if (start < 0) throw new Error(`Nothing was written: there is no ${opening} to which to add ${item}`);
  const end = source.indexOf(']', start);
  return `${source.slice(0, end).replace(/,?\s*$/, '')}, ${item}${source.slice(end)}`;
}

const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const addTexts = (source: string, { name, command }: NewFeature, lang: 'fr' | 'en'): string => {
  const texts = JSON.parse(source);
  texts.help[name] = helpTexts({ name, command })[lang];
  const { title } = texts.help[name];
  const lead = { fr: 'Ce que la carte montre, en une phrase.', en: 'What the card shows, in one sentence.' }[
    lang
  ];
  texts[name] = { eyebrow: title, heading: title, lead };
  return toJson(texts);
};

/** The manifest's first list of commands is the personal chat's; a new command is its last. */
const addCommand = (source: string, feature: NewFeature): string => {
  const manifest = JSON.parse(source);
  const description = typeset('fr', helpTexts(feature).fr.what);
  manifest.bots[0].commandLists[0].commands.push({ title: feature.command, description });
  return toJson(manifest);
};

const addCommandText = (source: string, feature: NewFeature, lang: 'fr' | 'en'): string => {
  const texts: Record<string, string> = JSON.parse(source);
  const title = /^bots\[0\]\.commandLists\[0\]\.commands\[(\d+)\]\.title$/;
  const next = Object.keys(texts).filter((key) => title.test(key)).length;
  const key = `bots[0].commandLists[0].commands[${next}]`;
  texts[`${key}.title`] = { fr: feature.command, en: feature.name }[lang];
  texts[`${key}.description`] = typeset(lang, helpTexts(feature)[lang].what);
  return toJson(texts);
};

const row = (name: string, place: string, became: string): string =>
  `${name.padEnd(24)}${place.padEnd(6)}${became}\n`;

export const additions: readonly Addition[] = [
  {
    file: 'src/features/index.ts',
    says: 'its place in the list is its place in the help',
    add: (source, { name }) =>
      insertBefore(
        insertBefore(source, /^import /m, `import { ${name} } from './${name}/index.js';\n`),
        /^ {2}help,\n\];/m,
        `  ${name},\n`,
      ),
  },
  { file: 'src/text/fr.json', says: 'its words, to be written', add: (s, f) => addTexts(s, f, 'fr') },
  { file: 'src/text/en.json', says: 'its words, to be written', add: (s, f) => addTexts(s, f, 'en') },
  { file: 'appPackage/manifest.json', says: 'its command in the menu of Teams', add: addCommand },
  { file: 'appPackage/fr.json', says: 'the same in French', add: (s, f) => addCommandText(s, f, 'fr') },
  { file: 'appPackage/en.json', says: 'the same in English', add: (s, f) => addCommandText(s, f, 'en') },
  {
    file: 'test/features/permissions.test.ts',
    says: 'what becomes of its button and command, by who uses them and where',
    add: (source, { name, command }) => {
      const written = `/${command.replace(' ', '_')}`;
      const [chat, ours, other] = [
        row(written, 'chat', 'shown'),
        row(written, 'ours', 'opener'),
        row(written, 'other', 'opener'),
      ];
      return insertBefore(
        insertBefore(source, /^\/\S+ .*$/m, row(`${name}.open`, '*', 'shown')),
        /^`;$/m,
        chat + ours + other,
      );
    },
  },
  {
    file: 'test/teams/readers.test.ts',
    says: 'nobody but who asked reads its answers',
    add: (source, { name }) => appendTo(source, 'expect(of(undefined)).toEqual([', `'${name}'`),
  },
  {
    file: 'test/features/channel-commands.test.ts',
    says: 'in a channel its command is answered with a button',
    add: (source, { name }) => appendTo(source, "expect(names('own')).toEqual([", `'${name}'`),
  },
  {
    file: 'test/support/samples.ts',
    says: 'its card is linted, and in the gallery',
    add: (source, { name, command }) =>
      insertBefore(
        source,
        /^ *keep\('preferences',/m,
        `keep('${name}', (await bot.say(ines, '${command}'))[0]);\n`,
      ),
  },
];
