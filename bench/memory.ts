import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { click } from './activities.js';
import { machine } from './contest.js';
import { createLoad } from './load.js';
import { build, deployed, startServer } from './servers.js';

/**
 * The memory of the bot after ten thousand turns and after a hundred thousand, each of which reads records and draws
 * a card: `npm run bench -- memory [turns]`. What is stored stays the same, so that what grows is a leak.
 */
export async function main([turns = '100000']: readonly string[]): Promise<void> {
  build();
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const connector = await startServer(['--import', 'tsx', 'bench/connector.ts']);
  const server = await startServer(deployed, {
    PORT: '0',
    DATA_FILE: `${folder}/records.json`,
  });
  const load = createLoad(server.address, 16);
  const memory = (): number => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
  };
  const verbs = ['progress.open', 'mine.open', 'host.open', 'volunteer.open', 'nothing.known'];
  let sent = 0;
  const body = () => click(connector.address, verbs[sent++ % verbs.length] ?? '', {});
  const marks: Record<string, Record<string, string>> = {};
  let done = 0;
  for (const mark of [Number(turns) / 10, Number(turns) / 2, Number(turns)]) {
    await load.run(mark - done, body, () => undefined);
    done = mark;
    // A pause in which the collector does what it had put off.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    marks[`after ${mark} turns`] = { 'MB resident': memory().toFixed(0) };
  }
  load.close();
  await server.stop();
  await connector.stop();
  rmSync(folder, { recursive: true });
  console.log(`\n${machine()}\n`);
  console.table(marks);
  const [first = 0, , last = 0] = Object.values(marks).map((m) => Number(m['MB resident']));
  console.log(`ratio ${(last / first).toFixed(2)} (goal 1.10)`);
}
