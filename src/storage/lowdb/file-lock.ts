import { createHash, randomUUID } from 'node:crypto';
import { link, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Exclusive use of a file, until `release` or the end of the process, however it ends. */
export interface FileLock {
  release(): Promise<void>;
}

export class FileInUse extends Error {
  constructor() {
    super(
      "another process is using it, and two would destroy each other's records. " +
        'Stop the other one, or give this one another file with DATA_FILE.',
    );
    this.name = 'FileInUse';
  }
}

/** The address of a socket can have 107 bytes on Linux, 103 on macOS. */
const maxAddressBytes = 103;
/** Errors of file systems without sockets or links, mostly network shares. */
const unsupportedCodes = ['EPERM', 'EOPNOTSUPP', 'ENOTSUP', 'EINVAL', 'ENOSYS'];

const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/**
 * Locks a file, given by its real path.
 * @throws FileInUse if a living process holds the lock
 *
 * The lock is a listening socket, because the kernel knows at once whether its owner is alive: after a kill -9 the
 * next start neither fails nor waits. Each start that takes the lock creates a new generation, `<name>.lock.1`, `.2`,
 * …, and the newest one identifies the owner. Two rules keep two starting processes from both winning:
 * - A socket gets the name of its generation through a link, which fails if the name exists, and only once it
 *   listens. A name that refuses connections is therefore dead for good, never about to listen.
 * - The newest name is never removed, not even by `release`, so generations only grow. Removing or replacing a dead
 *   name in place could hit the living one that a faster process has just put there. This way, a slow process at
 *   worst creates an old generation, sees the newer one on its next look, and gives up.
 */
export async function lockFile(file: string): Promise<FileLock> {
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return lockPipe(`\\\\.\\pipe\\passerelle-${hash}`);
  const beside = join(dirname(file), `.${basename(file)}.lock`);
  const elsewhere = join(tmpdir(), `passerelle-${hash}.lock`);
  // Leaves room for the number of a generation or a temporary name.
  if (Buffer.byteLength(beside) + 10 > maxAddressBytes) return lockSocket(elsewhere);
  return lockSocket(beside).catch((error: unknown) => {
    if (unsupportedCodes.includes(errorCode(error))) return lockSocket(elsewhere);
    throw error;
  });
}

async function lockSocket(name: string): Promise<FileLock> {
  const temporary = `${name}.${randomUUID().slice(0, 8)}t`;
  const server = await listen(temporary);
  try {
    for (;;) {
      const last = Math.max(0, ...(await listGenerations(name)));
      if (last > 0 && (await isAlive(`${name}.${last}`))) throw new FileInUse();
      const mine = last + 1;
      if (!(await tryLink(temporary, `${name}.${mine}`))) continue;
      const generations = await listGenerations(name);
      if (Math.max(...generations) === mine) {
        for (const old of generations) if (old < mine) await rm(`${name}.${old}`, { force: true });
        return { release: () => close(server) };
      }
      await rm(`${name}.${mine}`, { force: true });
    }
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** On Windows a named pipe is enough: it has one owner and ends with it. */
async function lockPipe(pipe: string): Promise<FileLock> {
  const server = await listen(pipe).catch((error: unknown) => {
    throw ['EADDRINUSE', 'EACCES'].includes(errorCode(error)) ? new FileInUse() : error;
  });
  return { release: () => close(server) };
}

function listen(path: string): Promise<Server> {
  const server = createServer((caller) => caller.destroy());
  server.unref();
  // Exclusive, or the workers of a cluster would share the socket and all hold the lock.
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, exclusive: true }, () => resolve(server));
  });
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/**
 * Whether a process listens there. Anything but a refused connection counts as alive: a busy owner must not lose its
 * lock.
 */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const caller = connect(path);
    caller.once('connect', () => {
      caller.destroy();
      resolve(true);
    });
    caller.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(errorCode(error))));
  });
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function listGenerations(name: string): Promise<number[]> {
  const prefix = `${basename(name)}.`;
  const names = (await readdir(dirname(name))).filter((found) => found.startsWith(prefix));
  return names.map((found) => Number(found.slice(prefix.length))).filter(Number.isInteger);
}
