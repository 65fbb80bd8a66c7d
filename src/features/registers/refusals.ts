import type { Entry } from '../../domain/registers/entry.js';
import type { FactFault } from '../../domain/registers/facts.js';
import type { EntryRefusal } from '../../domain/registers/table.js';
import type { Day, Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import type { Fault } from '../shared/form.js';
import { tellLast } from './state.js';

/** What is refused because a field is empty, which needs no explanation. */
export const missing = [
  'title-missing',
  'party-missing',
  'day-missing',
  'due-missing',
  'collects-missing',
  'office-missing',
  'text-missing',
] as const;

type Because = FactFault['because'] | EntryRefusal | 'collects-missing' | 'office-named' | 'changed';

/** A refusal by a rule, in words. */
export function describeRefusal(because: Because, day: Day | undefined, t: Text): Fault {
  if ((missing as readonly string[]).includes(because)) return { text: t.at(`registers.missing.${because}`) };
  const params = day ? { day: t.dates.long(day) } : {};
  return {
    text: t.at(`registers.refused.${because}.what`, params),
    why: t.at(`registers.refused.${because}.why`, params),
  };
}

/** The same for a move of an entry: if somebody was faster, with what they did. */
export async function describeMoveRefusal(
  reader: Reader,
  entry: Entry,
  because: EntryRefusal | 'changed',
  day: Day | undefined,
  t: Text,
): Promise<Fault> {
  const fault = describeRefusal(because, day, t);
  if (because !== 'moved' && because !== 'changed') return fault;
  return { ...fault, why: [await tellLast(reader, entry, t), fault.why].filter(Boolean).join(' ') };
}

/** The field at which a refusal is told; what is about the whole entry is told above all of them. */
export function fieldOf(because: EntryRefusal | 'changed'): 'day' | 'office' | 'text' | 'form' {
  switch (because) {
    case 'office-missing':
      return 'office';
    case 'text-missing':
      return 'text';
    case 'day-missing':
    case 'day-ahead':
    case 'day-order':
    case 'over-time':
      return 'day';
    default:
      return 'form';
  }
}
