import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';

/** Where a part of `src/` may look, by the first folder or file of what it imports, or by package. */
interface Rule {
  readonly inside: readonly string[];
  /** Packages; `type:x` is for its types only, `node:*` any part of Node. */
  readonly outside: readonly string[];
}
const rules: Record<string, Rule> = {
  domain: { inside: ['domain'], outside: ['luxon'] },
  'ports.ts': { inside: ['records.ts', 'domain'], outside: [] },
  'records.ts': { inside: ['domain'], outside: [] },
  'metrics.ts': { inside: [], outside: ['prom-client'] },
  'config.ts': { inside: ['secrets.ts'], outside: ['zod'] },
  'secrets.ts': { inside: [], outside: ['node:fs', 'node:path'] },
  text: { inside: ['text', 'type:domain', 'type:records.ts'], outside: ['luxon'] },
  reference: {
    inside: ['reference', 'domain'],
    outside: [
      'zod',
      'luxon',
      'csv-parse',
      'date-holidays',
      'node:crypto',
      'node:fs',
      'node:path',
      'node:stream',
    ],
  },
  sentences: { inside: ['sentences', 'domain'], outside: ['zod'] },
  features: {
    inside: ['features', 'domain', 'ports.ts', 'records.ts', 'text'],
    outside: [
      'zod',
      'luxon',
      'ical-generator',
      'csv-parse',
      'csv-stringify',
      'fflate',
      'hucre',
      'node:stream',
      'node:timers',
      'node:util',
      'node:zlib',
    ],
  },
  delivery: { inside: ['delivery', 'ports.ts', 'records.ts', 'domain'], outside: [] },
  storage: {
    inside: ['storage', 'ports.ts', 'records.ts', 'domain'],
    outside: ['lowdb', 'pg', 'luxon', 'node:*'],
  },
  teams: {
    inside: ['teams', 'features', 'sentences', 'ports.ts', 'records.ts', 'domain', 'text'],
    outside: [
      'botbuilder',
      'botframework-connector',
      '@microsoft/teams-ai',
      'restify',
      'adaptivecards-templating',
      'entities',
      'jsonwebtoken',
      'luxon',
      'pngjs',
      'rate-limiter-flexible',
      'zod',
      'type:prom-client',
      'node:*',
    ],
  },
  'clock.ts': { inside: ['ports.ts'], outside: [] },
  'listen.ts': { inside: [], outside: ['type:node:*', 'node:*'] },
  'ids.ts': { inside: ['ports.ts'], outside: ['node:crypto', 'ulid'] },
  'jobs.ts': { inside: ['features', 'ports.ts', 'type:scheduler.ts'], outside: [] },
  'scheduler.ts': {
    inside: ['features', 'ports.ts', 'records.ts', 'domain', 'text'],
    outside: ['node:crypto'],
  },
  'main.ts': { inside: ['app.ts', 'config.ts'], outside: ['node:*'] },
};
const framework = ['botbuilder', 'botframework-connector', '@microsoft/teams-ai', 'restify'];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

/** Source without its comments; what is in strings stays, or the imports would be lost. */
const withoutComments = (source: string): string =>
  source.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|(?<=^|[\s;{}()])\/\/.*$/gm,
    '$1',
  );

/** Every import of a module: static, re-exported, dynamic or required. */
function importsOf(file: string, source: string): Import[] {
  const text = withoutComments(source);
  const found: Import[] = [];
  const statements =
    /^[ \t]*(?:import|export)\b([^;'"]*?)\bfrom\s*(['"])(.+?)\2|^[ \t]*import\s*(['"])(.+?)\4/gm;
  for (const [, clause = '', , from, , bare] of text.matchAll(statements)) {
    const names = /\{([\s\S]*)\}/.exec(clause)?.[1];
    const everyNameIsType =
      names !== undefined &&
      !/^\s*\w+\s*,/.test(clause) &&
      names.split(',').every((name) => !name.trim() || /^type\s/.test(name.trim()));
    const typeOnly = /^\s*type\b/.test(clause) || everyNameIsType;
    found.push({ file, from: from ?? bare ?? '', typeOnly });
  }
  for (const [, , from = ''] of text.matchAll(/\b(?:import|require)\s*\(\s*(['"])(.+?)\1/g))
    found.push({ file, from, typeOnly: false });
  return found;
}

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .replaceAll('\\', '/')
      .replace(/^src\//, ''),
  )
  .map((file) => ({ file, text: readFileSync(`src/${file}`, 'utf8') }));
const imports = sources.flatMap(({ file, text }) => importsOf(file, text));

const topOf = (path: string): string => path.split('/')[0] ?? path;
const packageOf = (from: string): string =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
const isNode = (from: string) => from.startsWith('node:') || builtinModules.includes(topOf(from));

function allowed({ file, from, typeOnly }: Import, { inside, outside }: Rule): boolean {
  const has = (list: readonly string[], name: string) =>
    list.includes(name) || (typeOnly && list.includes(`type:${name}`));
  if (from.startsWith('.')) {
    const target = posix.join(posix.dirname(file), from).replace(/\.js$/, '.ts');
    return !target.startsWith('..') && has(inside, topOf(target));
  }
  if (isNode(from)) return outside.includes('node:*') || has(outside, from.replace(/^(node:\w+)\/.*/, '$1'));
  return has(outside, packageOf(from));
}
const show = ({ file, from }: Import) => `${file} imports ${from}`;

describe('the parser of imports', () => {
  test.each([
    ["import { a } from './a.js';", './a.js', false],
    ["import type { A } from './a.js';", './a.js', true],
    ["import { type A, type B } from './a.js';", './a.js', true],
    ["import { type A, b } from './a.js';", './a.js', false],
    ["import a, { type B } from './a.js';", './a.js', false],
    ["import * as a from './a.js';", './a.js', false],
    ["import {\n  a,\n  type B,\n} from './a.js';", './a.js', false],
    ["import './a.js';", './a.js', false],
    ["export { a } from './a.js';", './a.js', false],
    ["export * from './a.js';", './a.js', false],
    ["export type { A } from './a.js';", './a.js', true],
    ["const a = await import('./a.js');", './a.js', false],
    ["const a = require('./a.js');", './a.js', false],
    ["import a from './a.json' with { type: 'json' };", './a.json', false],
  ])('understands %j', (source, from, typeOnly) =>
    expect(importsOf('x.ts', source)).toEqual([{ file: 'x.ts', from, typeOnly }]));

  test.each([
    "// import { a } from './a.js';",
    "/* import './a.js' */",
    "export const from = 'x';",
    "const text = 'https://example.org';",
  ])('finds none in %j', (source) => expect(importsOf('x.ts', source)).toEqual([]));

  test('finds as many as there are lines that say so', () => {
    const lines = sources.flatMap(
      ({ text }) => text.match(/^(?:import|\} from|export .* from) .*['"];?$/gm) ?? [],
    );
    expect(imports.length).toBeGreaterThanOrEqual(lines.filter((l) => /['"]/.test(l)).length);
  });
});

describe('who may import whom', () => {
  test('is said for every part of src', () => {
    expect([...new Set(sources.map(({ file }) => topOf(file)))].sort()).toEqual(
      [...Object.keys(rules), 'app.ts'].sort(),
    );
  });

  test.each(Object.entries(rules))('%s keeps to its own', (part, rule) => {
    const own = imports.filter(({ file }) => topOf(file) === part);
    expect(own.filter((i) => !allowed(i, rule)).map(show)).toEqual([]);
  });

  test('only src/teams knows the framework', () => {
    const knowing = imports.filter(({ from }) => framework.includes(packageOf(from)));
    expect(knowing.filter(({ file }) => topOf(file) !== 'teams').map(show)).toEqual([]);
    expect(knowing.length).toBeGreaterThan(0);
  });

  test('nothing imports main.ts, and only main.ts imports app.ts', () => {
    const of = (name: string) =>
      imports.filter(
        ({ file, from }) => from.startsWith('.') && posix.join(posix.dirname(file), from) === name,
      );
    expect(of('main.js').map(show)).toEqual([]);
    expect(of('app.js').map(({ file }) => file)).toEqual(['main.ts']);
  });
});

/** The files of `src` that each file imports, types included. */
const imported = new Map(
  sources.map(({ file }) => [
    file,
    imports
      .filter((i) => i.file === file && i.from.startsWith('.'))
      .map(({ from }) => posix.join(posix.dirname(file), from).replace(/\.js$/, '.ts'))
      .filter((to) => sources.some((source) => source.file === to)),
  ]),
);

/** All that can be reached from a node, the node itself only if it lies on a circle. */
function reachable(graph: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const found = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(graph.get(next) ?? []));
  }
  return found;
}
const onCircles = (graph: ReadonlyMap<string, readonly string[]>): string[] =>
  [...graph.keys()].filter((node) => reachable(graph, node).has(node));

/** The same graph for groups of files; imports inside a group do not count. */
function grouped(groupOf: (file: string) => string | undefined): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [file, targets] of imported) {
    const group = groupOf(file);
    if (group === undefined) continue;
    const others = targets.map(groupOf).filter((g): g is string => g !== undefined && g !== group);
    groups.set(group, [...(groups.get(group) ?? []), ...others]);
  }
  return groups;
}

describe('import circles', () => {
  test('are found, however long', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', []],
    ]);
    expect(onCircles(graph)).toEqual(['a', 'b', 'c']);
    expect(
      onCircles(
        new Map([
          ['a', ['b']],
          ['b', []],
        ]),
      ),
    ).toEqual([]);
  });

  test('there are none, type imports included', () => expect(onCircles(imported)).toEqual([]));

  test('there are none between the rooms of the domain', () =>
    expect(onCircles(grouped((file) => /^domain\/([^/]+)\//.exec(file)?.[1]))).toEqual([]));
});

describe('folders', () => {
  test('each feature has one', () => {
    const loose = sources.filter(({ file }) => /^features\/[^/]+\.ts$/.test(file)).map(({ file }) => file);
    expect(loose.sort()).toEqual(['features/feature.ts', 'features/index.ts']);
  });

  test('features/shared is for what three features use, directly or not; src/teams and the jobs count as one each', () => {
    const featureOf = (file: string) => /^features\/([^/]+)\//.exec(file)?.[1];
    const users = (shared: string) =>
      new Set([
        ...sources
          .filter(({ file }) => reachable(imported, file).has(shared))
          .map(({ file }) => featureOf(file))
          .filter((feature) => feature !== undefined && feature !== 'shared'),
        ...sources
          .filter(
            ({ file }) => ['teams', 'jobs.ts'].includes(topOf(file)) && imported.get(file)?.includes(shared),
          )
          .map(({ file }) => topOf(file)),
      ]);
    const shared = sources.map(({ file }) => file).filter((file) => featureOf(file) === 'shared');
    expect(shared.filter((file) => users(file).size < 3)).toEqual([]);
  });

  test('neither store knows the other', () => {
    const crossing = imports.filter(
      ({ file, from }) =>
        (file.startsWith('storage/lowdb/') && from.includes('postgres/')) ||
        (file.startsWith('storage/postgres/') && from.includes('lowdb/')),
    );
    expect(crossing.map(show)).toEqual([]);
  });
});

test('only config.ts and main.ts mention process.env', () => {
  const mentioning = sources.filter(({ text }) =>
    /process\s*\??\.\s*env|process\[.env/.test(withoutComments(text)),
  );
  expect(mentioning.map(({ file }) => file).filter((f) => f !== 'config.ts')).toEqual(['main.ts']);
});
