import type { Day } from '../domain/days.js';
import { isFirstName } from '../domain/personal-data/first-names.js';
import { countedWords, findCount } from './counts.js';
import { type Parts, type SentenceContext, takeApart } from './parts.js';
import { decisions, type Fact, holds, needed, objections, votes } from './rules.js';
import { readQuery } from './search-query.js';
import { fillSlots } from './slots.js';
import { readSmallTalk } from './small-talk.js';
import { longest, type Token } from './tokens.js';
import {
  type Intent,
  type RequestIntent,
  requests,
  type Slots,
  type Understanding,
} from './understanding.js';
import { type Concept, isKnownWord, type Span } from './vocabulary.js';

const meetings = ['classroom-talk', 'careers-fair', 'company-visit', 'immersion'] as const;
const questionWords =
  /^(qui|que|qu|quoi|quel|quelle|quels|quelles|combien|ou|quand|comment|est|y|what|which|who|where|when|how|is|are|any|do|does|has)$/;

export function findFacts(parts: Parts, today: Day, isRead: (at: number) => boolean): Set<Fact> {
  const { tokens, concepts, levels, schools, towns, dates, isTaken, text } = parts;
  const facts = new Set<Fact>();
  for (const [concept, spans] of concepts) if (spans.some(({ start }) => isRead(start))) facts.add(concept);
  const isWithin = (inner: Concept, outer: readonly Concept[]) =>
    (concepts.get(inner) ?? []).every((span) =>
      outer.some((concept) =>
        (concepts.get(concept) ?? []).some((o) => o.start <= span.start && span.end <= o.end),
      ),
    );
  // To visit a school is no visit of the company, and a speed meeting no meeting.
  if (isWithin('company-visit', ['visiting-them'])) facts.delete('company-visit');
  if (isWithin('foreign', meetings)) facts.delete('foreign');
  // "N'importe quel matin" asks nothing.
  if (!concepts.get('which')?.some(({ start }) => start <= 2)) facts.delete('which');
  const startsWith = (concept: Concept) =>
    (concepts.get(concept) ?? []).some(({ start }) =>
      tokens
        .slice(0, start)
        .every((t) => /^(la|le|les|l|the|tu|peux|pouvez|vous|can|you|please|s|il)$/.test(t.word)),
    );
  // What is offered is said by another word than what it is.
  const isKind = ({ start, end }: Span) =>
    meetings.some((kind) => (concepts.get(kind) ?? []).some((k) => k.start <= start && end <= k.end));
  if ((concepts.get('offering') ?? []).every((span) => isKind(span) || !isRead(span.start)))
    facts.delete('offering');
  const add = (fact: Fact, isTrue: boolean) => {
    if (isTrue) facts.add(fact);
  };
  const readLevels = levels.filter(({ start }) => isRead(start));
  const isFree = (at: number) => isTaken(at) || !isRead(at);
  const counted = (which: readonly Concept[], also: readonly Span[]) =>
    findCount(tokens, countedWords(concepts, which, also), isFree) !== undefined;
  add('level', readLevels.length > 0);
  add(
    'placement-level',
    readLevels.some(({ level }) => level !== undefined && /^(2de|3e)/.test(level)),
  );
  add('count', counted(['pupil', 'trainee', 'someone'], readLevels));
  add('count-places', counted(['place'], []));
  add(
    'either',
    tokens.some(({ word }, at) => !isTaken(at) && /^(ou|or)$/.test(word)),
  );
  add('show-first', startsWith('show'));
  add('request-first', startsWith('request'));
  add('count-people', counted(['people'], []));
  add(
    'past',
    dates.some(({ start, period }) => isRead(start) && (period.lastDay ?? period.firstDay ?? today) < today),
  );
  add(
    'date',
    dates.some(({ start }) => isRead(start)),
  );
  add('town', towns.length > 0);
  add('school-name', schools.length > 0);
  const names = tokens.flatMap((t, i) => (!isTaken(i) && isName(t) && !isSignature(tokens, i) ? [i] : []));
  add('name', names.length > 0);
  const [first] = names;
  const beforeName = tokens.slice(0, first).map((t) => t.word);
  add(
    'name-first',
    first !== undefined &&
      first < tokens.length - 1 &&
      beforeName.every((w) => /^(bonjour|salut|hello|hi|et|donc)$/.test(w)) &&
      / /.test(tokens[first + 1]?.gap ?? ''),
  );
  add(
    'request-id',
    (concepts.get('request-number') ?? []).some(({ end }) => tokens[end]?.type === 'number'),
  );
  add(
    'find-first',
    (concepts.get('find') ?? []).some(
      ({ start }) =>
        start <= 1 && tokens.slice(0, start).every((t) => !/^(je|j|i|we|on|nous|le|la|les)$/.test(t.word)),
    ),
  );
  add('question', text.includes('?') || questionWords.test(tokens[0]?.word ?? ''));
  add('negated', facts.has('not') && !facts.has('not-negative') && !facts.has('contrast'));
  const strange = tokens.filter(
    (t, i) => isRead(i) && !isTaken(i) && t.type === 'word' && t.word.length > 3 && !isKnownWord(t.word),
  );
  add('strange', strange.length > 0);
  add('very-strange', strange.length > 2);
  add(
    'meeting',
    meetings.some((kind) => facts.has(kind)),
  );
  return facts;
}

/** Somebody's first name, written with its capital. */
const isName = ({ type, raw }: Token): boolean =>
  type === 'word' && /^\p{Lu}\p{Ll}/u.test(raw) && isFirstName(raw.normalize('NFD').replace(/\p{Mn}/gu, ''));

/** A name that ends a message after a comma or on a line of its own. */
const isSignature = (tokens: readonly Token[], at: number): boolean =>
  at > 0 && at === tokens.length - 1 && /[,\n-]/.test(tokens[at]?.gap ?? '');

/** How much speaks for each request, the likeliest first. */
export function rank(facts: ReadonlySet<Fact>): { intent: RequestIntent; points: number }[] {
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
  const parts = takeApart(text, known);
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
  if (isAddressedElsewhere(text) || text.length > longest.letters) return unknown;
  const smallTalk = readSmallTalk(parts);
  if (smallTalk) return answer(smallTalk);

  // What somebody cannot do is still what is meant when they withdraw: its days count.
  const positive = findFacts(parts, known.today, (at) => !parts.isNegative(at));
  const isPositive = (at: number) => !parts.isNegative(at);
  const decided = decisions.find(
    ([, when]) => holds(when, positive) || (holds(when, everything) && !positive.has('can')),
  );
  if (decided) {
    const [intent] = decided;
    if (intent === 'unknown') return unknown;
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

/** Something of ours is named only to say no to it. */
const isRefused = (everything: ReadonlySet<Fact>, positive: ReadonlySet<Fact>): boolean =>
  everything.has('refuse') ||
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
