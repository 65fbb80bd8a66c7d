import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { appId, startIssuer } from '../test/support/issuer.js';

/**
 * The bot with an app id, which asks everybody for a token, and beside it an issuer of tokens; it says its address and
 * a token for what comes from `CONNECTOR`.
 */
async function main(): Promise<void> {
  const issuer = await startIssuer();
  const { CONNECTOR = '', DATA_FILE = '' } = process.env;
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_FILE,
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'no secret',
    MicrosoftAppTenantId: '00000000-0000-0000-0000-00000000000a',
    ADMINS: Array.from({ length: 100 }, (_, n) => `aad-${n}`).join(','),
    LOG_LEVEL: 'silent',
  });
  const app = await createApp(config, { auth: issuer.auth });
  const address = await app.listen();
  process.stdout.write(`${JSON.stringify({ address, authorization: issuer.bearer(CONNECTOR) })}\n`);
  process.once('SIGTERM', () => void app.close().then(() => process.exit()));
}
void main();
