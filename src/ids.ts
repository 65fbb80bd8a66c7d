import { createHash, randomInt } from 'node:crypto';
import { monotonicFactory, ulid } from 'ulid';
import type { Ids } from './ports.js';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 26;

/** Ids in the form of a ULID, from a secure source. */
export function createIds(): Ids {
  // ulid's default source makes one system call per letter.
  const draw = () => randomInt(32) / 32;
  return { next: monotonicFactory(draw), unguessable: () => ulid(undefined, draw), derive };
}

/** A hash of a text; its first letter is 7 at most, as in every ULID. */
function derive(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, length);
  return Array.from(bytes, (byte, i) => alphabet[byte % (i === 0 ? 8 : 32)]).join('');
}
