import type { Action, Engagement } from '../action.js';

/** Whether an employee is expected on a certain day. An availability has no day yet. */
export const isExpected = (
  { state, halfDays }: Pick<Action, 'state' | 'halfDays'>,
  engagement: Pick<Engagement, 'state'> | undefined,
): boolean => state === 'open' && !halfDays && engagement?.state === 'approved';
