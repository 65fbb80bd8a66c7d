import type { Parts } from './parts.js';

/** Words that may stand beside a greeting without saying anything. */
const fillers = /^(de|du|des|en|au|aux|et|a|le|la|les|l|d|on|at|the|until|to|jusqu|bien|ok|okay|oh|ah|eh)$/;

/** A message of nothing but thanks or a greeting; nothing for any other. */
export function readSmallTalk({ tokens, concepts, isTaken }: Parts): 'thanks' | 'greeting' | undefined {
  const covered = new Set<number>();
  for (const concept of ['thanks', 'greeting', 'courtesy'] as const)
    for (const { start, end } of concepts.get(concept) ?? [])
      for (let i = start; i < end; i++) covered.add(i);
  const isEmpty = (at: number) => covered.has(at) || fillers.test(tokens[at]?.word ?? '');
  const [thanks, greeting] = [concepts.has('thanks'), concepts.has('greeting')];
  // "Merci, à jeudi"
  if (!tokens.every((_, at) => isEmpty(at) || (thanks && isTaken(at)))) return undefined;
  if (thanks) return 'thanks';
  return greeting ? 'greeting' : undefined;
}
