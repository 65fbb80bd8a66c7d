import { openPostgresStore } from '../../../src/storage/postgres/index.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

test('a password that is exchanged is used for the next connection', async () => {
  const url = await server.createDatabase();
  const as = (password: string) => url.replace('passerelle:secret', `bot:${password}`);
  await server.query(url, "create role bot login password 'first'; grant all on schema public to bot");
  const hangUp = () =>
    server.query(url, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'bot'");

  let current = as('first');
  const store = await openPostgresStore({ url: () => current });
  await store.check();
  await server.query(url, "alter role bot password 'second'");
  // Connections that are open stay as they are.
  await store.check();
  await hangUp();
  await expect(store.check()).rejects.toThrow(/password authentication failed for user "bot"/);

  current = as('second');
  await store.check();
  await store.close();
});
