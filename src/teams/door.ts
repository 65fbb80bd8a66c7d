import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CheckToken, NotAuthenticated, type Token } from './authentication.js';
import { findGateRefusal } from './gate.js';
import { askForBody } from './http.js';
import { type Incoming, readActivity } from './incoming.js';
import { checkHeaders, parseBody, readBody } from './read-body.js';
import { RequestRejected } from './refused.js';
import { KeysUnavailable } from './signing-keys.js';

interface DoorOptions {
  readonly checkToken: CheckToken | undefined;
  readonly tenantId: string | undefined;
}

/**
 * Accepts an activity or says why not.
 * @throws RequestRejected, also in place of NotAuthenticated and KeysUnavailable, which become its cause
 */
export type Door = (request: IncomingMessage, response: ServerResponse) => Promise<Incoming>;

/**
 * The only way in for activities. Each check costs more than the one before and relies only on what has been checked:
 * the headers, the token's signature, the size of the body, its shape, whether the token is for this activity, the
 * tenant.
 */
export function createDoor({ checkToken, tenantId }: DoorOptions): Door {
  return async (request, response) => {
    checkHeaders(request);
    const token = checkToken && (await authenticate(checkToken, request.headers.authorization));
    askForBody(request, response);
    const body = await readBody(request);
    await collectArrivals();
    const activity = readActivity(parseBody(body));
    if (!activity) throw new RequestRejected(400, 'this is no Bot Framework activity');
    if (token && !isFor(token, activity))
      throw rejectUnauthenticated('a token for another service URL or channel');
    const refused = findGateRefusal(activity, tenantId);
    if (refused) throw new RequestRejected(403, refused);
    return activity;
  };
}

async function authenticate(checkToken: CheckToken, header: string | undefined): Promise<Token> {
  try {
    return await checkToken(header);
  } catch (error) {
    if (error instanceof NotAuthenticated) throw rejectUnauthenticated(error.message);
    if (error instanceof KeysUnavailable) throw new RequestRejected(503, 'try again later', error.message);
    throw error;
  }
}

/** The reason is withheld from somebody who may be guessing. */
const rejectUnauthenticated = (reason: string) => new RequestRejected(401, 'not authenticated', reason);

const isFor = ({ serviceUrl, endorsements }: Token, activity: Incoming): boolean =>
  serviceUrl === activity.serviceUrl &&
  (endorsements.length === 0 || endorsements.includes(activity.channelId));

let round: Promise<void> | undefined;

/**
 * Resolves for all requests of one turn of the event loop together, so that they proceed side by side: a step that is
 * repeated is still in the processor's caches, and commits share a write.
 */
function collectArrivals(): Promise<void> {
  round ??= new Promise((resolve) => {
    setImmediate(() => {
      round = undefined;
      resolve();
    });
  });
  return round;
}
