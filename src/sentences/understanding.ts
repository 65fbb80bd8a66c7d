import { z } from 'zod';
import { halfDays, kinds, levels } from '../domain/action.js';

/** What a sentence can ask for: names of features. */
export const requests = [
  'volunteer',
  'host',
  'sessions',
  'mine',
  'agenda',
  'progress',
  'preferences',
  'search',
  'pending',
  'publish',
  'help',
  'setup',
  'report',
  'deadlines',
  'convention',
  'registers',
  'events',
] as const;
export type RequestIntent = (typeof requests)[number];

/** What is answered in words, and opens no form. */
export const answers = ['not-placing-pupils', 'about-somebody', 'refusal', 'thanks', 'greeting'] as const;
export type AnswerIntent = (typeof answers)[number];

export type Intent = RequestIntent | AnswerIntent | 'unknown';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A name as somebody typed it. Not `max`, which throws at an object whose `length` cannot be compared. */
const typed = z.string().regex(/^[\s\S]{1,120}$/);
const atMost = <T extends z.ZodType>(most: number, item: T) =>
  z.array(item).refine((items) => items.length <= most);

/** What a sentence states, and nothing else. */
export const slotsSchema = z
  .strictObject({
    kind: z.enum(kinds),
    level: z.enum(levels),
    /** Pupils hosted, or people wanted. */
    places: z.int().min(1).max(999),
    firstDay: day,
    lastDay: day,
    from: time,
    until: time,
    halfDays: atMost(2, z.enum(halfDays)),
    /** Codes of `data/academies.json`. */
    academies: atMost(40, z.string().regex(/^\d\d$/)),
    /** With its kind, as typed, or a UAI code. */
    school: typed,
    schools: atMost(10, typed),
    town: typed,
    /** What to search for. */
    query: typed,
  })
  .partial();
export type Slots = z.infer<typeof slotsSchema>;

/** The shape of what a sentence means, whoever has understood it. */
export const meaningSchema = z.strictObject({
  intent: z.enum([...requests, ...answers, 'unknown']),
  slots: slotsSchema.default({}),
});
export type Meaning = z.infer<typeof meaningSchema>;

export interface Understanding {
  readonly intent: Intent;
  readonly slots: Slots;
  /** Unknown: the two requests that it resembles most. */
  readonly likely: readonly RequestIntent[];
  /** Unknown for a reason: somebody else's child, several requests at once, code. Nobody else is to guess. */
  readonly final?: true;
}
