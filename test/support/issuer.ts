import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import { type Authentication, createTokenCheck } from '../../src/teams/authentication.js';
import { createSigningKeys } from '../../src/teams/signing-keys.js';

export const appId = '11111111-2222-3333-4444-555555555555';
const issuerName = 'https://api.botframework.com';

/** What a token says; the rest is as the Bot Framework would sign it. */
export interface TokenParts {
  readonly header?: object;
  /** Beside those that the Bot Framework makes; null is no claims at all. */
  readonly claims?: object | null;
  readonly key?: KeyObject;
  /** Signs with this secret and HS256, or not at all. */
  readonly how?: 'RS256' | 'HS256' | 'none';
}

export interface Issuer {
  /** For `Parts.auth`: trusts this issuer only, and signs nothing that goes out. */
  readonly auth: Authentication;
  /** The value of the header `Authorization`. */
  bearer(serviceUrl: string, parts?: TokenParts): string;
  readonly metadataUrl: string;
  readonly strangersKey: KeyObject;
  /** How it answers those who ask for its keys, from now on. */
  behave(how: 'well' | 'cuts' | 'hangs' | 'fails' | 'hangs at the keys'): void;
  /** How often it was asked for its metadata. */
  asked(): number;
  /** Resolves when it is asked the next time. */
  nextQuestion(): Promise<unknown>;
  close(): Promise<void>;
}

const base64url = (value: object | null): string => Buffer.from(JSON.stringify(value)).toString('base64url');

type KeyPair = ReturnType<typeof pair>;
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Made once: a key takes a tenth of a second. */
let pairs: KeyPair[] = [];

/**
 * An OpenID metadata server of our own, with the keys of a Bot Framework that is ours.
 * @param answerMs how long it is waited for
 */
export async function startIssuer(answerMs?: number): Promise<Issuer> {
  if (pairs.length === 0) pairs = [pair(), pair(), pair()];
  const [good, unendorsed, stranger] = pairs as [KeyPair, KeyPair, KeyPair];
  const keyOf = (key: KeyObject, kid: string, endorsements: string[]) => ({
    ...key.export({ format: 'jwk' }),
    kid,
    x5t: kid,
    use: 'sig',
    endorsements,
  });
  const keys = [
    keyOf(good.publicKey, 'good', ['msteams']),
    keyOf(unendorsed.publicKey, 'unendorsed', ['webchat']),
    keyOf(good.publicKey, 'free', []),
  ];
  let behaviour: Parameters<Issuer['behave']>[0] = 'well';
  let asked = 0;
  const server = createServer((request, response) => {
    const forKeys = request.url?.startsWith('/keys');
    if (!forKeys) asked += 1;
    if (behaviour === 'cuts') return void request.socket.destroy();
    if (behaviour === 'hangs' || (behaviour === 'hangs at the keys' && forKeys)) return;
    if (behaviour === 'fails') response.statusCode = 500;
    const body = forKeys
      ? { keys }
      : { issuer: issuerName, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  class Credentials extends ServiceClientCredentialsFactory {
    isValidAppId = async (id: string) => id === appId;
    isAuthenticationDisabled = async () => false;
    createCredentials = async () => ({ signRequest: async <T>(request: T) => request });
  }
  const outgoing = new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: `${url}/login`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: issuerName,
      OAuthUrl: `${url}/oauth`,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/metadata`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/metadata`,
      ValidateAuthority: 'true',
    },
    new Credentials() as ServiceClientCredentialsFactory,
  );

  const metadataUrl = `${url}/metadata`;
  const signingKeys = createSigningKeys({ url: metadataUrl, ...(answerMs ? { answerMs } : {}) });
  return {
    auth: { checkToken: createTokenCheck(appId, signingKeys), outgoing },
    metadataUrl,
    behave: (how) => {
      behaviour = how;
    },
    asked: () => asked,
    nextQuestion: () => once(server, 'request'),
    strangersKey: stranger.privateKey,
    bearer(serviceUrl, { header, claims, key, how = 'RS256' } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const head = { alg: how, typ: 'JWT', kid: 'good', ...header };
      const body = {
        iss: issuerName,
        aud: appId,
        serviceurl: serviceUrl,
        nbf: now - 60,
        exp: now + 3600,
        ...claims,
      };
      const signed = `${base64url(head)}.${base64url(claims === null ? null : body)}`;
      const byKid = head.kid === 'unendorsed' ? unendorsed.privateKey : good.privateKey;
      const signature = {
        RS256: () => sign('sha256', Buffer.from(signed), key ?? byKid).toString('base64url'),
        HS256: () =>
          createHmac('sha256', good.publicKey.export({ type: 'spki', format: 'pem' }) as string)
            .update(signed)
            .digest('base64url'),
        none: () => '',
      }[how]();
      return `Bearer ${signed}.${signature}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
