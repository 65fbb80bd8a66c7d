import { checkAgreements } from '../../domain/agreements.js';
import { type Actor, Refusal } from '../feature.js';
import type { Request } from '../shared/records.js';
import { notCoordinator } from '../shared/refusals.js';

/**
 * The placement, when this person may say how many of its agreements are signed.
 * @throws Refusal otherwise
 */
export function checkOwn(actor: Actor, request: Request | undefined): Request {
  if (!request) throw new Refusal('refusal.outdated');
  const verdict = checkAgreements(actor, request.action, request.engagements);
  if (!verdict.ok)
    throw verdict.because === 'not-yours'
      ? notCoordinator(actor, 'refusal.notYours')
      : new Refusal('refusal.outdated');
  return request;
}
