/** Text without case, accents, ligatures and punctuation: words separated by one space. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** `3e`, `3ème` and `1er` are numbers: an arrondissement is written in many ways. */
const ordinal = /^(\d+)(?:e|er|ere|eme|ieme|nd|nde)$/;
/** What is short for one word. */
const short: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'sainte',
  sts: 'saints',
  stes: 'saintes',
};
/** Words that names are full of and nobody searches for. */
const small = new Set('a au aux d de des du en et l la le les sous sur'.split(' '));

/** The words of a name, as they are looked for: folded, `St` as `saint`, `3e` as `3`. */
export const wordsOf = (text: string): string[] => {
  const all = folded(text);
  return all === '' ? [] : all.split(' ').map((word) => short[word] ?? word.replace(ordinal, '$1'));
};

export const isSmall = (word: string): boolean => small.has(word);
