import { indexes } from '../../../src/records.js';
import { openPostgresStore } from '../../../src/storage/postgres/index.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { storeContract } from '../../support/store-contract.js';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
}, 60_000);
afterAll(() => server.remove());

storeContract('PostgreSQL', async () => {
  let store = await openPostgresStore({ url });
  await server.query(
    url,
    Object.keys(indexes)
      .map((kind) => `delete from ${kind}`)
      .join(';'),
  );
  return {
    store,
    async reopen() {
      await store.close();
      store = await openPostgresStore({ url });
      return store;
    },
    close: () => store.close(),
  };
});
