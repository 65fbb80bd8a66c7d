import type { Action } from '../../domain/action.js';
import { countFilledPlaces } from '../../domain/placements/places.js';
import type { Text } from '../../text/text.js';
import { breakLongWords } from '../../text/typeset.js';

/** "elle a eu lieu, avec 28 élèves", "elle n'a pas eu lieu" */
export const describeAnswer = (
  { state, pupils }: { readonly state: Action['state']; readonly pupils: number },
  t: Text,
): string => (state === 'held' ? t('outcome.said.held', { count: pupils }) : t('outcome.said.not-held'));

/** What was answered about an action. */
export const recordedAnswer = ({ state, outcome }: Action) => ({ state, pupils: outcome?.pupils ?? 0 });

/** The pupils that are expected when that is known: those of the filled places, otherwise of the offered ones. */
export const countExpectedPupils = (action: Action): number | undefined =>
  countFilledPlaces(action) ?? action.places;

interface Signature {
  readonly by: string;
  readonly at: string;
}
const signed =
  (key: 'outcome.settledBy' | 'outcome.correctedBy') =>
  ({ by, at }: Signature, name: (id: string) => string, t: Text): string =>
    t(key, { name: breakLongWords(name(by)), when: t.dates.instant(at) });

/** ", réponse choisie par Hugo Témoin, lundi 23 novembre à 10 h 12": who settled two answers, for a TextRun. */
export const settledByText = signed('outcome.settledBy');
/** ", nombre corrigé par Hugo Témoin, lundi 23 novembre à 10 h 12", for a TextRun. */
export const correctedByText = signed('outcome.correctedBy');
