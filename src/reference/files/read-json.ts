import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * Reads and validates a JSON file.
 * @throws Error that names the file and every fault in it, by field
 */
export function readJson<T>(file: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((i) => `  ${i.path.join('.') || '(the whole file)'}: ${i.message}`);
  throw new Error(`${file} has ${faults.length} fault(s) to mend:\n${faults.join('\n')}`);
}
