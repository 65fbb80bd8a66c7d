import { rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { hugo, startBot } from '../support/bot.js';
import { keepingLog } from '../support/flows.js';
import { startTokenEndpoint } from '../support/token-endpoint.js';

test('the whole bot asks for its token with what the file has, and signs with it what it sends', async () => {
  const { lines, log } = keepingLog();
  const endpoint = await startTokenEndpoint();
  const bot = await startBot();
  await bot.setUp([hugo]);
  await bot.app.close();
  const before = bot.connector.requests.length;

  const file = `${bot.file}.secret`;
  writeFileSync(file, 'planted-first\n');
  const config = readConfig({
    DATA_FILE: bot.file,
    MicrosoftAppId: '77777777-2222-3333-4444-555555555555',
    MicrosoftAppTenantId: 'tenant-1',
    MicrosoftAppPassword_FILE: file,
    ADMINS: 'admin',
  });
  const app = await createApp(config, { log, clock: { now: () => '2026-11-30T09:00:00.000Z' } });
  endpoint.accept({ secrets: ['planted-second'] });
  writeFileSync(file, 'planted-second\n');
  await app.runJob('weekly', { dryRun: false });
  await app.drain();

  const sent = bot.connector.requests.slice(before);
  expect(sent.length).toBeGreaterThan(0);
  expect(new Set(sent.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer token-1']));
  expect(endpoint.asked.map(({ form }) => form.get('client_secret'))).toEqual(['planted-second']);
  expect(JSON.stringify(lines)).not.toContain('planted');
  await app.close();
  await bot.connector.close();
  await endpoint.close();
  rmSync(dirname(bot.file), { recursive: true });
});
