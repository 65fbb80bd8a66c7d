import type { Parts } from './parts.js';
import type { Slots } from './understanding.js';

/** What somebody wants to find: a number, a school, a name, or else what is left without the words around it. */
export function readQuery({ text, tokens, concepts, schools }: Parts): Slots {
  const query = (start: number, end: number): Slots => ({
    query: text.slice(tokens[start]?.start, tokens[end - 1]?.end),
  });
  const number = (concepts.get('request-number') ?? []).find(({ end }) => tokens[end]?.type === 'number');
  if (number) return query(number.end, number.end + 1);
  const [school] = schools;
  if (school) return query(school.start, school.end);
  const fillers = new Set<number>();
  for (const concept of ['search-fillers', 'courtesy', 'greeting', 'thanks'] as const)
    for (const { start, end } of concepts.get(concept) ?? [])
      for (let i = start; i < end; i++) fillers.add(i);
  const left = tokens.flatMap((_, at) => (fillers.has(at) ? [] : [at]));
  const [first, last] = [left[0], left.at(-1)];
  return first === undefined || last === undefined ? {} : query(first, last + 1);
}
