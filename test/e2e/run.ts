/**
 * `npm run test:e2e`: the main job in a real client. Microsoft 365 Agents Playground in Debian's Chromium, as
 * Camille; colleagues write and click over HTTP. `npm run test:e2e -- session date` runs these flows only. Screenshots
 * are kept in `test-results/`.
 */

import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { startBot } from '../../scripts/playground/bot.js';
import { USERS } from '../../scripts/playground/config.js';
import { startPlayground } from '../../scripts/playground/playground.js';
import { freePort } from '../../scripts/playground/process.js';
import { writeSampleData } from '../../scripts/sample-data.js';
import { startColleagues } from './colleagues.js';
import type { Flow, Stage } from './flow.js';
import { convention } from './flows/convention.js';
import { date } from './flows/date.js';
import { desk } from './flows/desk.js';
import { main } from './flows/main.js';
import { report } from './flows/report.js';
import { sentence } from './flows/sentence.js';
import { session } from './flows/session.js';
import { PlaygroundPage } from './playground.js';
import { searchSchool } from './search.js';

const flows: readonly Flow[] = [main, session, date, desk, sentence, report, convention];

/** The flows with these names, or all if there are none. */
function choose(names: readonly string[]): readonly Flow[] {
  const known = flows.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no flow "${unknown.join('", "')}". The flows are: ${known.join(', ')}.`);
  return names.length > 0 ? flows.filter(({ name }) => names.includes(name)) : flows;
}

/** Plays a flow with a bot, a Playground and a browser of its own; gives how many steps passed. */
async function play({ name, steps }: Flow): Promise<number> {
  const folder = `test-results/e2e/${name}`;
  const dataFile = `${folder}/records.json`;
  const failure = `failed-${name}`;
  for (const left of [folder, `test-results/${failure}.png`])
    await rm(left, { recursive: true, force: true });
  /** Closes what was started, the last first. */
  const closing: (() => Promise<void>)[] = [];
  try {
    const [port, playgroundPort] = [await freePort(), await freePort()];
    await writeSampleData(dataFile, new Date(), playgroundPort);
    let bot = await startBot({ port, dataFile });
    closing.push(() => bot.stop());
    const colleagues = await startColleagues(port);
    closing.push(colleagues.close);
    const playground = await startPlayground({
      port: playgroundPort,
      botPort: port,
      folder: `${folder}/playground`,
    });
    closing.push(playground.stop);
    const p = await PlaygroundPage.open(playground.url);
    closing.push(() => p.close());
    const stage: Stage = {
      p,
      colleague: (who) => colleagues.as(USERS[who]),
      search: (typed) => searchSchool(port, typed),
      runJob: async (args) => {
        await bot.stop();
        await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/job.ts', ...args], {
          env: { ...process.env, DATA_FILE: dataFile },
        });
        bot = await startBot({ port, dataFile });
      },
    };
    for (const [fact, show] of steps) {
      const began = Date.now();
      try {
        await show(stage);
      } catch (error) {
        await p.screenshot(failure).catch(() => undefined);
        const log = `The bot's last lines:\n${bot.tail()}`;
        throw new Error(
          `failed: ${name}: ${fact} (test-results/${failure}.png)\n${(error as Error).stack}\n${log}`,
        );
      }
      process.stdout.write(`ok ${name}: ${fact} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
    }
    return steps.length;
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function run(): Promise<void> {
  let [passed, failed] = [0, 0];
  for (const flow of choose(process.argv.slice(2))) {
    try {
      passed += await play(flow);
    } catch (error) {
      failed += 1;
      process.stderr.write(`${(error as Error).message}\n`);
    }
  }
  process.stdout.write(`${passed} steps passed, ${failed} flows failed\n`);
  if (failed > 0) process.exitCode = 1;
}

run().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
