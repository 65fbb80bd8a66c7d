import {
  ROOT,
  type Running,
  requireFreePort,
  StartError,
  start,
  waitUntilItAnswers,
  withPreloads,
} from './process.js';

export const DEFAULT_BOT_PORT = 3978;
const READY_WITHIN = 30_000;

export interface BotOptions {
  readonly port?: number;
  /** Where the embedded store writes, relative to the repository. */
  readonly dataFile: string;
  /** Settings beside those of the local bot. */
  readonly env?: Readonly<Record<string, string>>;
  /** Each line of its log. */
  readonly onLine?: (line: string) => void;
  /** What is run, in the repository: for trying the harness on another bot. */
  readonly entry?: string;
}

export interface Bot extends Running {
  readonly port: number;
  readonly url: string;
}

/** What would make the local bot somebody else's: credentials, a shared database, production's rules. */
const NOT_INHERITED = /^(NODE_ENV|DATABASE_URL(_FILE)?|ADMINS|COORDINATORS|MicrosoftApp\w*)$/;

/** Starts the bot on loopback, without credentials, and waits until it says that it is ready. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const port = options.port ?? DEFAULT_BOT_PORT;
  await requireFreePort(port, 'the bot', 'PORT');

  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name)),
  );
  const running = start(process.execPath, ['--import', 'tsx', options.entry ?? 'src/main.ts'], {
    cwd: ROOT,
    env: withPreloads(
      { ...inherited, PORT: String(port), HOST: '127.0.0.1', DATA_FILE: options.dataFile, ...options.env },
      'with-parent.cjs',
    ),
    ...(options.onLine && { onLine: options.onLine }),
  });

  const url = `http://127.0.0.1:${port}`;
  try {
    if (await waitUntilItAnswers(`${url}/ready`, running, READY_WITHIN)) return { ...running, port, url };
    throw new StartError(`The bot ended with code ${await running.exited} before it was ready.`);
  } catch (error) {
    await running.stop();
    const said = options.onLine ? '' : `\nIts last lines:\n${running.tail()}`;
    throw new StartError(`${error instanceof Error ? error.message : error}${said}`);
  }
}
