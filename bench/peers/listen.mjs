/** Says where a server listens, as `startServer` waits for it. */
export const sayAddress = (server) =>
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${server.address().port}` })}\n`);
