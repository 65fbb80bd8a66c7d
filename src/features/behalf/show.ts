import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { readRequest } from '../shared/records.js';
import { actionCard } from './cards.js';
import { readColleague } from './people.js';

/** The action and the employee that a button names, which may be none of ours. */
export function splitId(id: string): { actionId: string; employeeId: string } {
  const [actionId = '', ...rest] = id.split(':');
  return { actionId, employeeId: rest.join(':') };
}

/**
 * Shows an action as a coordinator sees it for a colleague.
 * @param id of an engagement, or of one that could be
 * @param done whether something has just been done
 * @throws Refusal for an action of other people
 */
export async function show(actor: Actor, id: string, services: Services, done = false): Promise<Card> {
  const { actionId, employeeId } = splitId(id);
  const colleague = await readColleague(actor, employeeId, services);
  return services.store.read(async (reader) => {
    const request = await readRequest(reader, actionId);
    const isTheirs = request?.engagements.some((e) => e.employeeId === employeeId);
    if (!request || (!isTheirs && request.action.origin !== 'need')) throw new Refusal('refusal.outdated');
    return actionCard(reader, actor, colleague, request, services, done);
  });
}
