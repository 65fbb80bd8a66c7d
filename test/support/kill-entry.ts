/** The bot as it is deployed, but at its own pace: a test that kills it must not wait for Teams' limits. */
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';

async function main(): Promise<void> {
  const app = await createApp(readConfig(process.env), { pace: { wait: () => 0 } });
  const address = await app.listen();
  process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
  process.stdout.write(`${address}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
