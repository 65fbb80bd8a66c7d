import { checkAgreements } from '../../domain/placements/agreements.js';
import { type Actor, Refusal } from '../feature.js';
import type { Request } from '../shared/records.js';
import { toRoleRefusal } from '../shared/refusals.js';

/**
 * The placement, if this person may report how many of its agreements are signed.
 * @throws Refusal otherwise
 */
export function requireOwnPlacement(actor: Actor, request: Request | undefined): Request {
  if (!request) throw new Refusal('refusal.outdated');
  const verdict = checkAgreements(actor, request.action, request.engagements);
  if (!verdict.ok)
    throw verdict.because === 'not-yours'
      ? toRoleRefusal(actor, 'refusal.notYours')
      : new Refusal('refusal.outdated');
  return request;
}
