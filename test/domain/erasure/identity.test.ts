import { createReplacer } from '../../../src/domain/erasure/identity.js';
import type { RecordKind } from '../../../src/records.js';
import { aRecordOf } from '../../support/every-kind.js';

const aad = '3f2b8c1e-0000-4000-8000-0000000000a1';
const teamsId = '29:1aBc_-x.y(z)';
const chat = `a:${teamsId}-chat`;
const identity = { ids: [aad, teamsId, chat], name: 'Inès Du Exemple-Fictif' };
const { replace, mentions } = createReplacer(identity, 'NEW');

it.each([
  ['an id alone', aad, 'NEW'],
  ['an id in capitals, as directories export it', aad.toUpperCase(), 'NEW'],
  ['the last part of a key', `01ACTION:${aad}`, '01ACTION:NEW'],
  [
    'a part in the middle',
    `agreements.due:01ACTION:${aad}:2026-12-08`,
    'agreements.due:01ACTION:NEW:2026-12-08',
  ],
  ['several in a list', `${aad},other,${aad}`, 'NEW,other,NEW'],
  ['an id with signs that mean something in a pattern', `person ${teamsId};`, 'person NEW;'],
  ['an id that contains another one', chat, 'NEW'],
  ['the beginning of a longer id', `${aad}-2`, `${aad}-2`],
  ['the end of a longer id', `x${aad}`, `x${aad}`],
  ['a name in a remark', 'Voir avec Inès Du Exemple-Fictif.', 'Voir avec ….'],
  ['a name without accents, in capitals, its surname first', 'EXEMPLE FICTIF DU INES, merci', '…, merci'],
  ['a name with no-break spaces', 'Inès\u00a0Du\u202fExemple\u2011Fictif', '…'],
  ['two names', 'Inès du Exemple-Fictif et Inès Du Exemple-Fictif', '… et …'],
  ['a first name alone, which may be anybody’s', 'Inès est là', 'Inès est là'],
  ['its words apart', 'Inès vient du village d’Exemple, Fictif', 'Inès vient du village d’Exemple, Fictif'],
  ['nothing', '', ''],
])('%s', (_, text, expected) => {
  expect(replace({ text })).toEqual({ text: expected });
  expect(mentions({ text })).toBe(text !== expected);
});

it('names of properties, lists and whatever they hold', () => {
  const record = { id: 'r', by: { [aad]: [{ who: aad, n: 1, none: null, yes: true }] } };
  expect(replace(record)).toEqual({ id: 'r', by: { NEW: [{ who: 'NEW', n: 1, none: null, yes: true }] } });
});

it('a value without them is the same object', () => {
  const record = { id: 'r', list: ['other', { deep: 1 }] };
  expect(replace(record)).toBe(record);
});

it('a school of the same name keeps it', () => {
  const record = { school: 'Collège Inès Du Exemple-Fictif', remark: 'Inès Du Exemple-Fictif' };
  expect(replace(record)).toEqual({ school: 'Collège Inès Du Exemple-Fictif', remark: '…' });
});

it('without a name only ids are replaced, without ids only the name', () => {
  expect(createReplacer({ ids: ['x'] }, 'NEW').replace(['x', 'y'])).toEqual(['NEW', 'y']);
  expect(createReplacer({ ids: [], name: 'Zoé' }, 'NEW').replace(['Zoé', 'x'])).toEqual(['…', 'x']);
});

describe('a name as others type it', () => {
  it.each([
    ['EXEMPLE Inès (Externe)', 'Inès Exemple y va déjà.', '… y va déjà.'],
    ['EXEMPLE Inès (Externe)', 'Inès Exemple (Externe)', '… (Externe)'],
    ['Inès Exemple (DSI)', 'avec INES EXEMPLE', 'avec …'],
    ['Inès Exemple [Ext] (DSI - Lyon)', 'avec Inès Exemple', 'avec …'],
    ['Inès Lecœur', 'Avec Ines Lecoeur', 'Avec …'],
    ['Ines Lecoeur', 'INÈS LECŒUR', '…'],
    ['Lætitia Exemple', 'Laetitia Exemple', '…'],
    ['Inès Exemple', 'Inès – Exemple', '…'],
    ['Inès Exemple', 'Inès (Exemple), oui', '…, oui'],
    ['Inès Exemple', 'Inès "Exemple"', '…'],
    ['Inès Exemple', '(avec Inès Exemple)', '(avec …)'],
    ['Inès Exemple', 'Inès\u200bExemple', '…'],
    ['Inès Exemple', 'Inès,\n\n   Exemple', '…'],
    ['Inès Exemple', 'InèsExemple, ExempleInes', '…, …'],
    ['Inès Exemple', 'INÈSEXEMPLE', '…'],
    ['Inès Exemple', 'bilan_InèsExemple2027.xlsx', 'bilan_…2027.xlsx'],
    ['Inès LeExemple', 'Inès Leexemple, InèsLeExemple', '…, …'],
    ['Inès Exemple Inès', 'Inès Inès Exemple', '…'],
    ['김 민지', '민지 김', '…'],
  ])('%s typed as %j', (name, text, expected) => {
    expect(createReplacer({ ids: [], name }, 'NEW').replace(text)).toBe(expected);
  });

  it.each([
    ['Inès Exemple (Externe)', 'Inès est là, Exemple non'],
    ['Inès (Externe)', 'Inès est là'],
    ['Inès Exemple', 'Inès 2 Exemple'],
    ['Inès Exemple', 'InèsExempleFictif'],
    ['Inès Exemple', 'inesexemple'],
    ['Inès Exemple Inès', 'Inès Exemple'],
    ['Jo Li', 'un joli Lijo'],
    ['Wai Ting', 'waiting'],
    ['', 'Inès'],
  ])('%s is not found in %j', (name, text) => {
    expect(createReplacer({ ids: [], name }, 'NEW').replace(text)).toBe(text);
  });

  it('is looked for in a time that grows with the text, whatever its words', () => {
    const name = 'A '.repeat(250);
    const timed = (text: string): number => {
      const { replace: remove } = createReplacer({ ids: [], name }, 'NEW');
      const start = performance.now();
      remove(text);
      return performance.now() - start;
    };
    const texts = ['A '.repeat(249), 'A'.repeat(249), 'Ab', '(', ' '].map((part) =>
      part.repeat(20_000 / part.length),
    );
    for (const text of texts) expect(timed(text)).toBeLessThan(2_000);
  });
});

describe('in a record of every kind', () => {
  const strings = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [key, ...strings(inner)]);
  };
  /** Puts a person in the place of each text of a value, one after the other. */
  function* planted(value: unknown, what: string): Generator<unknown> {
    if (typeof value === 'string') {
      yield what;
      yield `${value}:${what}`;
      yield `${what}:${value}`;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value))
      for (const other of planted(inner, what))
        yield Array.isArray(value)
          ? value.map((item, i) => (String(i) === key ? other : item))
          : { ...value, [key]: other };
  }

  it.each(Object.keys(aRecordOf) as RecordKind[])('%s: no text of it hides them', (kind) => {
    let tried = 0;
    for (const what of identity.ids)
      for (const record of planted(aRecordOf[kind], what)) {
        tried += 1;
        expect(mentions(record)).toBe(true);
        const left = strings(replace(record)).filter((text) => text.includes(what));
        expect(left).toEqual([]);
      }
    expect(tried).toBeGreaterThan(2);
  });
});
