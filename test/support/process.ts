import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** The bot in a process of its own. */
export interface BotProcess {
  readonly address: string;
  /** Milliseconds from the start of the process to its first `200` on `/ready`. */
  readonly readyAfterMs: number;
  /** Ends it without a chance to do anything. */
  kill(): Promise<void>;
  /** Asks it to end, and resolves with its exit code when it has. */
  stop(): Promise<number | null>;
}

/** Bundles the bot into a folder, once for all the processes of a test; gives the file to run. */
export async function bundleBot(folder: string): Promise<string> {
  const file = join(folder, 'bot.mjs');
  const args = ['scripts/build.mjs', 'test/support/kill-entry.ts', relative(process.cwd(), file)];
  await promisify(execFile)(process.execPath, args);
  return file;
}

/** What people of the tests are called and known by, what they type, and how tokens begin. */
const unwanted = /Volontaire|Témoin|29:|aad-|Jean-Fictif|eyJ|[Bb]earer /;

/**
 * Starts the bot and waits until it is ready. Rejects with what it says when it ends instead. It logs at every level; to
 * end it rejects with the lines that have what a log may not have.
 */
export async function startProcess(bundle: string, env: Record<string, string>): Promise<BotProcess> {
  const began = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [bundle], {
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'trace', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const found: string[] = [];
  const address = await findAddress(child, ended, (line) => void (unwanted.test(line) && found.push(line)));
  const { status } = await fetch(`${address}/ready`);
  if (status !== 200) throw new Error(`/ready answers ${status}`);
  const readyAfterMs = performance.now() - began;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await ended;
    if (found.length > 0) throw new Error(`The log has what it may not have:\n${found.join('\n')}`);
    return child.exitCode;
  };
  return {
    address,
    readyAfterMs,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** The line with the address, which is none of the log; all others are handed on. */
async function findAddress(
  child: ChildProcess,
  ended: Promise<unknown>,
  look: (line: string) => void,
): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('the process has no output');
  const complaints: string[] = [];
  stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const address = new Promise<string>((resolve) =>
    createInterface({ input: stdout }).on('line', (line) =>
      line.startsWith('http') ? resolve(line) : look(line),
    ),
  );
  const early = ended.then(() =>
    Promise.reject(new Error(`the bot ended with ${child.exitCode}: ${complaints.join('')}`)),
  );
  // Whichever comes second is of no interest any more.
  early.catch(() => undefined);
  return Promise.race([address, early]);
}
