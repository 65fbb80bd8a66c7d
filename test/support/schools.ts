import type { School, SchoolKind } from '../../src/domain/schools/school.js';
import { addKeyLetter, uaiPrefix } from '../../src/domain/schools/uai.js';
import { calendar } from './builders.js';

/** A school; its code is of the series that no real school has. */
export const aSchool = (overrides: Partial<School> = {}): School => ({
  uai: addKeyLetter('0699001'),
  name: 'Collège Exemple des Tilleuls',
  kind: 'college',
  town: 'Lyon 3e',
  postcode: '69003',
  departement: '69',
  academie: '10',
  sector: 'public',
  ...overrides,
});

/** The same numbers each time, from 0 to 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Names that hundreds of French schools have, those of saints for private ones. */
const publicNames = [
  'Jean Moulin',
  'Jules Ferry',
  'Victor Hugo',
  'Jean-Jacques Rousseau',
  'Jean Jaurès',
  'Louis Pasteur',
  'Marie Curie',
  'Pierre et Marie Curie',
  'Louise Michel',
  'Simone Veil',
  'Joliot-Curie',
  'Jacques Prévert',
  'Antoine de Saint-Exupéry',
  'Georges Brassens',
  'Émile Zola',
  'René Descartes',
  "Jeanne d'Arc",
  'Albert Camus',
  'Paul Éluard',
  'Honoré de Balzac',
  'Alphonse Daudet',
  'Frédéric Mistral',
  'Anne Frank',
  'Rosa Parks',
  'Gustave Eiffel',
  'Léonard de Vinci',
  'Jean-Baptiste Corot',
  'du Parc',
  'de la Vallée',
  "de l'Europe",
  'des Tilleuls',
  'Henri IV',
  '8 mai 1945',
  "Les Hauts de l'Orme",
  'La Croix Blanche',
];
const privateNames = [
  'Saint-Joseph',
  'Sainte-Marie',
  'Notre-Dame',
  'Saint-Louis',
  'Sacré-Cœur',
  'Saint-Jean',
  'Sainte-Thérèse',
  'Notre-Dame de Lourdes',
  'Saint-Charles',
  'La Salle',
];

/** Real towns, so that searches read as people type them; the schools in them are invented. */
const towns: readonly (readonly [departement: string, town: string, postcode: string])[] = [
  ...Array.from(
    { length: 20 },
    (_, i) => ['75', `Paris ${i + 1}${i ? 'e' : 'er'}`, `750${String(i + 1).padStart(2, '0')}`] as const,
  ),
  ...Array.from({ length: 9 }, (_, i) => ['69', `Lyon ${i + 1}${i ? 'e' : 'er'}`, `6900${i + 1}`] as const),
  ...Array.from(
    { length: 16 },
    (_, i) => ['13', `Marseille ${i + 1}${i ? 'e' : 'er'}`, `130${String(i + 1).padStart(2, '0')}`] as const,
  ),
  ['01', 'Bourg-en-Bresse', '01000'],
  ['06', 'Nice', '06000'],
  ['2A', 'Ajaccio', '20000'],
  ['2B', 'Bastia', '20200'],
  ['21', 'Dijon', '21000'],
  ['31', 'Toulouse', '31000'],
  ['33', 'Bordeaux', '33000'],
  ['34', 'Montpellier', '34000'],
  ['35', 'Rennes', '35000'],
  ['35', 'Saint-Malo', '35400'],
  ['38', 'Grenoble', '38000'],
  ['42', 'Saint-Étienne', '42000'],
  ['44', 'Nantes', '44000'],
  ['54', 'Nancy', '54000'],
  ['57', 'Metz', '57000'],
  ['59', 'Lille', '59000'],
  ['62', 'Arras', '62000'],
  ['63', 'Clermont-Ferrand', '63000'],
  ['67', 'Strasbourg', '67000'],
  ['69', 'Bron', '69500'],
  ['69', 'Sainte-Foy-lès-Lyon', '69110'],
  ['69', 'Villeurbanne', '69100'],
  ['76', 'Le Havre', '76600'],
  ['92', 'Issy-les-Moulineaux', '92130'],
  ['93', 'Saint-Denis', '93200'],
  ['93', 'Aulnay-sous-Bois', '93600'],
  ['94', "L'Haÿ-les-Roses", '94240'],
  ['974', 'Saint-Denis', '97400'],
  ['972', 'Fort-de-France', '97200'],
];

const title: Readonly<Record<SchoolKind, string>> = {
  college: 'Collège',
  'lycee-gt': 'Lycée général et technologique',
  'lycee-polyvalent': 'Lycée polyvalent',
  'lycee-pro': 'Lycée professionnel',
  erea: 'EREA',
};
const kinds: readonly SchoolKind[] = [
  ...Array<SchoolKind>(14).fill('college'),
  ...Array<SchoolKind>(4).fill('lycee-gt'),
  ...Array<SchoolKind>(3).fill('lycee-polyvalent'),
  ...Array<SchoolKind>(4).fill('lycee-pro'),
];

const syllables = 'ba bel bour champ char dor fon gran lan mar mon nau pier ro sau ter val ver vi zac'.split(
  ' ',
);
const endings = ['sur-Loire', 'en-Plaine', 'les-Bains', 'sous-Bois', 'le-Vieux', '', '', ''];

/** As many schools as asked, all invented, with as many homonyms as France has; the same each time. */
export function manySchools(count: number): School[] {
  const next = random(20_261_123);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const word = () => {
    const made = `${pick(syllables)}${pick(syllables)}${pick(syllables)}`;
    return made.charAt(0).toUpperCase() + made.slice(1);
  };
  const academieOf = new Map(calendar.academies.flatMap((a) => a.departements.map((d) => [d, a.code])));
  const departements = [...academieOf.keys()];
  const village = (d: string): readonly [string, string, string] => {
    const town = [...(next() < 0.15 ? ['Saint'] : []), word(), ...[pick(endings)].filter(Boolean)].join('-');
    const start = d.startsWith('2A') || d.startsWith('2B') ? '20' : d.slice(0, 2);
    return [d, town, `${start}${100 + Math.floor(next() * 899)}`];
  };
  const serial = new Map<string, number>();
  return Array.from({ length: count }, (_, i): School => {
    // A third in the towns above, the others in villages of all départements; half are named after the famous.
    const [d, town, postcode] =
      i % 3 === 0 ? pick(towns) : village(departements[i % departements.length] ?? '');
    const sector = next() < 0.2 ? 'private' : 'public';
    const kind = next() < 0.01 ? 'erea' : pick(kinds);
    const famous = pick(sector === 'private' ? privateNames : publicNames);
    const name = next() < 0.5 ? famous : `${famous.split(' ')[0]} ${word()}`;
    const n = (serial.get(d) ?? 0) + 1;
    serial.set(d, n);
    const network = kind === 'college' && sector === 'public' && next() < 0.2;
    return {
      uai: addKeyLetter(`${uaiPrefix(d)}${String(n).padStart(4, '0')}`),
      name: `${title[kind]} ${sector === 'private' ? 'privé ' : ''}${name}`,
      kind,
      town,
      postcode,
      departement: d,
      academie: academieOf.get(d) ?? '',
      sector,
      ...(network ? { priority: next() < 0.6 ? 'REP' : 'REP+' } : {}),
    };
  });
}
