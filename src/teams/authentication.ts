import type { KeyObject } from 'node:crypto';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AuthenticationConstants, type BotFrameworkAuthentication } from 'botframework-connector';
import jwt from 'jsonwebtoken';
import { createSigningKeys, type SigningKeys } from './signing-keys.js';

/** Who may speak to the bot, and how it signs what it sends. */
export interface Authentication {
  /** Nothing when nobody is checked: a local trial. */
  readonly checkToken?: CheckToken;
  readonly outgoing: BotFrameworkAuthentication;
}

/** What a token entitles its sender to. */
export interface Token {
  /** The only service URL that the activity may name. */
  readonly serviceUrl: string;
  /** The channels that the activity may come from; an empty list is any. */
  readonly endorsements: readonly string[];
}

/**
 * Checks the header `Authorization` of a request: all that can be checked of a token without the activity.
 * @throws NotAuthenticated, or KeysUnavailable when nobody can tell
 */
export type CheckToken = (header: string | undefined) => Promise<Token>;

/** Whoever sent this is not the Bot Framework. The message is for the log, and holds nothing of what was sent. */
export class NotAuthenticated extends Error {}

/** The app registration, as the environment names it. */
interface Registration {
  readonly MicrosoftAppId?: string | undefined;
  readonly MicrosoftAppPassword?: string | undefined;
  readonly MicrosoftAppTenantId?: string | undefined;
  readonly MicrosoftAppType: string;
}

/** Without an app id nobody is checked and nothing is signed: the bot then listens on loopback only. */
export function createAuthentication({
  MicrosoftAppId,
  MicrosoftAppPassword = '',
  MicrosoftAppTenantId = '',
  MicrosoftAppType,
}: Registration): Authentication {
  if (!MicrosoftAppId) return { outgoing: new ConfigurationBotFrameworkAuthentication({}) };
  const keys = createSigningKeys({ url: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl });
  return {
    checkToken: createTokenCheck(MicrosoftAppId, keys),
    outgoing: new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId,
      MicrosoftAppPassword,
      MicrosoftAppTenantId,
      MicrosoftAppType,
    }),
  };
}

/** Tokens of the Bot Framework have some 1,000 letters. */
const longestToken = 4_096;
const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
/** The clocks of two machines may differ by as much; the SDK allows the same. */
const clockToleranceSeconds = 5 * 60;
const issuer = AuthenticationConstants.ToBotFromChannelTokenIssuer;

/**
 * Lets in the tokens that the Bot Framework signs for this app, and no others. The SDK's own check also takes those of
 * the Emulator, which carry no service URL, and of every tenant that a token names; those without an expiry; and it
 * needs the activity, so that the body of anybody would have to be parsed first.
 * Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 * (from Connector to bot)
 */
export function createTokenCheck(appId: string, keys: SigningKeys): CheckToken {
  return async (header = '') => {
    const token = header.length <= longestToken ? bearer.exec(header)?.[1] : undefined;
    if (!token) throw new NotAuthenticated('there is no bearer token');
    const { kid, claimed } = unverified(token);
    // Asking for keys is work: not for a token that says itself that it is somebody else's.
    if (claimed !== issuer) throw new NotAuthenticated('another issuer');
    const signingKey = typeof kid === 'string' ? await keys.find(kid) : undefined;
    if (!signingKey) throw new NotAuthenticated('the issuer has no such key');
    const { exp, serviceurl } = verified(token, signingKey.key, appId);
    if (exp === undefined) throw new NotAuthenticated('the token has no expiry');
    if (typeof serviceurl !== 'string') throw new NotAuthenticated('the token names no service URL');
    return { serviceUrl: serviceurl, endorsements: signingKey.endorsements };
  };
}

/** What a token says of its key and its issuer, which anybody can write. */
function unverified(token: string): { kid: unknown; claimed: unknown } {
  try {
    const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt;
    return { kid: header.kid, claimed: (payload as jwt.JwtPayload).iss };
  } catch {
    throw new NotAuthenticated('the token is no JSON Web Token');
  }
}

function verified(token: string, key: KeyObject, audience: string): jwt.JwtPayload {
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
