import { PNG } from 'pngjs';
import { type TimelineData, timelinePicture } from '../../src/teams/timeline-picture.js';

const prefix = 'data:image/png;base64,';
const draw = (data: TimelineData): PNG =>
  PNG.sync.read(Buffer.from(timelinePicture(data).slice(prefix.length), 'base64'));
const opacity = (png: PNG, x: number, y: number): number => png.data[(y * png.width + x) * 4 + 3] ?? 0;
const middle = 15;

describe('the picture of a timeline', () => {
  it('is a PNG of 640 × 30 pixels of a few hundred bytes, the same for the same days', () => {
    const data = { elapsed: 500, points: [0, 250, 700, 1_000] };
    const png = draw(data);
    expect([png.width, png.height]).toEqual([640, 30]);
    expect(timelinePicture(data).length).toBeLessThan(2_500);
    expect(timelinePicture(data)).toBe(timelinePicture({ ...data }));
  });

  it('is filled as far as the time has gone, and outlined from there', () => {
    const png = draw({ elapsed: 500, points: [] });
    const filled = Array.from({ length: png.width }, (_, x) => x).filter(
      (x) => opacity(png, x, middle) === 255,
    );
    expect(Math.min(...filled)).toBe(9);
    // The last two are the outline's end.
    expect(Math.abs((filled.at(-3) ?? 0) - 320)).toBeLessThan(2);
    expect(opacity(png, 500, 10)).toBe(255);
  });

  it('has a filled disc for a point that has passed, and a ring for one to come', () => {
    const png = draw({ elapsed: 500, points: [200, 800] });
    const [past, coming] = [133, 507];
    expect([opacity(png, past, 7), opacity(png, coming, 7)]).toEqual([255, 255]);
    expect(opacity(png, past, middle)).toBe(255);
    expect(opacity(png, coming, middle)).toBe(0);
  });

  it.each([
    ['before it has begun', 0],
    ['once it is over', 1_000],
  ])('%s has its points inside the picture', (_, elapsed) => {
    const png = draw({ elapsed, points: [0, 1_000] });
    expect(opacity(png, 9, 7)).toBe(255);
    expect(opacity(png, 630, 7)).toBe(255);
  });
});
