import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * Reads a JSON file.
 * @throws Error that names the file and says what is wrong. Nothing is repeated of what is no JSON at all: by mistake, it
 *   may be the file of a secret
 */
export function parseJsonFile(file: string): unknown {
  const text = readText(file);
  if (!/^\s*[[{]/.test(text)) throw new Error(`${file} cannot be read as JSON: it begins with no { or [`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/**
 * Reads and validates a JSON file.
 * @throws Error that names the file and every fault in it, by field
 */
export function readJson<T>(file: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parseJsonFile(file));
  if (result.success) return result.data;
  const faults = result.error.issues.map((i) => `  ${i.path.join('.') || '(the whole file)'}: ${i.message}`);
  throw new Error(`${file} has ${faults.length} fault(s) to mend:\n${faults.join('\n')}`);
}
