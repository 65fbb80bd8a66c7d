import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { Refusal } from '../feature.js';

const inflate = promisify(inflateRaw);

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const headerSignature = 0x04034b50;
const [stored, deflated] = [0, 8];
/** The end of an archive, with the longest comment. */
const longestEnd = 22 + 0xffff;

/**
 * Makes sure that what is in an archive is not much more than it says: a few kilobytes can hold gigabytes of zeros. Every
 * entry is unpacked, outside the main thread, as the sizes that an archive states need not be true.
 * @throws Refusal if it is more than `max` bytes in all, or no such archive
 */
export async function requireUnzippedSize(archive: Uint8Array, max: number): Promise<void> {
  const tooBig = new Refusal('refusal.fileUnzipped', { max: Math.floor(max / 1_000_000) });
  let left = max;
  for (const entry of readEntries(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength))) {
    left -= entry.isDeflated ? await inflatedSize(entry.content, left, tooBig) : entry.content.length;
    if (left < 0) throw tooBig;
  }
}

async function inflatedSize(content: Uint8Array, max: number, tooBig: Refusal): Promise<number> {
  try {
    return (await inflate(content, { maxOutputLength: Math.max(1, max) })).length;
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooBig
      : new Refusal('refusal.fileDamaged');
  }
}

interface Entry {
  readonly content: Uint8Array;
  readonly isDeflated: boolean;
}

/** The entries of an archive by its own list, as readers find them (APPNOTE.TXT 4.3). */
function readEntries(archive: Buffer): Entry[] {
  const damaged = new Refusal('refusal.fileDamaged');
  const end = findEnd(archive);
  if (end < 0) throw damaged;
  const count = archive.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  /** Entries that share their bytes would be unpacked again and again. */
  let left = archive.length;
  for (let i = 0; i < count; i++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entrySignature) throw damaged;
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const header = archive.readUInt32LE(at + 42);
    if (header + 30 > archive.length || archive.readUInt32LE(header) !== headerSignature) throw damaged;
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    left -= size;
    if (left < 0 || start + size > archive.length || (method !== stored && method !== deflated))
      throw damaged;
    entries.push({ content: archive.subarray(start, start + size), isDeflated: method === deflated });
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - longestEnd); at--)
    if (archive.readUInt32LE(at) === endSignature) return at;
  return -1;
}
