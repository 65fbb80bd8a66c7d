import { isFirstName } from '../domain/personal-data/first-names.js';
import type { Parts } from './parts.js';
import type { Token } from './tokens.js';
import type { Concept } from './vocabulary.js';

/** What a question begins with, and what follows such a word when it begins no question: "why not", "when you like". */
export const asking =
  /^(qui|quel|quelle|quels|quelles|quand|combien|pourquoi|comment|who|which|when|why|how|what|where)$/;
export const notAsking = /^(pas|ne|not|about|if|vous|tu|ca|que|possible|needed|you|it)$/;
export const beforeAsking =
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
  at > 0 && at === tokens.length - 1 && /[,\n-]/.test(tokens[at]?.gap ?? '');
