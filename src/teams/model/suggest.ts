import { RateLimiterMemory } from 'rate-limiter-flexible';
import { findPersonalData } from '../../domain/personal-data/index.js';
import type { Services } from '../../features/feature.js';
import type { Meaning } from '../../sentences/understanding.js';
import { dayAt } from '../../text/dates.js';
import { toWords } from '../typed-words.js';
import { readPlan } from './read-plan.js';
import { type ModelConfig, toModelSettings } from './settings.js';
import { NoAnswer } from './transport.js';

/** What became of a sentence that the rules did not understand. */
export type SuggestOutcome = 'suggested' | 'none' | 'withheld' | 'limited' | 'late' | 'failed';

/**
 * Asks a model what a sentence means that the rules did not understand; nothing if it does not know, or may not be
 * asked. Never rejects.
 */
export type Suggest = (
  sentence: string,
  personId: string,
  mayNameSomebody: (sentence: string) => Promise<boolean>,
) => Promise<Meaning | undefined>;

export interface ModelLimits {
  /** The whole call, after which help is shown. */
  readonly timeoutMs: number;
  /** Sentences of one person in a minute: each costs money. */
  readonly perMinute: number;
}
export const modelLimits: ModelLimits = { timeoutMs: 3_000, perMinute: 5 };

/** A longer message is no request. */
const longestSentence = 300;

interface SuggestOptions {
  readonly config: ModelConfig;
  /** Reads the key as it is now. */
  readonly key: (() => string) | undefined;
  readonly services: Pick<Services, 'store' | 'clock'>;
  readonly limits: ModelLimits;
  readonly log: { warn(facts: object, text: string): void };
  readonly onOutcome: (outcome: SuggestOutcome) => void;
}

/** Nothing without a key. */
export function createSuggest({
  config,
  key,
  services,
  limits,
  log,
  onOutcome,
}: SuggestOptions): Suggest | undefined {
  const settings = toModelSettings(config);
  if (!settings || !key) return undefined;
  const limiter = new RateLimiterMemory({ points: limits.perMinute, duration: 60 });
  const isWithinLimit = (personId: string): Promise<boolean> =>
    limiter.consume(personId).then(
      () => true,
      () => false,
    );

  const ask = async (sentence: string): Promise<Meaning | undefined> => {
    const { planFor } = await import('./planner.js');
    const today = dayAt(services.clock.now());
    const current = { ...settings, key: key() };
    return readPlan(await planFor(sentence, today, current, AbortSignal.timeout(limits.timeoutMs)), sentence);
  };

  return async (text, personId, mayNameSomebody) => {
    const sentence = text.replace(/\s+/g, ' ').trim();
    let outcome: SuggestOutcome = 'failed';
    try {
      if (
        sentence.length > longestSentence ||
        findPersonalData(sentence) ||
        (await mayNameSomebody(sentence)) ||
        (await namesColleague(sentence, services))
      ) {
        outcome = 'withheld';
        return undefined;
      }
      if (!(await isWithinLimit(personId))) {
        outcome = 'limited';
        return undefined;
      }
      const meaning = await ask(sentence);
      outcome = meaning ? 'suggested' : 'none';
      return meaning;
    } catch (error) {
      // Only what we have worded ourselves: an error of somebody else's may contain the sentence.
      const known = error instanceof NoAnswer ? error : new NoAnswer('an unexpected error');
      if (known.isLate) outcome = 'late';
      log.warn({ reason: known.message }, 'the language model gave no answer');
      return undefined;
    } finally {
      onOutcome(outcome);
    }
  };
}

/** Words inside names that are also in every sentence. */
const particles = new Set('de du des d la le les l da di el al van von den der et'.split(' '));

/** Whether a word of a sentence is part of the name of a person that is known here. */
function namesColleague(sentence: string, { store }: Pick<Services, 'store'>): Promise<boolean> {
  const words = new Set(toWords(sentence).split(' '));
  return store.read(async (reader) => {
    for (const word of words) {
      if (particles.has(word) || /^\d+$/.test(word)) continue;
      const [found] = await reader.list('words', 'byWord', 'person', { from: word, limit: 1 });
      if (found?.word === word) return true;
    }
    return false;
  });
}
