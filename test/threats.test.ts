import { existsSync, readFileSync } from 'node:fs';

const read = (file: string): string => readFileSync(file, 'utf8');
const threats = read('docs/threats.md');
const picture = /## One turn, from end to end\n[\s\S]*?```mermaid\n([\s\S]*?)```/.exec(
  read('docs/architecture.md'),
)?.[1];

/** The boxes of the picture by their ids, as people call them. */
const labels = new Map(
  [...(picture ?? '').matchAll(/(\w+)(?:\["[^<"]*<b>([^<]+)<\/b>|\(\[(\w+)\]\))/g)].map(
    ([, id = '', bold, plain]) => [id, bold ?? plain ?? ''],
  ),
);
const arrows = [
  ...(picture ?? '').matchAll(/^\s*(\w+)(?:\(\[\w+\]\))? (?:-->|-- "[^"]+" -->|-\. "[^"]+" \.->) (\w+)/gm),
].map(([, from = '', to = '']) => `${labels.get(from)} → ${labels.get(to)}`);

interface Row {
  readonly letter: string;
  readonly file: string;
  readonly name: string;
}
const rowsIn = (text: string): Row[] =>
  [...text.matchAll(/^\| ([STRIDE]) \|.*\| `([^`]+)` \*(.+)\* \|$/gm)].map(
    ([, letter = '', file = '', name = '']) => ({ letter, file, name }),
  );
const partOf = (heading: string): string => threats.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
/** The names of the tests of a file. */
const testsOf = (file: string): Set<string> =>
  new Set(
    existsSync(file)
      ? [...read(file).matchAll(/(?:\b(?:it|test|describe)|\))\(\s*['"`]([^'"`\n]+)['"`],/g)].map(
          ([, name = '']) => name,
        )
      : [],
  );

it('each arrow of the picture of a turn is there, and no other', () => {
  expect(arrows).toHaveLength(10);
  const headings = [...threats.matchAll(/^## (.+ → .+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(arrows);
});

it.each(arrows)('%s: each kind of threat has an answer, or is said not to arise', (arrow) => {
  const part = partOf(arrow);
  const answered = rowsIn(part).map(({ letter }) => letter);
  const absent = /^Does not arise: ([STRIDE, and]+) \(/m.exec(part)?.[1]?.match(/[STRIDE]/g) ?? [];
  expect([...new Set([...answered, ...absent])].sort()).toEqual([...'DEIRST']);
  expect(answered.filter((letter) => absent.some((each) => each === letter))).toEqual([]);
});

it('each row of a table names its test, and each test is there', () => {
  const rows = rowsIn(threats);
  const lines = threats.split('\n').filter((line) => /^\| [STRIDE] \|/.test(line));
  expect(rows).toHaveLength(lines.length);
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(({ file, name }) => !testsOf(file).has(name))).toEqual([]);
  expect(testsOf('test/teams/auth.test.ts').has('nobody wrote this test')).toBe(false);
});
