const esmOnly = 'hucre|lowdb|steno|date-holidays[^/]*|caldate|ulid|strip-bom';
const compile = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];

/** Machines share their cores with other work: a test that hangs is told from a slow one after this. */
const testTimeout = 20_000;

export default {
  testTimeout,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.[cm]?[jt]s$': compile },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  maxWorkers: 2,
};
