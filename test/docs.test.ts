import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, posix } from 'node:path';

const isMade = (name: string) =>
  ['node_modules', '.git', 'dist', '.data', 'test-results', 'coverage'].includes(name);
const tops = readdirSync('.').filter((name) => !isMade(name));
const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => !isMade(name))
        .flatMap((name) => filesUnder(`${path}/${name}`))
    : [path];
const files = tops.flatMap(filesUnder);
const folders = new Set(
  files.flatMap((file) => file.split('/').map((_, i, all) => all.slice(0, i).join('/'))),
);
const names = new Set(files.map((file) => basename(file)));
const isThere = (path: string) => files.includes(path) || folders.has(path.replace(/\/$/, ''));

const read = (file: string): string => readFileSync(file, 'utf8');
const documents = files.filter((file) => /^(docs\/.*|[A-Z]+)\.md$/.test(file));
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

const code = files
  .filter((file) => /^(src|scripts|test|convention\.json|\.env\.example)/.test(file))
  .map(read)
  .join('\n');

/** What is named like a file of the tree; `<name>`, `NAME` and `*` stand for any. */
const beginning = tops.map((name) => name.replaceAll('.', '\\.')).join('|');
const named = new RegExp(`(?<![\\w./-])(?:${beginning})/[\\w./<>*-]*`, 'g');
const pathsIn = (text: string): string[] =>
  [...text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('<br/>', ' ').matchAll(named)].map(
    ([path]) => path.replace(/[.:]+$/, ''),
  );
const exists = (path: string): boolean => {
  if (!/[<*]|NAME/.test(path)) return isThere(path);
  const pattern = path.replaceAll('.', '\\.').replace(/<\w+>|NAME|\*/g, '[\\w-]+');
  return [...files, ...folders].some((one) => new RegExp(`^${pattern}$`).test(one));
};
const missingIn = (text: string): string[] => [
  ...pathsIn(text).filter((path) => !exists(path)),
  ...[...text.matchAll(/`([\w-]+\.(?:ts|mjs|js|json|md))`/g)].flatMap(([, name = '']) =>
    names.has(name) ? [] : name,
  ),
];

/** The ends of links to other parts of the documents, as `file` or `file#heading`. */
const linksIn = (file: string, text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^https?:/.test(to))
    .map((to) => (to.startsWith('#') ? `${file}${to}` : posix.join(posix.dirname(file), to)));
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
const leadsSomewhere = (link: string): boolean => {
  const [file = '', anchor] = link.split('#');
  return isThere(file) && (anchor === undefined || anchorsOf(read(file)).includes(anchor));
};

describe('each check of a document finds what is wrong:', () => {
  it.each([
    ['a file that is not there', 'See `src/teams/doors.ts`.', 'src/teams/doors.ts'],
    ['one in a picture', 'a["door<br/>src/doors.ts"]', 'src/doors.ts'],
    ['a folder that is not there', 'in src/team/, say', 'src/team/'],
    ['a file that no folder has', 'in `frr.json`', 'frr.json'],
    ['a pattern that nothing has', '`src/features/<name>/main.ts`', 'src/features/<name>/main.ts'],
  ])('%s', (_, text, fault) => expect(missingIn(text)).toEqual([fault]));

  it.each(['docs/nothing.md', 'README.md#nothing'])('a link to %s', (link) => {
    expect(leadsSomewhere(link)).toBe(false);
    expect(leadsSomewhere('README.md#to-change-x-open-y')).toBe(true);
  });
});

it('there are documents', () => expect(documents.length).toBeGreaterThan(40));

describe.each(documents.map((file) => [file, read(file)]))('%s', (file, text) => {
  it('names files that are there', () => expect(missingIn(text)).toEqual([]));

  it('names what the code has', () => {
    const words = [...text.matchAll(/`([A-Za-z][a-z]+[A-Z]\w*)`/g)].map(([, word = '']) => word);
    expect(words.filter((word) => !code.includes(word))).toEqual([]);
  });

  it('links to what is there', () =>
    expect(linksIn(file, text).filter((link) => !leadsSomewhere(link))).toEqual([]));

  it('names commands that are there', () => {
    const commands = [...text.matchAll(/npm run ([\w:-]+)(?: -- ([a-z]\w+))?/g)];
    expect(commands.filter(([, name = '']) => !(name in scripts)).map(([all]) => all)).toEqual([]);
    const benches = commands.flatMap(([, name, what]) =>
      name === 'bench' && what ? [`bench/${what}.ts`] : [],
    );
    expect(benches.filter((bench) => !existsSync(bench))).toEqual([]);
  });
});

const pictures = documents.flatMap((file) =>
  [...read(file).matchAll(/^```mermaid\n([\s\S]*?)^```/gm)].map(([, source = '']) => ({ file, source })),
);
const architecture = read('docs/architecture.md');
/** The picture under a heading of the architecture. */
const pictureUnder = (heading: string): string =>
  /```mermaid\n([\s\S]*?)```/.exec(architecture.split(`\n## ${heading}\n`)[1] ?? '')?.[1] ?? '';

describe('the pictures', () => {
  const faultsOf = (sources: readonly string[]): (string | null)[] =>
    JSON.parse(
      execFileSync(process.execPath, ['test/support/parse-mermaid.mjs'], {
        input: JSON.stringify(sources),
        encoding: 'utf8',
      }),
    );

  it('are Mermaid, and what is not is told', () => {
    const [broken, ...faults] = faultsOf([
      'flowchart TD\n  a[an open box --> b',
      ...pictures.map((p) => p.source),
    ]);
    expect(broken).toContain('Parse error');
    expect(faults).toEqual(pictures.map(() => null));
    expect(pictures.length).toBeGreaterThan(5);
  });

  it('name a file in each box', () => {
    const boxes = pictures.flatMap(({ source }) => [...source.matchAll(/\w(?:\[|\{\{)"([^"]+)"/g)]);
    expect(boxes.length).toBeGreaterThan(30);
    expect(boxes.map(([, label = '']) => label).filter((label) => pathsIn(label).length === 0)).toEqual([]);
  });

  it('show every step of the outbox, and every state of its rows', () => {
    const life = architecture.split('\n## The life of an outgoing message\n')[1]?.split('\n## ')[0] ?? '';
    const helpers = ['src/delivery/delays.ts', 'src/delivery/places.ts'];
    const steps = files.filter((file) => file.startsWith('src/delivery/') && !helpers.includes(file));
    expect(steps.filter((step) => !life.includes(step))).toEqual([]);
    const [, declared = ''] = /readonly state: ('due'[^;]+);/.exec(read('src/records.ts')) ?? [];
    const states = [...declared.matchAll(/'(\w+)'/g)].map(([, state]) => state);
    const [, diagram = ''] = life.split('stateDiagram-v2');
    const inDiagram = new Set([...diagram.matchAll(/--> (\w+)/g)].map(([, state]) => state));
    expect(states.length).toBeGreaterThan(5);
    expect([...inDiagram].sort()).toEqual([...states].sort());
  });
});

/** The parts of `src` in a picture's boxes, and its arrows between boxes. */
function graphOf(source: string) {
  const boxes = new Map(
    [...source.matchAll(/(\w+)\["([^"]+)"\]/g)].map(([, id = '', label = '']) => [id, pathsIn(label)]),
  );
  const arrows = [...source.replace(/\["[^"]+"\]/g, '').matchAll(/^ *(\w+) --> (\w+)$/gm)].map(
    ([, from = '', to = '']) => [from, to] as const,
  );
  const boxOf = (file: string): string | undefined =>
    [...boxes].find(([, paths]) =>
      paths.some((path) => file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`)),
    )?.[0];
  return { boxes, arrows, boxOf };
}

const imports = files
  .filter((file) => /^src\/.*\.ts$/.test(file))
  .flatMap((file) =>
    [...read(file).matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g)].map(([, from, loaded]) => ({
      file,
      to: posix.join(posix.dirname(file), from ?? loaded ?? '').replace(/\.js$/, '.ts'),
    })),
  );

describe.each(['Who may import whom', 'The rooms of the domain'])('the picture “%s”', (heading) => {
  const { arrows, boxes, boxOf } = graphOf(pictureUnder(heading));
  const reaches = (from: string, to: string): boolean =>
    from === to || arrows.some(([start, end]) => start === from && reaches(end, to));
  const between = imports.flatMap(({ file, to }) => {
    const [from, into] = [boxOf(file), boxOf(to)];
    return from !== undefined && into !== undefined && from !== into ? [{ file, to, from, into }] : [];
  });

  it('has every part', () => {
    const parent = heading.startsWith('Who') ? 'src' : 'src/domain';
    const parts = readdirSync(parent, { withFileTypes: true }).filter(
      (part) => part.isDirectory() || parent === 'src',
    );
    expect(
      parts
        .map(({ name }) => `${parent}/${name}`)
        .filter((part) => boxOf(`${part}/x`) === undefined && boxOf(part) === undefined),
    ).toEqual([]);
    expect(boxes.size).toBeGreaterThan(5);
  });

  it('allows every import there is', () =>
    expect(
      between.filter(({ from, into }) => !reaches(from, into)).map(({ file, to }) => `${file} → ${to}`),
    ).toEqual([]));

  it('has no arrow without an import', () =>
    expect(
      arrows.filter(([start, end]) => !between.some(({ from, into }) => from === start && into === end)),
    ).toEqual([]));
});

describe('the decisions', () => {
  const pages = files.filter((file) => /^docs\/decisions\/(?!README).*\.md$/.test(file));
  const headings = (text: string) => [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  it.each(pages)('%s says context, decision and consequences', (file) => {
    expect(headings(read(file))).toEqual(['Context', 'Decision', 'Consequences']);
  });

  it('are each on a line of the index, by their title', () => {
    const titles = pages.map((file) => `[${/^# (.+)$/m.exec(read(file))?.[1]}](${basename(file)})`);
    const lines = [...read('docs/decisions/README.md').matchAll(/^- (\[.+?\]\(.+?\)), .+\.$/gm)];
    expect(lines.map(([, link]) => link).sort()).toEqual(titles.sort());
  });
});

it('every word of the glossary is said in a line, with its file', () => {
  const lines = read('docs/glossary.md').match(/^\| (?!Word|---).*$/gm) ?? [];
  expect(lines.length).toBeGreaterThan(23);
  expect(lines.filter((line) => pathsIn(line).length === 0 || line.split('|').length !== 5)).toEqual([]);
});
