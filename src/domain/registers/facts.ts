import { terminationDay } from '../convention/deadlines.js';
import { addDays, type Day } from '../days.js';
import type { Entry, EntryFacts } from './entry.js';
import { type EntryKind, entryShapes } from './kinds.js';
import { lacksAmendment } from './moves.js';
import type { EntryRefusal } from './table.js';

/** No convention of this kind is older; an earlier year is a slip. */
const firstDay: Day = '2000-01-01';
/** A convention lasts 3 years; a day much later is a slip. */
const daysAhead = 3_653;

type FactRefusal =
  | `${'title' | 'party' | 'due'}-missing`
  | 'too-old'
  | 'too-far'
  | 'due-order'
  | Extract<EntryRefusal, 'day-missing' | 'day-ahead' | 'before-term' | 'no-amendment'>;

export interface FactFault {
  readonly field: keyof EntryFacts;
  readonly because: FactRefusal;
  /** The first or last day that would do. */
  readonly day?: Day;
}

/**
 * What is wrong with the facts of an entry.
 * @param entry what is stored, when it is edited
 */
export function checkFacts(
  kind: EntryKind,
  facts: EntryFacts,
  entry: Entry | undefined,
  today: Day,
): FactFault[] {
  const shape = entryShapes[kind];
  const missing = (['title', 'party', 'day', 'due'] as const).flatMap((field): FactFault[] =>
    shape[field] === 'required' && !facts[field] ? [{ field, because: `${field}-missing` }] : [],
  );
  return [...missing, ...checkDays(kind, facts, today), ...checkCollection(facts, entry)];
}

function checkDays(kind: EntryKind, facts: EntryFacts, today: Day): FactFault[] {
  const [day, due] = (['day', 'due'] as const).map((field) =>
    entryShapes[kind][field] === 'none' ? undefined : facts[field],
  );
  const faults: FactFault[] = [];
  const last = addDays(today, daysAhead);
  if (day && day > today) faults.push({ field: 'day', because: 'day-ahead' });
  for (const [field, value] of [
    ['day', day],
    ['due', due],
  ] as const)
    if (value && value < firstDay) faults.push({ field, because: 'too-old', day: firstDay });
  if (due && due > last) faults.push({ field: 'due', because: 'too-far', day: last });
  if (!day || !due || faults.length > 0) return faults;
  const term = terminationDay(day);
  if (kind === 'termination' && due < term) return [{ field: 'due', because: 'before-term', day: term }];
  return due < day ? [{ field: 'due', because: 'due-order', day }] : [];
}

/** A tool in use does not begin to collect personal data without its amendment (article 7). */
const checkCollection = ({ collects }: EntryFacts, entry: Entry | undefined): FactFault[] =>
  entry?.state === 'in-use' && collects && lacksAmendment({ collects, history: entry.history })
    ? [{ field: 'collects', because: 'no-amendment' }]
    : [];
