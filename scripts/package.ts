/** Makes the Teams package: `npm run package`. See `scripts/package/values.ts` for what it asks of the environment. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { features } from '../src/features/index.js';
import { buildPackage } from './package/build.js';

const target = 'dist/passerelle.zip';
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));

const { values, files, faults, zip } = await buildPackage({
  folder: 'appPackage',
  env: process.env,
  version,
  features,
});

if (zip) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, zip);
  const contents = [...files].map(([name, content]) => `  ${name} (${content.length} bytes)`);
  console.log(
    [
      `${target}: Passerelle ${version}, ${zip.length} bytes`,
      ...contents,
      `  app ${values.TEAMS_APP_ID}, bot ${values.BOT_ID}`,
      'Upload it in the Teams admin centre: Teams apps, Manage apps, Upload new app.',
    ].join('\n'),
  );
} else {
  console.error(
    `The Teams package was not made. To mend:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
  );
  process.exitCode = 1;
}
