import { createProgress } from '../scripts/progress.js';

const drawnOn = (isTTY: boolean) => {
  const drawn: string[] = [];
  return { drawn, progress: createProgress({ isTTY, write: (text) => drawn.push(text) }, 'read') };
};

test('a progress bar fills up on a terminal, once for each per cent, and is taken away', () => {
  const { drawn, progress } = drawnOn(true);
  for (let done = 0; done <= 1000; done++) progress.update(done, 1000);
  progress.end();
  expect(drawn).toHaveLength(102);
  expect(drawn[0]).toBe(`\rread [${' '.repeat(30)}] 0 %`);
  expect(drawn[50]).toBe(`\rread [${'#'.repeat(15)}${' '.repeat(15)}] 50 %`);
  expect(drawn[100]).toBe(`\rread [${'#'.repeat(30)}] 100 %`);
  expect(drawn[101]).toBe('\r\u001b[K');
});

test('a progress bar is nothing where there is no terminal, and nothing of an empty file', () => {
  const { drawn, progress } = drawnOn(false);
  progress.update(1, 2);
  progress.end();
  expect(drawn).toEqual([]);
  const empty = drawnOn(true);
  empty.progress.update(0, 0);
  expect(empty.drawn).toEqual([expect.stringContaining(' 0 %')]);
});
