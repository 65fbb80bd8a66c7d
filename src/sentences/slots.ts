import { type Kind, type Level, meetingKinds } from '../domain/action.js';
import { countedWords, findCount } from './counts.js';
import type { Fact } from './rules.js';
import type { Parts } from './parts.js';
import type { Intent, Slots } from './understanding.js';
import type { Span } from './vocabulary.js';

/** The requests that have use for the days, places and kinds of a sentence. */
const withSlots: ReadonlySet<Intent> = new Set(['volunteer', 'host', 'publish', 'sessions', 'mine', 'agenda', 'progress', 'pending']);

const placementOf: Partial<Record<Level, Kind>> = {
  '3e': 'placement-3e',
  '3e-prepa-metiers': 'placement-prepa-metiers',
  '2de': 'placement-2de',
};

const textOf = ({ text, tokens }: Parts, { start, end }: Span): string =>
  text.slice(tokens[start]?.start, tokens[end - 1]?.end);

/** What the sentence states for a request, and nothing else. */
export function fillSlots(intent: Intent, parts: Parts, facts: ReadonlySet<Fact>): Slots {
  if (!withSlots.has(intent)) return {};
  const { tokens, concepts, period, hours, academies, schools, town, isNegative } = parts;
  const stated = <S extends Span>(spans: readonly S[]): S[] => spans.filter(({ start }) => !isNegative(start));
  const levels = stated(parts.levels);
  const level = levels.find((l) => l.level !== undefined)?.level;
  const isPlacement = intent === 'host' || (intent !== 'volunteer' && intent !== 'publish' && (facts.has('trainee') || facts.has('placement')));
  const placement = isPlacement && level ? placementOf[level] : undefined;
  const kind = isPlacement ? placement : findMeeting(facts);
  const names = stated(schools).map((span) => textOf(parts, span));
  const counted =
    intent === 'host'
      ? countedWords(concepts, ['pupil', 'trainee', 'place'], levels)
      : intent === 'publish'
        ? countedWords(concepts, ['people', 'place'], [])
        : undefined;
  const places = counted && findCount(tokens, counted, (at) => parts.isTaken(at) || isNegative(at));
  return {
    ...(kind ? { kind } : {}),
    ...(level && !isPlacement ? { level } : {}),
    ...(places !== undefined ? { places } : {}),
    ...(period.firstDay ? { firstDay: period.firstDay } : {}),
    ...(period.lastDay ? { lastDay: period.lastDay } : {}),
    ...hours,
    ...(academies.length > 0 ? { academies: [...academies] } : {}),
    ...(names.length === 1 && names[0] ? { school: names[0] } : {}),
    ...(names.length > 1 ? { schools: names } : {}),
    ...(town && !isNegative(town.start) ? { town: textOf(parts, town) } : {}),
  };
}

/** The kind of meeting that is named: what happens before where it happens. */
function findMeeting(facts: ReadonlySet<Fact>): Kind | undefined {
  const order = ['careers-fair', 'company-visit', 'immersion', 'classroom-talk'] as const;
  const named = order.find((kind) => facts.has(kind) && meetingKinds.includes(kind));
  if (named) return named;
  const speaks = facts.has('speak') && (facts.has('pupil') || facts.has('level') || facts.has('class') || facts.has('school'));
  return speaks || facts.has('class') ? 'classroom-talk' : undefined;
}
