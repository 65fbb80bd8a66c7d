import { isPlacement } from '../../domain/action.js';
import { type Actor, Refusal } from '../feature.js';
import type { Request } from '../shared/records.js';

/**
 * The placement, when this person may say how many of its agreements are signed: its host or a coordinator, once it
 * is approved and until it is over.
 * @throws Refusal otherwise
 */
export function checkOwn(actor: Actor, request: Request | undefined): Request {
  if (!request || !isPlacement(request.action.kind) || request.action.state !== 'open')
    throw new Refusal('refusal.outdated');
  const host = request.engagements.find((e) => e.state === 'approved');
  if (!host) throw new Refusal('refusal.outdated');
  if (host.employeeId !== actor.id && !actor.coordinator) throw new Refusal('refusal.notYours');
  return request;
}
