import { type Concept, concepts } from './vocabulary.js';

/** What a sentence has besides concepts of the vocabulary. */
const features = [
  /** A level of pupils. */
  'level',
  /** A number of pupils or places. */
  'count',
  /** A level whose pupils do placements. */
  'placement-level',
  /** A number of places, of whatever. */
  'count-places',
  /** One thing or another. */
  'either',
  /** It begins with what is to be shown, or with a request. */
  'show-first',
  'request-first',
  /** It begins with what somebody is ready for: "Partante pour…" */
  'can-first',
  /** A number of people wanted. */
  'count-people',
  'date',
  'town',
  /** A day before today. */
  'past',
  'school-name',
  /** A first name, outside names of schools and towns. */
  'name',
  /** Somebody's name is what the sentence is about: "Inès est…" */
  'name-first',
  /** "Demande 41" */
  'request-id',
  /** It begins with looking for something. */
  'find-first',
  'question',
  /** It begins with "who", "when", "how"…, or a part of it does. */
  'asks',
  'negated',
  /** Nothing is said but who would host, and when or where. */
  'bare',
  /** A meeting of article 2 by its name. */
  'meeting',
  /** One meeting in particular: "the talk on Tuesday". */
  'definite',
  /** "Host a pupil? Not this year." */
  'answers-no',
  /** Something of ours is named: schools, pupils, meetings, placements. */
  'ours',
  /** A word that nobody knows, or several. */
  'strange',
  'very-strange',
] as const;
export type Fact = Concept | (typeof features)[number];

/** Something of ours is named by any of these. */
export const ours: readonly Fact[] = [
  'pupil',
  'trainee',
  'placement',
  'class',
  'school',
  'school-name',
  'level',
  'meeting',
  'session',
  'need',
  'helpers',
  'count-places',
];

/** A condition: the facts that must hold, and with `!` those that must not. */
export type When = string;

const known: ReadonlySet<string> = new Set([...features, ...concepts]);
const isFact = (text: string): text is Fact => known.has(text);

const parsed = new Map<When, readonly (readonly [Fact, boolean])[]>();
function parse(when: When): readonly (readonly [Fact, boolean])[] {
  const known = parsed.get(when);
  if (known) return known;
  const conditions = when.split(' ').map((part) => {
    const isAbsent = part.startsWith('!');
    const fact = isAbsent ? part.slice(1) : part;
    if (!isFact(fact)) throw new Error(`the condition "${when}" names "${fact}", which is no fact`);
    return [fact, !isAbsent] as const;
  });
  parsed.set(when, conditions);
  return conditions;
}

/**
 * Whether a condition holds.
 * @throws Error if it names what is no fact
 */
export const holds = (when: When, facts: ReadonlySet<Fact>): boolean =>
  parse(when).every(([fact, isPresent]) => facts.has(fact) === isPresent);
