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
] as const;
export type RequestIntent = (typeof requests)[number];

/** What is answered in words, and opens no form. */
export const answers = ['not-placing-pupils', 'about-somebody', 'refusal', 'thanks', 'greeting'] as const;
export type AnswerIntent = (typeof answers)[number];

export type Intent = RequestIntent | AnswerIntent | 'unknown';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A name as somebody typed it. */
const typed = z.string().min(1).max(120);

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
    halfDays: z.array(z.enum(halfDays)).max(2),
    /** Codes of `data/academies.json`. */
    academies: z.array(z.string().regex(/^\d\d$/)).max(40),
    /** With its kind, as typed, or a UAI code. */
    school: typed,
    schools: z.array(typed).max(10),
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

export interface Understanding {
  readonly intent: Intent;
  readonly slots: Slots;
  /** Unknown: the two requests that it resembles most. */
  readonly likely: readonly RequestIntent[];
}
