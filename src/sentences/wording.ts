import { isFirstName } from '../domain/personal-data/first-names.js';
import type { Parts } from './parts.js';
import type { Token } from './tokens.js';
import type { Concept } from './vocabulary.js';

/** What a question begins with, and what follows such a word when it begins no question: "why not", "when you like". */
const asking =
  /^(qui|quel|quelle|quels|quelles|quand|combien|pourquoi|comment|who|which|when|why|how|what|where)$/;
const notAsking = /^(pas|ne|not|about|if|vous|tu|ca|que|possible|needed|you|it)$/;
const beforeAsking =
  /^(dis|dites|dire|moi|me|nous|tu|vous|je|j|i|on|peux|pouvez|pourrais|pourriez|peut|veux|voudrais|aimerais|d|like|want|to|sais|savez|savoir|voir|see|show|montre|tell|know|do|you|can|could|please|et|and|so|donc|alors|en|au|fait|juste|just)$/;
export const questionWords =
  /^(qui|que|qu|quoi|quel|quelle|quels|quelles|combien|ou|quand|comment|est|y|what|which|who|where|when|how|is|are|any|do|does|has)$/;

const saysNo = /^(non|nan|pas|jamais|surtout|aucun|aucune|no|nope|nah|not|never)$/;
/** "Non", "No, sorry", "Un stagiaire, non" */
function isFlatNo(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  const last = tokens.at(-1);
  const isNo = (token?: Token) => /^(non|nan|no|nope|nah)$/.test(token?.word ?? '');
  return (isNo(first) && (!second || /[,.!]/.test(second.gap))) || (isNo(last) && /,/.test(last?.gap ?? ''));
}

/** "Host a pupil? Not this year", "No, sorry" */
export const answersNo = (tokens: readonly Token[]): boolean =>
  tokens.some(({ word, gap }) => gap.includes('?') && saysNo.test(word)) || isFlatNo(tokens);

/** What may stand around "je peux accueillir" without saying whom. */
const around: readonly Concept[] = [
  'me',
  'can',
  'host',
  'first-offer',
  'courtesy',
  'greeting',
  'thanks',
  'contrast',
  'not-negative',
];
const small =
  /^(encore|aussi|toujours|cette|annee|again|this|year|there|also|nouveau|chez|from|with|avec|bureaux?)$/;

/** Whether nothing is said but who would host, and when or where. */
export const isBare = ({ tokens, concepts, isTaken }: Parts): boolean =>
  tokens.every(
    ({ word }, at) =>
      word.length <= 3 ||
      isTaken(at) ||
      small.test(word) ||
      around.some((concept) => concepts.get(concept)?.some(({ start, end }) => start <= at && at < end)),
  );

/** Somebody's first name, written with its capital. */
export const isName = ({ type, raw }: Token): boolean =>
  type === 'word' && /^\p{Lu}\p{Ll}/u.test(raw) && isFirstName(raw.normalize('NFD').replace(/\p{Mn}/gu, ''));

/** A name that ends a message after a comma or on a line of its own. */
export const isSignature = (tokens: readonly Token[], at: number): boolean =>
  at > 0 && at === tokens.length - 1 && /[,.!\n-]/.test(tokens[at]?.gap ?? '');

/** Whether the sentence, or a part of it, begins with "who", "when", "how"… */
export function asksSomething({ tokens, concepts }: Parts, isRead: (at: number) => boolean): boolean {
  const isAside = (at: number) =>
    beforeAsking.test(tokens[at]?.word ?? '') ||
    (['greeting', 'courtesy'] as const).some((c) =>
      concepts.get(c)?.some(({ start, end }) => start <= at && at < end),
    );
  // "On accueille deux stagiaires, qui s'en occupe ?" offers before it asks.
  const offersAt = concepts.get('first-offer')?.[0]?.start ?? tokens.length;
  return tokens.some(
    ({ word, gap }, at) =>
      at < offersAt &&
      isRead(at) &&
      (asking.test(word) ||
        (word === 'ou' &&
          /^(est|sont|puis|peut|peux|en|y|on|a|faut|cherche|manque)$/.test(tokens[at + 1]?.word ?? ''))) &&
      !notAsking.test(tokens[at + 1]?.word ?? '') &&
      (/[.,;:!?\n]/.test(gap) || tokens.slice(0, at).every((_, i) => isAside(i))),
  );
}
