import { openPostgresStore } from '../../../src/storage/postgres/index.js';

const faultOf = (url: string): Promise<string> =>
  openPostgresStore({ url }).then(
    () => 'none',
    (error: Error) => error.message,
  );

test.each([
  ['a host that does not exist', 'postgres://planted.invalid/db', /the host in DATABASE_URL/],
  ['a server that does not run', 'postgres://planted:planted@127.0.0.1:1/planted', /is the server running/],
  [
    'a file that is missing',
    'postgres://127.0.0.1:1/db?sslrootcert=/planted',
    /a file that DATABASE_URL names/,
  ],
])('an address of %s is not repeated: the hint says where to look', async (_, url, hint) => {
  const said = await faultOf(url);
  expect(said).toMatch(hint);
  expect(said).not.toContain('planted');
});
