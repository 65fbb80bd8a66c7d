import type { Day } from '../domain/days.js';
import { findDates, joinPeriods, type Period } from './dates/index.js';
import { findHours, type Hours } from './hours.js';
import { findLevels, type LevelSpan } from './levels.js';
import { findPlaces, type KnownPlaces } from './places.js';
import { findSchools } from './schools.js';
import { findSegments } from './segments.js';
import { type Token, tokenise } from './tokens.js';
import { type Concept, findConcepts, mendSpelling, type Span } from './vocabulary.js';

/** What the understanding of a sentence depends on. */
export interface SentenceContext extends KnownPlaces {
  readonly today: Day;
}

/** The parts of a sentence by which it is understood. */
export interface Parts {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly concepts: ReadonlyMap<Concept, readonly Span[]>;
  readonly levels: readonly LevelSpan[];
  readonly schools: readonly Span[];
  readonly town?: Span;
  readonly academies: readonly string[];
  readonly period: Period;
  readonly hours: Hours;
  readonly dateSpans: readonly Span[];
  /** A token that is part of a name, a date or a time. */
  readonly isTaken: (at: number) => boolean;
  /** A token in a part of the sentence that says what is not wanted. */
  readonly isNegative: (at: number) => boolean;
}

export function takeApart(text: string, known: SentenceContext): Parts {
  const tokens = cutClosing(mendSpelling(tokenise(text)));
  const concepts = findConcepts(tokens);
  const taken = new Set<number>();
  const isTaken = (at: number) => taken.has(at);
  const take = (spans: readonly Span[]) => {
    for (const { start, end } of spans) for (let i = start; i < end; i++) taken.add(i);
  };
  const schools = findSchools(tokens, known.findTown, isTaken);
  take(schools);
  const places = findPlaces(tokens, known, isTaken);
  for (const at of places.used) taken.add(at);
  const levels = findLevels(tokens, isTaken);
  take(levels);
  const dates = findDates(tokens, known.today, isTaken);
  take(dates);
  const { hours, used } = findHours(tokens, isTaken);
  for (const at of used) taken.add(at);
  const isNegative = findSegments(tokens, concepts);
  return {
    text,
    tokens,
    concepts,
    levels,
    schools,
    ...(places.town ? { town: places.town } : {}),
    academies: places.academies,
    period: joinPeriods(dates.filter(({ start }) => !isNegative(start)).map(({ period }) => period)),
    hours,
    dateSpans: dates,
    isTaken,
    isNegative,
  };
}

/** A signature says nothing of the request: "Cordialement, Camille". */
function cutClosing(tokens: readonly Token[]): Token[] {
  const closing = findConcepts(tokens).get('closings')?.find(({ start }) => start > 2);
  return tokens.slice(0, closing?.start ?? tokens.length);
}

