import { z } from 'zod';
import { type Action, halfDays, kinds, levels } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import type { Clock } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { boundedId, boundedText } from './bounded-text.js';
import { dayLimits, schoolLength } from './form.js';

const list = (item: string, most: number) => new RegExp(`^${item}(,${item}){0,${most - 1}}$`);
const day = z.iso.date();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Longer than any name that somebody types. */
export const longestName = schoolLength;
const typed = boundedText(longestName);
const longestEventId = 120;

/** What a form or a list begins with, by the names of the forms' fields. */
export const startValues = z
  .strictObject({
    kind: z.enum(kinds),
    level: z.enum(levels),
    places: z.string().regex(/^\d{1,3}$/),
    firstDay: day,
    lastDay: day,
    from: time,
    until: time,
    halfDays: z.string().regex(list(`(${halfDays.join('|')})`, halfDays.length)),
    academies: z.string().regex(list('\\d\\d', 40)),
    site: z.string().regex(/^[\w-]{1,40}$/),
    schools: z.string().regex(list('\\d{7}[A-Z]', 10)),
    school: typed,
    /** The event of article 4 that a form is opened for. */
    event: boundedId(longestEventId),
    /** Said back, and no field of a form. */
    town: typed,
    /** What to search for. */
    words: typed,
    /** A language model has read it from a sentence, and the card says so. */
    suggestedBy: z.literal('ai'),
  })
  .partial();
export type Start = z.infer<typeof startValues>;

/** A start as a button carries it. */
export const formatStart = (start: Start): string =>
  new URLSearchParams(
    Object.entries(start).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  ).toString();

/** Longer than any start of ours. */
const longestStart = 2_000;

/** Reads what a button carries; one without a start opens what it opens empty. */
export const startText = boundedText(longestStart)
  .default('')
  .transform((text): unknown => Object.fromEntries(new URLSearchParams(text)))
  .pipe(startValues);

/** The data of a button that opens something. */
export const openInput = z.looseObject({ start: startText });

/** The values of a start that a form has fields for. Days that no form accepts are left out: they will be asked. */
export function startOf<F extends string>(
  fields: readonly F[],
  { firstDay, lastDay, ...others }: Start,
  { clock }: { readonly clock: Clock },
): Partial<Record<F, string>> {
  const { min, max } = dayLimits(dayAt(clock.now()));
  const within = (d: Day | undefined) => (d !== undefined && min <= d && d <= max ? d : undefined);
  const values: Start = { ...others, firstDay: within(firstDay), lastDay: within(lastDay) };
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = (values as Record<string, string | undefined>)[field];
      return value ? [[field, value]] : [];
    }),
  ) as Partial<Record<F, string>>;
}

/** Whether a list is to show only some days. */
export const hasDays = ({ firstDay, lastDay }: Start): boolean => Boolean(firstDay ?? lastDay);

/** Whether something has a day among those of a start; one day alone is that day. */
export function isOnDays({ firstDay, lastDay }: Start, of: Pick<Action, 'firstDay' | 'lastDay'>): boolean {
  const last = lastDay ?? firstDay;
  return (firstDay === undefined || of.lastDay >= firstDay) && (last === undefined || of.firstDay <= last);
}
