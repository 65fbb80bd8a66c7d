import { checkCommands, compareCommands, type ListedFeature } from './commands.js';
import { checkIcons } from './icons.js';
import { type Manifest, manifestShape, type PackageFiles, readJson } from './manifest.js';
import { checkSchema } from './schema.js';
import { checkTexts, readTexts } from './texts.js';

function checkPlaceholders(files: PackageFiles): string[] {
  return [...files]
    .filter(([name]) => name.endsWith('.json'))
    .flatMap(([name, content]) => {
      const left =
        Buffer.from(content)
          .toString('utf8')
          .match(/\$\{\{.*?\}\}/g) ?? [];
      return left.map((placeholder) => `${name}: nothing fills ${placeholder}`);
    });
}

/** Host names only: Teams ignores an entry with a scheme, a port or a path without a word. */
const checkDomains = ({ validDomains }: Manifest): string[] =>
  validDomains
    .filter((domain) => !/^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/i.test(domain) || /^\*\.[^.]+$/.test(domain))
    .map((domain) => `validDomains: "${domain}" is not a host name such as passerelle.example`);

/** All the checks but that of Microsoft's schema, which takes half a second. */
export function checkContents(files: PackageFiles, features?: readonly ListedFeature[]): string[] {
  const { json, faults } = readJson(files, 'manifest.json');
  if (faults.length > 0) return faults;
  faults.push(...checkPlaceholders(files));
  const shape = manifestShape.safeParse(json);
  if (!shape.success) {
    const wrong = shape.error.issues.map((i) => `manifest.json: ${i.path.join('.')}: ${i.message}`);
    return [...faults, ...wrong];
  }
  const manifest = shape.data;
  const { texts, faults: unreadable } = readTexts(files, manifest);
  faults.push(...checkIcons(files, manifest), ...unreadable, ...checkTexts(manifest, texts));
  faults.push(...checkCommands(manifest, texts), ...checkDomains(manifest));
  if (features) faults.push(...compareCommands(manifest, texts, features));
  return faults;
}

/**
 * Everything that can be known of the Teams package without uploading it.
 * @param files the files of the package by name, their placeholders filled
 * @param features the features of the code, when the commands of the manifest are to be compared with theirs
 * @returns what to mend, one sentence a fault; nothing when the package is good
 */
export async function checkPackage(
  files: PackageFiles,
  features?: readonly ListedFeature[],
): Promise<string[]> {
  const { json } = readJson(files, 'manifest.json');
  const schema = typeof json === 'object' && json !== null ? await checkSchema(json) : [];
  return [...schema, ...checkContents(files, features)];
}
