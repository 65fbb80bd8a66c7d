import { PNG } from 'pngjs';
import { type Progress, progressBar } from '../../src/teams/progress-bar.js';

const prefix = 'data:image/png;base64,';
const bytes = (progress: Progress) => Buffer.from(progressBar(progress).slice(prefix.length), 'base64');
const bar = (achieved: number, planned: number, missing: number) =>
  PNG.sync.read(bytes({ achieved, planned, missing }));

/** The parts from left to right, as the top border shows them: colour and width. */
function partsOf(png: PNG): { colour: string; width: number }[] {
  const parts: { colour: string; width: number }[] = [];
  let before = false;
  for (let x = 0; x < png.width; x++) {
    const drawn = (png.data[x * 4 + 3] ?? 0) > 0;
    if (drawn && !before) parts.push({ colour: png.data.toString('hex', x * 4, x * 4 + 3), width: 0 });
    const part = parts.at(-1);
    if (drawn && part) part.width += 1;
    before = drawn;
  }
  return parts;
}

/** The share of opaque pixels between two columns, inside the borders. */
function ink(png: PNG, from: number, to: number): number {
  let opaque = 0;
  for (let y = 2; y < png.height - 2; y++)
    for (let x = from + 2; x < to - 2; x++) if (png.data[(y * png.width + x) * 4 + 3] === 255) opaque += 1;
  return opaque / ((to - from - 4) * (png.height - 4));
}

const violet = '6f73e8';
const grey = '878583';

describe('the bar', () => {
  it('is a PNG of 640 × 18 pixels with a transparent ground', () => {
    const png = bar(6, 3, 1);
    expect(progressBar({ achieved: 6, planned: 3, missing: 1 }).startsWith(prefix)).toBe(true);
    expect([png.width, png.height]).toEqual([640, 18]);
    const [first] = partsOf(png);
    expect(png.data[((first?.width ?? 0) + 1) * 4 + 3]).toBe(0);
  });

  it('shares its width in proportion, and fills it to the last pixel', () => {
    const parts = partsOf(bar(6, 3, 1));
    expect(parts.map((p) => p.colour)).toEqual([violet, violet, grey]);
    const [a = 0, p = 0, m = 0] = parts.map((part) => part.width);
    expect(a + p + m).toBe(640 - 2 * 6);
    expect(Math.abs(a - 628 * 0.6)).toBeLessThan(2);
    expect(Math.abs(p - 628 * 0.3)).toBeLessThan(2);
    expect(Math.abs(m - 628 * 0.1)).toBeLessThan(2);
  });

  it('tells its parts apart without colour: filled, hatched, hollow', () => {
    const png = bar(6, 3, 1);
    const [a = 0, p = 0, m = 0] = partsOf(png).map((part) => part.width);
    expect(ink(png, 0, a)).toBe(1);
    const hatch = ink(png, a + 6, a + 6 + p);
    expect(hatch).toBeGreaterThan(0.3);
    expect(hatch).toBeLessThan(0.6);
    expect(ink(png, a + p + 12, a + p + 12 + m)).toBe(0);
  });

  it.each([
    ['nothing counted at all is a hollow bar', [0, 0, 0], [[grey, 640]]],
    ['all achieved is a full bar', [10, 0, 0], [[violet, 640]]],
    ['far above the target is a full bar', [2000, 0, 0], [[violet, 640]]],
    ['a surplus, given as a negative remainder, is a full bar', [12, 0, -2], [[violet, 640]]],
    ['nothing done yet has no filled part', [0, 0, 10], [[grey, 640]]],
    [
      'one in a thousand stays visible',
      [1, 999, 0],
      [
        [violet, 18],
        [violet, 616],
      ],
    ],
    [
      'two small shares stay visible',
      [1, 1, 2000],
      [
        [violet, 18],
        [violet, 18],
        [grey, 592],
      ],
    ],
    [
      'one missing stays visible',
      [1999, 0, 1],
      [
        [violet, 616],
        [grey, 18],
      ],
    ],
  ] as const)('%s', (_, [a, p, m], expected) => {
    expect(partsOf(bar(a, p, m)).map((part) => [part.colour, part.width])).toEqual(expected);
  });

  it('weighs at most 600 bytes', () => {
    for (const [achieved, planned, missing] of [
      [6, 3, 1],
      [0, 10, 0],
      [1, 999, 0],
      [333, 333, 334],
    ] as const) {
      expect(bytes({ achieved, planned, missing }).length).toBeLessThanOrEqual(600);
    }
  });
});

describe('the pictures kept', () => {
  const drawn = jest.spyOn(PNG.sync, 'write');
  beforeEach(() => drawn.mockClear());
  const figure = (planned: number): Progress => ({ achieved: 77, planned, missing: 0 });

  it('a figure is drawn once', () => {
    expect(progressBar(figure(1))).toBe(progressBar(figure(1)));
    expect(drawn).toHaveBeenCalledTimes(1);
  });

  it('the figures used last are kept, the others are drawn again', () => {
    for (let i = 1; i <= 64; i++) progressBar(figure(i));
    progressBar(figure(1));
    progressBar(figure(65));
    drawn.mockClear();
    progressBar(figure(1));
    expect(drawn).not.toHaveBeenCalled();
    progressBar(figure(2));
    expect(drawn).toHaveBeenCalledTimes(1);
  });
});
