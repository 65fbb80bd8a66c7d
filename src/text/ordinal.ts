import type { Lang } from '../records.js';

const english = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const suffixes: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };

/** "3e", "3rd"; for 1 the texts have words of their own, which have no gender. */
export const ordinal = (n: number, lang: Lang): string =>
  lang === 'fr' ? `${n}e` : `${n}${suffixes[english.select(n)] ?? 'th'}`;
