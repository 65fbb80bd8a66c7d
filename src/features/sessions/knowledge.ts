import { z } from 'zod';
import type { Action, Engagement } from '../../domain/action.js';

/** What somebody knows of a session before it changes. */
export const knowledge = z.object({
  firstDay: z.string(),
  lastDay: z.string(),
  hours: z.object({ from: z.string(), until: z.string() }).optional(),
  schools: z.array(z.string()).optional(),
  school: z.string().optional(),
  remark: z.string().optional(),
  expected: z.string().optional(),
  state: z.enum(['open', 'cancelled', 'held', 'not-held']),
  seat: z.enum(['approved', 'waitlisted']),
  confirmBy: z.string().optional(),
});
export type Knowledge = z.infer<typeof knowledge>;

/** Whether they have a seat or wait for one. */
export const concerns = (state: Engagement['state']): state is Knowledge['seat'] =>
  state === 'approved' || state === 'waitlisted';

/** What somebody who has a seat, or waits for one, knows; nothing for others. */
export function knowledgeOf(action: Action, engagement: Engagement): Knowledge | undefined {
  if (!concerns(engagement.state)) return undefined;
  const { firstDay, lastDay, hours, schools, school, remark, expected, state } = action;
  return {
    firstDay,
    lastDay,
    ...(hours ? { hours: { from: hours.from, until: hours.until } } : {}),
    ...(schools ? { schools: [...schools] } : {}),
    ...(school ? { school } : {}),
    ...(remark ? { remark } : {}),
    ...(expected ? { expected } : {}),
    state,
    seat: engagement.state,
    ...(engagement.confirmBy ? { confirmBy: engagement.confirmBy } : {}),
  };
}

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

interface When {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly hours?: { readonly from: string; readonly until: string } | undefined;
}
/** Whether days or hours are the same. */
export const isSameWhen = (a: When, b: When): boolean =>
  a.firstDay === b.firstDay &&
  a.lastDay === b.lastDay &&
  a.hours?.from === b.hours?.from &&
  a.hours?.until === b.hours?.until;

export interface Where {
  readonly schools?: readonly string[] | undefined;
  readonly school?: string | undefined;
}
/** Whether the place is the same. */
export const isSameWhere = (a: Where, b: Where): boolean =>
  isSame(a.schools ?? [], b.schools ?? []) && (a.school ?? '') === (b.school ?? '');
