import type { Person } from '../../records.js';
import type { Actor, Card, Services } from '../feature.js';

/**
 * Runs a button of another feature as the employee whom a coordinator acts for. Its moves are signed by the coordinator,
 * and the employee is told.
 * @returns the card that the employee would see
 */
export async function actAs(
  coordinator: Actor,
  colleague: Person,
  verb: string,
  data: Record<string, unknown>,
  services: Services,
): Promise<Card> {
  const [feature, name = ''] = verb.split('.');
  const button = services.features.find((f) => f.name === feature)?.actions[name];
  if (!button) throw new Error(`there is no button "${verb}"`);
  // The card that was clicked is the coordinator's: it does not become the employee's.
  const { activityId: _, ...rest } = coordinator;
  const employee: Actor = {
    ...rest,
    id: colleague.id,
    teamsId: colleague.teamsId,
    coordinator: false,
    admin: false,
  };
  const behalf = { coordinatorId: coordinator.id, employeeId: colleague.id };
  return button.run(employee, data, { ...services, behalf });
}
