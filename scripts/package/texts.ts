import { z } from 'zod';
import { languagesOf, type Manifest, type PackageFiles, readJson, textsOf } from './manifest.js';

/**
 * Letters that a text may have. For commands, the limits of the earlier schemas: the recent ones allow 128 and 4000,
 * which no menu shows.
 * https://learn.microsoft.com/microsoft-365/extensibility/schema/root-bots-command-lists-commands
 */
const limits: readonly (readonly [RegExp, number])[] = [
  [/^name\.short$/, 30],
  [/^name\.full$/, 100],
  [/^description\.short$/, 80],
  [/^description\.full$/, 4000],
  [/commands\[\d+\]\.title$/, 32],
  [/commands\[\d+\]\.description$/, 128],
];

const schemaOf = ({ manifestVersion }: Manifest) =>
  `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.Localization.schema.json`;

const languageFile = z.record(z.string(), z.string());

/** The texts of each language file that can be read, by language. */
export function readTexts(
  files: PackageFiles,
  manifest: Manifest,
): { texts: Map<string, Map<string, string>>; faults: string[] } {
  const texts = new Map<string, Map<string, string>>();
  const faults: string[] = [];
  for (const { tag, file } of languagesOf(manifest)) {
    // "fr" serves fr-fr, fr-ca and fr-be alike; a region in the tag would leave the others without it.
    if (file !== `${tag}.json` || tag.includes('-')) {
      faults.push(
        `the texts in "${tag}" are in ${file}: name a language without a region, and its file after it`,
      );
    }
    const { json, faults: unreadable } = readJson(files, file);
    faults.push(...unreadable);
    if (unreadable.length > 0) continue;
    const parsed = languageFile.safeParse(json);
    if (!parsed.success) {
      faults.push(`${file} is not a list of texts by key`);
      continue;
    }
    const { $schema, ...rest } = parsed.data;
    if ($schema !== schemaOf(manifest)) faults.push(`${file}: "$schema" must be ${schemaOf(manifest)}`);
    texts.set(tag, new Map(Object.entries(rest)));
  }
  return { texts, faults };
}

/** What is wrong with the texts: their keys, their lengths, and the manifest against its own language. */
export function checkTexts(
  manifest: Manifest,
  texts: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string[] {
  const faults: string[] = [];
  const own = textsOf(manifest);
  for (const [tag, translated] of texts) {
    const file = `${tag}.json`;
    for (const key of own.keys()) if (!translated.has(key)) faults.push(`${file} has no text for ${key}`);
    for (const [key, text] of translated) {
      if (!own.has(key)) faults.push(`${file}: ${key} is nothing that the manifest shows`);
      if (text.trim() === '') faults.push(`${file}: ${key} is empty`);
      const limit = limits.find(([pattern]) => pattern.test(key))?.[1] ?? Number.POSITIVE_INFINITY;
      if (text.length > limit)
        faults.push(`${file}: ${key} has ${text.length} letters; at most ${limit} fit`);
    }
  }
  // Teams reads the default language from its file, an administrator from the manifest: one text, written twice.
  const { defaultLanguageTag } = manifest.localizationInfo;
  for (const [key, text] of texts.get(defaultLanguageTag) ?? []) {
    if (own.has(key) && own.get(key) !== text) {
      faults.push(`${key} is not the same in manifest.json and ${defaultLanguageTag}.json`);
    }
  }
  return faults;
}
