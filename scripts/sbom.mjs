// Writes the bill of materials of what is deployed beside it: `node scripts/sbom.mjs [folder]`, after
// scripts/build.mjs. npm lists what is in the lock, with no network; packages for development are left out, and those
// of which the bundle has nothing are marked as excluded. (npm's own `--omit dev` would leave out what is deployed and
// asked for by a tool too: of npm 11.19, `pg`.)
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [folder = 'dist'] = process.argv.slice(2);
const rows = JSON.parse(readFileSync(`${folder}/bundled.json`, 'utf8'));
const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const { unnamed } = JSON.parse(readFileSync('scripts/licences.json', 'utf8'));

const npm = 'npm sbom --package-lock-only --offline --sbom-format cyclonedx --sbom-type application';
const [command, ...args] = npm.split(' ');
const options = { encoding: 'utf8', maxBuffer: 2 ** 26, shell: process.platform === 'win32' };
const bill = JSON.parse(execFileSync(command, args, options));

bill.metadata.component.name = name;
const deployed = new Set(
  Object.entries(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages)
    .filter(([, { dev }]) => !dev)
    .map(([path, { name, version }]) => `${name ?? path.replace(/^.*node_modules\//, '')}@${version}`),
);
const isDeployed = (ref) => deployed.has(ref);
bill.components = bill.components.filter((one) => isDeployed(one['bom-ref']));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => isDeployed(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isDeployed) }));

const bundled = new Set(rows.map((row) => `${row.name}@${row.version}`));
for (const component of bill.components) {
  component.scope = bundled.delete(component['bom-ref']) ? 'required' : 'excluded';
  component.licenses ??= [{ license: { id: unnamed[component.name] } }];
}
if (bundled.size) throw new Error(`Bundled, but no dependency of the lock: ${[...bundled].join(', ')}`);

writeFileSync(`${folder}/sbom.json`, `${JSON.stringify(bill, null, 2)}\n`);
process.stdout.write(
  `${folder}/sbom.json: ${rows.length} packages in the bundle, of ${bill.components.length}\n`,
);
