import type { KeyObject } from 'node:crypto';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AuthenticationConstants, type BotFrameworkAuthentication } from 'botframework-connector';
import jwt from 'jsonwebtoken';
import { createCredentialFactory, type Registration } from './credentials.js';
import { createSigningKeys, type SigningKeys } from './signing-keys.js';

/** Verifies who calls the bot, and signs what the bot sends. */
export interface Authentication {
  /** Absent when nobody is verified: a local trial. */
  readonly checkToken?: CheckToken;
  readonly outgoing: BotFrameworkAuthentication;
}

/** What a token allows its sender. */
export interface Token {
  /** The only service URL that the activity may name. */
  readonly serviceUrl: string;
  /** The channels that the activity may come from; an empty list allows any. */
  readonly endorsements: readonly string[];
}

/**
 * Verifies the header `Authorization` of a request, as far as a token can be verified without the activity.
 * @throws NotAuthenticated, or KeysUnavailable if it cannot be decided
 */
export type CheckToken = (header: string | undefined) => Promise<Token>;

/** The sender is not the Bot Framework. The message is for the log, and contains nothing of the request. */
export class NotAuthenticated extends Error {}

/** The app registration from the environment. */
interface Settings extends Pick<Registration, 'MicrosoftAppType' | 'password' | 'certificate'> {
  readonly MicrosoftAppId?: string | undefined;
  readonly MicrosoftAppTenantId?: string | undefined;
}

/**
 * Without an app id nobody is verified and nothing is signed; the bot then listens on loopback only.
 * @throws Error if the certificate is none
 */
export function createAuthentication({
  MicrosoftAppId,
  MicrosoftAppTenantId = '',
  MicrosoftAppType,
  ...proof
}: Settings): Authentication {
  if (!MicrosoftAppId) return { outgoing: new ConfigurationBotFrameworkAuthentication({}) };
  const app = { MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppType };
  const keys = createSigningKeys({ url: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl });
  return {
    checkToken: createTokenCheck(MicrosoftAppId, keys),
    outgoing: new ConfigurationBotFrameworkAuthentication(app, createCredentialFactory({ ...app, ...proof })),
  };
}

/** Tokens of the Bot Framework have about 1,000 letters. */
const maxTokenLength = 4_096;
const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
/** The clocks of two machines may differ by this much; the SDK allows the same. */
const clockToleranceSeconds = 5 * 60;
const issuer = AuthenticationConstants.ToBotFromChannelTokenIssuer;

/**
 * Accepts the tokens that the Bot Framework signs for this app, and no others. The SDK's own check also accepts those
 * of the Emulator, which have no service URL, those of any tenant that the token names, and those without an expiry;
 * and it needs the activity, so that bodies would have to be parsed before authentication. Source:
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication (from Connector
 * to bot)
 */
export function createTokenCheck(appId: string, keys: SigningKeys): CheckToken {
  return async (header = '') => {
    const token = header.length <= maxTokenLength ? bearer.exec(header)?.[1] : undefined;
    if (!token) throw new NotAuthenticated('there is no bearer token');
    const { kid, claimed } = readUnverified(token);
    // Fetching keys is costly, so it is not done for a token that names another issuer itself.
    if (claimed !== issuer) throw new NotAuthenticated('another issuer');
    const signingKey = typeof kid === 'string' ? await keys.find(kid) : undefined;
    if (!signingKey) throw new NotAuthenticated('the issuer has no such key');
    const { exp, serviceurl } = verify(token, signingKey.key, appId);
    if (exp === undefined) throw new NotAuthenticated('the token has no expiry');
    if (typeof serviceurl !== 'string') throw new NotAuthenticated('the token names no service URL');
    return { serviceUrl: serviceurl, endorsements: signingKey.endorsements };
  };
}

/** The key id and the issuer that a token claims, neither of them verified. */
function readUnverified(token: string): { kid: unknown; claimed: unknown } {
  try {
    const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt;
    return { kid: header.kid, claimed: (payload as jwt.JwtPayload).iss };
  } catch {
    throw new NotAuthenticated('the token is no JSON Web Token');
  }
}

function verify(token: string, key: KeyObject, audience: string): jwt.JwtPayload {
  try {
    return jwt.verify(token, key, {
      algorithms: AuthenticationConstants.AllowedSigningAlgorithms as jwt.Algorithm[],
      audience,
      issuer,
      clockTolerance: clockToleranceSeconds,
    }) as jwt.JwtPayload;
  } catch (error) {
    throw new NotAuthenticated((error as Error).message);
  }
}
