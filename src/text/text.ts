import type { Lang } from '../records.js';
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

/** The path of every text in `fr.json` and `en.json`. */
export type TextKey = Keys<typeof fr>;

/** The values of a text's `{{name}}`s. */
type Params = Readonly<Record<string, string | number>>;

export interface Text {
  readonly lang: Lang;
  readonly dates: Dates;
  /** A text; `count` selects the plural and is formatted as a number. */
  (key: TextKey, params?: Params): string;
  /**
   * A text whose key depends on data, such as the name of a kind.
   * @throws Error if there is none
   */
  at(path: string, params?: Params): string;
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

/** A text cut at its `{{name}}`s: texts and names alternate, with a text first and last. */
type Pieces = readonly string[];
const placeholder = /\{\{(\w+)\}\}/;

/** Every text by its path, cut in advance: a turn uses about forty of them. */
function piecesByPath(tree: Tree, path = ''): [string, Pieces][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value.split(placeholder)] as [string, Pieces]]
      : piecesByPath(value, `${path}${key}.`),
  );
}

function build(lang: Lang): Text {
  const locale = lang === 'fr' ? 'fr-FR' : 'en-GB';
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const plurals = new Intl.PluralRules(locale);
  const byPath = new Map(piecesByPath(resources[lang]));

  const find = (path: string, count: unknown): Pieces => {
    const plural =
      typeof count === 'number'
        ? // French has a separate form from a million on, which reads like the ordinary plural here.
          (byPath.get(`${path}_${plurals.select(count)}`) ?? byPath.get(`${path}_other`))
        : undefined;
    const found = plural ?? byPath.get(path);
    if (!found) throw new Error(`No text "${path}" in ${lang}.json.`);
    return found;
  };
  const formatParam = (name: string, params: Params): string => {
    const value = name === 'n' && typeof params.count === 'number' ? params.count : params[name];
    if (typeof value === 'number' && name !== 'count') return numbers.format(value);
    return value === undefined ? `{{${name}}}` : String(value);
  };
  const at = (path: string, params: Params = {}): string => {
    const pieces = find(path, params.count);
    let text = pieces[0] ?? '';
    for (let i = 1; i < pieces.length; i += 2)
      text += formatParam(pieces[i] ?? '', params) + (pieces[i + 1] ?? '');
    return text;
  };
  const say = (key: TextKey, params?: Params) => at(key, params);
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
