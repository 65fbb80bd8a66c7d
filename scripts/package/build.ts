import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { checkPackage } from './check.js';
import type { ListedFeature } from './commands.js';
import { filesOf, manifestShape, type PackageFiles, readJson } from './manifest.js';
import { fill, readValues, type Values } from './values.js';

/** The files of the package as they stand in a folder: the manifest, and those that it names. */
export function readPackage(folder: string, values: Values): PackageFiles {
  const files = new Map<string, Uint8Array>();
  const read = (name: string) => {
    const path = join(folder, name);
    if (existsSync(path)) files.set(name, readFileSync(path));
  };
  read('manifest.json');
  const source = files.get('manifest.json');
  if (source) files.set('manifest.json', Buffer.from(fill(Buffer.from(source).toString('utf8'), values)));
  const shape = manifestShape.safeParse(readJson(files, 'manifest.json').json);
  if (shape.success) for (const name of filesOf(shape.data)) read(name);
  return files;
}

/** The zip of some files: the same bytes for the same files, on any day and in any time zone. */
export function zip(files: PackageFiles): Uint8Array {
  // fflate writes local time, and a zip starts in 1980.
  const mtime = new Date(1980, 0, 1);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted.map(([name, content]) => [name, new Uint8Array(content)])), {
    level: 9,
    mtime,
  });
}

interface Build {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly features?: readonly ListedFeature[];
}

/** What the packaging came to: the files and their zip, or all that is to be mended first. */
export interface Built {
  readonly values: Values;
  readonly files: PackageFiles;
  readonly faults: readonly string[];
  readonly zip?: Uint8Array;
}

/** Fills, checks and zips the Teams package. */
export async function buildPackage({ folder, env, version, features }: Build): Promise<Built> {
  const { values, faults } = readValues(env, version);
  const files = readPackage(folder, values);
  const all = [...faults, ...(await checkPackage(files, features))];
  return { values, files, faults: all, ...(all.length === 0 ? { zip: zip(files) } : {}) };
}
