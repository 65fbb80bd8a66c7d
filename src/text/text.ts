import { createInstance } from 'i18next';
import type { Lang } from '../ports.js';
import { type Dates, datesIn } from './dates.js';
import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import { typeset } from './typeset.js';

export const langs = ['fr', 'en'] as const satisfies readonly Lang[];

type Plural = '_one' | '_many' | '_other';
type Base<K extends string> = K extends `${infer B}${Plural}` ? B : K;
type Keys<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${Base<K>}` : Keys<T[K], `${P}${K}.`>;
}[keyof T & string];

/** Every text there is, by its path in `fr.json` and `en.json`. */
export type TextKey = Keys<typeof fr>;

export interface Text {
  readonly lang: Lang;
  readonly dates: Dates;
  /** A text; `count` picks the plural and is written as people write numbers. */
  (key: TextKey, params?: Record<string, string | number>): string;
  /** A text whose key is put together from data, such as a kind's name. Throws when there is none. */
  at(path: string, params?: Record<string, string | number>): string;
  /** 1 200 in French, 1,200 in English. */
  number(n: number): string;
  /** "a, b et c" */
  list(items: readonly string[]): string;
}

type Tree = { [key: string]: string | Tree };

const typesetTree = (lang: Lang, tree: Tree): Tree =>
  Object.fromEntries(
    Object.entries(tree).map(([k, v]) => [
      k,
      typeof v === 'string' ? typeset(lang, v) : typesetTree(lang, v),
    ]),
  );

const resources: Record<Lang, Tree> = { fr: typesetTree('fr', fr), en: typesetTree('en', en) };

/** The texts of a language as a tree, for the fixed parts of cards. */
export const textTree = (lang: Lang): Tree => resources[lang];

const i18n = createInstance({
  lng: 'fr',
  fallbackLng: false,
  resources: { fr: { translation: resources.fr }, en: { translation: resources.en } },
  interpolation: { escapeValue: false, skipOnVariables: true },
  returnNull: false,
});
void i18n.init();

function build(lang: Lang): Text {
  const translate = i18n.getFixedT(lang);
  const numbers = new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-GB');
  const lists = new Intl.ListFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { type: 'conjunction' });
  const at = (path: string, params: Record<string, string | number> = {}): string => {
    if (!i18n.exists(path, { lng: lang, ...params })) throw new Error(`No text "${path}" in ${lang}.json.`);
    const shown = Object.fromEntries(
      Object.entries(params).map(([k, v]) => [
        k,
        typeof v === 'number' && k !== 'count' ? numbers.format(v) : v,
      ]),
    );
    const n = typeof params.count === 'number' ? { n: numbers.format(params.count) } : {};
    return translate(path, { ...shown, ...n });
  };
  const say = (key: TextKey, params?: Record<string, string | number>) => at(key, params);
  return Object.assign(say, {
    lang,
    dates: datesIn(lang),
    at,
    number: (n: number) => numbers.format(n),
    list: (items: readonly string[]) => lists.format(items),
  });
}

const texts: Record<Lang, Text> = { fr: build('fr'), en: build('en') };

export const textIn = (lang: Lang): Text => texts[lang];
