import type { Lang } from '../ports.js';

const noBreak = '\u00a0';
const narrow = '\u202f';

/**
 * The typography of a language, applied once to every text when it is loaded: apostrophes, and in French the
 * no-break spaces before `: ; ! ? »`, after `«` and `n°`.
 */
export function typeset(lang: Lang, text: string): string {
  const curly = text.replaceAll("'", '’');
  if (lang === 'en') return curly;
  return curly
    .replace(/ ([;?!])/g, `${narrow}$1`)
    .replace(/ ([:»])/g, `${noBreak}$1`)
    .replace(/« /g, `«${noBreak}`)
    .replace(/n° /g, `n°${noBreak}`);
}

/** Text that a person typed, for a place where Markdown works: nothing in it is read as Markdown. */
export const escapeMarkdown = (text: string): string =>
  breakLongWords(text)
    .replace(/[\\*_[\]()#`~<>|]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+\.)(?=\s)/gm, '$1\\$2')
    .replace(/\s+/g, ' ');

/** A zero-width space in words above 30 letters: a RichTextBlock does not break them by itself. */
export const breakLongWords = (text: string): string => text.replace(/\S{30}/gu, '$&\u200b');

/** A person's text for a TextRun, in quotation marks, cut at 300 characters. */
export function quote(lang: Lang, text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 299).trimEnd()}…` : text;
  const body = breakLongWords(short.replace(/\s+/g, ' ').trim());
  return lang === 'fr' ? `«${noBreak}${body}${noBreak}»` : `“${body}”`;
}
