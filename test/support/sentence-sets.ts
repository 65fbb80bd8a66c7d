/** Labelled sentences (test/sentences/README.md), and how well they are understood. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readCalendar } from '../../src/reference/calendar/read-calendar.js';
import { readConvention } from '../../src/reference/convention.js';
import { openSchools } from '../../src/reference/schools/school-list.js';
import { preparePlaces } from '../../src/sentences/known-places.js';
import type { SentenceContext } from '../../src/sentences/parts.js';
import { understand } from '../../src/sentences/understand.js';
import { type Intent, meaningSchema, type Slots } from '../../src/sentences/understanding.js';

/** A Thursday. */
export const usualDay = '2026-11-26';

const labelled = meaningSchema.extend({
  text: z.string(),
  today: z.string().optional(),
  note: z.string().optional(),
});
export type Labelled = z.infer<typeof labelled>;

const fileOf = (name: string): string => join('test/sentences', `${name}.json`);

/** The sets that the rules were tuned on, and the one that they have never seen. */
export const setNames = (): string[] =>
  ['tuned', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'held-out'].filter((name) =>
    existsSync(fileOf(name)),
  );

export const readSet = (name: string): Labelled[] =>
  z.array(labelled).parse(JSON.parse(readFileSync(fileOf(name), 'utf8')));

/** Sentences of which only the intent is labelled. */
export const readParaphrased = (): Pick<Labelled, 'text' | 'intent'>[] =>
  z
    .array(labelled.pick({ text: true, intent: true }))
    .parse(JSON.parse(readFileSync(fileOf('paraphrased'), 'utf8')));

/** What the bot knows of places, from the files of the repository. */
export function readContext(today = usualDay): SentenceContext {
  const { academies } = readCalendar('data');
  const { company, sites } = readConvention('convention.json', academies);
  const { findTown } = openSchools('data/schools.json');
  return { today, places: preparePlaces({ academies, company, sites, findTown }) };
}

/** Requests that open a form. */
export const forms: ReadonlySet<Intent> = new Set(['volunteer', 'host', 'publish']);

const canonical = (slots: Slots): string =>
  JSON.stringify(Object.entries(slots).sort(([a], [b]) => (a < b ? -1 : 1)));

export interface Score {
  readonly sentences: number;
  /** In percent. */
  readonly rightIntents: number;
  /** In percent of the sentences that state something, or of which something was read. */
  readonly rightSlots: number;
  /** Sentences for which a form is opened that is not the one they ask for. */
  readonly wrongForms: readonly string[];
  /** In milliseconds, the slowest of a hundred sentences. */
  readonly p99: number;
  readonly misses: readonly { readonly text: string; readonly expected: string; readonly found: string }[];
}

/** How long something takes, in milliseconds: the best of three, because other processes come in between. */
export function timeOf(run: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}

const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (100 * part) / whole);

/** How well a set is understood. */
export function score(set: readonly Labelled[]): Score {
  const context = readContext();
  const times: number[] = [];
  const misses: Score['misses'][number][] = [];
  const wrongForms: string[] = [];
  let [intents, withSlots, slots] = [0, 0, 0];
  for (const { text, intent, slots: expected, today } of set) {
    const known = { ...context, today: today ?? usualDay };
    const found = understand(text, known);
    times.push(timeOf(() => understand(text, known)));
    const [wanted, got] = [canonical(expected), canonical(found.slots)];
    if (found.intent === intent) intents++;
    else if (forms.has(found.intent)) wrongForms.push(text);
    if (wanted !== '[]' || got !== '[]') {
      withSlots++;
      if (wanted === got) slots++;
    }
    if (found.intent !== intent || wanted !== got)
      misses.push({
        text,
        expected: `${intent} ${JSON.stringify(expected)}`,
        found: `${found.intent} ${JSON.stringify(found.slots)}`,
      });
  }
  times.sort((a, b) => a - b);
  return {
    sentences: set.length,
    rightIntents: percent(intents, set.length),
    rightSlots: percent(slots, withSlots),
    wrongForms,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
    misses,
  };
}
