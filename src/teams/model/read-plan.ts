import { type Meaning, meaningSchema, type Slots } from '../../sentences/understanding.js';
import { toWords } from '../typed-words.js';
import { choiceOf, isChoice } from './choices.js';

/**
 * Reads what a model has planned: exactly one of our choices, in the shape in which the rules say what a sentence
 * means. Anything else, or more, is nothing. Dropped is what the form has no field for, an end before its beginning, and
 * a name that the sentence does not contain, so that no text of the model's own is ever shown.
 * @param sentence what was sent
 */
export function readPlan(commands: readonly unknown[], sentence: string): Meaning | undefined {
  const [only, ...more] = commands;
  if (more.length > 0 || typeof only !== 'object' || only === null) return undefined;
  const { type, action, parameters } = only as Record<string, unknown>;
  if (type !== 'DO' || typeof action !== 'string' || !isChoice(action)) return undefined;
  const parsed = meaningSchema.safeParse({ intent: action, slots: parameters });
  if (!parsed.success) return undefined;
  const { slots, kinds } = choiceOf(action);
  const { intent, slots: stated } = parsed.data;
  const fitting = Object.entries(keepQuoted(stated, sentence)).filter(
    ([slot, value]) =>
      (slots as readonly string[]).includes(slot) &&
      (slot !== 'kind' || !kinds || kinds.includes(String(value))),
  );
  return { intent, slots: keepOrder(Object.fromEntries(fitting)) };
}

function keepOrder({ firstDay, lastDay, from, until, ...others }: Slots): Slots {
  const isEarlier = (end: string | undefined, start: string | undefined) => end && start && end < start;
  return {
    ...others,
    ...(isEarlier(lastDay, firstDay) ? {} : { ...(firstDay && { firstDay }), ...(lastDay && { lastDay }) }),
    ...(isEarlier(until, from) ? {} : { ...(from && { from }), ...(until && { until }) }),
  };
}

function keepQuoted({ school, schools, town, query, ...others }: Slots, sentence: string): Slots {
  const written = ` ${toWords(sentence)} `;
  const isQuoted = (text: string | undefined): text is string =>
    text !== undefined &&
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} '’,.-]*$/u.test(text) &&
    written.includes(` ${toWords(text)} `);
  const quoted = schools?.filter(isQuoted) ?? [];
  return {
    ...others,
    ...(isQuoted(school) && { school }),
    ...(quoted.length > 0 && { schools: quoted }),
    ...(isQuoted(town) && { town }),
    ...(isQuoted(query) && { query }),
  };
}
