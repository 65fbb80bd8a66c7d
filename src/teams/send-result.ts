import type { SendResult } from '../ports.js';
import { notConnectedCode } from './connections.js';
import { UnsafeServiceUrl } from './connectors.js';

/**
 * The conversation refuses messages, or no longer exists. Source:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages (status codes
 * from bot conversational APIs)
 */
const goneCodes = new Set([
  'ConversationBlockedByUser',
  'BotNotInConversationRoster',
  'BotDisabledByAdmin',
  'ConversationNotFound',
]);

/**
 * Statuses after which nothing was posted and a retry helps: 429, 412, 502 and 504 as documented, and 503, with which
 * a server declines the request. Not 500: the server failed at some point, perhaps after posting. Source:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
const retryStatuses = new Set([412, 429, 502, 503, 504]);

/** No connection was made, so nothing was sent. */
const notConnected = new Set([
  notConnectedCode,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const badCertificate = /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** What the SDK throws: an HTTP response with its error, or a connection error. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

const toFailure = (error: unknown): Failure => (typeof error === 'object' && error !== null ? error : {});

/** The HTTP status of an error thrown by the SDK; nothing if there was no response. */
export const statusOf = (error: unknown): number | undefined => toFailure(error).statusCode;

/** Whether a message arrived and can be retried, judging by the SDK's error. */
export function toSendResult(error: unknown): SendResult {
  const failure = toFailure(error);
  const status = failure.statusCode;
  const reason = errorMessage(failure);
  if (status === undefined) return connectionFailure(error, failure, reason);
  // Teams accepted the message; only its response could not be read.
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (retryStatuses.has(status)) {
    const afterMs = retryAfterMs(failure.response?.headers?.get('retry-after'));
    return { outcome: 'retry', reason, ...(afterMs !== undefined && { afterMs }) };
  }
  if (status >= 500) return { outcome: 'unknown', reason };
  const forbidden = status === 403 || status === 404;
  return { outcome: 'refused', gone: forbidden && goneCodes.has(failure.code ?? ''), forbidden, reason };
}

function connectionFailure(error: unknown, { code = '', message = '' }: Failure, reason: string): SendResult {
  if (error instanceof UnsafeServiceUrl) return { outcome: 'refused', gone: false, reason };
  const whileConnecting = code === 'ETIMEDOUT' && !/^(read|write) /.test(message);
  if (notConnected.has(code) || badCertificate.test(code) || whileConnecting) {
    return { outcome: 'retry', reason };
  }
  return { outcome: 'unknown', reason };
}

/** In seconds or as an HTTP date; nothing if it is neither. */
function retryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function errorMessage({ name, statusCode, code, message }: Failure): string {
  if (statusCode === undefined && name === 'AbortError') return 'no answer in time';
  return [statusCode, code, message]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
    .slice(0, 300);
}
