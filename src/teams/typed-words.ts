import { decodeHTML } from 'entities';

/** The app's name in its manifest, which some people type instead of a mention. */
export const appName = 'Passerelle';

/** More than any command and what precedes it; the rest of a longer message is ignored. */
const maxLetters = 10_000;

/** Tags that may occur inside a word. Any other tag separates words. */
const inlineTags = new Set('a b code del em font i ins mark s small span strike strong sub sup u'.split(' '));

/** Tags whose content is not the sender's own: somebody's name, and what others wrote. */
const ignoredTags = new Set(['at', 'blockquote', 'quoted']);
const mention = 'schema.skype.com/Mention';

/**
 * The words that a person typed, normalised for comparison with commands: without case, accents, punctuation and
 * markup, without mentions and quotes, without the bot's name in front. Takes time proportional to the length of the
 * message.
 * @param message HTML, which Teams sends even for plain text
 * @param botName the bot's name in that conversation, if known
 */
export const typedWords = (message: string, botName?: string | null): string =>
  toWords(typedText(message, botName));

/** What a person typed, as they wrote it: without mentions and quotes, without the bot's name in front. */
export function typedText(message: string, botName?: string | null): string {
  const names = [botName ?? '', appName].map(foldText).filter((name) => toWords(name) !== '');
  return removeNames(removeQuotedLines(visibleText(message)), names);
}

/** A text as words separated by single spaces, ignoring case, accents and punctuation. */
export const toWords = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Folds case, accents, character widths and kinds of spaces, and drops invisible characters. */
const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();

/** The text between the tags, without mentions and quotes, with entities decoded. */
function visibleText(html: string): string {
  let text = '';
  let hidden = { tag: '', depth: 0 };
  let from = 0;
  while (from < html.length && text.length < maxLetters) {
    const next = html.indexOf('<', from);
    const end = next < 0 ? html.length : next;
    if (hidden.depth === 0) text += decodeHTML(html.slice(from, Math.min(end, from + maxLetters)));
    const tag = parseTag(html, end);
    from = tag ? tag.end : end + 1;
    if (!tag) {
      text += hidden.depth === 0 ? (html[end] ?? '') : '';
    } else if (hidden.depth > 0) {
      if (tag.name === hidden.tag && !tag.empty) hidden.depth += tag.closes ? -1 : 1;
    } else {
      if (!tag.closes && !tag.empty && isIgnored(tag)) hidden = { tag: tag.name, depth: 1 };
      text += separatorAt(tag);
    }
  }
  return text;
}

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly closes: boolean;
  /** `<br/>`: an element without content. */
  readonly empty: boolean;
  readonly end: number;
}

/** The separator between the words before and after a tag. */
const separatorAt = ({ name, attributes }: Tag): string => {
  if (name === 'at' || attributes.includes(mention)) return ' ';
  return inlineTags.has(name) ? '' : '\n';
};

const isIgnored = ({ name, attributes }: Tag): boolean =>
  ignoredTags.has(name) || attributes.includes(mention);

/** The tag that starts at a `<`; nothing if that is only a symbol. A tag that never ends extends to the end. */
function parseTag(html: string, at: number): Tag | undefined {
  const start = /<(\/?)([a-z][a-z0-9:-]*)/iy;
  start.lastIndex = at;
  const [, slash, name] = start.exec(html) ?? [];
  if (name === undefined) return undefined;
  let quote = '';
  let i = start.lastIndex;
  for (; i < html.length; i++) {
    const c = html[i] ?? '';
    if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === '>') break;
    else if ((c === '"' || c === "'") && html[i - 1] === '=') quote = c;
  }
  return {
    name: name.toLowerCase(),
    attributes: html.slice(start.lastIndex, i),
    closes: slash === '/',
    empty: html[i - 1] === '/',
    end: i + 1,
  };
}

/** "[10:32] Hugo Témoin": the line that Teams puts above a message copied from a chat. */
const copiedFrom = /^\s*\[[^\]]{0,60}\d[^\]]{0,60}\]\s*\S/;

/** Removes quotes in plain text: lines that start with ">", and everything after the header of a copied message. */
function removeQuotedLines(text: string): string {
  let quote: 'none' | 'head' | 'body' = 'none';
  const own = text.split(/\r\n?|\n/).filter((line) => {
    const blank = line.trim() === '';
    if (copiedFrom.test(line)) quote = 'head';
    else if (blank && quote === 'body') quote = 'none';
    else if (!blank && quote === 'head') quote = 'body';
    return quote === 'none' && !/^\s*>/.test(line);
  });
  return own.join('\n');
}

/**
 * Removes the bot's name from the beginning, however often it is there. "Passerelle's language" is not addressed to
 * the bot.
 * @param names folded
 */
function removeNames(text: string, names: readonly string[]): string {
  let rest = text;
  for (;;) {
    rest = rest.replace(/^[^\p{L}\p{N}]+/u, '');
    const after = names.map((name) => textAfter(rest, name)).find((found) => found !== undefined);
    if (after === undefined) return rest;
    rest = after;
  }
}

/** What follows a folded name at the beginning of a text; nothing if that does not begin with it. */
function textAfter(text: string, name: string): string | undefined {
  let folded = '';
  let end = 0;
  for (const letter of text) {
    if (folded.length >= name.length) break;
    const next = foldText(letter);
    folded += next === ' ' && folded.endsWith(' ') ? '' : next;
    end += letter.length;
    if (!name.startsWith(folded)) return undefined;
  }
  const after = text.slice(end).replace(/^[\p{Mn}\p{Cf}]+/u, '');
  return folded === name && !/^[’'\p{L}\p{N}]/u.test(after) ? after : undefined;
}
