import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import type { Overrides } from '../../src/app.js';

/** The logger of production, with every level on, into a text. */
export function realLog(): { log: NonNullable<Overrides['log']>; text(): string } {
  let text = '';
  const stream = new Writable({
    write: (line, _, done) => {
      text += line;
      done();
    },
  });
  return { log: pino({ level: 'trace', base: null }, stream), text: () => text };
}

/** Which of these words are in what was logged, or in any file of the folder of the records. */
export function tracesOf(words: readonly string[], logged: string, recordsFile: string): string[] {
  const folder = dirname(recordsFile);
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = [logged, ...files.map(({ name }) => readFileSync(join(folder, name), 'utf8'))];
  return words.filter((word) => texts.some((text) => text.includes(JSON.stringify(word).slice(1, -1))));
}
