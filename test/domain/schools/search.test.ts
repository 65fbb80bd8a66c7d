import fc from 'fast-check';
import { isOneEditApart } from '../../../src/domain/schools/edit-distance.js';
import { fieldWeights, typoWeights } from '../../../src/domain/schools/ranking.js';
import { type School, schoolLabel } from '../../../src/domain/schools/school.js';
import { createSchoolIndex } from '../../../src/domain/schools/search.js';
import { addKeyLetter, uaiPrefix } from '../../../src/domain/schools/uai.js';
import { fold, toWords } from '../../../src/domain/schools/words.js';
import { aSchool, manySchools } from '../../support/schools.js';

let serial = 9000;
/** A school that people look for among the many. */
const known = (
  kind: School['kind'],
  name: string,
  town: string,
  postcode: string,
  departement: string,
  sector: School['sector'] = 'public',
) => {
  const uai = addKeyLetter(`${uaiPrefix(departement)}${++serial}`);
  return aSchool({ uai, kind, name, town, postcode, departement, academie: '10', sector });
};

const tilleuls = known('college', 'Collège des Tilleuls Fictifs', 'Lyon 3e', '69003', '69');
const looked: readonly School[] = [
  tilleuls,
  known('college', 'Collège Jean Moulin', 'Lyon 3e', '69003', '69'),
  known('college', 'Collège Jean Moulin', 'Paris 20e', '75020', '75'),
  known('college', 'Collège Jean Moulin', 'Aubervilliers', '93300', '93'),
  known('lycee-pro', 'Lycée professionnel Jean Moulin', 'Le Bouscat', '33110', '33'),
  known('lycee-polyvalent', 'Lycée polyvalent Jean Moulin', 'Béziers', '34500', '34'),
  known('college', 'Collège Jules Ferry', 'Paris 9e', '75009', '75'),
  known('lycee-gt', 'Lycée général et technologique Jules Ferry', 'Cannes', '06400', '06'),
  known('college', 'Collège privé Saint-Joseph', 'Cholet', '49300', '49', 'private'),
  known('college', 'Institution Saint Joseph', 'Cambrai', '59400', '59', 'private'),
  known('lycee-gt', 'Lycée Ste Marie', 'Neuilly-sur-Seine', '92200', '92', 'private'),
  known('college', 'Collège St-Exupéry', 'Vélizy-Villacoublay', '78140', '78'),
  known('lycee-gt', "Lycée Jeanne d'Arc", 'Rouen', '76000', '76'),
  known('college', "Collège de l'Œuvre Fictive", 'Menton', '06500', '06'),
  known('college', "Collège L'Herminier", 'La Seyne-sur-Mer', '83500', '83'),
  known('college', 'Collège Jean-Jacques Rousseau', 'Le Pré-Saint-Gervais', '93310', '93'),
  known('lycee-gt', 'Lycée Victor Hugo', 'Besançon', '25000', '25'),
  known('lycee-pro', 'Lycée professionnel Stendhal', 'Aiguillon', '47190', '47'),
  known('erea', 'EREA Toulouse-Lautrec Exemple', 'Vaucresson', '92420', '92'),
  known('college', 'Collège Elsa Triolet', 'Vénissieux', '69200', '69'),
  known('college', 'Collège Giraud de Cossa', 'Porto-Vecchio', '20137', '2A'),
  known('college', 'Collège Bois de Nèfles', 'Saint-Paul', '97411', '974'),
  known('lycee-gt', 'Lycée Jules Garnier', 'Nouméa', '98800', '988'),
  known('college', 'Collège du 8 mai 1945', 'Saint-Dié-des-Vosges', '88100', '88'),
  known('lycee-gt', 'Lycée Henri IV', 'Poitiers', '86000', '86'),
  known('college', 'Collège Maréchal Leclerc', 'Schiltigheim', '67300', '67'),
  known('college', 'Collège Notre-Dame de Bonne Nouvelle', 'Vannes', '56000', '56', 'private'),
  known('college', 'Collège François Truffaut', 'Asnières-sur-Seine', '92600', '92'),
  known('college', 'Collège Pierre de Ronsard', 'Mer', '41500', '41'),
  known('college', 'Collège Descartes', 'Tours', '37000', '37'),
  known('lycee-polyvalent', 'Lycée polyvalent Le Corbusier', 'Tourcoing', '59200', '59'),
  known('college', 'Collège de la Mer', 'Royan', '17200', '17'),
];
const many = manySchools(15_000);
const index = createSchoolIndex([...many, ...looked]);
const first = (query: string) => {
  const [found] = index.search(query, { limit: 1 });
  return found ? schoolLabel(found) : 'none';
};

describe('the first school found', () => {
  test.each([
    // As people write.
    ['clg j. moulin lyon', 'Collège Jean Moulin, Lyon'],
    ['collège jean moulin lyon 3', 'Collège Jean Moulin, Lyon 3e'],
    ['jean moulin lyon 3e', 'Collège Jean Moulin, Lyon 3e'],
    ['jean moulin 69003', 'Collège Jean Moulin, Lyon 3e'],
    ['JEAN MOULIN LYON 3EME', 'Collège Jean Moulin, Lyon 3e'],
    ['moulin jean lyon 3', 'Collège Jean Moulin, Lyon 3e'],
    ['lyon 3 jean moulin', 'Collège Jean Moulin, Lyon 3e'],
    ['college jean-moulin paris 20e', 'Collège Jean Moulin, Paris 20e'],
    ['jean moulin paris 20ème', 'Collège Jean Moulin, Paris 20e'],
    ['jean moulin 75020', 'Collège Jean Moulin, Paris 20e'],
    ['jean moulin aubervilliers', 'Collège Jean Moulin, Aubervilliers'],
    ['jean moulin auber', 'Collège Jean Moulin, Aubervilliers'],
    // Kinds, in full and for short.
    ['lp jean moulin bouscat', 'Lycée professionnel Jean Moulin, Le Bouscat'],
    ['lycée professionnel jean moulin le bouscat', 'Lycée professionnel Jean Moulin, Le Bouscat'],
    ['lycée pro moulin bouscat', 'Lycée professionnel Jean Moulin, Le Bouscat'],
    ['lpo jean moulin beziers', 'Lycée polyvalent Jean Moulin, Béziers'],
    ['lyc jean moulin béziers', 'Lycée polyvalent Jean Moulin, Béziers'],
    ['lp jean moulin béziers', 'Lycée polyvalent Jean Moulin, Béziers'],
    ['lgt jules ferry cannes', 'Lycée général et technologique Jules Ferry, Cannes'],
    ['lycee jules ferry cannes', 'Lycée général et technologique Jules Ferry, Cannes'],
    ['collège ferry paris 9', 'Collège Jules Ferry, Paris 9e'],
    ['col. j. ferry paris 9e', 'Collège Jules Ferry, Paris 9e'],
    ['erea lautrec', 'EREA Toulouse-Lautrec Exemple'],
    ['erea vaucresson', 'EREA Toulouse-Lautrec Exemple'],
    ['lycée corbusier', 'Lycée polyvalent Le Corbusier'],
    // Saints.
    ['st joseph cholet', 'Collège privé Saint-Joseph, Cholet'],
    ['saint joseph cholet', 'Collège privé Saint-Joseph, Cholet'],
    ['St-Joseph Cholet', 'Collège privé Saint-Joseph, Cholet'],
    ['collège privé saint-joseph cholet', 'Collège privé Saint-Joseph, Cholet'],
    ['st. joseph cambrai', 'Institution Saint Joseph, Cambrai'],
    ['college st joseph cambrai', 'Institution Saint Joseph, Cambrai'],
    ['sainte marie neuilly', 'Lycée Ste Marie'],
    ['ste-marie neuilly', 'Lycée Ste Marie'],
    ['saint exupery velizy', 'Collège St-Exupéry'],
    ['st ex velizy', 'Collège St-Exupéry'],
    ['lp aiguillon st', 'Lycée professionnel Stendhal'],
    ['lp sten', 'Lycée professionnel Stendhal'],
    // Accents, apostrophes, ligatures, small words.
    ['lycee jeanne darc rouen', "Lycée Jeanne d'Arc"],
    ['stade darc rouen', 'none'],
    ["jeanne d'arc rouen", "Lycée Jeanne d'Arc"],
    ['jeanne d’arc rouen', "Lycée Jeanne d'Arc"],
    ['jeanne arc rouen', "Lycée Jeanne d'Arc"],
    ['oeuvre menton', "Collège de l'Œuvre Fictive"],
    ["l'œuvre fictive", "Collège de l'Œuvre Fictive"],
    ["l'herminier", "Collège L'Herminier"],
    ['lherminier seyne', "Collège L'Herminier"],
    ['herminier seyne sur mer', "Collège L'Herminier"],
    ['VENISSIEUX TRIOLET', 'Collège Elsa Triolet'],
    ['Ve\u0301nissieux triolet', 'Collège Elsa Triolet'],
    ['collège de la mer royan', 'Collège de la Mer, Royan'],
    ['mer royan', 'Collège de la Mer, Royan'],
    ['ronsard mer', 'Collège Pierre de Ronsard, Mer'],
    // Initials.
    ['jj rousseau pré saint gervais', 'Collège Jean-Jacques Rousseau, Le Pré-Saint-Gervais'],
    ['j.-j. rousseau gervais', 'Collège Jean-Jacques Rousseau, Le Pré-Saint-Gervais'],
    ['jj rousseau 93310', 'Collège Jean-Jacques Rousseau, Le Pré-Saint-Gervais'],
    ['nd bonne nouvelle', 'Collège Notre-Dame de Bonne Nouvelle'],
    ['v. hugo besancon', 'Lycée Victor Hugo, Besançon'],
    ['e triolet', 'Collège Elsa Triolet'],
    // Unfinished last words.
    ['elsa tr', 'Collège Elsa Triolet'],
    ['giraud', 'Collège Giraud de Cossa'],
    ['porto v', 'Collège Giraud de Cossa'],
    ['bois de nef', 'Collège Bois de Nèfles'],
    ['stendhal', 'Lycée professionnel Stendhal'],
    ['stend', 'Lycée professionnel Stendhal'],
    ['schil', 'Collège Maréchal Leclerc'],
    // Numbers.
    ['8 mai 1945 saint dié', 'Collège du 8 mai 1945, Saint-Dié-des-Vosges'],
    ['henri 4 poitiers', 'none'],
    ['henri iv poitiers', 'Lycée Henri IV, Poitiers'],
    ['98800', 'Lycée Jules Garnier'],
    ['20137', 'Collège Giraud de Cossa'],
    ['97411 bois', 'Collège Bois de Nèfles'],
    // One letter wrong, too many, too few or exchanged.
    ['colege elsa triolet', 'Collège Elsa Triolet'],
    ['elsa triollet', 'Collège Elsa Triolet'],
    ['trufaut asnieres', 'Collège François Truffaut'],
    ['francios truffaut', 'Collège François Truffaut'],
    ['truffuat', 'Collège François Truffaut'],
    ['venissieuc triolet', 'Collège Elsa Triolet'],
    ['decsartes tours', 'Collège Descartes, Tours'],
    ['corbusir', 'Lycée polyvalent Le Corbusier'],
    ['nouvele vannes', 'Collège Notre-Dame de Bonne Nouvelle'],
    // Nothing.
    ['collège jean moulin atlantis', 'none'],
    ['xyzzy', 'none'],
    ['', 'none'],
    ['  - ! ', 'none'],
    ['日本', 'none'],
  ])('for %j is %s', (query, expected) => expect(first(query)).toMatch(new RegExp(`^${expected}\\b`, 'u')));

  test('for a UAI code is that school, whatever the case and whatever else is asked', () => {
    for (const school of [...looked, ...many.slice(0, 200)]) {
      expect(index.search(school.uai, { limit: 3 })[0]).toBe(school);
      expect(index.search(`${school.uai.toLowerCase()} `)[0]).toBe(school);
    }
    expect(first(tilleuls.uai.slice(0, 6))).toContain(tilleuls.uai.slice(0, 6));
  });

  test('for its own label is the school, each of 200', () => {
    for (let i = 0; i < 200; i++) {
      const school = many[i * 73] as School;
      expect(index.search(schoolLabel(school), { limit: 1 })[0]).toBe(school);
    }
  });
});

describe('a search', () => {
  const words = (school: School) =>
    new Set(toWords(`${school.name} ${school.town} ${school.postcode} ${school.uai}`));

  test('finds schools that have every word, the exact ones before those with a typo', () => {
    for (const query of ['jean moulin lyon', 'saint denis', 'victor hugo lille', 'curie 69100']) {
      const found = index.search(query, { limit: 200 });
      expect(found.length).toBeGreaterThan(0);
      const exact = found.map((s) => toWords(query).every((w) => [...words(s)].some((x) => x.startsWith(w))));
      expect(exact).toEqual(exact.toSorted((a, b) => Number(b) - Number(a)));
    }
    // Moulin and Moulinet are words as they are: a typo never stands before them.
    const near = createSchoolIndex([
      aSchool({ uai: addKeyLetter('0699100'), name: 'Collège Moulins' }),
      aSchool({ uai: addKeyLetter('0699101'), name: 'Collège Moulon' }),
      aSchool({ uai: addKeyLetter('0699102'), name: 'Collège Un Deux Trois Quatre Moulin' }),
    ]);
    expect(near.search('moulin').map((s) => s.name)).toEqual([
      'Collège Un Deux Trois Quatre Moulin',
      'Collège Moulins',
      'Collège Moulon',
    ]);
  });

  test('ranks by the reasons in their order', () => {
    const order = ['uai', 'name', 'town', 'kind', 'initials', 'also', 'small'] as const;
    const worth = order.map((field) => fieldWeights[field].whole);
    expect(worth).toEqual(worth.toSorted((a, b) => b - a));
    for (const { whole, beginning } of Object.values(fieldWeights)) expect(whole).toBeGreaterThan(beginning);
    expect(fieldWeights.postcode).toEqual(fieldWeights.town);
    expect(Math.max(...Object.values(typoWeights))).toBeLessThan(fieldWeights.name.beginning);
    const named = ['Collège Valence', 'Collège Jean Dupont', 'Collège Valencin'].map((name, i) =>
      aSchool({ uai: addKeyLetter(`069910${i}`), name, town: i === 1 ? 'Valence' : 'Bron' }),
    );
    const found = createSchoolIndex(named)
      .search('valenc')
      .map((s) => s.name);
    expect(found).toEqual(['Collège Valence', 'Collège Valencin', 'Collège Jean Dupont']);
    expect(
      createSchoolIndex(named)
        .search('valence ')
        .map((s) => s.name),
    ).toEqual(['Collège Valence', 'Collège Jean Dupont']);
  });

  test('gives the shorter name first, then the order of names, towns and codes', () => {
    const same = ['Collège Victor Hugo', 'Collège Adèle Victor Hugo', 'Collège Hugo Victor'].map((name, i) =>
      aSchool({ uai: addKeyLetter(`069910${i}`), name }),
    );
    const found = createSchoolIndex(same.toReversed())
      .search('victor hugo')
      .map((s) => s.name);
    expect(found).toEqual(['Collège Hugo Victor', 'Collège Victor Hugo', 'Collège Adèle Victor Hugo']);
  });

  test('gives the same whatever the order of the list', () => {
    const turned = createSchoolIndex([...looked, ...many].toReversed());
    for (const query of ['jean moulin', 'j', 'lyon 3', 'st', 'colege', 'lycee p'])
      expect(turned.search(query, { limit: 50 })).toEqual(index.search(query, { limit: 50 }));
  });

  test('gives ten schools unless asked for more or fewer, none twice', () => {
    expect(index.search('jean')).toHaveLength(10);
    expect(index.search('jean', { limit: 3 })).toEqual(index.search('jean').slice(0, 3));
    expect(index.search('jean', { limit: 0 })).toEqual([]);
    const all = index.search('c', { limit: 20_000 });
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(5000);
  });

  test('is at peace with anything that may be typed', () => {
    const few = createSchoolIndex(many.slice(0, 500));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 400 })), (query) => {
        expect(few.search(query).length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 100 },
    );
    expect(index.search('jean '.repeat(10_000)).length).toBe(10);
  });

  test('takes less than 20 ms among 15,000 schools, whatever is typed', () => {
    const typed = [
      'a',
      'c',
      'col',
      'jean',
      'clg j. moulin lyon',
      'lycee pro',
      'colege elsa triollet',
      'st',
      '69',
    ];
    /** The least of some runs, in processor time: other work on the machine is not the search's. */
    const milliseconds = (query: string) => {
      const runs = Array.from({ length: 5 }, () => {
        const before = process.cpuUsage();
        index.search(query, { limit: 15 });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      });
      return Math.min(...runs);
    };
    const slow = typed.map((query) => [query, milliseconds(query)] as const).filter(([, ms]) => ms >= 20);
    expect(slow).toEqual([]);
  });

  test('of no schools finds none', () => {
    const none = createSchoolIndex([]);
    expect([none.size, none.search('jean'), none.byUai('0690001X')]).toEqual([0, [], undefined]);
  });
});

test('a school is found by its UAI code', () => {
  expect(index.byUai(tilleuls.uai)).toBe(tilleuls);
  expect(index.byUai('0690000A')).toBeUndefined();
  expect(index.size).toBe(many.length + looked.length);
});

test('a school in a list of choices has its name, town, postcode and code', () => {
  expect(schoolLabel(tilleuls)).toBe(`Collège des Tilleuls Fictifs, Lyon 3e (69003), ${tilleuls.uai}`);
});

describe('words', () => {
  test.each([
    ["L'Haÿ-les-Roses", 'l hay les roses'],
    ['SACRÉ-CŒUR', 'sacre coeur'],
    ['  Ste.-Foy (69)  ', 'ste foy 69'],
    ['', ''],
    ['!?', ''],
  ])('of %j are %j when folded', (text, expected) => expect(fold(text)).toBe(expected));

  test.each([
    ['Ste-Foy', ['sainte', 'foy']],
    ['Lyon 3ème', ['lyon', '3']],
    ['Paris 1er', ['paris', '1']],
    ['75020', ['75020']],
    ['2nde', ['2']],
    ['', []],
  ])('of %j are looked for as %j', (text, expected) => expect(toWords(text)).toEqual(expected));
});

describe('one edit', () => {
  test.each([
    ['moulin', 'mouln', true],
    ['moulin', 'moulins', true],
    ['moulin', 'moulon', true],
    ['moulin', 'omulin', true],
    ['moulin', 'mouiln', true],
    ['moulin', 'moulni', true],
    ['moulin', 'moulin', false],
    ['moulin', 'molinu', false],
    ['moulin', 'mlouni', false],
    ['moulin', 'moul', false],
    ['', 'a', true],
    ['', '', false],
  ])('between %s and %s: %s', (a, b, expected) => {
    expect([isOneEditApart(a, b), isOneEditApart(b, a)]).toEqual([expected, expected]);
  });

  test('is what one edit makes', () => {
    const word = fc.string({ minLength: 2, maxLength: 9, unit: fc.constantFrom(...'abc') });
    fc.assert(
      fc.property(word, fc.nat(8), fc.constantFrom(...'abc'), (text, place, letter) => {
        const at = place % text.length;
        const edits = [
          text.slice(0, at) + letter + text.slice(at),
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at) + letter + text.slice(at + 1),
        ];
        for (const edit of edits) expect(isOneEditApart(text, edit)).toBe(edit !== text);
      }),
    );
  });
});
