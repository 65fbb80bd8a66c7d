import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { databaseGround } from './grounds.js';
import { testKilled } from './killed.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

testKilled('PostgreSQL', () => databaseGround(server));
