import { existsSync } from 'node:fs';

/**
 * `npm run bench` measures turns (`run.ts`); `npm run bench -- NAME …` runs `bench/NAME.ts`, which exports `main`
 * and is given the other arguments.
 */
const [first = '', ...others] = process.argv.slice(2);
const [name, args] = /^[a-z]/.test(first) ? [first, others] : ['run', process.argv.slice(2)];
const file = new URL(`${name}.ts`, import.meta.url);
const { main } = existsSync(file) ? await import(file.href) : {};
if (!main) throw new Error(`There is no benchmark "${name}": it would be bench/${name}.ts, and export main.`);
await main(args);
