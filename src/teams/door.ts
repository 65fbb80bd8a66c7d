import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CheckToken, NotAuthenticated, type Token } from './authentication.js';
import { checkHeaders, parseBody, readBody } from './body.js';
import { refusedAtGate } from './gate.js';
import { askForBody } from './http.js';
import { type Incoming, readActivity } from './incoming.js';
import { Refused } from './refused.js';
import { KeysUnavailable } from './signing-keys.js';

interface DoorOptions {
  readonly checkToken: CheckToken | undefined;
  readonly tenantId: string | undefined;
}

/**
 * Lets in an activity, or says why not.
 * @throws Refused; NotAuthenticated and KeysUnavailable are made such too, with the reason as their cause
 */
export type Door = (request: IncomingMessage, response: ServerResponse) => Promise<Incoming>;

/**
 * The one way to an activity. Each step costs more than the one before it and trusts only what that one has found: the
 * headers, the token's signature, the size of the body, its shape, whether the token is for this activity, the tenant.
 */
export function createDoor({ checkToken, tenantId }: DoorOptions): Door {
  return async (request, response) => {
    checkHeaders(request);
    const token = checkToken && (await authenticated(checkToken, request.headers.authorization));
    askForBody(request, response);
    const body = await readBody(request);
    await arrivedTogether();
    const activity = readActivity(parseBody(body));
    if (!activity) throw new Refused(400, 'this is no Bot Framework activity');
    if (token && !isFor(token, activity))
      throw notAuthenticated('a token for another service URL or channel');
    const refused = refusedAtGate(activity, tenantId);
    if (refused) throw new Refused(403, refused);
    return activity;
  };
}

async function authenticated(checkToken: CheckToken, header: string | undefined): Promise<Token> {
  try {
    return await checkToken(header);
  } catch (error) {
    if (error instanceof NotAuthenticated) throw notAuthenticated(error.message);
    if (error instanceof KeysUnavailable) throw new Refused(503, 'try again later', error.message);
    throw error;
  }
}

/** Says nothing of the reason to somebody who may be guessing. */
const notAuthenticated = (reason: string) => new Refused(401, 'not authenticated', reason);

const isFor = ({ serviceUrl, endorsements }: Token, activity: Incoming): boolean =>
  serviceUrl === activity.serviceUrl &&
  (endorsements.length === 0 || endorsements.includes(activity.channelId));

let round: Promise<void> | undefined;

/**
 * Resolves for all that arrive in one turn of the event loop at once: their work then goes on side by side, step by
 * step. A step that is repeated is still in the processor's caches, and what they commit shares a write.
 */
function arrivedTogether(): Promise<void> {
  round ??= new Promise((resolve) => {
    setImmediate(() => {
      round = undefined;
      resolve();
    });
  });
  return round;
}
