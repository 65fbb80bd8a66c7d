/** `npm run dev`: the bot with sample data, and Microsoft 365 Agents Playground to talk to it. */
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_BOT_PORT, startBot } from './playground/bot.js';
import { DEFAULT_PLAYGROUND_PORT } from './playground/config.js';
import { startPlayground } from './playground/playground.js';
import { ROOT, type Running, requireFreePort, StartError } from './playground/process.js';
import { writeSampleData } from './sample-data.js';

const DATA_FILE = '.data/dev/records.json';

const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

function portFrom(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (!text) return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new StartError(`${variable}=${text} is no port. Write a number from 1 to 65535.`);
}

const started: Running[] = [];

async function stopAll(): Promise<void> {
  // The Playground first: it talks to the bot.
  for (const running of started.splice(0).reverse()) await running.stop();
}

async function run(): Promise<void> {
  const port = portFrom('PORT', DEFAULT_BOT_PORT);
  const playgroundPort = portFrom('PLAYGROUND_PORT', DEFAULT_PLAYGROUND_PORT);
  await requireFreePort(port, 'the bot', 'PORT');
  await requireFreePort(playgroundPort, 'the Playground', 'PLAYGROUND_PORT');

  const file = path.join(ROOT, DATA_FILE);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeSampleData(file, new Date(), playgroundPort);
    say(`Sample data written to ${DATA_FILE}. Delete ${path.dirname(DATA_FILE)} to start over.`);
  }

  say('Starting the bot…');
  const bot = await startBot({ port, dataFile: DATA_FILE, onLine: say });
  started.push(bot);

  say('Starting Microsoft 365 Agents Playground (the first time, npx downloads it)…');
  const playground = await startPlayground({ port: playgroundPort, botPort: port });
  started.push(playground);

  say();
  say(`  Open ${playground.url}`);
  say(
    '  1. Coordination: write "@Passerelle configurer", choose "Canal de la coordination", approve an offer.',
  );
  say('  2. Personal Chat: write "proposer" or "accueillir", then "mes engagements" and "progression".');
  say('  3. "préférences" changes the language. Ctrl-C stops everything.');
  say();

  const [who, code] = await Promise.race([
    bot.exited.then((c) => ['The bot', c] as const),
    playground.exited.then((c) => ['The Playground', c] as const),
  ]);
  if (started.length === 0) return;
  throw new StartError(`${who} ended by itself, with code ${code}.`);
}

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C doesn't wait: `with-parent.cjs` ends what is left.
    if (stopping) process.exit(1);
    stopping = true;
    say('Stopping…');
    void stopAll().then(() => process.exit(0));
  });
}

run().catch(async (error: unknown) => {
  if (stopping) return;
  process.stderr.write(`\n${error instanceof StartError ? error.message : (error as Error).stack}\n`);
  await stopAll();
  process.exit(1);
});
