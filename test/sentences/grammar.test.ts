import { holds } from '../../src/sentences/conditions.js';
import { decisions } from '../../src/sentences/decisions.js';
import { objections } from '../../src/sentences/objections.js';
import { votes } from '../../src/sentences/rules.js';
import { foldWord } from '../../src/sentences/tokens.js';
import { meaningSchema } from '../../src/sentences/understanding.js';
import en from '../../src/sentences/words.en.json' with { type: 'json' };
import fr from '../../src/sentences/words.fr.json' with { type: 'json' };

const lists = { fr, en };

describe('the lists of words', () => {
  it('have the same concepts in both languages', () =>
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort()));

  it.each(Object.entries(lists))('are written as words are compared: %s', (_, { spellings, ...concepts }) => {
    const phrases = [...Object.values(concepts).flat(), ...Object.entries(spellings).flat()];
    const isFolded = (phrase: string) =>
      foldWord(phrase) === phrase &&
      phrase.split(' ').every((part) => part === '..' || /^[a-z0-9]+\*?(\|[a-z0-9]+\*?)*$/.test(part));
    expect(phrases.filter((phrase) => !isFolded(phrase))).toEqual([]);
  });

  it.each(Object.entries(lists))('name nothing twice: %s', (_, { spellings: __, ...concepts }) => {
    const twice = Object.entries(concepts).flatMap(([concept, phrases]) =>
      phrases.filter((phrase, i) => phrases.indexOf(phrase) !== i).map((phrase) => `${concept}: ${phrase}`),
    );
    expect(twice).toEqual([]);
  });
});

describe('the rules', () => {
  const conditions = [
    ...decisions.map(([, when]) => when),
    ...[...votes, ...objections].map(([, , when]) => when),
  ];

  it('name only concepts and facts that there are', () => {
    for (const when of conditions) expect(holds(when, new Set())).toBe(when.startsWith('!'));
  });

  it('say nothing twice', () => {
    const rows = [...votes, ...objections].map(([of, , when]) => `${String(of)} ${when}`);
    expect(rows.filter((row, i) => rows.indexOf(row) !== i)).toEqual([]);
  });

  it('refuse a name that is none', () => expect(() => holds('hots', new Set())).toThrow('"hots"'));
});

describe('the shape of a meaning, whoever has understood it', () => {
  it.each([
    { intent: 'host', slots: { kind: 'placement-3e', places: 2, firstDay: '2027-01-18' } },
    { intent: 'unknown' },
  ])('takes %j', (meaning) => expect(meaningSchema.safeParse(meaning).success).toBe(true));

  it.each([
    { intent: 'delete' },
    { intent: 'host', slots: { kind: 'placement-9e' } },
    { intent: 'host', slots: { remark: 'hello' } },
    { intent: 'host', slots: { places: 0 } },
    { intent: 'host', slots: { from: '25:00' } },
    { intent: 'search', slots: { query: 'a'.repeat(200) } },
    { intent: 'host', slots: {}, more: 1 },
  ])('refuses %j', (meaning) => expect(meaningSchema.safeParse(meaning).success).toBe(false));
});
