import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { additions } from './new-feature/additions.js';
import type { NewFeature } from './new-feature/feature.js';
import { newFiles } from './new-feature/files.js';

const usage = `npm run new:feature -- NAME [FRENCH-COMMAND]
  Makes a feature that answers a command with a card: src/features/NAME/, its card, its texts, its test, and a line
  wherever features are listed. NAME is one lower-case word, and the English command.`;

const read = (file: string): string => readFileSync(file, 'utf8');

/** @throws Error that says which name to take instead */
function checkNames({ name, command }: NewFeature): void {
  if (!/^[a-z]+$/.test(name)) throw new Error(`"${name}" is not one lower-case word.\n\n${usage}`);
  if (!/^\p{Ll}+( \p{Ll}+)?$/u.test(command))
    throw new Error(`"${command}" is not one or two words.\n\n${usage}`);
  try {
    new Script(`const ${name} = 0;`);
  } catch {
    throw new Error(`"${name}" is a word of JavaScript: choose another name.`);
  }
  const texts = JSON.parse(read('src/text/fr.json'));
  if (existsSync(`src/features/${name}`) || texts[name] !== undefined || texts.help[name] !== undefined)
    throw new Error(`"${name}" is taken, as a folder of src/features or as a part of src/text/fr.json.`);
}

function main(): void {
  const [name, command = name, ...rest] = process.argv.slice(2);
  if (name === undefined || command === undefined || rest.length > 0) throw new Error(usage);
  const feature = { name, command };
  checkNames(feature);
  const made = newFiles(feature);
  const changed = additions.map(({ file, add }) => ({ file, text: add(read(file), feature) }));
  // Nothing is written unless everything can be.
  for (const { file, text } of [...made, ...changed]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const files = [...made, ...changed].map(({ file }) => file);
  execFileSync('node_modules/.bin/biome', ['check', '--write', ...files], { stdio: 'pipe' });
  process.stdout.write(`Made:
${made.map(({ file, now }) => `  ${file}: ${now}`).join('\n')}
Added a line or two, which are worth reading (git diff):
${additions.map(({ file, says }) => `  ${file}: ${says}`).join('\n')}
Then: npx jest test/features/${name} test/features/permissions test/text/keys
`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
