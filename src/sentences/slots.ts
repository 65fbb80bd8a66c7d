import type { Kind, Level } from '../domain/action.js';
import type { Fact } from './conditions.js';
import { countedWords, findCount, findLoneCount } from './counts.js';
import { joinPeriods } from './dates/index.js';
import type { Parts } from './parts.js';
import type { Intent, Slots } from './understanding.js';
import type { Span } from './vocabulary.js';

/** The requests that have use for the days, places and kinds of a sentence. */
const withSlots: ReadonlySet<Intent> = new Set([
  'volunteer',
  'host',
  'publish',
  'sessions',
  'mine',
  'agenda',
  'progress',
  'pending',
]);

const placementOf: Partial<Record<Level, Kind>> = {
  '3e': 'placement-3e',
  '3e-prepa-metiers': 'placement-prepa-metiers',
  '2de': 'placement-2de',
};

/**
 * What the sentence states for a request, and nothing else.
 * @param isRead whether a token counts: what somebody cannot do is read only when they withdraw from it
 */
export function fillSlots(
  intent: Intent,
  parts: Parts,
  facts: ReadonlySet<Fact>,
  isRead: (at: number) => boolean,
): Slots {
  if (!withSlots.has(intent)) return {};
  const { text, tokens, dates, academies, schools, hoursOf } = parts;
  const stated = <S extends Span>(spans: readonly S[]): S[] => spans.filter(({ start }) => isRead(start));
  const level = stated(parts.levels).find((l) => l.level !== undefined)?.level;
  const isMeeting = intent === 'volunteer' || intent === 'publish';
  const isPlacement = intent === 'host' || (!isMeeting && (facts.has('trainee') || facts.has('placement')));
  const kind = isPlacement ? level && placementOf[level] : findMeeting(intent, parts, facts);
  const names = stated(schools).map(({ start, end }) =>
    text.slice(tokens[start]?.start, tokens[end - 1]?.end),
  );
  const town = chooseTown(parts, isRead);
  const { firstDay, lastDay } = joinPeriods(stated(dates));
  const places = countPlaces(intent, parts, isRead);
  return {
    ...(kind ? { kind } : {}),
    ...(level && !isPlacement ? { level } : {}),
    ...(places !== undefined ? { places } : {}),
    ...(firstDay ? { firstDay } : {}),
    ...(lastDay ? { lastDay } : {}),
    ...hoursOf(isRead),
    ...(academies.length > 0 ? { academies: [...academies] } : {}),
    ...(names.length === 1 && names[0] ? { school: names[0] } : {}),
    ...(names.length > 1 ? { schools: names } : {}),
    ...(town ? { town } : {}),
  };
}

/** The kind of meeting that is named. */
function findMeeting(
  intent: Intent,
  { concepts, tokens }: Parts,
  facts: ReadonlySet<Fact>,
): Kind | undefined {
  // "Qui intervient mardi ?" asks for people, "where do we stand" for figures, not for a kind.
  const asked = (concepts.get(intent === 'agenda' ? 'agenda' : 'progress') ?? []).filter(({ start }) =>
    /^(qui|who|where|anyone|anybody|someone|quelqu)$/.test(tokens[start]?.word ?? ''),
  );
  const isAsked = ({ start, end }: Span) =>
    (intent === 'agenda' &&
      /^(intervient|interviennent|speak|speaks|speaking)$/.test(tokens[start]?.word ?? '')) ||
    asked.some((span) => span.start <= start && end <= span.end);
  const order = ['careers-fair', 'company-visit', 'immersion', 'classroom-talk'] as const;
  const named = order.find((kind) => facts.has(kind) && !(concepts.get(kind) ?? []).every(isAsked));
  if (named || (intent !== 'volunteer' && intent !== 'publish')) return named;
  // A class that is hosted visits the company.
  if (facts.has('host-class')) return 'company-visit';
  const speaks = (['pupil', 'level', 'class', 'school'] as const).some((fact) => facts.has(fact));
  return facts.has('class') || (facts.has('speak') && speaks) ? 'classroom-talk' : undefined;
}

/** The only town; of several, the one behind "but". */
function chooseTown({ towns, concepts }: Parts, isRead: (at: number) => boolean): string | undefined {
  const stated = towns.filter(({ start }) => isRead(start));
  const contrast = concepts.get('contrast')?.[0]?.start;
  const behind = stated.filter(({ start }) => contrast !== undefined && start > contrast);
  const chosen = behind.length > 0 ? behind : stated;
  return chosen.length === 1 ? chosen[0]?.text : undefined;
}

function countPlaces(intent: Intent, parts: Parts, isRead: (at: number) => boolean): number | undefined {
  const { tokens, concepts, levels, towns } = parts;
  // "Quatre places à Lyon, quatre à Issy"
  if ((intent !== 'host' && intent !== 'publish') || towns.length > 1) return undefined;
  const isSkipped = (at: number) => parts.isTaken(at) || !isRead(at);
  const counted =
    intent === 'host'
      ? countedWords(concepts, ['pupil', 'trainee', 'place', 'someone', 'placement'], levels)
      : countedWords(concepts, ['people', 'place'], []);
  return findCount(tokens, counted, isSkipped) ?? findLoneCount(tokens, isSkipped);
}
