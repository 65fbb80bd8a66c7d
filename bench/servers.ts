import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface RunningServer {
  readonly address: string;
  /** For the header of that name, where the server asks for one. */
  readonly authorization: string | undefined;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own, and waits for the line of its log that says its address. */
export async function startServer(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<RunningServer> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  type Said = { address: string; authorization?: string };
  const { address, authorization } = await new Promise<Said>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Partial<Said>;
      if (said.address) resolve(said as Said);
    });
    ended.then(([code]) => reject(new Error(`${args.join(' ')} ended with ${code}`)), reject);
  });
  return {
    address,
    authorization,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
/** What `npm start` gives to node. */
export const deployed: readonly string[] = scripts.start.split(' ').slice(1);

/** Bundles as for deployment: what is measured is what runs, and all three alike. */
export const build = (...args: string[]): void => {
  execFileSync(process.execPath, ['scripts/build.mjs', ...args], { stdio: 'inherit' });
};
