const esmOnly = 'lowdb|steno|date-holidays[^/]*|caldate|ulid|strip-bom';
const compile = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.[cm]?[jt]s$': compile },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  maxWorkers: 2,
};
