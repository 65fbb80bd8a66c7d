const esmOnly = 'hucre|lowdb|steno|date-holidays[^/]*|caldate|ulid|strip-bom';
const shared =
  'botbuilder|botframework-connector|@microsoft/teams-ai|adaptivecards-templating|restify|zod|luxon|date-holidays';
const compile = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];

/** Machines share their cores with other work: a test that hangs is told from a slow one after this. */
const testTimeout = 20_000;

export default {
  testTimeout,
  testEnvironment: './test/support/node-with-shared-packages.cjs',
  testSequencer: './test/support/slow-first.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    [`/node_modules/(${shared})/`]: './test/support/shared-package.cjs',
    '^.+\\.[cm]?[jt]s$': compile,
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly}|${shared})/)`],
  // While two work, a third waits for a disk, a database or a clock.
  maxWorkers: 3,
};
