import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeReport } from '../test/year/report.js';
import { playYear } from '../test/year/year.js';

/**
 * Plays a school year of a made-up company against the real bot, and writes what each role received as a page:
 *
 *   npm run year -- [--employees 300] [--seed 1] [--from 2026-09-01] [--until 2027-09-03] [--store file]
 */
const { values } = parseArgs({
  options: {
    employees: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '2026-09-01' },
    until: { type: 'string', default: '2027-09-03' },
    store: { type: 'string', default: 'postgres' },
  },
});

const file = 'test-results/year.html';
const began = performance.now();
const { world, faults, summary } = await playYear({
  employees: Number(values.employees),
  seed: Number(values.seed),
  from: values.from,
  until: values.until,
  database: values.store !== 'file',
  onDay: (day) => {
    if (day.endsWith('-01')) process.stderr.write(`${day} `);
  },
});
mkdirSync('test-results', { recursive: true });
writeFileSync(file, writeReport(world, summary));
await world.bot.close();
process.stdout.write(
  `\n${summary.join('\n')}\n${Math.round((performance.now() - began) / 1000)} s: ${file}\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
