import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_PLAYGROUND_PORT, PLAYGROUND_PACKAGE, playgroundYaml, serviceUrl } from './config.js';
import {
  ROOT,
  type Running,
  requireFreePort,
  StartError,
  start,
  waitUntilItAnswers,
  withPreloads,
} from './process.js';

/** The first start downloads 15 MB. */
const READY_WITHIN = 180_000;
const LOG_LINES = 25;

export interface PlaygroundOptions {
  readonly port?: number;
  readonly botPort: number;
  /** Its configuration and its log are written here; what an earlier run left is removed. */
  readonly folder?: string;
}

export interface Playground extends Running {
  readonly port: number;
  readonly url: string;
  /** What its activities carry, and where the bot sends to. */
  readonly serviceUrl: string;
}

/** The end of what it wrote about itself, in `devTools/*.log`: a wrong configuration is told only there. */
async function logTail(folder: string): Promise<string> {
  const devTools = path.join(folder, 'devTools');
  const names = (await readdir(devTools).catch(() => [])).filter((name) => name.endsWith('.log'));
  const texts = await Promise.all(
    names.map((name) => readFile(path.join(devTools, name), 'utf8').catch(() => '')),
  );
  return texts
    .join('\n')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('debug Telemetry'))
    .slice(-LOG_LINES)
    .join('\n');
}

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENOTCACHED|network/i;

async function explain(what: string, running: Running, folder: string): Promise<StartError> {
  const said = running.tail();
  const advice = NO_NETWORK.test(said)
    ? `npm could not fetch ${PLAYGROUND_PACKAGE}. Connect to the internet once: afterwards it starts from npm's cache.`
    : `To see it alone: npx --yes ${PLAYGROUND_PACKAGE} start --disable-telemetry (in ${folder}).`;
  const parts = [`The Playground could not start: ${what}`, said, await logTail(folder), advice];
  return new StartError(parts.filter(Boolean).join('\n'));
}

/** Starts Microsoft 365 Agents Playground, the local stand-in for Teams, on loopback; waits until it answers. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const port = options.port ?? DEFAULT_PLAYGROUND_PORT;
  // It would quietly take a random port instead.
  await requireFreePort(port, 'the Playground', 'PLAYGROUND_PORT');

  const folder = path.resolve(ROOT, options.folder ?? `.data/playground-${port}`);
  await rm(path.join(folder, 'devTools'), { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, '.m365agentsplayground.yml'), playgroundYaml());

  const url = `http://127.0.0.1:${port}`;
  const args = `--yes ${PLAYGROUND_PACKAGE} start --disable-telemetry -p ${port} -c msteams --service-url ${serviceUrl(port)}`;
  const running = start('npx', args.split(' '), {
    cwd: folder,
    env: withPreloads(
      {
        ...process.env,
        BOT_ENDPOINT: `http://127.0.0.1:${options.botPort}/api/messages`,
        // Without a network npm would try for more than a minute before saying so.
        npm_config_fetch_retries: '1',
      },
      'loopback.cjs',
      'with-parent.cjs',
    ),
  });

  try {
    // Its page answers a moment before a wrong configuration ends it; this address only afterwards.
    if (await waitUntilItAnswers(`${url}/_internal/v1/config`, running, READY_WITHIN)) {
      return { ...running, port, url, serviceUrl: serviceUrl(port) };
    }
    throw new StartError(`it ended with code ${await running.exited}.`);
  } catch (error) {
    await running.stop();
    throw await explain(error instanceof Error ? error.message : String(error), running, folder);
  }
}
