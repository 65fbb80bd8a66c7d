import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { type BotFrameworkAuthentication, ServiceClientCredentialsFactory } from 'botframework-connector';

export const appId = '11111111-2222-3333-4444-555555555555';
const issuerName = 'https://api.botframework.com';

/** What a token says; the rest is as the Bot Framework would sign it. */
export interface TokenParts {
  readonly header?: object;
  readonly claims?: object;
  readonly key?: KeyObject;
  /** Signs with this secret and HS256, or not at all. */
  readonly how?: 'RS256' | 'HS256' | 'none';
}

export interface Issuer {
  /** For `Parts.auth`: trusts this issuer only, and signs nothing that goes out. */
  readonly auth: BotFrameworkAuthentication;
  /** The value of the header `Authorization`. */
  bearer(serviceUrl: string, parts?: TokenParts): string;
  readonly strangersKey: KeyObject;
  close(): Promise<void>;
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID metadata server of our own, with the keys of a Bot Framework that is ours. */
export async function startIssuer(): Promise<Issuer> {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [good, unendorsed, stranger] = [pair(), pair(), pair()];
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
  ];
  const server = createServer((request, response) => {
    const body = request.url?.startsWith('/keys')
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
  const auth = new ConfigurationBotFrameworkAuthentication(
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

  return {
    auth,
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
      const signed = `${base64url(head)}.${base64url(body)}`;
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
