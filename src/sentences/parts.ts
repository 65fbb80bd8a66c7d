import type { Day } from '../domain/days.js';
import { findAcademies } from './academies.js';
import { type DatePhrase, findDates } from './dates/index.js';
import { findHours, type Hours } from './hours.js';
import type { KnownPlaces } from './known-places.js';
import { findLevels, type LevelSpan } from './levels.js';
import { findSchools } from './schools.js';
import { findSegments } from './segments.js';
import { type Token, tokenise } from './tokens.js';
import { findTowns, type Town } from './towns.js';
import { type Concept, findConcepts, mendSpelling, type Span } from './vocabulary.js';

/** What the understanding of a sentence depends on. */
export interface SentenceContext {
  readonly places: KnownPlaces;
  readonly today: Day;
}

/** The parts of a sentence by which it is understood. */
export interface Parts {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly concepts: ReadonlyMap<Concept, readonly Span[]>;
  readonly levels: readonly LevelSpan[];
  readonly schools: readonly Span[];
  readonly towns: readonly Town[];
  readonly academies: readonly string[];
  readonly dates: readonly DatePhrase[];
  /** The hours stated by the tokens that are read. */
  readonly hoursOf: (isRead: (at: number) => boolean) => Hours;
  /** A token that is part of a name, a date or a time. */
  readonly isTaken: (at: number) => boolean;
  /** A token in a part of the sentence that says what is not wanted. */
  readonly isNegative: (at: number) => boolean;
}

export function takeApart(text: string, known: SentenceContext): Parts {
  const tokens = cutClosing(mendSpelling(tokenise(text)));
  const named = findConcepts(tokens);
  const taken = new Set<number>();
  const isTaken = (at: number) => taken.has(at);
  const take = (spans: readonly Span[]) => {
    for (const { start, end } of spans) for (let i = start; i < end; i++) taken.add(i);
  };
  const schools = findSchools(tokens, known.places, isTaken);
  take(schools);
  const academies = findAcademies(tokens, known.places, isTaken);
  for (const at of academies.used) taken.add(at);
  const towns = findTowns(text, tokens, known.places, isTaken);
  take(towns);
  // A town or a school whose name is a word of ours is not that word: "Tours".
  const inNames = new Set(taken);
  for (const { start } of schools) inNames.delete(start);
  const concepts = new Map(
    [...named].flatMap(([concept, spans]) => {
      const left = spans.filter(({ start, end }) =>
        tokens.slice(start, end).some((_, i) => !inNames.has(start + i)),
      );
      return left.length > 0 ? [[concept, left] as const] : [];
    }),
  );
  const levels = findLevels(tokens, isTaken);
  take(levels);
  const dates = findDates(tokens, known.today, isTaken);
  take(dates);
  const beforeHours = new Set(taken);
  const hoursOf = (isRead: (at: number) => boolean) =>
    findHours(tokens, (at) => beforeHours.has(at) || !isRead(at));
  for (const at of hoursOf(() => true).used) taken.add(at);
  const isNegative = findSegments(tokens, concepts, levels);
  return {
    text,
    tokens,
    concepts,
    levels,
    schools,
    towns,
    academies: academies.codes,
    dates,
    hoursOf: (isRead) => hoursOf(isRead).hours,
    isTaken,
    isNegative,
  };
}

/** A signature says nothing of the request: "Cordialement, Camille". */
function cutClosing(tokens: readonly Token[]): Token[] {
  const closing = findConcepts(tokens)
    .get('closings')
    ?.find(({ start }) => start > 2);
  return tokens.slice(0, closing?.start ?? tokens.length);
}
