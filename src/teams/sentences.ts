import { findPersonalData } from '../domain/personal-data/index.js';
import { parseUai } from '../domain/schools/uai.js';
import { fold } from '../domain/schools/words.js';
import type { Services } from '../features/feature.js';
import type { Start } from '../features/shared/start.js';
import type { Slots, Understanding } from '../sentences/understanding.js';
import { dayAt } from '../text/dates.js';

/** Understands what people write in their own words. */
export type UnderstandSentence = (text: string) => Promise<Understanding>;

/** The grammar is compiled with the first sentence, so that the start does not wait for it. */
export function createUnderstanding({
  schools,
  calendar,
  convention,
  clock,
}: Pick<Services, 'schools' | 'calendar' | 'convention' | 'clock'>): UnderstandSentence {
  const load = async () => {
    const { understand, preparePlaces } = await import('../sentences/index.js');
    const { company, sites } = convention;
    const { academies } = calendar;
    const places = preparePlaces({ academies, company, sites, findTown: schools.findTown });
    return (text: string) => understand(text, { today: dayAt(clock.now()), places });
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async (text) => {
    loaded ??= load();
    return (await loaded)(text);
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
  };
  return Object.fromEntries(Object.entries(start).filter(([, value]) => value)) as Start;
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
