import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestRejected } from './refused.js';

/** Teams limits a message with its card to 28 KB; an invoke also carries what was typed. */
export const maxBodyBytes = 256 * 1024;

/** An activity has about ten levels and a few hundred values; more of them take longer to parse. */
const maxDepth = 64;
const maxValues = 10_000;

/** Rejects a body by its headers alone. */
export function checkHeaders({ headers }: IncomingMessage): void {
  // Teams compresses nothing, and a small compressed body may become huge.
  const encoding = headers['content-encoding'];
  if (encoding && encoding !== 'identity') throw new RequestRejected(415, 'content-encoding is not accepted');
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    throw new RequestRejected(415, 'application/json is expected');
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) throw rejectTooLarge();
}

const rejectTooLarge = () => new RequestRejected(413, `more than ${maxBodyBytes} bytes`);

/** Reads a body of limited size; the server disconnects clients that take too long. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const read = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= maxBodyBytes) return void chunks.push(chunk);
      request.off('data', read);
      reject(rejectTooLarge());
    };
    request.on('data', read);
    request.on('end', () => resolve(Buffer.concat(chunks)));
    // After the end, this has no effect.
    request.on('close', () => reject(new RequestRejected(400, 'the body was cut')));
    request.on('error', () => reject(new RequestRejected(400, 'the body was cut')));
  });
}

/**
 * Parses JSON from an untrusted client.
 * @throws RequestRejected if it is invalid, or would take long to parse
 */
export function parseBody(body: Buffer): unknown {
  if (!isUtf8(body)) throw new RequestRejected(400, 'the body is not UTF-8');
  if (!isQuicklyParsed(body))
    throw new RequestRejected(400, `more than ${maxDepth} levels or ${maxValues} values`);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new RequestRejected(400, 'the body is not JSON');
  }
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Counts levels and values without parsing them. */
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
      if (++depth > maxDepth || ++values > maxValues) return false;
    } else if (byte === closeArray || byte === closeObject) depth--;
    else if (byte === comma && ++values > maxValues) return false;
  }
  return true;
}
