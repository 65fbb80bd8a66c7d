import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const copied = [
  '.gitignore',
  'appPackage',
  'biome.json',
  'cards',
  'convention.json',
  'data',
  'jest.config.js',
  'package.json',
  'scripts',
  'src',
  'test',
  'tsconfig.json',
];

let tree: string;
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'passerelle-feature-'));
  for (const name of copied) cpSync(name, join(tree, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

const makeFeature = (...args: string[]) =>
  spawnSync('node_modules/.bin/tsx', ['scripts/new-feature.ts', ...args], { cwd: tree, encoding: 'utf8' });

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
/** The files that the copy has and the tree has not, or has otherwise. */
const changedFiles = (): string[] =>
  ['appPackage', 'cards', 'src', 'test']
    .flatMap((folder) =>
      readdirSync(join(tree, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file}`,
      ),
    )
    .filter((file) => read(join(tree, file)) !== read(file))
    .sort();

const run = (command: string, ...args: string[]): Promise<{ code: number | null; said: string }> =>
  new Promise((done) => {
    const child = spawn(`node_modules/.bin/${command}`, args, { cwd: tree, timeout: 100_000 });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text));
    child.on('exit', (code) => done({ code, said }));
  });

/** What the compiler says against some files of the copy. */
function typeFaults(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(tree, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, tree);
  const program = ts.createProgram(
    files.map((file) => join(tree, file)),
    options,
  );
  const checked = files.flatMap((file) => program.getSourceFile(join(tree, file)) ?? []);
  expect(checked.length).toBe(files.length);
  return checked
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

it.each([
  ['without a name', [], 'npm run new:feature'],
  ['with a name of two words', ['next-visitors'], 'not one lower-case word'],
  ['with a word of JavaScript', ['delete'], 'a word of JavaScript'],
  ['with the name of a feature', ['host'], '"host" is taken'],
])('%s it says so, and writes nothing', (_, args, why) => {
  const { status, stderr } = makeFeature(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(why);
  expect(changedFiles()).toEqual([]);
});

describe('a feature that it made', () => {
  beforeAll(() => {
    expect(makeFeature('visitors', 'visiteurs')).toMatchObject({ status: 0, stderr: '' });
  });

  it('is these files', () => {
    expect(changedFiles()).toEqual([
      'appPackage/en.json',
      'appPackage/fr.json',
      'appPackage/manifest.json',
      'cards/visitors-card.json',
      'src/features/index.ts',
      'src/features/visitors/index.ts',
      'src/text/en.json',
      'src/text/fr.json',
      'test/features/channel-commands.test.ts',
      'test/features/permissions.test.ts',
      'test/features/visitors.test.ts',
      'test/support/samples.ts',
      'test/teams/readers.test.ts',
    ]);
  });

  it('passes the compiler, the linter, its own test and those that list features', async () => {
    const listing = ['text/keys', 'app-package', 'features/roles', 'features/permissions', 'teams/readers'];
    const tests = ['features/visitors', 'features/channel-commands', ...listing];
    const named =
      'visitors|same card|every button and every command|said by hand|asked for|for nothing|has no fault|one person’s|the role';
    const files = changedFiles();
    const running = Promise.all([
      run('jest', '-i', '--ci', '--forceExit', '-t', named, ...tests.map((test) => `test/${test}.test.ts`)),
      run('biome', 'check', '--error-on-warnings', ...files),
    ]);
    const types = typeFaults(files.filter((file) => file.endsWith('.ts')));
    const [jest, biome] = await running;
    expect(types).toEqual([]);
    expect(biome).toMatchObject({ code: 0 });
    expect(jest.said.slice(-3_000)).toContain(`Test Suites: ${tests.length} passed`);
    expect(jest.code).toBe(0);
  }, 120_000);
});
