import { findPersonalData } from '../domain/personal-data/index.js';
import { parseUai } from '../domain/schools/uai.js';
import { fold } from '../domain/schools/words.js';
import type { Services } from '../features/feature.js';
import { type Start, startValues } from '../features/shared/start.js';
import type { Slots, Understanding } from '../sentences/understanding.js';
import { dayAt } from '../text/dates.js';

/** Understands what people write in their own words. */
export interface UnderstandSentences {
  understand(text: string): Promise<Understanding>;
  /** Whether a sentence may contain somebody's name. */
  mayNameSomebody(text: string): Promise<boolean>;
}

/** The grammar is compiled with the first sentence, so that the start does not wait for it. */
export function createUnderstanding({
  schools,
  calendar,
  convention,
  clock,
}: Pick<Services, 'schools' | 'calendar' | 'convention' | 'clock'>): UnderstandSentences {
  const load = async () => {
    const { preparePlaces, ...grammar } = await import('../sentences/index.js');
    const { company, sites } = convention;
    const { academies } = calendar;
    return { ...grammar, places: preparePlaces({ academies, company, sites, findTown: schools.findTown }) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const today = () => dayAt(clock.now());
  return {
    async understand(text) {
      loaded ??= load();
      const { understand, places } = await loaded;
      return understand(text, { today: today(), places });
    },
    async mayNameSomebody(text) {
      loaded ??= load();
      const { mayNameSomebody, places } = await loaded;
      return mayNameSomebody(text, { today: today(), places });
    },
  };
}

/**
 * What a form or a list begins with, for what a sentence states: its town becomes an académie and a site, its schools
 * those of the directory. A name that could be personal data is dropped.
 */
export function toStart(
  { kind, level, places, firstDay, lastDay, from, until, halfDays, academies, town, query, ...named }: Slots,
  { schools, convention }: Pick<Services, 'schools' | 'convention'>,
): Start {
  const site = convention.sites.find(({ name }) => town && `${fold(name)} `.startsWith(`${fold(town)} `));
  const ofTown = town ? schools.findTown(fold(town).replace(/ \d+(e|er|eme)?$/, '')) : [];
  // Some names belong to several towns.
  const inferred = site ? [site.academie] : ofTown.length === 1 ? ofTown : [];
  const typed = named.schools ?? (named.school ? [named.school] : []);
  const found = typed.map((school) => findSchool(school, town, schools));
  const unknown = typed.filter((_, i) => found[i] === undefined).filter(isHarmless);
  const start: Record<keyof Start, string | undefined> = {
    kind,
    level,
    places: places?.toString(),
    firstDay,
    lastDay,
    from,
    until,
    halfDays: halfDays?.join(','),
    academies: [...(academies ?? inferred)].join(','),
    site: site?.id,
    schools: found.flatMap((uai) => uai ?? []).join(','),
    school: unknown[0],
    town: town && isHarmless(town) ? town : undefined,
    words: query && isHarmless(query) ? query : undefined,
    event: undefined,
    suggestedBy: undefined,
  };
  return Object.fromEntries(Object.entries(start).filter(([, value]) => value)) as Start;
}

/**
 * The same for what a model has made of a sentence, which may state anything: a value that no button could carry, and
 * an académie that does not exist, is dropped.
 */
export function toSuggestedStart(
  slots: Slots,
  services: Pick<Services, 'schools' | 'convention' | 'calendar'>,
): Start {
  const codes = new Set(services.calendar.academies.map(({ code }) => code));
  const { academies, ...others } = slots;
  const known = academies?.filter((code) => codes.has(code)) ?? [];
  const start = toStart(known.length > 0 ? { ...others, academies: known } : others, services);
  const kept = Object.entries(start).filter(
    ([name, value]) => startValues.shape[name as keyof Start].safeParse(value).success,
  );
  return { ...Object.fromEntries(kept), suggestedBy: 'ai' };
}

const isHarmless = (text: string): boolean => findPersonalData(text) === undefined;

/** The UAI code of the only school that fits what was typed. */
function findSchool(
  typed: string,
  town: string | undefined,
  schools: Services['schools'],
): string | undefined {
  const uai = parseUai(typed);
  if (uai) return uai;
  const [only, ...more] = schools.search([typed, town].filter(Boolean).join(' '), { limit: 2 });
  return only && more.length === 0 ? only.uai : undefined;
}
