import type { Delivery } from '../ports.js';
import { notConnectedCode } from './connections.js';
import { UnsafeServiceUrl } from './connectors.js';

/**
 * The conversation itself refuses, or is no more.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
 * (status codes from bot conversational APIs)
 */
const goneCodes = new Set([
  'ConversationBlockedByUser',
  'BotNotInConversationRoster',
  'BotDisabledByAdmin',
  'ConversationNotFound',
]);

/**
 * Answers after which nothing was posted and trying later helps: 429, 412, 502 and 504 as documented, and 503,
 * with which a server says that it did not take the request. A 500 is not here: the server fell over at some
 * point of the work, perhaps after posting.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
const retryStatuses = new Set([412, 429, 502, 503, 504]);

/** The connection was never made, so nothing was sent. */
const notConnected = new Set([
  notConnectedCode,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const badCertificate = /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** What the SDK throws: an HTTP answer with its error, or the error of the connection. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

const failureOf = (error: unknown): Failure => (typeof error === 'object' && error !== null ? error : {});

/** The HTTP status of what a call to the SDK threw; nothing when there was no answer. */
export const statusOf = (error: unknown): number | undefined => failureOf(error).statusCode;

/** What an error of a call to the SDK says about the message: did it arrive, can it still. */
export function deliveryOf(error: unknown): Delivery {
  const failure = failureOf(error);
  const status = failure.statusCode;
  const reason = reasonOf(failure);
  if (status === undefined) return connectionFailure(error, failure, reason);
  // Teams took the message, only its answer could not be read.
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (retryStatuses.has(status)) {
    const afterMs = retryAfterMs(failure.response?.headers?.get('retry-after'));
    return { outcome: 'retry', reason, ...(afterMs !== undefined && { afterMs }) };
  }
  if (status >= 500) return { outcome: 'unknown', reason };
  const forbidden = status === 403 || status === 404;
  return { outcome: 'refused', gone: forbidden && goneCodes.has(failure.code ?? ''), forbidden, reason };
}

function connectionFailure(error: unknown, { code = '', message = '' }: Failure, reason: string): Delivery {
  if (error instanceof UnsafeServiceUrl) return { outcome: 'refused', gone: false, reason };
  const whileConnecting = code === 'ETIMEDOUT' && !/^(read|write) /.test(message);
  if (notConnected.has(code) || badCertificate.test(code) || whileConnecting) {
    return { outcome: 'retry', reason };
  }
  return { outcome: 'unknown', reason };
}

/** Seconds or an HTTP date. Nothing when it is neither. */
function retryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function reasonOf({ name, statusCode, code, message }: Failure): string {
  if (statusCode === undefined && name === 'AbortError') return 'no answer in time';
  return [statusCode, code, message]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
    .slice(0, 300);
}
