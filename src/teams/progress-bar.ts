import { PNG } from 'pngjs';
import { grey, memoise, toDataUri, violet, pictureWidth as width } from './picture.js';

/** The progress of a commitment: three counts of the same unit, which add up to the whole bar. */
export interface Progress {
  readonly achieved: number;
  readonly planned: number;
  /** Zero or less once the target is reached. */
  readonly missing: number;
}

const height = 18;
/** Between two parts, wide enough to distinguish them without colour. */
const gap = 6;
const border = 2;
/** A non-empty part is never narrower, so that its hatching or outline can be recognised. */
const minPartWidth = 18;
/** Pixels from one stripe of the hatching to the next, and how many of them are filled. */
const stride = 10;
const stripe = 5;

interface Part {
  readonly colour: number;
  /** Opacity (0 to 255) inside the border, by the pixel's position in the picture. */
  readonly inside: (x: number, y: number) => number;
}

const filled: Part = { colour: violet, inside: () => 255 };
const hollow: Part = { colour: grey, inside: () => 0 };
const hatched: Part = {
  colour: violet,
  inside: (x, y) => {
    const step = (x + y) % stride;
    if (step > 0 && step < stripe) return 255;
    // Half-opaque edges, because diagonals would otherwise look like stairs.
    return step === 0 || step === stripe ? 128 : 0;
  },
};

/**
 * The bar of a progress card on a transparent background: filled for achieved, hatched for planned, outlined for
 * missing. A share above zero stays visible, a share of zero is absent, and without any counts the whole bar is
 * outlined.
 * @returns a PNG of 640 × 18 pixels as a data URI; recent pictures are cached
 */
export const progressBar: (progress: Progress) => string = memoise(64, draw);

function draw({ achieved, planned, missing }: Progress): string {
  const counted = [
    { part: filled, count: achieved },
    { part: hatched, count: planned },
    { part: hollow, count: missing },
  ].filter(({ count }) => count > 0);
  const parts = counted.length > 0 ? counted : [{ part: hollow, count: 1 }];
  const widths = distributeWidth(parts.map((p) => p.count));
  const png = new PNG({ width, height });
  let left = 0;
  parts.forEach(({ part }, i) => {
    const right = left + (widths[i] ?? 0);
    paint(png, part, left, right);
    left = right + gap;
  });
  return toDataUri(png);
}

/**
 * The width of each part in whole pixels: proportional, but at least the minimum, and with the gaps exactly the width
 * of the bar.
 */
function distributeWidth(counts: readonly number[]): number[] {
  const room = width - gap * (counts.length - 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const small = counts.map((count) => (room * count) / total < minPartWidth);
  const roomLeft = room - minPartWidth * small.filter(Boolean).length;
  const totalLeft = counts.reduce((sum, count, i) => (small[i] ? sum : sum + count), 0);
  const widths = counts.map((count, i) =>
    small[i] ? minPartWidth : Math.max(minPartWidth, Math.floor((roomLeft * count) / totalLeft)),
  );
  const widest = widths.indexOf(Math.max(...widths));
  const unused = room - widths.reduce((sum, w) => sum + w, 0);
  return widths.map((w, i) => (i === widest ? w + unused : w));
}

function paint(png: PNG, { colour, inside }: Part, left: number, right: number): void {
  for (let y = 0; y < height; y++) {
    for (let x = left; x < right; x++) {
      const onBorder = x < left + border || x >= right - border || y < border || y >= height - border;
      const opacity = onBorder ? 255 : inside(x, y);
      if (opacity > 0) png.data.writeUInt32BE(colour * 256 + opacity, (y * width + x) * 4);
    }
  }
}
