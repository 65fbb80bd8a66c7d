import type { Day } from '../domain/days.js';
import { type Fact, holds } from './conditions.js';
import { decisions } from './decisions.js';
import { findFacts } from './facts.js';
import { objections } from './objections.js';
import { type Parts, type SentenceContext, takeApart } from './parts.js';
import { needed, votes } from './rules.js';
import { readQuery } from './search-query.js';
import { findClauses } from './segments.js';
import { fillSlots } from './slots.js';
import { readSmallTalk } from './small-talk.js';
import { longest } from './tokens.js';
import {
  type Intent,
  type RequestIntent,
  requests,
  type Slots,
  type Understanding,
} from './understanding.js';

/** How much speaks for each request, the likeliest first. */
function rank(facts: ReadonlySet<Fact>): { intent: RequestIntent; points: number }[] {
  const points = new Map<RequestIntent, number>(requests.map((intent) => [intent, 0]));
  const add = (intent: RequestIntent, more: number) => points.set(intent, (points.get(intent) ?? 0) + more);
  for (const [intent, more, when] of votes) if (holds(when, facts)) add(intent, more);
  for (const [intents, less, when] of objections)
    if (holds(when, facts)) for (const intent of intents) add(intent, less);
  return [...points].map(([intent, n]) => ({ intent, points: n })).sort((a, b) => b.points - a.points);
}

/** Another bot's command, code, or a text that is none of ours. */
const isAddressedElsewhere = (text: string): boolean => /^\s*[/!@{[]|```|[{}<>]|https?:/.test(text);

const likeliest = 2;

/**
 * Understands what somebody asks for in their own words, in French, English or both. It decides by rules only, in time
 * that does not grow with the text, and keeps nothing.
 * @param text what was typed, without mentions and quotes
 */
export function understand(text: string, known: SentenceContext): Understanding {
  // A long message is no request; its beginning may still tell what it resembles.
  const isLong = text.length > longest.letters;
  const parts = takeApart(isLong ? text.slice(0, longest.beginning) : text, known);
  const everything = findFacts(parts, known.today, () => true);
  const ranked = rank(everything);
  const answer = (intent: Intent, slots: Slots = {}): Understanding => ({ intent, slots, likely: [] });
  const unknown: Understanding = {
    intent: 'unknown',
    slots: {},
    likely: ranked
      .filter(({ points }) => points > 0)
      .map(({ intent }) => intent)
      .slice(0, likeliest),
  };
  if (isLong || isAddressedElsewhere(text)) return { ...unknown, final: true };
  const smallTalk = readSmallTalk(parts);
  if (smallTalk) return answer(smallTalk);

  // What somebody cannot do is still what is meant when they withdraw: its days count.
  const positive = findFacts(parts, known.today, (at) => !parts.isNegative(at));
  const isPositive = (at: number) => !parts.isNegative(at);
  const decided = decisions.find(
    ([intent, when]) =>
      holds(when, positive) ||
      (holds(when, everything) && (intent === 'preferences' || !positive.has('can'))),
  );
  const isRequest = decided === undefined || requests.some((request) => request === decided[0]);
  if (isRequest && asksTwice(parts, known.today)) return unknown;
  if (decided) {
    const [intent] = decided;
    if (intent === 'unknown') return { ...unknown, final: true };
    // Who withdraws says what they cannot do.
    return intent === 'mine'
      ? answer(
          intent,
          fillSlots(intent, parts, everything, () => true),
        )
      : answer(intent, fillSlots(intent, parts, positive, isPositive));
  }
  const chosen =
    choose(rank(positive)) ??
    (positive.has('can') && everything.has('contrast') ? choose(ranked) : undefined);
  if (chosen === undefined) return isRefused(everything, positive) ? answer('refusal') : unknown;
  return chosen === 'search'
    ? answer('search', readQuery(parts))
    : answer(chosen, fillSlots(chosen, parts, positive, isPositive));
}

/** Two things are asked for in one sentence: "show me who comes and publish a fair". */
function asksTwice(parts: Parts, today: Day): boolean {
  const clauses = findClauses(parts.tokens, parts.isTaken);
  if (clauses.length < 2) return false;
  const intents = clauses.flatMap((clause) => {
    const facts = findFacts(parts, today, (at) => clause.has(at) && !parts.isNegative(at));
    const intent = choose(rank(facts));
    return intent === undefined || intent === 'help' ? [] : intent;
  });
  return new Set(intents).size > 1;
}

/** Something of ours is named only to say no to it. */
const isRefused = (everything: ReadonlySet<Fact>, positive: ReadonlySet<Fact>): boolean =>
  (everything.has('refuse') && (everything.has('me') || !everything.has('pupil'))) ||
  (['meeting', 'class', 'host', 'trainee', 'placement'] as const).some(
    (fact) =>
      everything.has(fact) && (!positive.has(fact) || (positive.has('negated') && positive.has('me'))),
  );

/** The request that is meant; nothing if too little speaks for it, or as much for another. */
function choose(ranked: readonly { intent: RequestIntent; points: number }[]): RequestIntent | undefined {
  const [first, second] = ranked;
  if (!first || first.points < needed.points) return undefined;
  return first.points - Math.max(0, second?.points ?? 0) >= needed.lead ? first.intent : undefined;
}
