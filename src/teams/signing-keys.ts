import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A key with which the issuer signs, and the channels it may sign for; an empty list means every channel. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly endorsements: readonly string[];
}

export interface SigningKeys {
  /**
   * The issuer's key with an id, if there is one.
   * @throws KeysUnavailable if the issuer does not answer
   */
  find(id: string): Promise<SigningKey | undefined>;
}

/** The issuer's keys are unknown, and it does not answer. */
export class KeysUnavailable extends Error {}

interface KeyOptions {
  /** The issuer's OpenID metadata. */
  readonly url: string;
  readonly answerMs?: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

const hour = 3_600_000;
/** As long as the Bot Framework's SDK trusts keys. */
const expireAfterMs = 24 * hour;
/** Older keys are used while they are fetched again, so that an outage of the issuer stops nobody for a day. */
const refreshAfterMs = 2 * hour;
/** A token with an unknown key may use a new one, or be anybody's: the issuer is asked at most this often. */
const betweenNewKeys = 5 * 60_000;
const betweenFailures = 1_000;

const metadata = z.object({ jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.unknown()) });
const rsaKey = z.object({
  kid: z.string(),
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).nullish(),
});

/**
 * The keys that an issuer publishes (OpenID Connect discovery), fetched on demand. Concurrent callers share one
 * request, and wait at most `answerMs`.
 */
export function createSigningKeys({ url, answerMs = 4_000, now = Date.now }: KeyOptions): SigningKeys {
  let keys = new Map<string, SigningKey>();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const refresh = async (): Promise<void> => {
    try {
      keys = await fetchKeys(url, answerMs);
      fetchedAt = now();
    } catch (error) {
      failedAt = now();
      throw new KeysUnavailable(`the signing keys at ${url} cannot be read: ${errorMessage(error)}`);
    } finally {
      fetching = undefined;
    }
  };
  const refreshOnce = (): Promise<void> => {
    if (fetching) return fetching;
    if (now() - failedAt < betweenFailures)
      return Promise.reject(new KeysUnavailable(`the signing keys at ${url} could not be read just now`));
    fetching = refresh();
    return fetching;
  };

  return {
    async find(id) {
      const age = now() - fetchedAt;
      const mayBeNew = !keys.has(id) && age > betweenNewKeys;
      if (age > expireAfterMs || mayBeNew) await refreshOnce();
      else if (age > refreshAfterMs) refreshOnce().catch(() => undefined);
      return keys.get(id);
    },
  };
}

async function fetchKeys(url: string, answerMs: number): Promise<Map<string, SigningKey>> {
  const signal = AbortSignal.timeout(answerMs);
  const get = async (from: string): Promise<unknown> => {
    const response = await fetch(from, { signal });
    if (!response.ok) throw new Error(`${from} answers ${response.status}`);
    return response.json();
  };
  const { jwks_uri } = metadata.parse(await get(url));
  const keys = new Map<string, SigningKey>();
  for (const published of keySet.parse(await get(jwks_uri)).keys) {
    const parsed = rsaKey.safeParse(published);
    if (!parsed.success) continue;
    const { kid, kty, n, e, endorsements } = parsed.data;
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    keys.set(kid, { key, endorsements: endorsements ?? [] });
  }
  if (keys.size === 0) throw new Error(`${jwks_uri} has no RSA key`);
  return keys;
}

/** The reason for `fetch failed` is its cause. */
function errorMessage(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string } };
  return cause?.message ? `${message} (${cause.message})` : message;
}
