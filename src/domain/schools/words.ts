/** Folds case, accents, ligatures and punctuation: words separated by single spaces. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** `3e`, `3ème` and `1er` are read as numbers: arrondissements are written in many ways. */
const ordinalPattern = /^(\d+)(?:e|er|ere|eme|ieme|nd|nde)$/;
const abbreviations: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'sainte',
  sts: 'saints',
  stes: 'saintes',
};
/** Frequent words in names that nobody searches for. */
const stopWords = new Set('a au aux d de des du en et l la le les sous sur'.split(' '));

/** The words of a name as they are indexed: folded, `St` as `saint`, `3e` as `3`. */
export const toWords = (text: string): string[] => {
  const all = fold(text);
  return all === ''
    ? []
    : all.split(' ').map((word) => abbreviations[word] ?? word.replace(ordinalPattern, '$1'));
};

export const isStopWord = (word: string): boolean => stopWords.has(word);
