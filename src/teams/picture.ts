import { constants } from 'node:zlib';
import { PNG } from 'pngjs';

/** Twice a narrow card (320 px), so that a picture is sharp on phones. */
export const pictureWidth = 640;
/** Mid-tones with a contrast of 3:1 or more against any background, from white to black. */
export const violet = 0x6f73e8;
export const grey = 0x878583;

/** A PNG as a data URI. */
export function toDataUri(png: PNG): string {
  // The library's defaults try every filter and compress runs only. The rows of our pictures repeat, and stored as
  // differences from the row above they take a fraction of a kilobyte.
  const file = PNG.sync.write(png, { filterType: 2, deflateStrategy: constants.Z_DEFAULT_STRATEGY });
  return `data:image/png;base64,${file.toString('base64')}`;
}

/** Keeps the last pictures, as the same ones are asked for often; the least recently used are dropped first. */
export function memoise<T>(size: number, draw: (of: T) => string): (of: T) => string {
  const known = new Map<string, string>();
  return (of) => {
    const key = JSON.stringify(of);
    const picture = known.get(key) ?? draw(of);
    // A Map keeps insertion order: inserting the entry again makes it the most recent.
    known.delete(key);
    known.set(key, picture);
    if (known.size > size) known.delete(known.keys().next().value ?? key);
    return picture;
  };
}
