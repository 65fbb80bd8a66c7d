/**
 * Draws the two icons of the Teams package: a footbridge. Run after a change of the drawing:
 * `npx tsx scripts/icons.ts`, then look at them at their size.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';

const violet = 0x5b5fc7;
const white = 0xffffff;
/** Samples a pixel's side: 64 a pixel, so that edges are smooth. */
const samples = 8;

type Shape = (x: number, y: number) => boolean;

/** A stroke with round ends. */
const line =
  (x1: number, y1: number, x2: number, y2: number, thickness: number): Shape =>
  (x, y) => {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy);
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - x1 - t * dx, y - y1 - t * dy) <= thickness / 2;
  };

/** A stroke along the top of a circle, from `-half` to `half` around the middle, with round ends at its feet. */
const arch = (middle: number, half: number, top: number, foot: number, thickness: number): Shape => {
  const rise = foot - top;
  const radius = (half * half + rise * rise) / (2 * rise);
  const centre = top + radius;
  return (x, y) => {
    const dx = Math.abs(x - middle);
    // Left and right are alike; beyond the line from the centre through a foot, the foot is the nearest point.
    const beyond = dx * (centre - foot) > (centre - y) * half;
    const distance = beyond ? Math.hypot(dx - half, y - foot) : Math.abs(Math.hypot(dx, y - centre) - radius);
    return distance <= thickness / 2;
  };
};

/**
 * The footbridge, in a square of 32: an arched deck, its handrail, and posts between them. The outline icon shows
 * it pixel for pixel, so the posts fall on whole pixels.
 */
const parts: readonly Shape[] = [
  arch(16, 14, 17.7, 24.5, 3.4),
  arch(16, 12, 8, 12.6, 2),
  line(4, 12.6, 4, 22, 2),
  line(12, 9, 12, 18, 2),
  line(20, 9, 20, 18, 2),
  line(28, 12.6, 28, 22, 2),
];
const bridge: Shape = (x, y) => parts.some((part) => part(x, y));

/** The share of a pixel that a shape covers. */
function coverage(shape: Shape, left: number, top: number, scale: number): number {
  let inside = 0;
  for (let j = 0; j < samples; j++)
    for (let i = 0; i < samples; i++)
      if (shape((left + (i + 0.5) / samples) / scale, (top + (j + 0.5) / samples) / scale)) inside++;
  return inside / (samples * samples);
}

const channel = (colour: number, shift: number) => (colour >> shift) & 0xff;

interface Icon {
  readonly size: number;
  /** How much of the picture's side the square of 32 takes; it is centred. */
  readonly part: number;
  /** Absent: transparent, and the shape is drawn by opacity alone. */
  readonly ground?: number;
}

function draw({ size, part, ground }: Icon): Buffer {
  const png = new PNG({ width: size, height: size });
  const scale = (size * part) / 32;
  const margin = (size * (1 - part)) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const cover = coverage(bridge, x - margin, y - margin, scale);
      const mixed = (shift: number) =>
        ground === undefined
          ? channel(white, shift)
          : Math.round(channel(ground, shift) + (channel(white, shift) - channel(ground, shift)) * cover);
      const opacity = ground === undefined ? Math.round(cover * 255) : 255;
      png.data.set([mixed(16), mixed(8), mixed(0), opacity], (y * size + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

const folder = process.argv[2] ?? 'appPackage';
mkdirSync(folder, { recursive: true });
// Teams rounds the corners of the colour icon and asks for the symbol in its middle; the outline fills its square.
writeFileSync(join(folder, 'color.png'), draw({ size: 192, part: 0.6875, ground: violet }));
writeFileSync(join(folder, 'outline.png'), draw({ size: 32, part: 1 }));
