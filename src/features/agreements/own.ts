import { checkAgreements } from '../../domain/agreements.js';
import { type Actor, Refusal } from '../feature.js';
import type { Request } from '../shared/records.js';

/**
 * The placement, when this person may say how many of its agreements are signed.
 * @throws Refusal otherwise
 */
export function checkOwn(actor: Actor, request: Request | undefined): Request {
  if (!request) throw new Refusal('refusal.outdated');
  const verdict = checkAgreements(actor, request.action, request.engagements);
  if (!verdict.ok)
    throw new Refusal(verdict.because === 'not-yours' ? 'refusal.notYours' : 'refusal.outdated');
  return request;
}
