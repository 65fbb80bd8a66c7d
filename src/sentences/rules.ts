import type { AnswerIntent, RequestIntent } from './understanding.js';
import type { Concept } from './vocabulary.js';

/** What a sentence has besides concepts of the vocabulary. */
export const features = [
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
  'negated',
  /** A meeting of article 2 by its name. */
  'meeting',
  /** A word that nobody knows, or several. */
  'strange',
  'very-strange',
] as const;
export type Fact = Concept | (typeof features)[number];

/** A condition: the facts that must hold, and with `!` those that must not. */
type When = string;

/**
 * What is decided before anything else, in this order: the first whose condition holds. People who are not the one who
 * writes, and what is refused, must never open a form.
 */
export const decisions: readonly (readonly [AnswerIntent | RequestIntent | 'unknown', When])[] = [
  ['unknown', 'keep'],
  ['unknown', 'hostile'],
  ['unknown', 'other-pupils host'],
  ['unknown', 'other-pupils take'],
  ['unknown', 'other-pupils trainee'],
  ['unknown', 'other-pupils can !classroom-talk !careers-fair'],
  ['about-somebody', 'family happened !me !seek'],
  // One pupil chosen beforehand.
  ['unknown', 'family me can host !question'],
  ['unknown', 'family me can take placement !question'],
  ['not-placing-pupils', 'family seek !classroom-talk'],
  ['not-placing-pupils', 'family placement !classroom-talk !speak'],
  ['not-placing-pupils', 'family trainee !classroom-talk'],
  ['not-placing-pupils', 'family host !classroom-talk'],
  ['not-placing-pupils', 'pupil-self seek'],
  ['not-placing-pupils', 'pupil-self placement'],
  ['not-placing-pupils', 'seek !first-offer !trainee !host !take !find-first !withdraw !mine'],
  ['about-somebody', 'name-first !me !find-first'],
  ['about-somebody', 'name happened !me !find'],
  ['about-somebody', 'somebody !me !find !question'],
  ['about-somebody', 'pupil happened !me !find !meeting !question'],
  ['mine', 'cannot-come !foreign'],
  ['mine', 'mine refuse !foreign !preferences'],
  ['mine', 'mine withdraw !foreign !and-also'],
  ['preferences', 'preferences silence refuse'],
  ['preferences', 'preferences silence not !meeting !can'],
  ['unknown', 'either host meeting'],
  ['unknown', 'either placement meeting'],
  ['unknown', 'either trainee meeting'],
  ['unknown', 'and-also withdraw host'],
  ['unknown', 'and-also withdraw take'],
  ['unknown', 'and-also host meeting'],
  ['unknown', 'and-also placement meeting'],
  ['unknown', 'and-also publish host'],
];

/** How much a condition speaks for a request, or against it. */
export const votes: readonly (readonly [RequestIntent, number, When])[] = [
  ['volunteer', 2, 'meeting'],
  ['volunteer', 2, 'meeting offering'],
  ['volunteer', 1, 'meeting level'],
  ['volunteer', 1, 'meeting pupil'],
  ['volunteer', 1, 'meeting class'],
  ['volunteer', -2, 'joining'],
  ['volunteer', -3, 'which meeting'],
  ['volunteer', 1, 'class level'],
  ['volunteer', 1, 'class school-name'],
  ['volunteer', 3, 'visiting-them'],
  ['volunteer', 2, 'class'],
  ['volunteer', 3, 'host-class'],
  ['volunteer', 2, 'speak pupil'],
  ['volunteer', 2, 'speak level'],
  ['volunteer', 2, 'speak school'],
  ['volunteer', 3, 'meet pupil'],
  ['volunteer', 2, 'meet level'],
  ['volunteer', 2, 'go school'],
  ['volunteer', 1, 'go level'],
  ['volunteer', 3, 'volunteering'],
  ['volunteer', 1, 'can'],
  ['volunteer', 1, 'can meeting'],
  ['volunteer', 1, 'first-offer'],
  ['volunteer', -3, 'trainee'],
  ['volunteer', -3, 'placement'],
  ['volunteer', -2, 'mine'],
  ['volunteer', -3, 'wanted people'],

  ['host', 2, 'host'],
  ['host', 2, 'host pupil'],
  ['host', 2, 'host placement-level'],
  ['host', 3, 'trainee'],
  ['host', 2, 'take pupil'],
  ['host', 2, 'take placement-level'],
  ['host', 1, 'take trainee'],
  ['host', 2, 'placement'],
  ['host', 2, 'placement take'],
  ['host', 1, 'placement placement-level'],
  ['host', 1, 'placement school-name'],
  ['host', 2, 'count'],
  ['host', 1, 'count placement-level'],
  ['host', 1, 'count placement'],
  ['host', 3, 'count-places placement-level'],
  ['host', 3, 'count-places placement'],
  ['host', 2, 'count-places host'],
  ['host', 2, 'count-places trainee'],
  ['host', 2, 'count-places pupil'],
  ['host', -2, 'level !placement-level'],
  ['host', 1, 'can'],
  ['host', 1, 'first-offer'],
  ['host', -7, 'host-class'],
  ['host', -2, 'class'],
  ['host', -3, 'company-visit'],
  ['host', -3, 'careers-fair'],
  ['host', -3, 'immersion'],
  ['host', -3, 'classroom-talk'],
  ['host', 3, 'classroom-talk host'],
  ['host', -3, 'mine'],
  ['host', -4, 'wanted people'],

  ['sessions', 3, 'session'],
  ['sessions', 2, 'session join'],
  ['sessions', 6, 'open-seats'],
  ['sessions', 4, 'which meeting'],
  ['sessions', 3, 'joining'],
  ['sessions', 3, 'joining meeting'],
  ['sessions', 5, 'needs'],
  ['sessions', 1, 'join meeting question'],
  ['sessions', -3, 'publish'],
  ['sessions', -4, 'create'],
  ['sessions', -2, 'mine'],

  ['mine', 6, 'mine'],
  ['mine', 3, 'withdraw'],
  ['mine', 2, 'withdraw meeting'],
  ['mine', 2, 'withdraw placement'],
  ['mine', 2, 'withdraw session'],
  ['mine', 1, 'correct'],
  ['mine', 6, 'happened meeting !somebody !can'],
  ['mine', 3, 'mine pending'],
  ['mine', 2, 'mine decided'],
  ['mine', 3, 'mine happened'],
  ['mine', 4, 'past meeting'],
  ['mine', 4, 'past placement'],
  ['mine', 3, 'mine correct'],

  ['agenda', 5, 'agenda'],
  ['agenda', -2, 'mine'],
  ['agenda', -4, 'pending'],
  ['agenda', -3, 'can'],
  ['agenda', -3, 'session'],

  ['progress', 6, 'progress'],
  ['progress', -3, 'mine'],

  ['preferences', 1, 'preferences'],
  ['preferences', 5, 'preferences silence'],
  ['preferences', 3, 'in-language !meeting !class !pupil'],
  ['preferences', -3, 'can meeting'],
  ['preferences', -4, 'withdraw meeting'],

  ['pending', 6, 'pending'],
  ['pending', 5, 'request handle !mine !hostile'],
  ['pending', -2, 'mine'],

  ['publish', 6, 'publish session'],
  ['publish', 6, 'publish need'],
  ['publish', 6, 'publish meeting'],
  ['publish', 3, 'publish'],
  ['publish', 7, 'create session'],
  ['publish', 5, 'create need'],
  ['publish', 5, 'wanted people count-people !can'],
  ['publish', 4, 'wanted people school'],
  ['publish', 4, 'wanted people school count-people'],
  ['publish', -4, 'wanted me can !publish !create'],
  ['publish', 1, 'wanted people meeting'],
  ['publish', -6, 'open-seats'],
  ['publish', -4, 'needs question'],

  ['search', 1, 'find'],
  ['search', 3, 'find request'],
  ['search', 4, 'find name'],
  ['search', 3, 'find school-name'],
  ['search', 4, 'request school-name !can !publish'],
  ['search', 2, 'find-first date'],
  ['search', 3, 'find-first'],
  ['search', 4, 'request name !can !mine'],
  ['search', 4, 'request-first date !pending !handle'],
  ['search', 6, 'request-id'],
  ['search', -4, 'find session'],
  ['search', -4, 'find me trainee'],

  ['help', 6, 'help'],
  ['help', -6, 'volunteering'],

  ['setup', 6, 'setup'],
];

/** What speaks against all these requests. */
export const objections: readonly (readonly [readonly RequestIntent[], number, When])[] = [
  [['volunteer', 'host', 'publish', 'sessions', 'mine', 'agenda', 'pending', 'search'], -8, 'foreign'],
  [['volunteer', 'host', 'publish', 'sessions', 'progress'], -12, 'rule'],
  [['volunteer', 'host', 'publish', 'sessions'], -6, 'name !me'],
  [['volunteer', 'host', 'publish'], -1, 'strange'],
  [['volunteer', 'host', 'publish'], -2, 'very-strange'],
  [['volunteer', 'host', 'publish'], -4, 'negated'],
  [['volunteer', 'host', 'publish'], -5, 'progress'],
  [['volunteer', 'host', 'publish'], -3, 'pending'],
  [['volunteer', 'host'], -4, 'happened !can'],
  [['volunteer', 'host', 'publish'], -8, 'past'],
  [['volunteer', 'host'], -3, 'withdraw'],
  [['volunteer', 'host'], -5, 'open-seats'],
  [['volunteer', 'host'], -4, 'needs question'],
  [['volunteer', 'host'], -4, 'agenda !can'],
  [['volunteer', 'host'], -4, 'help'],
  [['volunteer', 'host', 'agenda'], -3, 'request-id'],
  [['volunteer', 'host'], -3, 'find-first'],
  [['volunteer', 'host', 'publish'], -4, 'show-first'],
  [['volunteer', 'host'], -3, 'publish'],
  [['volunteer', 'host'], -3, 'create session'],
  [['volunteer', 'host'], -3, 'join session'],
];

/** Enough to open something, and enough more than for anything else. */
export const needed = { points: 3, lead: 2 } as const;

const parsed = new Map<When, readonly (readonly [Fact, boolean])[]>();
function parse(when: When): readonly (readonly [Fact, boolean])[] {
  const known = parsed.get(when);
  if (known) return known;
  const conditions = when.split(' ').map((part) => {
    const isAbsent = part.startsWith('!');
    return [(isAbsent ? part.slice(1) : part) as Fact, !isAbsent] as const;
  });
  parsed.set(when, conditions);
  return conditions;
}

/** Whether a condition holds. */
export const holds = (when: When, facts: ReadonlySet<Fact>): boolean =>
  parse(when).every(([fact, isPresent]) => facts.has(fact) === isPresent);
