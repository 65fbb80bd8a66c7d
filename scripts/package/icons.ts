import { PNG } from 'pngjs';
import type { Manifest, PackageFiles } from './manifest.js';

interface Pixel {
  readonly white: boolean;
  readonly opacity: number;
}

function* pixels(png: PNG): Generator<Pixel> {
  for (let i = 0; i < png.data.length; i += 4) {
    const [r, g, b, opacity = 0] = png.data.subarray(i, i + 4);
    yield { white: r === 255 && g === 255 && b === 255, opacity };
  }
}

function readIcon(files: PackageFiles, name: string, side: number): { png?: PNG; faults: string[] } {
  const content = files.get(name);
  if (!content) return { faults: [`${name} is not there`] };
  try {
    const png = PNG.sync.read(Buffer.from(content));
    if (png.width === side && png.height === side) return { png, faults: [] };
    return {
      png,
      faults: [`${name} has ${png.width} × ${png.height} pixels; Teams wants ${side} × ${side}`],
    };
  } catch (error) {
    return { faults: [`${name} cannot be read as a PNG: ${(error as Error).message}`] };
  }
}

/**
 * What is wrong with the two icons: their size, the ground of the colour icon (Teams rounds its corners, so it must
 * reach them) and the outline, which Teams tints and which may therefore only be white and transparent.
 */
export function checkIcons(files: PackageFiles, { icons }: Manifest): string[] {
  const color = readIcon(files, icons.color, 192);
  const outline = readIcon(files, icons.outline, 32);
  const faults = [...color.faults, ...outline.faults];
  if (color.png && [...pixels(color.png)].some(({ opacity }) => opacity < 255)) {
    faults.push(`${icons.color} has transparent pixels; its ground must fill the square`);
  }
  if (outline.png) {
    const all = [...pixels(outline.png)];
    if (all.some(({ white, opacity }) => opacity > 0 && !white)) {
      faults.push(`${icons.outline} has pixels that are not white`);
    }
    if (!all.some(({ opacity }) => opacity === 0)) faults.push(`${icons.outline} has no transparent ground`);
    if (!all.some(({ opacity }) => opacity === 255)) faults.push(`${icons.outline} shows nothing`);
  }
  return faults;
}
