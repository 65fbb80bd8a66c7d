import { createServer } from 'node:http';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import { sayAddress } from './listen.mjs';

const server = createServer();
const quiet = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  log() {},
  error: console.error,
  child: () => quiet,
};
const app = new App({
  httpServerAdapter: new ExpressAdapter(server),
  dangerouslyAllowUnauthenticatedRequests: true,
  // A token of nobody's: the connector's double does not look at it.
  clientId: '00000000-0000-0000-0000-000000000001',
  token: () => 'e30.e30.e30',
  logger: quiet,
});
app.on('message', async ({ send, activity }) => void (await send(activity.text)));
await app.initialize();
server.listen(0, '127.0.0.1', () => sayAddress(server));
