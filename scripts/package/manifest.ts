import { z } from 'zod';

/** The parts of the manifest that the checks read. Microsoft's schema checks the whole of it. */
export const manifestShape = z.looseObject({
  manifestVersion: z.string(),
  localizationInfo: z.object({
    defaultLanguageTag: z.string(),
    defaultLanguageFile: z.string(),
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })).default([]),
  }),
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  bots: z
    .array(
      z.looseObject({
        scopes: z.array(z.string()),
        commandLists: z.array(
          z.object({
            scopes: z.array(z.string()),
            commands: z.array(
              z.object({
                title: z.string(),
                description: z.string(),
                type: z.enum(['basic', 'prompt']).optional(),
              }),
            ),
          }),
        ),
      }),
    )
    .length(1),
  validDomains: z.array(z.string()).default([]),
});

export type Manifest = z.infer<typeof manifestShape>;

/** A file of the package by its name. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** The languages of the app, the default one first, each with the file of its texts. */
export const languagesOf = ({ localizationInfo: info }: Manifest): { tag: string; file: string }[] => [
  { tag: info.defaultLanguageTag, file: info.defaultLanguageFile },
  ...info.additionalLanguages.map(({ languageTag, file }) => ({ tag: languageTag, file })),
];

/** Every text of the manifest that has a translation, by the key that the language files give it. */
export function textsOf(manifest: Manifest): Map<string, string> {
  const texts = new Map([
    ['name.short', manifest.name.short],
    ['name.full', manifest.name.full],
    ['description.short', manifest.description.short],
    ['description.full', manifest.description.full],
  ]);
  manifest.bots.forEach((bot, b) => {
    bot.commandLists.forEach((list, l) => {
      list.commands.forEach((command, c) => {
        const key = `bots[${b}].commandLists[${l}].commands[${c}]`;
        texts.set(`${key}.title`, command.title);
        texts.set(`${key}.description`, command.description);
      });
    });
  });
  return texts;
}

/** The names of the files that make the package, besides the manifest itself. */
export const filesOf = (manifest: Manifest): string[] => [
  manifest.icons.color,
  manifest.icons.outline,
  ...languagesOf(manifest).map(({ file }) => file),
];

/** The JSON of a file, or what is wrong with it. */
export function readJson(files: PackageFiles, name: string): { json: unknown; faults: string[] } {
  const content = files.get(name);
  if (!content) return { json: undefined, faults: [`${name} is not there`] };
  try {
    return { json: JSON.parse(Buffer.from(content).toString('utf8')), faults: [] };
  } catch (error) {
    return { json: undefined, faults: [`${name} cannot be read as JSON: ${(error as Error).message}`] };
  }
}
