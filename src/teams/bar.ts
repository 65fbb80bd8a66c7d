import { constants } from 'node:zlib';
import { PNG } from 'pngjs';

/** How far a commitment is: three counts of the same unit, which together make the whole bar. */
export interface Progress {
  readonly achieved: number;
  readonly planned: number;
  /** What remains to be found. Zero or less when the target is reached. */
  readonly missing: number;
}

/** Pixels of the picture: twice a narrow card (320 px), so that it stays sharp on phones. */
const width = 640;
const height = 18;
/** Between two parts: wide enough to tell them apart without colour. */
const gap = 6;
const border = 2;
/** A part that counts for something is never narrower: the hatch and the hollow still read as such. */
const narrowest = 18;
/** Pixels from one stripe of the hatch to the next, and how many of them are drawn. */
const stride = 10;
const stripe = 5;

/** Mid-tones with 3:1 or more on every ground, from white to black. */
const violet = 0x6f73e8;
const grey = 0x878583;

interface Part {
  readonly colour: number;
  /** Opacity (0 to 255) inside the border, from the pixel's place in the picture. */
  readonly inside: (x: number, y: number) => number;
}

const filled: Part = { colour: violet, inside: () => 255 };
const hollow: Part = { colour: grey, inside: () => 0 };
const hatched: Part = {
  colour: violet,
  inside: (x, y) => {
    const step = (x + y) % stride;
    if (step > 0 && step < stripe) return 255;
    // Half-opaque edges: a diagonal without them is a staircase.
    return step === 0 || step === stripe ? 128 : 0;
  },
};

/**
 * The bar of a progress card: filled for what is achieved, hatched for what is planned, hollow for what is
 * missing, on a transparent ground. A share above zero stays visible, a share of zero is absent, and with nothing
 * counted at all the bar is hollow.
 * @returns a PNG of 640 × 18 pixels as a data URI; the last pictures drawn are kept
 */
export const progressBar: (progress: Progress) => string = remembering(64, draw);

/** Keeps the last results, the least recently used leaving first. */
function remembering(size: number, make: (progress: Progress) => string): (progress: Progress) => string {
  const known = new Map<string, string>();
  return (progress) => {
    const key = `${progress.achieved}/${progress.planned}/${progress.missing}`;
    const value = known.get(key) ?? make(progress);
    // A Map keeps the order of insertion: putting the entry back makes it the most recent.
    known.delete(key);
    known.set(key, value);
    if (known.size > size) known.delete(known.keys().next().value ?? key);
    return value;
  };
}

function draw({ achieved, planned, missing }: Progress): string {
  const counted = [
    { part: filled, count: achieved },
    { part: hatched, count: planned },
    { part: hollow, count: missing },
  ].filter(({ count }) => count > 0);
  const parts = counted.length > 0 ? counted : [{ part: hollow, count: 1 }];
  const widths = share(parts.map((p) => p.count));
  const png = new PNG({ width, height });
  let left = 0;
  parts.forEach(({ part }, i) => {
    const right = left + (widths[i] ?? 0);
    paint(png, part, left, right);
    left = right + gap;
  });
  // Not the library's defaults, which try every filter and compress runs only: these rows repeat one another, and
  // written as differences from the row above they take a third of a kilobyte.
  const file = PNG.sync.write(png, { filterType: 2, deflateStrategy: constants.Z_DEFAULT_STRATEGY });
  return `data:image/png;base64,${file.toString('base64')}`;
}

/** The width of each part in whole pixels: in proportion, but never under the narrowest; with the gaps, exactly the bar. */
function share(counts: readonly number[]): number[] {
  const room = width - gap * (counts.length - 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const small = counts.map((count) => (room * count) / total < narrowest);
  const roomLeft = room - narrowest * small.filter(Boolean).length;
  const totalLeft = counts.reduce((sum, count, i) => (small[i] ? sum : sum + count), 0);
  const widths = counts.map((count, i) =>
    small[i] ? narrowest : Math.max(narrowest, Math.floor((roomLeft * count) / totalLeft)),
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
