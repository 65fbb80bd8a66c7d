/**
 * The bot as it is deployed, but at its own pace: a test that kills it must not wait for Teams' limits.
 * `CLOCK_AHEAD_MS` is another moment to live in; `QUICK_LEASE` makes a kill noticed within two seconds, not twelve.
 */
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';

async function main(): Promise<void> {
  const { CLOCK_AHEAD_MS = '0', QUICK_LEASE } = process.env;
  const app = await createApp(readConfig(process.env), {
    rateLimiter: { acquire: () => 0 },
    clock: { now: () => new Date(Date.now() + Number(CLOCK_AHEAD_MS)).toISOString() },
    ...(QUICK_LEASE ? { leaseTimes: { duration: 1_500, renewEvery: 400, pollEvery: 300, margin: 300 } } : {}),
  });
  const address = await app.listen();
  process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
  process.stdout.write(`${address}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
