import type { Lang } from '../records.js';

const noBreak = '\u00a0';
const narrow = '\u202f';

/**
 * The typography of a language, applied to every text when it is loaded: apostrophes, and in French the no-break
 * spaces before `: ; ! ? »`, after `«` and `n°`.
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

/** Escapes a typed text for a place with Markdown, so that nothing in it is interpreted. */
export const escapeMarkdown = (text: string): string =>
  breakLongWords(text)
    .replaceAll("'", '’')
    .replace(/[\\*_[\]()#`~<>|]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+\.)(?=\s)/gm, '$1\\$2')
    .replace(/\s+/g, ' ');

/**
 * A name for places that only some clients read as Markdown, such as choices: possible Markdown is removed, since it
 * can be neither kept nor escaped.
 */
export const removeMarkdown = (text: string): string => text.replace(/[\\*_[\]#`~<>|]/g, '');

export const capitaliseFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Shortens a text to so many characters, the last of which is an ellipsis. */
export const shorten = (text: string, max: number): string =>
  [...text].length <= max
    ? text
    : `${[...text]
        .slice(0, Math.max(1, max - 1))
        .join('')
        .trimEnd()}…`;

/**
 * Inserts zero-width spaces into words of more than 30 letters, which neither a RichTextBlock nor a FactSet breaks by
 * itself. A FactSet has room for about 20 letters on a phone.
 */
export const breakLongWords = (text: string): string =>
  text.replace(/\S{31,}/gu, (word) => word.replace(/.{20}/gu, '$&\u200b'));

/** A person's text in quotation marks for a TextRun, shortened to 300 characters. */
export function quote(lang: Lang, text: string): string {
  const short = text.length > 300 ? `${text.slice(0, 299).trimEnd()}…` : text;
  const body = breakLongWords(short.replace(/\s+/g, ' ').trim());
  return lang === 'fr' ? `«${noBreak}${body}${noBreak}»` : `“${body}”`;
}
