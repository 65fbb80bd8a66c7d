import { X509Certificate } from 'node:crypto';
import type { Clock, Log } from '../ports.js';

const warnedDays = 30;

/** When a certificate ends, in milliseconds since 1970. @param pem the certificate, and perhaps its key */
export const readCertificateEnd = (pem: string): number => Date.parse(new X509Certificate(pem).validTo);

/** Says in the log that the certificate of the app ends within a month: nobody else does, and the bot falls silent then. */
export function warnOfEnd(pem: string, { clock, log }: { readonly clock: Clock; readonly log: Log }): void {
  const end = readCertificateEnd(pem);
  const days = Math.floor((end - Date.parse(clock.now())) / 86_400_000);
  if (days >= warnedDays) return;
  const message = days < 0 ? 'the certificate of the app has ended' : 'the certificate of the app ends soon';
  log.warn({ end: new Date(end).toISOString(), days }, message);
}
