import { readFileSync } from 'node:fs';
import { langs, textIn, textTree } from '../../src/text/text.js';

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
const read = (lang: string) =>
  new Map(flat(JSON.parse(readFileSync(`src/text/${lang}.json`, 'utf8')) as Tree));
const fr = read('fr');
const en = read('en');
const base = (key: string) => key.replace(/_(one|many|other)$/, '');

describe('the texts', () => {
  test('are the same in French and English, plurals included, in one order', () => {
    expect([...en.keys()]).toEqual([...fr.keys()]);
  });

  test('that have one plural form have the other', () => {
    const suffixed = [...fr.keys()].filter((k) => /_(one|many|other)$/.test(k));
    for (const k of suffixed)
      for (const form of ['one', 'other']) expect(fr.has(`${base(k)}_${form}`)).toBe(true);
    for (const k of suffixed) expect(fr.has(base(k))).toBe(false);
  });

  test('have the same placeholders in both languages', () => {
    const placeholders = (text: string) => [...new Set(text.match(/\{\{.*?\}\}/g) ?? [])].sort().join(' ');
    const differing = [...fr].filter(([k, text]) => placeholders(text) !== placeholders(en.get(k) ?? ''));
    expect(differing.map(([k]) => k)).toEqual([]);
  });

  test('have placeholders that are simple names, and none that is empty or has spaces around it', () => {
    for (const [k, text] of [...fr, ...en]) {
      expect([k, text.replaceAll(/\{\{\w+\}\}/g, '')]).toEqual([k, expect.not.stringMatching(/[{}]/)]);
      expect(text.trim()).not.toBe('');
    }
  });

  test('say 0 and 1 as their language does, and write numbers as people do', () => {
    const places = (n: number) =>
      langs.map((l) => textIn(l)('request.places', { count: n }).replaceAll(/\s/g, ' '));
    expect([0, 1, 2, 1200].map(places)).toEqual([
      ['0 place', '0 places'],
      ['1 place', '1 place'],
      ['2 places', '2 places'],
      ['1 200 places', '1,200 places'],
    ]);
  });

  test('leave what people typed as it is: neither read again nor escaped', () => {
    const name = '<Inès> & {{count}} $t(help.open)';
    expect(textIn('fr')('help.addedBy', { name })).toContain(name);
  });

  test('that do not exist are no text', () => {
    expect(() => textIn('fr').at('help.nothing')).toThrow('No text "help.nothing" in fr.json');
    expect(() => textIn('en').at('help')).toThrow();
  });
});

describe('French typography', () => {
  const loaded = flat(textTree('fr') as Tree);

  test('is right in every text once it is loaded', () => {
    for (const [, text] of loaded) {
      expect(text).not.toContain("'");
      // No ordinary space before high punctuation, nor inside quotation marks.
      expect(text).not.toMatch(/ [:;?!»]|« |n° /);
      expect(text).not.toMatch(/[^\s\u00a0\u202f/][;?!](?:\s|$)|[^\s\u00a0\u202f\d][»]/);
      expect(text).not.toMatch(/«[^\u00a0]/);
      expect(text).not.toMatch(/"|\.\.\./);
    }
  });

  test('puts a narrow no-break space before ; ? ! and a wide one before : and in quotation marks', () => {
    const all = loaded.map(([, text]) => text).join('\n');
    expect(all).toMatch(/\u202f\?/);
    expect(all).toMatch(/\u00a0:/);
    expect(all).toMatch(/«\u00a0[^»]+\u00a0»/);
    expect(all).toMatch(/n°\u00a0/);
    expect(textIn('fr')('outcome.heading')).toBe('A-t-elle eu lieu\u202f?');
  });

  test('is not put in English', () => {
    for (const [, text] of flat(textTree('en') as Tree)) expect(text).not.toMatch(/'|[\u202f\u00a0][:;?!]/);
  });
});
