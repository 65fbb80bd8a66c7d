import { decodeHTML } from 'entities';

/** The app's name in its manifest: some people type it where others mention it. */
export const appName = 'Passerelle';

/** More than any command and what is said before it; the rest of a longer message is not read. */
const maxLetters = 10_000;

/** Tags that may stand inside a word. Any other tag stands between two words. */
const insideWords = new Set(
  'a b code del em font i ins mark s small span strike strong sub sup u'.split(' '),
);

/** What these hold is not the person's own: somebody's name, and what somebody else has written. */
const notTheirs = new Set(['at', 'blockquote', 'quoted']);
const mention = 'schema.skype.com/Mention';

/**
 * The words that a person typed themselves, as commands are compared: without case, accents, punctuation and markup,
 * without mentions and quotes, without the bot's name in front. Takes time in proportion to the length of the message.
 * @param message HTML, as Teams sends even plain text
 * @param botName what the bot is called in the place it was written to, when that is known
 */
export function typedWords(message: string, botName?: string | null): string {
  const names = [botName ?? '', appName].map(fold).filter((name) => wordsOf(name) !== '');
  return wordsOf(withoutNames(fold(withoutQuotedLines(visibleText(message))), names));
}

/** Text as words with one space between them: case, accents and punctuation do not matter. */
export const wordsOf = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Without case, accents and what takes no room; letters of all widths are one, and so are spaces. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();

/** What stands between the tags, mentions and quotes left out, entities decoded. */
function visibleText(html: string): string {
  let text = '';
  let hidden = { tag: '', depth: 0 };
  let from = 0;
  while (from < html.length && text.length < maxLetters) {
    const next = html.indexOf('<', from);
    const end = next < 0 ? html.length : next;
    if (hidden.depth === 0) text += decodeHTML(html.slice(from, Math.min(end, from + maxLetters)));
    const tag = tagAt(html, end);
    from = tag ? tag.end : end + 1;
    if (!tag) {
      text += hidden.depth === 0 ? (html[end] ?? '') : '';
    } else if (hidden.depth > 0) {
      if (tag.name === hidden.tag && !tag.empty) hidden.depth += tag.closes ? -1 : 1;
    } else {
      if (!tag.closes && !tag.empty && isNotTheirs(tag)) hidden = { tag: tag.name, depth: 1 };
      text += separatorAt(tag);
    }
  }
  return text;
}

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly closes: boolean;
  /** `<br/>`: closed as soon as it is opened. */
  readonly empty: boolean;
  readonly end: number;
}

/** What a tag puts between the words before and after it. */
const separatorAt = ({ name, attributes }: Tag): string => {
  if (name === 'at' || attributes.includes(mention)) return ' ';
  return insideWords.has(name) ? '' : '\n';
};

const isNotTheirs = ({ name, attributes }: Tag): boolean =>
  notTheirs.has(name) || attributes.includes(mention);

/** The tag that starts at a `<`; nothing when that is only a sign. One that never ends takes the rest with it. */
function tagAt(html: string, at: number): Tag | undefined {
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

/** "[10:32] Hugo Témoin": what Teams puts above a message that is copied from a chat. */
const copiedFrom = /^\s*\[[^\]]{0,60}\d[^\]]{0,60}\]\s*\S/;

/** Leaves out quotes in plain text: lines after a ">", and what follows the head of a copied message. */
function withoutQuotedLines(text: string): string {
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

/** Without the bot's name in front, as often as it stands there. "Passerelle's language" is not said to the bot. */
function withoutNames(text: string, names: readonly string[]): string {
  let rest = text;
  for (;;) {
    rest = rest.replace(/^[^\p{L}\p{N}]+/u, '');
    const called = names.find(
      (name) => rest.startsWith(name) && /^(?![’'\p{L}\p{N}])/u.test(rest.slice(name.length)),
    );
    if (called === undefined) return rest;
    rest = rest.slice(called.length);
  }
}
