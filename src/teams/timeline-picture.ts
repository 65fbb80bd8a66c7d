import { PNG } from 'pngjs';
import { grey, memoise, toDataUri, violet, pictureWidth as width } from './picture.js';

/** How much of a time has gone, and where its points are: each in thousandths of the whole. */
export interface TimelineData {
  readonly elapsed: number;
  readonly points: readonly number[];
}

const height = 30;
const lineHeight = 10;
const border = 2;
/** The radius of a point, and of its hole: what is to come is hollow. */
const radius = 9;
const hole = 5;

/**
 * A line from a first to a last day on a transparent background: filled as far as it has gone, then outlined, with a
 * disc at each point, filled when it has passed.
 * @returns a PNG of 640 × 30 pixels as a data URI
 */
export const timelinePicture: (timeline: TimelineData) => string = memoise(32, draw);

function draw({ elapsed, points }: TimelineData): string {
  const png = new PNG({ width, height });
  const paint = (x: number, y: number, colour: number, opacity: number): void =>
    void png.data.writeUInt32BE(colour * 256 + opacity, (y * width + x) * 4);
  const toX = (thousandths: number): number =>
    radius + Math.round((thousandths * (width - 1 - 2 * radius)) / 1_000);
  const [left, gone, right] = [toX(0), toX(elapsed), toX(1_000)];
  const top = (height - lineHeight) / 2;
  for (let y = top; y < top + lineHeight; y++)
    for (let x = left; x <= right; x++) {
      const isEdge = y < top + border || y >= top + lineHeight - border || x > right - border;
      if (x <= gone) paint(x, y, violet, 255);
      else if (isEdge) paint(x, y, grey, 255);
    }
  for (const point of points) {
    const centre = toX(point);
    const isPast = point <= elapsed;
    for (let y = 0; y < height; y++)
      for (let x = Math.max(0, centre - radius); x <= Math.min(width - 1, centre + radius); x++) {
        const distance = Math.hypot(x - centre, y - (height - 1) / 2);
        if (distance > radius + 0.5) continue;
        // A soft edge, because a circle of whole pixels looks jagged.
        const opacity = distance > radius - 0.5 ? 128 : 255;
        if (isPast) paint(x, y, violet, opacity);
        else paint(x, y, grey, distance < hole ? 0 : opacity);
      }
  }
  return toDataUri(png);
}
