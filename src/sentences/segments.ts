import type { Token } from './tokens.js';
import type { Concept, Span } from './vocabulary.js';

/**
 * The parts of a sentence that say what somebody does not want or cannot do: "pas dispo en janvier, mais en mars".
 * @returns whether a token is in one
 */
export function findSegments(
  tokens: readonly Token[],
  concepts: ReadonlyMap<Concept, readonly Span[]>,
  levels: readonly Span[],
): (at: number) => boolean {
  const startsOf = (concept: Concept) => new Set((concepts.get(concept) ?? []).map(({ start }) => start));
  const inspired = startsOf('inspired');
  const [contrasts, refusals, negations, excused] = [
    startsOf('contrast'),
    startsOf('refuse'),
    startsOf('not'),
    startsOf('not-negative'),
  ];
  const segments: number[][] = [];
  tokens.forEach(({ gap }, at) => {
    const last = segments.at(-1);
    if (!last || contrasts.has(at) || inspired.has(at) || (at > 0 && /[.;!?:,\n()]/.test(gap)))
      segments.push([at]);
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
  const has = (segment: readonly number[], which: readonly Concept[]) =>
    which.some((concept) => segment.some((at) => startsOf(concept).has(at)));
  const offersAt = segments.findLastIndex((s) => has(s, ['inspired']) || (has(s, offer) && has(s, offered)));
  // "My son is at the lycée Ampère, I could go there": the school is meant.
  const pointsBack = segments[offersAt]?.some((at) => /^(y|there)$/.test(tokens[at]?.word ?? ''));
  for (const segment of pointsBack ? [] : segments.slice(0, Math.max(0, offersAt))) {
    const isAside =
      has(segment, others) &&
      !has(segment, concerned) &&
      !segment.some((at) => levels.some(({ start }) => start === at));
    if (isAside) for (const at of segment) negative.add(at);
  }
  return (at) => negative.has(at);
}

/** "My colleague did it and loved it: I'd like to give a talk" says of others only what has led to an offer. */
const others: readonly Concept[] = ['family', 'somebody'];
const concerned: readonly Concept[] = [
  'seek',
  'placement',
  'trainee',
  'asking-for',
  'told',
  'can',
  'first-offer',
  'requester',
];
const offer: readonly Concept[] = ['can', 'first-offer', 'volunteering'];
const offered: readonly Concept[] = ['trainee', 'classroom-talk', 'careers-fair', 'company-visit', 'class'];

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
