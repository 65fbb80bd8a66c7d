import { toWords } from '../../src/teams/typed-words.js';
import type { Manifest } from './manifest.js';

/** A feature as far as the manifest lists it: by the first of its commands in each language. */
export interface ListedFeature {
  readonly scopes: readonly string[];
  readonly commands: Readonly<Record<'fr' | 'en', readonly string[]>>;
}

/** Teams shows no more in its menu (schema 1.29). */
const mostInScope = 12;

type Texts = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Listed {
  readonly scope: string;
  /** The same command in each language, the default one first. */
  readonly titles: readonly string[];
}

function listed(manifest: Manifest, texts: Texts): Listed[] {
  return manifest.bots.flatMap((bot, b) =>
    bot.commandLists.flatMap((list, l) =>
      list.commands.flatMap((_, c) => {
        const key = `bots[${b}].commandLists[${l}].commands[${c}].title`;
        const titles = [...texts.values()].map((language) => language.get(key) ?? '');
        return list.scopes.map((scope) => ({ scope, titles }));
      }),
    ),
  );
}

/** What is wrong with the lists of commands: a scope without one or with two, too many commands, one title twice. */
export function checkCommands(manifest: Manifest, texts: Texts): string[] {
  const faults: string[] = [];
  const [bot] = manifest.bots;
  const scopes = bot?.commandLists.flatMap((list) => list.scopes) ?? [];
  for (const scope of bot?.scopes ?? []) {
    const lists = scopes.filter((s) => s === scope).length;
    if (lists !== 1) faults.push(`the scope "${scope}" has ${lists} lists of commands; give it one`);
  }
  for (const scope of scopes) {
    if (!bot?.scopes.includes(scope)) faults.push(`commands are listed for "${scope}", where the bot is not`);
  }
  // In a new chat Teams shows either prompts to start from or the bot's welcome: the welcome is what we keep.
  const prompts = bot?.commandLists.flatMap((list) => list.commands).filter((c) => c.type === 'prompt');
  if (prompts?.length) faults.push('a command is a prompt: Teams would no longer show the welcome message');
  const all = listed(manifest, texts);
  for (const scope of new Set(scopes)) {
    const here = all.filter((command) => command.scope === scope);
    if (here.length > mostInScope) {
      faults.push(`"${scope}" lists ${here.length} commands; Teams shows ${mostInScope}`);
    }
    for (const [i] of [...texts.keys()].entries()) {
      const titles = here.map((command) => command.titles[i] ?? '').filter((title) => title !== '');
      const twice = titles.filter((title, n) => titles.findIndex((t) => toWords(t) === toWords(title)) < n);
      faults.push(...twice.map((title) => `"${scope}" lists the command "${title}" twice`));
    }
  }
  return faults;
}

/** How the commands of the manifest differ from those of the code, scope by scope. */
export function compareCommands(
  manifest: Manifest,
  texts: Texts,
  features: readonly ListedFeature[],
): string[] {
  const name = (scope: string, titles: readonly string[]) => `"${titles.join('" / "')}" in "${scope}"`;
  const languages = [...texts.keys()] as (keyof ListedFeature['commands'])[];
  const inCode = features.flatMap(({ scopes, commands }) => {
    const titles = languages.map((language) => commands[language]?.[0] ?? '');
    return titles.some((title) => title !== '') ? scopes.map((scope) => name(scope, titles)) : [];
  });
  const inManifest = listed(manifest, texts).map(({ scope, titles }) => name(scope, titles));
  return [
    ...inCode.filter((c) => !inManifest.includes(c)).map((c) => `the command ${c} is not in the manifest`),
    ...inManifest.filter((c) => !inCode.includes(c)).map((c) => `the command ${c} is in no feature`),
  ];
}
