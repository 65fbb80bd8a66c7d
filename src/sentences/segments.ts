import type { Token } from './tokens.js';
import type { Concept, Span } from './vocabulary.js';

/**
 * The parts of a sentence that say what somebody does not want or cannot do: "pas dispo en janvier, mais en mars".
 * @returns whether a token is in one
 */
export function findSegments(
  tokens: readonly Token[],
  concepts: ReadonlyMap<Concept, readonly Span[]>,
): (at: number) => boolean {
  const startsOf = (concept: Concept) => new Set((concepts.get(concept) ?? []).map(({ start }) => start));
  const [contrasts, refusals, negations, excused] = [
    startsOf('contrast'),
    startsOf('refuse'),
    startsOf('not'),
    startsOf('not-negative'),
  ];
  const segments: number[][] = [];
  tokens.forEach(({ gap }, at) => {
    const last = segments.at(-1);
    if (!last || contrasts.has(at) || (at > 0 && /[.;!?:,\n()]/.test(gap))) segments.push([at]);
    else last.push(at);
  });
  const negative = new Set<number>();
  for (const segment of segments) {
    if (segment.some((at) => excused.has(at))) continue;
    const [first = 0] = segment;
    const begins = negations.has(first) || (contrasts.has(first) && negations.has(first + 1));
    const denies = contrasts.size > 0 && segment.some((at) => negations.has(at));
    if (begins || denies || segment.some((at) => refusals.has(at)))
      for (const at of segment) negative.add(at);
  }
  return (at) => negative.has(at);
}

const joins = /^(et|and|puis|then|plus|aussi|also|ensuite)$/;

/** The parts of a sentence that "and" joins, as indexes of tokens. */
export function findClauses(
  tokens: readonly Token[],
  isTaken: (at: number) => boolean,
): ReadonlySet<number>[] {
  const clauses: Set<number>[] = [new Set()];
  tokens.forEach(({ word }, at) => {
    if (joins.test(word) && !isTaken(at)) clauses.push(new Set());
    else clauses.at(-1)?.add(at);
  });
  return clauses.filter(({ size }) => size > 0);
}
