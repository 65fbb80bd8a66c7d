import type { Day } from '../domain/days.js';
import { type Fact, ours } from './conditions.js';
import { countedWords, findCount } from './counts.js';
import { toNumber } from './dates/slots.js';
import type { Parts } from './parts.js';
import type { Token } from './tokens.js';
import { type Concept, isKnownWord, type Span } from './vocabulary.js';
import { answersNo, asksSomething, isBare, isName, isSignature, questionWords } from './wording.js';

const meetings = ['classroom-talk', 'careers-fair', 'company-visit', 'immersion'] as const;
/**
 * Everything that holds of a sentence, by which it is understood.
 * @param isRead whether a token counts: those of a part that says no may be left out
 */
export function findFacts(parts: Parts, today: Day, isRead: (at: number) => boolean): Set<Fact> {
  const { tokens, concepts, levels, schools, towns, dates, isTaken, text } = parts;
  const facts = new Set<Fact>();
  for (const [concept, spans] of concepts) if (spans.some(({ start }) => isRead(start))) facts.add(concept);
  // "N'importe quel jour"
  if (concepts.get('agenda')?.every(({ start }) => tokens[start - 1]?.word === 'importe'))
    facts.delete('agenda');
  const isWithin = (inner: Concept, outer: readonly Concept[]) =>
    (concepts.get(inner) ?? []).every((span) =>
      outer.some((concept) =>
        (concepts.get(concept) ?? []).some((o) => o.start <= span.start && span.end <= o.end),
      ),
    );
  // "Tu peux me dire" offers nothing.
  const isSchool = (at: number) =>
    schools.some((s) => s.start <= at && at < s.end) ||
    (concepts.get('school') ?? []).some((s) => s.end === at + 1);
  // "Lycée Hoche in Versailles would like…"
  const beforeTown = (at: number) => {
    const town = towns.find(({ end }) => end === at);
    return town && /^(in|a|de|d)$/.test(tokens[town.start - 1]?.word ?? '') ? town.start - 1 : at;
  };
  // "Un volontaire pour une classe" is wanted, "volontaire pour" offers.
  const isWanted = (at: number) =>
    /^(volontaire|volunteer)/.test(tokens[at]?.word ?? '') &&
    (/^(un|une|d|de|des|a|an|some)$/.test(tokens[at - 1]?.word ?? '') || tokens[at - 1]?.type === 'number');
  const isOthers = ({ start, end }: Span) =>
    isWanted(start) ||
    (isSchool(beforeTown(start) - 1) &&
      /^(would|wants?|voudrait|aimerait|souhait.*|veut|can|could|peut|pourrait)$/.test(
        tokens[start]?.word ?? '',
      )) ||
    (/^(tu|vous|il|elle|ils|elles|you|he|she|they)$/.test(tokens[start - 1]?.word ?? '') &&
      tokens[start]?.word !== 'possible') ||
    /^(tu|vous|you|he|she|they)$/.test(tokens[end]?.word ?? '');
  if (concepts.get('can')?.every((span) => isOthers(span) || !isRead(span.start))) facts.delete('can');
  const wordsBefore = (at: number, n: number) =>
    tokens
      .slice(Math.max(0, at - n), at)
      .map((t) => t.word)
      .join(' ');
  // "The post about…", "l'annonce" are there already.
  const isThere = ({ start }: Span) =>
    /^(the|your|that|l|cette|votre|ton|les|ces|des)$/.test(tokens[start - 1]?.word ?? '') ||
    // "I saw a post"; "je n'annonce rien"
    /^(saw|seen|read|spotted|vu|lu) (a|an|un|une)$/.test(wordsBefore(start, 2)) ||
    /^(n|ne)$/.test(tokens[start - 1]?.word ?? '') ||
    !isRead(start);
  for (const concept of ['publish', 'publishing'] as const)
    if (concepts.get(concept)?.every(isThere)) facts.delete(concept);
  // To visit a school is no visit of the company, and a speed meeting no meeting.
  if (isWithin('company-visit', ['visiting-them', 'going-away'])) facts.delete('company-visit');
  if (isWithin('rule', ['can'])) facts.delete('rule');
  if (
    concepts
      .get('foreign')
      ?.every(({ start }) => /^(service|departement|pole|direction)$/.test(tokens[start - 1]?.word ?? ''))
  )
    facts.delete('foreign');
  // "Moi c'est Karim, électricien, je peux…" says who offers.
  const isTradeOf = ({ start, end }: Span) =>
    /^(je suis|en tant que|as an?|i m an?|am an?)$/.test(wordsBefore(start, 2)) ||
    (tokens[start]?.gap.includes(',') && tokens[end]?.gap.includes(','));
  if (
    isWithin('foreign', [...meetings, 'meet', 'progress']) ||
    (facts.has('can') && concepts.get('foreign')?.every(isTradeOf))
  )
    facts.delete('foreign');
  // "Recevoir un ingénieur dans sa classe"
  if (
    concepts
      .get('host-class')
      ?.every(({ start, end }) =>
        tokens
          .slice(start, end)
          .some(
            (t, i) =>
              /^(dans|en|in)$/.test(t.word) &&
              /^(sa|ma|une|la|classe|class|her|his|a|the|my)$/.test(tokens[start + i + 1]?.word ?? ''),
          ),
      )
  )
    facts.delete('host-class');
  // "Un stagiaire dans l'atelier", "mon atelier ouvre une place": a workshop.
  const isWorkshop = (at: number) =>
    /^ateliers?$/.test(tokens[at]?.word ?? '') &&
    (/^(dans|a) (l|notre|nos|mon|un)$/.test(wordsBefore(at, 2)) ||
      (concepts.get('first-offer') ?? []).some(({ start, end }) => start < at && at < end));
  const hosts = (['place', 'placement', 'trainee'] as const).some((concept) => concepts.has(concept));
  if (
    concepts
      .get('classroom-talk')
      ?.every(({ start }) => isWorkshop(start) || (hosts && /^ateliers?$/.test(tokens[start]?.word ?? '')))
  )
    facts.delete('classroom-talk');
  if (isWithin('mine', ['first-offer'])) facts.delete('mine');
  // "N'importe quel matin" asks nothing.
  if (!concepts.get('which')?.some(({ start }) => start <= 2)) facts.delete('which');
  const startsWith = (concept: Concept) =>
    (concepts.get(concept) ?? []).some(({ start }) =>
      tokens
        .slice(0, start)
        .every((t) => /^(la|le|les|l|the|tu|peux|pouvez|vous|can|you|please|s|il)$/.test(t.word)),
    );
  // What is offered is said by another word than what it is.
  const isKind = ({ start, end }: Span) =>
    meetings.some((kind) => (concepts.get(kind) ?? []).some((k) => k.start <= start && end <= k.end));
  if ((concepts.get('offering') ?? []).every((span) => isKind(span) || !isRead(span.start)))
    facts.delete('offering');
  const add = (fact: Fact, isTrue: boolean) => {
    if (isTrue) facts.add(fact);
  };
  const readLevels = levels.filter(({ start }) => isRead(start));
  const isFree = (at: number) => isTaken(at) || !isRead(at);
  const counted = (which: readonly Concept[], also: readonly Span[]) =>
    findCount(tokens, countedWords(concepts, which, also), isFree) !== undefined;
  add('level', readLevels.length > 0);
  add(
    'placement-level',
    readLevels.some(({ level }) => level !== undefined && /^(2de|3e)/.test(level)),
  );
  add('count', counted(['pupil', 'trainee', 'someone', 'placement'], readLevels));
  add('count-places', counted(['place'], []));
  add(
    'either',
    tokens.some(
      ({ word }, at) =>
        !isTaken(at) &&
        /^(ou|or)$/.test(word) &&
        // "Un ou deux"
        (toNumber(tokens[at - 1] ?? blank) ?? toNumber(tokens[at + 1] ?? blank)) === undefined,
    ),
  );
  add('show-first', startsWith('show'));
  add('can-first', startsWith('can'));
  add('request-first', startsWith('request'));
  add('count-people', counted(['people'], []));
  add(
    'past',
    dates.some(({ start, period }) => isRead(start) && (period.lastDay ?? period.firstDay ?? today) < today),
  );
  add(
    'date',
    dates.some(({ start }) => isRead(start)),
  );
  add('town', towns.length > 0);
  add('school-name', schools.length > 0);
  const names = tokens.flatMap((t, i) =>
    !isTaken(i) && isName(t) && !isSignature(tokens, i) && !/^(ici|here)$/.test(tokens[i + 1]?.word ?? '')
      ? [i]
      : [],
  );
  add('name', names.length > 0);
  const [first] = names;
  const beforeName = tokens.slice(0, first).map((t) => t.word);
  add(
    'name-first',
    first !== undefined &&
      first < tokens.length - 1 &&
      beforeName.every((w) => /^(bonjour|salut|hello|hi|et|donc)$/.test(w)) &&
      / /.test(tokens[first + 1]?.gap ?? ''),
  );
  add(
    'request-id',
    (concepts.get('request-number') ?? []).some(({ end }) => tokens[end]?.type === 'number'),
  );
  add(
    'find-first',
    (concepts.get('find') ?? []).some(
      ({ start }) =>
        start <= 1 && tokens.slice(0, start).every((t) => !/^(je|j|i|we|on|nous|le|la|les)$/.test(t.word)),
    ),
  );
  add('question', text.includes('?') || questionWords.test(tokens[0]?.word ?? ''));
  add('asks', asksSomething(parts, isRead));
  if (facts.has('asks')) facts.delete('first-offer');
  // "Volontaire ! En 4e, mercredi"
  if (
    /^(volontaire|volunteer)$/.test(tokens[0]?.word ?? '') &&
    (tokens.length === 1 || /[!,.:]/.test(tokens[1]?.gap ?? ''))
  ) {
    facts.delete('helpers');
    facts.add('volunteering');
  }
  const afterQuestion = tokens.findLastIndex(({ gap }) => gap.includes('?'));
  const answersItself =
    afterQuestion > 0 &&
    tokens.length - afterQuestion < 9 &&
    !facts.has('asks') &&
    facts.has('wanted') &&
    concepts.get('can')?.some(({ start }) => start >= afterQuestion);
  add('if-wanted', answersItself === true);
  // "Any class that wants an engineer? I'm in"
  if (/ ?(i m in|j en suis|je suis la)$/.test(wordsBefore(tokens.length, 3)) && facts.has('question')) {
    facts.add('can');
    facts.add('if-wanted');
  }
  add('negated', facts.has('not') && !facts.has('not-negative') && !facts.has('contrast'));
  const strange = tokens.filter(
    (t, i) => isRead(i) && !isTaken(i) && t.type === 'word' && t.word.length > 3 && !isKnownWord(t.word),
  );
  add('bare', isBare(parts));
  add('strange', strange.length > 0);
  add('very-strange', strange.length > 2);
  add(
    'meeting',
    meetings.some((kind) => facts.has(kind)),
  );
  add(
    'definite',
    [...meetings, 'session' as const].some((concept) =>
      concepts
        .get(concept)
        ?.some(({ start }) => [start - 1, start].some((at) => definite.test(tokens[at]?.word ?? ''))),
    ),
  );
  add('answers-no', answersNo(tokens));
  add(
    'ours',
    ours.some((fact) => facts.has(fact)),
  );
  return facts;
}

const blank: Token = { type: 'dash', word: '', raw: '', start: 0, end: 0, gap: '' };
const definite = /^(le|la|l|au|ce|cette|the|this|that)$/;
