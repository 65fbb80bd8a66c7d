import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Refused } from './refused.js';

/** Teams' own limit for a message with its card is 28 KB; an invoke carries what was typed besides. */
export const maxBodyBytes = 256 * 1024;

/** An activity has some ten levels and a few hundred values; each one more takes time to parse. */
const deepest = 64;
const mostValues = 10_000;

/** Refuses, by its headers alone, a body that is not to be read. */
export function checkHeaders({ headers }: IncomingMessage): void {
  // Teams compresses nothing, and a small compressed body can be a huge one.
  const encoding = headers['content-encoding'];
  if (encoding && encoding !== 'identity') throw new Refused(415, 'content-encoding is not accepted');
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    throw new Refused(415, 'application/json is expected');
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge();
}

const tooLarge = () => new Refused(413, `more than ${maxBodyBytes} bytes`);

/** Reads a body of limited size; whoever takes too long is cut off by the server. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const read = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= maxBodyBytes) return void chunks.push(chunk);
      request.off('data', read);
      reject(tooLarge());
    };
    request.on('data', read);
    request.on('end', () => resolve(Buffer.concat(chunks)));
    // After the end this comes too late to change anything.
    request.on('close', () => reject(new Refused(400, 'the body was cut')));
    request.on('error', () => reject(new Refused(400, 'the body was cut')));
  });
}

/**
 * Parses JSON that came from anybody.
 * @throws Refused when it is none, or would take long to parse
 */
export function parseBody(body: Buffer): unknown {
  if (!isUtf8(body)) throw new Refused(400, 'the body is not UTF-8');
  if (!isQuicklyParsed(body)) throw new Refused(400, `more than ${deepest} levels or ${mostValues} values`);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refused(400, 'the body is not JSON');
  }
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Counts levels and values without making anything of them. */
function isQuicklyParsed(json: Buffer): boolean {
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (inText) {
      if (byte === backslash) i++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === openArray || byte === openObject) {
      if (++depth > deepest || ++values > mostValues) return false;
    } else if (byte === closeArray || byte === closeObject) depth--;
    else if (byte === comma && ++values > mostValues) return false;
  }
  return true;
}
