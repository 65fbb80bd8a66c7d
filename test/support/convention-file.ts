import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the convention that ships with other settings; gives the file. */
export function writeConvention(
  folder: string,
  { settings, convention: parts }: { settings?: object; convention?: object },
): string {
  const convention = JSON.parse(readFileSync('convention.json', 'utf8')) as { settings: object };
  const file = join(folder, 'convention.json');
  writeFileSync(
    file,
    JSON.stringify({ ...convention, ...parts, settings: { ...convention.settings, ...settings } }),
  );
  return file;
}
