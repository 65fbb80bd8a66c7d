import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const WINDOWS = process.platform === 'win32';
const OUTPUT_KEPT = 40;

/** Something that could not start. Its message is meant for the person at the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface Running {
  readonly pid: number;
  /** Fulfilled when the process has ended, by itself or not. */
  readonly exited: Promise<number | null>;
  /** Ends the process and all it started: politely, and after five seconds by force. */
  stop(): Promise<void>;
  /** The last lines it wrote. */
  tail(): string;
}

interface StartOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Each line the process writes. Without it they are only kept for `tail`. */
  readonly onLine?: (line: string) => void;
}

/** The path of a preload, as NODE_OPTIONS wants it: quoted, and without the backslashes it would eat. */
export const preload = (name: string): string =>
  `--require "${path.join(ROOT, 'scripts/playground', name).replaceAll('\\', '/')}"`;

export function withPreloads(env: NodeJS.ProcessEnv, ...names: string[]): NodeJS.ProcessEnv {
  const options = [env.NODE_OPTIONS, ...names.map(preload)].filter(Boolean).join(' ');
  return { ...env, NODE_OPTIONS: options, PASSERELLE_DEV_PID: String(process.pid) };
}

/** Starts a program whose whole tree can be ended later. */
export function start(command: string, args: readonly string[], options: StartOptions): Running {
  const common: SpawnOptions = { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] };
  // Windows runs npx through its shell only. Elsewhere a group of its own is what `stop` signals.
  const child: ChildProcess =
    WINDOWS && command !== process.execPath
      ? spawn([command, ...args].join(' '), { ...common, shell: true, windowsHide: true })
      : spawn(command, [...args], { ...common, detached: !WINDOWS, windowsHide: true });

  const kept: string[] = [];
  const line = (text: string) => {
    kept.push(text);
    if (kept.length > OUTPUT_KEPT) kept.shift();
    options.onLine?.(text);
  };
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const l of lines) line(l);
    });
    stream?.on('end', () => rest && line(rest));
  }

  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      line(error.message);
      resolve(null);
    });
    child.once('close', (code) => resolve(code));
  });

  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    if (WINDOWS) {
      spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
      return;
    }
    try {
      process.kill(-child.pid, name);
    } catch {
      // Nobody of that group is left.
    }
  };
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    signal('SIGTERM');
    const force = setTimeout(() => signal('SIGKILL'), 5000);
    await exited;
    clearTimeout(force);
    // What the process started may outlive it.
    if (!WINDOWS) signal('SIGKILL');
  };

  return {
    pid: child.pid ?? 0,
    exited,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
    tail: () => kept.join('\n'),
  };
}

const answers = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(true));
    socket.once('error', () => end(false));
  });

/** Throws when something already uses the port: `what` says for whom it is, `variable` how to choose another. */
export async function requireFreePort(port: number, what: string, variable: string): Promise<void> {
  const taken =
    (await answers(port, '127.0.0.1')) ||
    (await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(true));
      probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(false)));
    }));
  if (taken) {
    throw new StartError(
      `Port ${port}, meant for ${what}, is taken. Stop what uses it (an earlier run?), or choose another with ${variable}=<port>.`,
    );
  }
}

/** A port that is free at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });

/** True once `url` answers 2xx; false when the process ended before; throws after `within` milliseconds. */
export async function waitUntilItAnswers(url: string, running: Running, within: number): Promise<boolean> {
  let ended = false;
  void running.exited.then(() => {
    ended = true;
  });
  const limit = Date.now() + within;
  while (!ended) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return true;
    if (Date.now() > limit) throw new StartError(`${url} did not answer within ${within / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return false;
}
